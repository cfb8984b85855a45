//! What readers of a realm's audit trail see.

use super::RealmCard;
use crate::FactorKind;
use serde::{Deserialize, Serialize};

/// The audit trail of a realm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminAudit {
    /// Which realm.
    pub realm: RealmCard,
    /// What is looked for.
    pub asked: AuditAsked,
    /// One page of entries, newest first.
    pub rows: Vec<AuditRow>,
    /// Key of the next page.
    pub next: Option<String>,
    /// Not the first page.
    pub later: bool,
    /// How many entries, of all realms, have their place in the chain.
    pub sealed: i64,
    /// When the signed head beside the database was written, in words; empty
    /// when none is there.
    pub head: String,
    /// What verification found, where it was asked for.
    pub verdict: Option<AuditVerdict>,
}

/// What is looked for, as it was typed and chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAsked {
    /// A login or a part of a name; empty for everybody.
    pub person: String,
    /// [`crate::audit::Action::slug`]; empty for all.
    pub action: String,
    /// [`crate::audit::Outcome::slug`]; empty for both.
    pub result: String,
    /// Where the page begins; empty for the first one.
    pub after: String,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Its id.
    pub id: String,
    /// When, in words.
    pub at: String,
    /// When, exactly, in UTC.
    pub utc: String,
    /// Who acted.
    pub actor: AuditWho,
    /// [`crate::audit::Action::slug`].
    pub action: String,
    /// It was done, not refused.
    pub done: bool,
    /// To whom.
    pub target: Option<AuditWho>,
    /// The kind of factor.
    pub factor: Option<FactorKind>,
    /// The peer's address.
    pub address: String,
    /// The browser, as it named itself.
    pub agent: String,
    /// A few words.
    pub detail: String,
    /// Its place in the chain; `None` until it is sealed.
    pub place: Option<i64>,
    /// Its hash; empty until it is sealed.
    pub hash: String,
}

/// Who acted, or to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditWho {
    /// The person's id, or a word for who is none.
    pub id: String,
    /// The login; empty for who is no person of the register.
    pub login: String,
    /// The name; may be empty.
    pub name: String,
}

/// What verification of the whole chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditVerdict {
    /// So many entries, each as it was written, up to the signed head.
    Whole(i64),
    /// The same, but there is no head that says where the end must be.
    WholeWithoutHead(i64),
    /// The entry at this place is not as it was written.
    Altered(i64),
    /// There is no entry at this place.
    Missing(i64),
    /// The end is gone.
    Cut {
        /// The last place that is there.
        found: i64,
        /// The place that the head names.
        expected: i64,
    },
    /// The head cannot be read, or was not signed by this installation.
    ForgedHead,
    /// The walk takes longer than a page may.
    TooLong,
}
