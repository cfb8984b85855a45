//! What the audit trail writes down: who did what to whom, when, from where,
//! with which result, and never a secret (`security.md`, 5).

use crate::{
    FactorKind, Timestamp,
    ids::{PersonId, RealmSlug},
};
use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $slug:literal),+ $(,)?) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Action { $($(#[$doc])* #[serde(rename = $slug)] $name),+ }

        impl Action {
            /// Every action, for filters and documentation.
            pub const ALL: &[Self] = &[$(Self::$name),+];
            /// The name in tables and exports.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug),+ }
            }
        }
    };
}

actions! {
    /// A factor was tried at sign-in, step-up or reset.
    Proof = "proof",
    /// A session was opened.
    SignIn = "sign_in",
    /// A session was ended by its owner.
    SignOut = "sign_out",
    /// Sessions were ended.
    SessionsEnded = "sessions_ended",
    /// A browser was remembered: for a while the password is enough there.
    DeviceRemembered = "device_remembered",
    /// Remembered browsers were forgotten by their owner.
    DeviceForgotten = "device_forgotten",
    /// A session proved itself anew.
    StepUp = "step_up",
    /// A code was sent.
    CodeSent = "code_sent",
    /// SMS and calls are stopped for a while: so many went out, or cost so much.
    LinesStopped = "lines_stopped",
    /// What said to be a receipt of the gateway was not signed by it.
    ReceiptRefused = "receipt_refused",
    /// A factor became active.
    FactorAdded = "factor_added",
    /// A factor was removed.
    FactorRemoved = "factor_removed",
    /// A factor was renamed.
    FactorRenamed = "factor_renamed",
    /// A factor was tested by its owner.
    FactorTested = "factor_tested",
    /// A passkey's counter did not grow, so a copy may exist: it was switched off.
    PasskeyCloned = "passkey_cloned",
    /// A phone was asked to approve.
    PhoneAsked = "phone_asked",
    /// A phone answered.
    PhoneAnswered = "phone_answered",
    /// A call to the desk began.
    CallOpened = "call_opened",
    /// A call to the desk ended.
    CallClosed = "call_closed",
    /// A phone showed a code for whoever calls from the desk.
    DeskCodeShown = "desk_code_shown",
    /// An agent typed that code.
    DeskCodeTyped = "desk_code_typed",
    /// The desk asked for another proof of a caller than their phone.
    CallerAsked = "caller_asked",
    /// A caller, or their manager, answered a check.
    CallerAnswered = "caller_answered",
    /// The desk mailed a link to enroll anew.
    EnrollAnew = "enroll_anew",
    /// An emergency password was issued; one from before is void.
    EmergencyIssued = "emergency_issued",
    /// A browser asked the desk to approve a reset of its own.
    EmergencyAsked = "emergency_asked",
    /// An emergency password was made void.
    EmergencyVoided = "emergency_voided",
    /// Recovery codes were made; the old ones are void.
    RecoveryCodesMade = "recovery_codes_made",
    /// A password or PIN was set.
    PasswordSet = "password_set",
    /// The PIN was changed by its owner.
    PinChanged = "pin_changed",
    /// A mail to reset the password was asked for.
    ResetAsked = "reset_asked",
    /// Somebody made an account of their own, which has yet to be confirmed.
    Registered = "registered",
    /// Somebody was invited.
    Invited = "invited",
    /// An invitation was taken back.
    InvitationRevoked = "invitation_revoked",
    /// An invitation was accepted.
    InvitationAccepted = "invitation_accepted",
    /// An address for notices was added.
    AddressAdded = "address_added",
    /// An address for notices was removed.
    AddressRemoved = "address_removed",
    /// "This was not me."
    NotMe = "not_me",
    /// A freeze was lifted.
    FreezeLifted = "freeze_lifted",
    /// The telephone number on record was set, or taken off.
    NumberChanged = "number_changed",
    /// The manager on record was set, or taken off.
    ManagerChanged = "manager_changed",
    /// Wrong tries locked a kind of factor for a while.
    Locked = "locked",
    /// Counters of tries were cleared by staff.
    Unlocked = "unlocked",
    /// A person was disabled.
    Disabled = "disabled",
    /// A person was enabled again.
    Enabled = "enabled",
    /// The first administrator's link was made on the command line.
    AdminCreated = "admin_created",
    /// An import or an export was started.
    TransferStarted = "transfer_started",
    /// An import or an export ended, well or badly.
    TransferFinished = "transfer_finished",
    /// An import or an export was stopped.
    TransferCancelled = "transfer_cancelled",
    /// A list left the house.
    Exported = "exported",
    /// A case was opened.
    CaseOpened = "case_opened",
    /// Somebody of the desk took a case.
    CaseClaimed = "case_claimed",
    /// A case was given back.
    CaseReleased = "case_released",
    /// The person's manager confirmed that it is them.
    CaseConfirmed = "case_confirmed",
    /// The first of two approvals.
    CaseSeconded = "case_seconded",
    /// A case was approved.
    CaseApproved = "case_approved",
    /// A case was declined.
    CaseDeclined = "case_declined",
    /// A case was stopped by "this was not me".
    CaseVetoed = "case_vetoed",
    /// A case was taken back by who asked.
    CaseWithdrawn = "case_withdrawn",
    /// The window of an approved case closed unused.
    CaseLapsed = "case_lapsed",
    /// The new factor of an approved case works.
    CaseUsed = "case_used",
    /// What a case brought was taken back.
    CaseUndone = "case_undone",
    /// An approval was asked of somebody's manager.
    ApprovalAsked = "approval_asked",
    /// The request was changed: what was approved is void.
    ApprovalEdited = "approval_edited",
    /// The manager approved it.
    ApprovalGiven = "approval_given",
    /// The manager declined it.
    ApprovalDeclined = "approval_declined",
    /// It was taken back by who asked.
    ApprovalWithdrawn = "approval_withdrawn",
    /// Nobody answered or used it in time.
    ApprovalLapsed = "approval_lapsed",
    /// It was stopped by "this was not me".
    ApprovalVetoed = "approval_vetoed",
    /// What was approved is set up.
    ApprovalUsed = "approval_used",
    /// The desk lets a verified caller switch to what was approved.
    ApprovalReleased = "approval_released",
    /// A manager named who stands in for them, or nobody any more.
    DeputyNamed = "deputy_named",
    /// The desk switched codes from SMS to calls, or back.
    LineSwitched = "line_switched",
    /// A change of factors was taken back by the owner of the account.
    ChangeUndone = "change_undone",
    /// Staff looked at a person.
    Viewed = "viewed",
    /// A factor was switched off by staff.
    FactorSuspended = "factor_suspended",
    /// A factor was switched on again by staff.
    FactorResumed = "factor_resumed",
    /// An act on a protected account waits for a second one of the desk.
    ActAsked = "act_asked",
    /// A second one of the desk agreed that the first one may do it.
    ActAgreed = "act_agreed",
    /// A second one of the desk refused it, or it was taken back.
    ActRefused = "act_refused",
    /// The person dropped it before a second one of the desk agreed.
    ActDropped = "act_dropped",
    /// A message was sent again by staff.
    Resent = "resent",
    /// A code for the first address was sent to the partner's contact.
    AddressCodeSent = "address_code_sent",
    /// A role was given.
    RoleGiven = "role_given",
    /// A role was taken away.
    RoleTaken = "role_taken",
    /// Something was announced.
    Announced = "announced",
    /// An announcement was taken back.
    AnnouncementWithdrawn = "announcement_withdrawn",
    /// An application was registered by an administrator.
    ApplicationAdded = "application_added",
    /// What is said of an application was changed.
    ApplicationChanged = "application_changed",
    /// A secret of an application was drawn.
    SecretDrawn = "secret_drawn",
    /// Older secrets of an application work no more.
    SecretsForgotten = "secrets_forgotten",
    /// An application is out of use: what it had is void.
    ApplicationOff = "application_off",
    /// An application is in use again.
    ApplicationOn = "application_on",
    /// Somebody went on to an application.
    ApplicationOpened = "application_opened",
    /// Somebody agreed that an application may know of them.
    ApplicationAllowed = "application_allowed",
    /// A person took back that an application may know of them.
    ApplicationForbidden = "application_forbidden",
    /// A code or a token of an application was used twice: what it gave is void.
    TokenReplayed = "token_replayed",
    /// A copy of the database was made.
    BackupMade = "backup_made",
    /// An older state of the database came back: what lived in it is void.
    Restored = "restored",
    /// Tokens for applications are signed with a new key.
    KeyRotated = "key_rotated",
    /// A request was refused that no application of ours makes, or a code that was given
    /// to another.
    ApplicationRefused = "application_refused",
    /// Somebody reached for what is not theirs.
    Denied = "denied",
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
}

