//! Transfers: imports and exports that go on beside the requests, row after row,
//! so that whoever started one may leave and find it again.

use crate::{
    Timestamp,
    admin_place::AdminPlace,
    ids::{PersonId, RealmSlug, TransferId},
    role::Grant,
};
use serde::{Deserialize, Serialize};

/// Seconds for which the file of an export and the report of an import are kept
/// after the end: over a weekend, and no longer than that, because they hold what
/// the portal knows of people.
pub const FILE_SECONDS: i64 = 72 * 3600;

/// Seconds for which a transfer is listed after its end; the audit trail keeps it
/// for good.
pub const LISTED_SECONDS: i64 = 30 * 24 * 3600;

/// What is transferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// Invitations come in.
    ImportInvitations,
    /// People go out.
    ExportPeople,
    /// The audit trail goes out.
    ExportAudit,
}

impl TransferKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [
        Self::ImportInvitations,
        Self::ExportPeople,
        Self::ExportAudit,
    ];

    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ImportInvitations => "import_invitations",
            Self::ExportPeople => "export_people",
            Self::ExportAudit => "export_audit",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.slug() == text)
    }

    /// The place whose right it takes: the right to the act itself.
    pub const fn place(self) -> AdminPlace {
        match self {
            Self::ImportInvitations => AdminPlace::Invitations,
            Self::ExportPeople => AdminPlace::People,
            Self::ExportAudit => AdminPlace::Audit,
        }
    }

    /// What comes in, as opposed to what goes out.
    pub const fn is_import(self) -> bool {
        matches!(self, Self::ImportInvitations)
    }

    /// The kinds that these grants allow at a realm.
    pub fn allowed(grants: &[Grant], realm: &RealmSlug) -> Vec<Self> {
        let all = Self::ALL.into_iter();
        all.filter(|k| k.place().opens(grants, realm)).collect()
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A line per row (RFC 4180).
    Csv,
    /// An array with an object per row (RFC 8259).
    Json,
}

impl Format {
    /// Its ending.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Csv, Self::Json]
            .into_iter()
            .find(|f| f.slug() == text)
    }
}

/// Where a transfer stands.
///
/// ```text
/// waiting ──▶ running ──▶ done
///    │           ├──────▶ failed
///    └───────────┴──────▶ cancelled
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// No worker has begun.
    Waiting,
    /// A worker has begun; perhaps another one will go on.
    Running,
    /// Every row was done.
    Done,
    /// It was given up; what was done before stays.
    Failed,
    /// Somebody stopped it; what was done before stays.
    Cancelled,
}

impl TransferState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.slug() == text)
    }

    /// Nothing will happen any more.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// Why a transfer was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferFault {
    /// Whoever started it may not do this any more.
    RightLost,
    /// What it was to work on cannot be opened.
    Unreadable,
    /// It came no further in several tries.
    Stuck,
}

impl TransferFault {
    /// Every fault.
    pub const ALL: [Self; 3] = [Self::RightLost, Self::Unreadable, Self::Stuck];

    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::RightLost => "right_lost",
            Self::Unreadable => "unreadable",
            Self::Stuck => "stuck",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.slug() == text)
    }
}

/// An import or an export, without what lies sealed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// Of which realm.
    pub realm: RealmSlug,
    /// What is transferred.
    pub kind: TransferKind,
    /// How its file is written.
    pub format: Format,
    /// A few words for the audit trail: "audit trail, csv, action sign_in".
    pub about: String,
    /// Who started it.
    pub starter: PersonId,
    /// Where it stands.
    pub state: TransferState,
    /// Why it was given up.
    pub fault: Option<TransferFault>,
    /// Rows that were done.
    pub done: i64,
    /// All rows; `None` while nobody knows.
    pub total: Option<i64>,
    /// Rows among the done ones that were left out, as the report says.
    pub skipped: i64,
    /// The key of the last row, where rows have one.
    pub reached: String,
    /// When it was started by its starter.
    pub created_at: Timestamp,
    /// When a worker began.
    pub started_at: Option<Timestamp>,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
    /// Claims since it last came further.
    pub tries: i64,
}

