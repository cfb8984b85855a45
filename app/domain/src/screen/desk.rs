//! What the service desk sees. What an agent may not see is not in here.

use super::{ApprovalFace, HistoryRow, RealmCard};
use crate::{
    Code, FactorKind,
    caller::{CallerProof, Ruling},
    cases::{CaseKind, Mark, Proof},
    delivery::Why,
    desk_act::DeskAct,
    link::Anew,
    message::Way,
    phone::Decision,
};
use serde::{Deserialize, Serialize};

/// Whose cases the queue shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Every case that waits.
    #[default]
    All,
    /// One's own.
    Mine,
    /// Nobody's.
    Nobodys,
    /// Those behind their promise.
    Late,
    /// Those that are decided or over.
    Done,
}

impl Whose {
    /// Every choice, in the order of the page.
    pub const ALL: [Self; 5] = [Self::All, Self::Mine, Self::Nobodys, Self::Late, Self::Done];

    /// The name in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Nobodys => "nobodys",
            Self::Late => "late",
            Self::Done => "done",
        }
    }

    /// Reads [`Self::slug`]; everything else is [`Self::All`].
    pub fn parse(text: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|w| w.slug() == text)
            .unwrap_or_default()
    }
}

/// How many there are of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounts {
    /// That wait.
    pub all: u32,
    /// Of them, one's own.
    pub mine: u32,
    /// Of them, nobody's.
    pub nobodys: u32,
    /// Of them, late.
    pub late: u32,
}

/// The queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskQueue {
    /// One page, the most urgent first.
    pub rows: Vec<CaseRow>,
    /// How many there are.
    pub counts: QueueCounts,
    /// What was searched for.
    pub search: String,
    /// The kind that was chosen.
    pub kind: Option<CaseKind>,
    /// The realm that was chosen; empty for all.
    pub realm: String,
    /// Whose.
    pub whose: Whose,
    /// The realms that one serves.
    pub realms: Vec<RealmCard>,
    /// The filters as they stand in an address, for the export.
    pub filters: String,
    /// Key of the next page.
    pub next: Option<String>,
    /// Not the first page.
    pub later: bool,
}

/// A case in the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseRow {
    /// Id.
    pub id: String,
    /// "LP-20318".
    pub name: String,
    /// What it is about.
    pub kind: CaseKind,
    /// Whose.
    pub person: String,
    /// Name of the realm.
    pub realm: String,
    /// Its slug, for colour and cut.
    pub slug: String,
    /// When it was asked, in words.
    pub since: String,
    /// When an answer is due, in words.
    pub due: String,
    /// It is late.
    pub late: bool,
    /// Who works on it; empty for nobody.
    pub with: String,
    /// [`crate::cases::Stage::slug`].
    pub stage: String,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskCase {
    /// As in the queue.
    pub row: CaseRow,
    /// Whose, for the link to their page.
    pub person: String,
    /// The form beside the record.
    pub lines: Vec<FormLine>,
    /// What happened, in the person's words.
    pub story: String,
    /// What was agreed to, and when, in words.
    pub consent: String,
    /// What was proven beside the password.
    pub proof: Option<Proof>,
    /// Hours that an approval would wait.
    pub wait_hours: i64,
    /// Two people decide.
    pub protected: bool,
    /// Its version: a decision on an older one is none.
    pub version: i64,
    /// May be taken.
    pub can_claim: bool,
    /// May be given back.
    pub can_release: bool,
    /// May be decided by this agent.
    pub can_decide: bool,
    /// When the way in opens, in words; empty where it is not approved.
    pub opens: String,
    /// Why it was declined.
    pub declined: String,
    /// The reason that was typed.
    pub typed: String,
    /// What became of the account lately.
    pub history: Vec<HistoryRow>,
}

/// A line of the form beside the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormLine {
    /// What.
    pub what: LineName,
    /// As typed.
    pub typed: String,
    /// As on record; empty where nothing is.
    pub record: String,
    /// The same or not.
    pub mark: Mark,
}

/// What a line of the form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineName {
    /// First and last name.
    Name,
    /// Address.
    Email,
    /// Telephone.
    Phone,
    /// Login.
    Login,
    /// The partner's number.
    Partner,
}