impl Outcome {
    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// One thing to write down. The caller adds who acted, from where and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub action: Action,
    /// With which result.
    pub outcome: Outcome,
    /// To whom; `None` when no such person exists.
    pub target: Option<PersonId>,
    /// With or on which kind of factor.
    pub factor: Option<FactorKind>,
    /// A few words for the reader of the trail: a reason, an id; no secret.
    pub detail: String,
}

impl Event {
    /// Something was done to a person.
    pub const fn done(action: Action, target: PersonId) -> Self {
        Self {
            action,
            outcome: Outcome::Done,
            target: Some(target),
            factor: None,
            detail: String::new(),
        }
    }
    /// Something was done to a whole realm.
    pub const fn to_realm(action: Action) -> Self {
        Self {
            action,
            outcome: Outcome::Done,
            target: None,
            factor: None,
            detail: String::new(),
        }
    }
    /// Something was refused.
    pub const fn refused(action: Action, target: Option<PersonId>) -> Self {
        Self {
            action,
            outcome: Outcome::Refused,
            target,
            factor: None,
            detail: String::new(),
        }
    }
    /// Names the kind of factor.
    #[must_use]
    pub const fn with(mut self, kind: FactorKind) -> Self {
        self.factor = Some(kind);
        self
    }
    /// Adds a few words.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// Who acted, and from where, as received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person, where a session says so.
    pub person: Option<PersonId>,
    /// A word for who acted when it was no person: `cli`, `worker`.
    pub other: Option<String>,
    /// The peer's address.
    pub address: String,
    /// The browser, as it names itself, cut to 200 characters.
    pub agent: String,
}

