//! What administrators of a realm see.

use super::{FactorFace, RealmCard};
use crate::{FactorKind, Lang, refusal::Code};
use serde::{Deserialize, Serialize};

/// The realms that one administrates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminHome {
    /// Slug and name.
    pub realms: Vec<RealmCard>,
}

/// People of a realm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminPeople {
    /// Which realm.
    pub realm: RealmCard,
    /// What was searched for.
    pub search: String,
    /// One page of people.
    pub people: Vec<PersonRow>,
    /// Key of the next page.
    pub next: Option<String>,
    /// Not the first page.
    pub later: bool,
}

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Login.
    pub login: String,
    /// Disabled.
    pub disabled: bool,
    /// Frozen.
    pub frozen: bool,
    /// When added, in words.
    pub added: String,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminPerson {
    /// Which realm.
    pub realm: RealmCard,
    /// The person.
    pub person: PersonRow,
    /// Address.
    pub email: String,
    /// The telephone number on record, as it is written abroad; empty for none.
    pub number: String,
    /// The manager on record.
    pub manager: Option<ManagerFace>,
    /// The manager's login as it stands in the form; empty for nobody.
    pub manager_login: String,
    /// Factors.
    pub factors: Vec<FactorFace>,
    /// Recovery codes left.
    pub recovery_left: u32,
    /// Some factor or the person is locked after wrong tries.
    pub locked: bool,
    /// Open sessions.
    pub sessions: u32,
    /// Last entries of the trail: when, what, outcome, factor.
    pub history: Vec<HistoryRow>,
    /// The account is set up.
    pub set_up: bool,
    /// Whether a code for the first address can be sent; `None` where no such code
    /// is asked for.
    pub address_code: Option<bool>,
}

/// The manager of a person, as administrators see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagerFace {
    /// What others call them.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// Staff disabled the account: they decide nothing.
    pub disabled: bool,
}

/// An entry of a person's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// When, in words.
    pub at: String,
    /// [`crate::audit::Action::slug`].
    pub action: String,
    /// It was done, not refused.
    pub done: bool,
    /// The kind of factor.
    pub factor: Option<FactorKind>,
}

/// Invitations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminInvitations {
    /// Which realm.
    pub realm: RealmCard,
    /// One page of them, newest first.
    pub rows: Vec<InvitationRow>,
    /// Key of the next page.
    pub next: Option<String>,
    /// Not the first page.
    pub later: bool,
    /// What was typed.
    pub typed: InvitationTyped,
    /// The report on a CSV that was checked.
    pub report: Option<CsvReport>,
}

/// What was typed into the form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InvitationTyped {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Language.
    pub lang: Lang,
    /// A CSV that could not be read, to be mended.
    pub csv: String,
}

/// One invitation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// The person.
    pub person: String,
    /// The link.
    pub id: String,
    /// Name; may be empty.
    pub name: String,
    /// Address.
    pub email: String,
    /// When it was sent, in words.
    pub sent: String,
    /// Where it stands.
    pub state: InvitationState,
}

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// In the outbox.
    Waiting,
    /// Handed to the mail server.
    Sent,
    /// The page was opened.
    Opened,
    /// The account is set up.
    Accepted,
    /// Too old.
    Expired,
    /// Taken back or replaced.
    Revoked,
    /// The mail server refused the address.
    Undeliverable,
}

/// The report on a CSV.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CsvReport {
    /// The rows as they will be taken, to be posted again by the button.
    pub csv: String,
    /// Rows that would be invited.
    pub good: u32,
    /// Rows that are there already: nothing is done for them.
    pub known: Vec<u32>,
    /// Rows that were refused: row, code, what stood there.
    pub bad: Vec<(u32, Code, String)>,
}
