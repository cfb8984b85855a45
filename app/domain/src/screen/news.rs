//! What went well, said above the task of the next page.

use crate::{FactorKind, phone::Decision};
use serde::{Deserialize, Serialize};

/// What went well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The password was set: sign in with it.
    PasswordSet {
        /// Whose.
        login: String,
    },
    /// Somebody else was signed in at this browser and is not any more: the page is about
    /// who proved to be there now.
    SignedOutHere {
        /// Who was signed in.
        login: String,
    },
    /// The page was about another account than the one at this browser: nothing was done.
    OtherAccount,
    /// Signed out.
    SignedOut,
    /// A factor was added.
    FactorAdded(FactorKind),
    /// One proved oneself anew for something that is still to be done.
    Confirmed,
    /// Codes go to another address from now on.
    CodesMoved,
    /// A factor was removed.
    FactorRemoved(FactorKind),
    /// A factor was renamed.
    FactorRenamed,
    /// A factor was tested and works.
    FactorWorks(FactorKind),
    /// A session was ended.
    SessionEnded,
    /// The PIN was changed.
    PinChanged,
    /// Messages reach the phone while its page is closed.
    PhoneReachable,
    /// What was answered on the phone.
    PhoneAnswered(Decision),
    /// The manager confirmed a case.
    CaseConfirmed,
    /// The manager said that it was somebody else: the case is stopped.
    CaseStopped,
    /// It waits for a second one of the desk.
    ActAsked,
    /// It will not be done.
    ActRefused,
    /// A role was given.
    RoleGiven,
    /// A role was taken away.
    RoleTaken,
    /// An application may not know any more who one is.
    ConsentWithdrawn,
    /// A remembered browser was forgotten.
    DeviceForgotten,
    /// All other sessions were ended.
    OtherSessionsEnded,
    /// An address for notices was added.
    AddressAdded,
    /// An address for notices was removed.
    AddressRemoved,
    /// The manager is asked.
    ApprovalAsked,
    /// The request was taken back.
    ApprovalWithdrawn,
    /// What was to change does not.
    ChangeCancelled,
    /// What one of the desk wanted to switch is dropped.
    SwitchDropped,
    /// Codes go to another number from now on.
    NumberMoved,
    /// One approved a request.
    ApprovalGiven,
    /// One declined a request.
    ApprovalDeclined,
    /// Somebody stands in for oneself.
    DeputyNamed,
    /// Nobody does any more.
    DeputyEnded,
    /// The desk switched codes from SMS to calls, or back.
    LineSwitched(FactorKind),
    /// The desk lets the person switch.
    LineReleased,
    /// A code was sent anew.
    CodeSent,
    /// The same code was sent once more.
    CodeAgain,
    /// Recovery codes are saved.
    CodesSaved,
    /// Changes are frozen, sessions ended.
    Frozen,
    /// An invitation was sent.
    Invited,
    /// An invitation was taken back.
    InvitationRevoked,
    /// An administrator did something to a person.
    PersonChanged(PersonChange),
    /// The profile was saved.
    ProfileSaved,
    /// The number on record was saved.
    NumberSaved,
    /// The manager on record was saved.
    ManagerSaved,
    /// A fresh link was mailed, if the account exists.
    LinkSent,
    /// An import or an export was stopped.
    TransferCancelled,
    /// An announcement was made.
    Announced,
    /// An announcement was taken back.
    AnnouncementWithdrawn,
    /// An application was registered.
    ApplicationAdded,
    /// What is said of an application was changed.
    ApplicationChanged,
    /// Secrets of an application before the newest one work no more.
    SecretsForgotten,
    /// An application is out of use.
    ApplicationOff,
    /// An application is in use again.
    ApplicationOn,
    /// A case was taken back.
    CaseWithdrawn,
    /// The desk did something to a case.
    CaseMoved(CaseMove),
    /// The desk sent a message again.
    Resent,
    /// The code on the person's phone was typed: the phone says by whom.
    DeskCodeTyped,
    /// The emergency password is void.
    EmergencyVoided,
    /// The reset that waits in the person's browser was approved.
    EmergencyApproved,
    /// A second agent agreed that an emergency password is issued.
    EmergencyAgreed,
    /// A manager said that it is them who calls.
    Vouched,
    /// A manager said that it is not.
    VouchRefused,
    /// A link to enroll anew is on its way.
    EnrollAnew,
    /// A link to set up another number was opened: the password comes first.
    PasswordFirst,
    /// The desk removed a factor.
    FactorGone,
    /// The desk switched a factor off.
    FactorSuspended,
    /// The desk switched a factor on.
    FactorResumed,
}

/// What the desk did to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseMove {
    /// Took it.
    Claimed,
    /// Gave it back.
    Released,
    /// Gave the first of two approvals.
    Seconded,
    /// Approved it.
    Approved,
    /// Declined it.
    Declined,
}

/// What an administrator did to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonChange {
    /// Tries were cleared.
    Unlocked,
    /// The freeze was lifted.
    FreezeLifted,
    /// Every session was ended.
    SessionsEnded,
    /// The account was disabled.
    Disabled,
    /// The account was enabled.
    Enabled,
    /// The person was invited anew.
    InvitedAnew,
    /// The partner's contact got a code for the person's first address.
    AddressCodeSent,
}
