//! Imports and exports, for whoever may start one.

use super::RealmCard;
use crate::{
    Code,
    transfer::{TransferFault, TransferKind, TransferState},
};
use serde::{Deserialize, Serialize};

/// Imports and exports of a realm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminTransfers {
    /// Which realm.
    pub realm: RealmCard,
    /// One page of them, newest first.
    pub rows: Vec<TransferRow>,
    /// Key of the next page.
    pub next: Option<String>,
    /// Not the first page.
    pub later: bool,
}

/// One of them in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferRow {
    /// Id.
    pub id: String,
    /// What is transferred.
    pub kind: TransferKind,
    /// The ending of its file, in capitals.
    pub format: String,
    /// Where it stands.
    pub state: TransferState,
    /// Rows that were done.
    pub done: u32,
    /// All rows; `None` while nobody knows.
    pub total: Option<u32>,
    /// Rows among the done ones that were left out.
    pub skipped: u32,
    /// Who started it.
    pub starter: String,
    /// The reader started it.
    pub mine: bool,
    /// When it was started, in words.
    pub created: String,
    /// Until when the file is there, in words; empty before the end, and where
    /// none came of it.
    pub until: String,
    /// The file is there, for this reader.
    pub downloads: bool,
    /// This reader may stop it.
    pub cancels: bool,
}

/// One of them on a page of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminTransfer {
    /// Which realm.
    pub realm: RealmCard,
    /// How it stands.
    pub row: TransferRow,
    /// Why it was given up.
    pub fault: Option<TransferFault>,
    /// When it was over, in words.
    pub finished: String,
    /// Rows of an import that were left out, for who started it.
    pub report: Vec<ReportLine>,
    /// So many more are in the file.
    pub unshown: u32,
}

/// A row of an import that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// The line in the file, counted from 1.
    pub row: u32,
    /// The address as it stood there; may be empty.
    pub what: String,
    /// What is wrong with it; `None` where somebody has this address already.
    pub why: Option<Code>,
}