/// An entry as it is stored and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the chain; `None` until the sealer has put it there.
    pub seq: Option<i64>,
    /// Its id.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// In which realm.
    pub realm: RealmSlug,
    /// Who acted: a person's id, or a word.
    pub actor: String,
    /// [`Action::slug`].
    pub action: String,
    /// [`Outcome::slug`].
    pub outcome: String,
    /// To whom.
    pub target: Option<String>,
    /// [`FactorKind::slug`].
    pub factor: Option<String>,
    /// A few words.
    pub detail: String,
    /// The peer's address.
    pub address: String,
    /// The browser.
    pub agent: String,
    /// Hash of this entry and the one before it, lower-case hex; empty until sealed.
    pub hash: String,
}

impl Entry {
    /// The bytes that the chain hashes: every field with its length before it,
    /// so that no two entries have the same bytes.
    pub fn canonical(&self, seq: i64, previous: &str) -> Vec<u8> {
        let at = self.at.millis().to_string();
        let seq = seq.to_string();
        let fields = [
            seq.as_str(),
            previous,
            &self.id,
            &at,
            self.realm.as_str(),
            &self.actor,
            &self.action,
            &self.outcome,
            self.target.as_deref().unwrap_or("-"),
            self.factor.as_deref().unwrap_or("-"),
            &self.detail,
            &self.address,
            &self.agent,
        ];
        let mut out = Vec::with_capacity(256);
        for field in fields {
            out.extend_from_slice(&(field.len() as u32).to_be_bytes());
            out.extend_from_slice(field.as_bytes());
        }
        out
    }
}
