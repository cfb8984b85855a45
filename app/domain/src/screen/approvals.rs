//! Codes over the telephone network: asking for them, deciding, setting them up.

use crate::{FactorKind, number::Line};
use serde::{Deserialize, Serialize};

/// Naming the number that codes go to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetNumber {
    /// By SMS or by call.
    pub kind: FactorKind,
    /// During a first sign-in.
    pub first: bool,
    /// The number on record, masked; empty where none is, or where it takes no such code.
    pub record: String,
    /// Any number may be named; else the one on record alone.
    pub free: bool,
    /// Where codes of this kind go until now, masked; empty for nowhere.
    pub current: String,
    /// The number that was approved, in full: codes go there and nowhere else. Empty where
    /// none was, or none has to be.
    pub approved: String,
    /// What was typed.
    pub typed: String,
    /// The number on record was chosen.
    pub on_record: bool,
    /// There is another method to go back to.
    pub others: bool,
    /// A number that is shown may be a landline, and an SMS would not arrive there.
    pub unsure: bool,
}

/// Asking one's manager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestApproval {
    /// Codes by SMS or by call.
    pub kind: FactorKind,
    /// Who decides, by name; empty where nobody is on record.
    pub manager: String,
    /// The number on record, masked; empty where none is, or where it takes no such code.
    pub record: String,
    /// The realm's applications, by name.
    pub applications: Vec<String>,
    /// What was typed, or stands in the request that waits.
    pub typed: RequestTyped,
    /// The last request, and what became of it.
    pub last: Option<ApprovalFace>,
    /// A form is shown: nothing waits, or it may be changed.
    pub asks: bool,
    /// Codes come the other way now, and the desk alone switches.
    pub switches: bool,
    /// A number that is shown may be a landline, and an SMS would not arrive there.
    pub unsure: bool,
}

/// What was typed into a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestTyped {
    /// The number on record was chosen.
    pub on_record: bool,
    /// Another number.
    pub number: String,
    /// Why.
    pub reason: String,
    /// For which application.
    pub application: String,
    /// Its number in another system.
    pub ticket: String,
}

/// Where a request stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalStage {
    /// The manager has not answered.
    Waiting,
    /// Agreed: it may be set up.
    Approved,
    /// Agreed, and only the desk switches to it.
    ForDesk,
    /// Declined.
    Declined,
    /// Taken back.
    Withdrawn,
    /// Out of time.
    Lapsed,
    /// Stopped by "this was not me".
    Vetoed,
    /// Set up.
    Used,
}

/// A request, for who asked and for the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalFace {
    /// "AP-20417".
    pub name: String,
    /// For which codes.
    pub kind: FactorKind,
    /// Where they would go: in full for who asked, masked for the desk.
    pub number: String,
    /// Where it stands.
    pub stage: ApprovalStage,
    /// Who decides or decided, by name.
    pub by: String,
    /// Since when, in words.
    pub since: String,
    /// Until when, in words: for the answer, for setting it up, until the review. Empty
    /// where it is over.
    pub until: String,
    /// Why it was declined.
    pub declined: String,
    /// The number may be a landline, and an SMS would not arrive there.
    pub unsure: bool,
    /// Codes come the other way now, and the desk alone switches.
    pub switches: bool,
}

/// What one's people ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Approvals {
    /// Those that are decided or over, instead of those that wait.
    pub done: bool,
    /// One page, the newest first.
    pub rows: Vec<ApprovalRow>,
    /// Key of the next page.
    pub next: Option<String>,
    /// Not the first page.
    pub later: bool,
    /// Who stands in for oneself now.
    pub deputy: Option<DeputyFace>,
    /// Who was typed to stand in.
    pub typed: String,
    /// For how many days was typed.
    pub days: String,
}

/// Who stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputyFace {
    /// By name.
    pub name: String,
    /// Until when, in words.
    pub until: String,
}

/// A request in the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ApprovalRow {
    /// Id.
    pub id: String,
    /// "AP-20417".
    pub name: String,
    /// For which codes.
    pub kind: FactorKind,
    /// Who asks.
    pub person: String,
    /// Since when, in words.
    pub since: String,
    /// Until when an answer counts, or when it is looked at again, in words; empty where
    /// neither is.
    pub until: String,
    /// Where it stands.
    pub stage: ApprovalStage,
}

/// How a number stands to the one on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnRecord {
    /// It is that one.
    Same,
    /// It is another one.
    Other,
    /// None is on record.
    None,
}

/// One request, for who decides it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApprovalPage {
    /// Id.
    pub id: String,
    /// As in the list.
    pub row: ApprovalRow,
    /// The version that is shown: what is decided is this one.
    pub version: i64,
    /// For whom one stands in, by name; empty for one's own people.
    pub stands_in: String,
    /// What the person signs in with.
    pub login: String,
    /// The number, in full.
    pub number: String,
    /// What it belongs to.
    pub line: Line,
    /// How it stands to the one on record.
    pub on_record: OnRecord,
    /// Why.
    pub reason: String,
    /// For which application; empty for all.
    pub application: String,
    /// Its number in another system; empty for none.
    pub ticket: String,
    /// It can be decided.
    pub waits: bool,
    /// Who decided; empty for nobody.
    pub by: String,
    /// Why it was declined.
    pub declined: String,
    /// What was typed as a reason to decline.
    pub typed: String,
}

/// Where codes go, how, and what is to change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileFactor {
    /// How they come now.
    pub current: Option<FactorKind>,
    /// Where they go, in full: it is their own. Empty for nowhere.
    pub number: String,
    /// Since when, in words.
    pub since: String,
    /// When somebody asks whether they are still needed, in words; empty for never.
    pub review: String,
    /// Each way, and what it takes.
    pub methods: Vec<LineChoice>,
    /// What is to change.
    pub pending: Vec<PendingChange>,
    /// What one of the service desk wants to change, and a second one has to agree to.
    pub switch: Option<PendingSwitch>,
    /// Another number that waits for its code, in this browser.
    pub proving: Option<PendingNumber>,
}

/// One way of getting codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChoice {
    /// By SMS or by call.
    pub kind: FactorKind,
    /// What it takes.
    pub state: LineState,
}

/// What a way of getting codes takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// It is the one in use.
    Current,
    /// It can be set up.
    Open,
    /// The manager has to approve it first.
    Ask,
    /// The manager was asked.
    Asked,
    /// The service desk alone switches to it.
    Desk,
}

/// What is to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingChange {
    /// The request.
    pub request: ApprovalFace,
    /// It takes no more than setting it up.
    pub sets_up: bool,
}

/// A switch that waits for a second one of the service desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingSwitch {
    /// Its id.
    pub id: String,
    /// Codes of this kind from then on.
    pub kind: FactorKind,
    /// Where they go, in full: it is their own.
    pub number: String,
    /// Since when, in words.
    pub since: String,
    /// Until when somebody may agree, in words.
    pub until: String,
}

/// Another number for the codes, which has to prove itself first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingNumber {
    /// Codes of this kind from then on.
    pub kind: FactorKind,
    /// Where they go, in full: it is their own.
    pub number: String,
    /// Since when, in words.
    pub since: String,
    /// Until when its code can be typed, in words.
    pub until: String,
}