/// People of the realms that one serves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskPeople {
    /// What was searched for.
    pub search: String,
    /// Those found: id, name, login, realm, its slug.
    pub people: Vec<(String, String, String, String, String)>,
    /// There are more: search narrower.
    pub more: bool,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskPerson {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Login; masked where it is an address and no case is open.
    pub login: String,
    /// Address, masked unless a case is open.
    pub email: String,
    /// Name of the realm.
    pub realm: String,
    /// Its slug.
    pub slug: String,
    /// May not sign in.
    pub disabled: bool,
    /// Frozen by "this was not me".
    pub frozen: bool,
    /// Locked by wrong tries.
    pub locked: bool,
    /// Belongs to staff: another's business.
    pub protected: bool,
    /// This agent may act here; on a protected account together with a second one.
    pub acts: bool,
    /// What waits for a second one of the desk.
    pub pending: Vec<PendingFace>,
    /// This agent leads the desk of the realm.
    pub leads: bool,
    /// A code for the first address can be sent.
    pub address_code: bool,
    /// Factors.
    pub factors: Vec<DeskFactor>,
    /// Recovery codes left.
    pub recovery_left: u32,
    /// Open sessions: browser, since.
    pub sessions: Vec<(String, String)>,
    /// Cases, newest first.
    pub cases: Vec<CaseRow>,
    /// What they asked their manager, newest first.
    pub approvals: Vec<ApprovalFace>,
    /// Messages, newest first.
    pub messages: Vec<DeskMessage>,
    /// History, newest first.
    pub history: Vec<HistoryRow>,
    /// There is a phone that approves.
    pub has_phone: bool,
    /// The proofs of a caller that policy accepts, each with why it cannot be had now;
    /// none for one's own account.
    pub proofs: Vec<(CallerProof, Option<Code>)>,
    /// The check that is under way, or was a moment ago.
    pub check: Option<CheckFace>,
    /// What came of the last checks, newest first.
    pub evidence: Vec<EvidenceFace>,
    /// What a change of factors takes now; `None` for whose role makes none.
    pub changes: Option<Ruling>,
    /// What a mailed link sets up anew; `None` where there is nothing.
    pub enrolls_anew: Option<Anew>,
    /// The call that goes on with this agent.
    pub call: Option<CallFace>,
    /// Calls, newest first.
    pub calls: Vec<CallFace>,
    /// This agent may begin one: the account is not their own.
    pub can_call: bool,
    /// The emergency password; `None` where the realm has none, or the account is
    /// one's own.
    pub emergency: Option<EmergencyFace>,
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallFace {
    /// "CL-20412".
    pub name: String,
    /// Which agent.
    pub by: String,
    /// Since when, in words.
    pub since: String,
    /// It goes on.
    pub open: bool,
}

/// The emergency password of a person, for the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyFace {
    /// It lands in the browser of the person; the agent types the code of a request.
    pub blind: bool,
    /// How far it is.
    pub stage: EmergencyStage,
    /// The password itself, in groups: in the one answer that issued it.
    pub shown: String,
    /// Who issued the one that works, and when; empty where none works.
    pub by: String,
    /// Until when it works; empty where none works.
    pub valid_until: String,
    /// Seconds that it still works.
    pub seconds_left: i64,
    /// Seconds in all.
    pub seconds_total: i64,
}

/// What can be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyStage {
    /// It can be issued.
    Open,
    /// A second agent has to agree first.
    Second,
    /// It cannot.
    Refused(Code),
}

/// A check of a caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFace {
    /// Which proof is asked for.
    pub proof: CallerProof,
    /// The page that the caller opens, to be read out; empty where they open none.
    pub page: String,
    /// The digits to read out; empty for everybody but who asked.
    pub digits: String,
    /// The number that is called, masked; empty where none is.
    pub number: String,
    /// The agent asked for it, and types what they are told.
    pub is_mine: bool,
    /// How far it is.
    pub stage: CheckStage,
    /// Seconds that it still waits.
    pub seconds_left: i64,
    /// Seconds in all.
    pub seconds_total: i64,
}

/// How far a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckStage {
    /// Nobody answered yet.
    Waiting,
    /// Accepted, with the number.
    Accepted,
    /// Declined.
    Declined,
    /// "I did not call."
    NotMe,
    /// Nobody answered in time.
    Over,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceFace {
    /// By which proof.
    pub proof: CallerProof,
    /// Which manager; empty where it was none.
    pub manager: String,
    /// What was answered.
    pub decision: Decision,
    /// It still tells this agent that the caller is who they say.
    pub holds: bool,
    /// Which agent asked.
    pub by: String,
    /// In which call; empty where that is not known.
    pub call: String,
    /// When it was answered.
    pub at: String,
}

/// Something that waits for a second one of the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingFace {
    /// Id.
    pub id: String,
    /// What.
    pub act: DeskAct,
    /// The factor or message that it is about; empty for the whole account.
    pub about: String,
    /// Who wants it, and since when.
    pub by: String,
    /// The reader may agree.
    pub agrees: bool,
    /// The reader may refuse it, or take it back.
    pub refuses: bool,
    /// It is the reader's own wish.
    pub own: bool,
}

/// A factor, for the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskFactor {
    /// Id.
    pub id: String,
    /// What kind.
    pub kind: FactorKind,
    /// Its name.
    pub name: String,
    /// When it was added, in words.
    pub added: String,
    /// When it was last used; empty for never.
    pub used: String,
    /// It works.
    pub ready: bool,
    /// On probation until then; empty for no.
    pub probation: String,
    /// A phone or passkey that was added less than a day ago: it verifies no caller.
    pub is_new: bool,
    /// When it was last tested; empty for never.
    pub tested: String,
    /// A way in stays when it goes.
    pub removable: bool,
    /// Codes by this other way can take its place.
    pub switches: Option<FactorKind>,
    /// Of a phone that shows codes without network: when one was last used, empty for
    /// never.
    pub codes: Option<String>,
}

/// A message, for the desk: never what it said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskMessage {
    /// Id.
    pub id: String,
    /// [`crate::message::Message::slug`].
    pub slug: String,
    /// Where it went, masked.
    pub to: String,
    /// Which way.
    pub way: Way,
    /// When it was written, in words.
    pub at: String,
    /// Where it stands.
    pub state: MessageState,
    /// It can be sent again.
    pub again: bool,
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// In the outbox.
    Waiting,
    /// It goes out later.
    Planned,
    /// Handed over.
    Sent,
    /// The telephone has it.
    Delivered,
    /// It could not be handed over, or came too late.
    Failed,
    /// It was handed over and did not arrive.
    Undelivered(Why),
}