impl Transfer {
    /// Until when its file or report can be had; `None` before the end. Judged at
    /// use, so nothing has to end it.
    pub fn file_until(&self) -> Option<Timestamp> {
        self.finished_at.map(|at| at.plus_seconds(FILE_SECONDS))
    }

    /// Whether there is a file or a report now: of an export that was done, of an
    /// import however it ended.
    pub fn has_file(&self, now: Timestamp) -> bool {
        let ended_well = match self.kind.is_import() {
            true => self.state.is_over(),
            false => self.state == TransferState::Done,
        };
        ended_well && self.file_until().is_some_and(|until| now < until)
    }

    /// Whether somebody may see what is in it: who started it, as long as they
    /// hold the right to the act.
    pub fn opens_to(&self, person: &PersonId, grants: &[Grant]) -> bool {
        &self.starter == person && self.kind.place().opens(grants, &self.realm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Role;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(0).plus_seconds(seconds)
    }

    fn transfer(kind: TransferKind, state: TransferState) -> Transfer {
        Transfer {
            id: TransferId::new("t"),
            realm: RealmSlug::parse("customers").expect("a slug"),
            kind,
            format: Format::Csv,
            about: String::new(),
            starter: PersonId::new("ada"),
            state,
            fault: None,
            done: 0,
            total: None,
            skipped: 0,
            reached: String::new(),
            created_at: at(0),
            started_at: None,
            finished_at: state.is_over().then(|| at(10)),
            tries: 0,
        }
    }

    fn grants(role: Role, realm: &str) -> Vec<Grant> {
        let realm = RealmSlug::parse(realm).expect("a slug");
        vec![Grant { role, realm }]
    }

    #[test]
    fn slugs_are_read_as_they_are_written() {
        for one in TransferKind::ALL {
            assert_eq!(TransferKind::parse(one.slug()), Some(one));
        }
        for one in TransferState::ALL {
            assert_eq!(TransferState::parse(one.slug()), Some(one));
        }
        for one in TransferFault::ALL {
            assert_eq!(TransferFault::parse(one.slug()), Some(one));
        }
        for one in [Format::Csv, Format::Json] {
            assert_eq!(Format::parse(one.slug()), Some(one));
        }
        assert_eq!(TransferKind::parse("Export_people"), None);
        assert_eq!(Format::parse(""), None);
    }

    #[test]
    fn a_file_is_there_after_the_end_for_a_while() {
        use TransferKind::*;
        for (kind, state, there) in [
            (ExportPeople, TransferState::Waiting, false),
            (ExportPeople, TransferState::Running, false),
            (ExportPeople, TransferState::Done, true),
            (ExportPeople, TransferState::Failed, false),
            (ExportAudit, TransferState::Cancelled, false),
            (ImportInvitations, TransferState::Running, false),
            (ImportInvitations, TransferState::Done, true),
            // What was done before it stopped is reported.
            (ImportInvitations, TransferState::Failed, true),
            (ImportInvitations, TransferState::Cancelled, true),
        ] {
            let one = transfer(kind, state);
            assert_eq!(one.has_file(at(10)), there, "{kind:?} {state:?}");
            assert_eq!(one.has_file(at(9 + FILE_SECONDS)), there);
            assert!(!one.has_file(at(10 + FILE_SECONDS)));
        }
    }

    #[test]
    fn it_opens_to_its_starter_with_the_right_to_the_act() {
        let ada = PersonId::new("ada");
        let export = transfer(TransferKind::ExportAudit, TransferState::Done);
        for (role, realm, opens) in [
            (Role::Administrator, "customers", true),
            (Role::Auditor, "customers", true),
            (Role::Auditor, "cloud", false),
            (Role::Agent, "customers", false),
        ] {
            let held = grants(role, realm);
            assert_eq!(export.opens_to(&ada, &held), opens, "{role:?} {realm}");
            assert!(!export.opens_to(&PersonId::new("bert"), &held));
        }
        let auditor = grants(Role::Auditor, "customers");
        let people = transfer(TransferKind::ExportPeople, TransferState::Done);
        assert!(!people.opens_to(&ada, &auditor));
        assert_eq!(
            TransferKind::allowed(&auditor, &people.realm),
            [TransferKind::ExportAudit]
        );
    }
}
