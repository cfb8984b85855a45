//! What a page shows. The server makes a [`View`]; the page renders it and
//! decides nothing. What each screen holds stands in a file of its own.

mod account;
mod admin;
mod announcements;
mod applications;
mod approvals;
mod audit_trail;
mod caller;
mod cases;
mod desk;
mod enroll;
mod frame;
mod name;
mod news;
mod phone;
mod read_policy;
mod reset;
mod roles;
mod sign_in;
mod start;
mod transfers;

pub use account::{
    ConsentFace, DeviceFace, FactorFace, FactorPage, Later, NotMe, Overview, Profile, ResetsPin,
    SessionFace, Sessions, Tile, UndoChange,
};
pub use admin::{
    AdminHome, AdminInvitations, AdminPeople, AdminPerson, CsvReport, HistoryRow, InvitationRow,
    InvitationState, InvitationTyped, ManagerFace, PersonRow,
};
pub use announcements::{AdminAnnouncements, AnnouncementRow, AnnouncementTyped, Announcements};
pub use applications::{
    AdminApplication, AdminApplications, ApplicationRow, ApplicationState, ApplicationTyped,
    ChainTyped,
};
pub use approvals::{
    ApprovalFace, ApprovalPage, ApprovalRow, ApprovalStage, Approvals, DeputyFace, LineChoice,
    LineState, OnRecord, PendingChange, PendingNumber, PendingSwitch, ProfileFactor,
    RequestApproval, RequestTyped, SetNumber,
};
pub use audit_trail::{AdminAudit, AuditAsked, AuditRow, AuditVerdict, AuditWho};
pub use caller::{CallAsked, ConfirmCall, Vouch};
pub use cases::{CaseForm, CaseState, ConfirmCase, FormTyped, StageFace};
pub use desk::{
    CallFace, CaseRow, CheckFace, CheckStage, DeskCase, DeskFactor, DeskMessage, DeskPeople,
    DeskPerson, DeskQueue, EmergencyFace, EmergencyStage, EvidenceFace, FormLine, LineName,
    MessageState, PendingFace, QueueCounts, Whose,
};
pub use enroll::{CaptureAddress, ChooseMethod, EnrollPasskey, EnrollTotp, RecoveryCodes};
pub use frame::{Account, Frame, PersonFace, RealmFace, StepFace, StepName, StepState, Theme};
pub use news::{CaseMove, News, PersonChange};
pub use phone::{
    AddPhone, AwaitPhone, DeskCodeFace, EnrollPhone, PhoneAccount, PhoneAsk, PhonePage, PhoneStage,
};
pub use read_policy::{AdminPolicy, PolicyRisk, PolicySection, PolicyValue};
pub use reset::{
    AwaitDesk, ChangePin, ChooseChain, ConfirmLink, Dead, DeadLink, EmergencyTask, Forgot,
    MailSent, NewPassword, Register,
};
pub use roles::{AdminRoles, RoleRow, RoleTyped};
pub use sign_in::{AnotherWay, CodePurpose, CodeTask, Identify, PasskeyTask};
pub use start::{RealmCard, RegionCard, Start};
pub use transfers::{AdminTransfer, AdminTransfers, ReportLine, TransferRow};

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// A page: the frame around it and the one task in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Whose door this is.
    pub frame: Frame,
    /// The task.
    pub screen: Screen,
    /// What was refused, for the summary and the fields.
    pub refusals: Vec<Refusal>,
    /// What went well, above the task.
    pub news: Option<News>,
}

/// The one task of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// Regions and realms.
    Start(Start),
    /// Address or name, and the first factor.
    Identify(Identify),
    /// A code to type.
    Code(CodeTask),
    /// A passkey to use.
    Passkey(PasskeyTask),
    /// Which of several factors to use.
    AnotherWay(AnotherWay),
    /// Choosing a method to enrol.
    ChooseMethod(ChooseMethod),
    /// Naming the address that codes go to.
    CaptureAddress(CaptureAddress),
    /// Before an authenticator app is set up: install one.
    AdviseApp,
    /// Setting up an authenticator app.
    EnrollTotp(EnrollTotp),
    /// Making a passkey.
    EnrollPasskey(EnrollPasskey),
    /// Adding a phone: what it opens.
    EnrollPhone(EnrollPhone),
    /// On the phone that is added.
    AddPhone(AddPhone),
    /// What the phone is asked.
    Phone(Box<PhonePage>),
    /// The phone is asked; this page waits for its answer.
    AwaitPhone(AwaitPhone),
    /// The realm's second factor is not there yet.
    NoSecondFactorYet,
    /// "Forgot username or password?"
    Forgot(Forgot),
    /// Making an account of one's own.
    Register(Register),
    /// A mail is on its way, or would be.
    MailSent(MailSent),
    /// Behind a link: go on?
    ConfirmLink(ConfirmLink),
    /// The link does not work any more.
    DeadLink(DeadLink),
    /// A new password.
    NewPassword(NewPassword),
    /// A new PIN.
    ChangePin(ChangePin),
    /// "Forgot your PIN?"
    ForgotPin(Forgot),
    /// By which chain is it set anew?
    ChooseChain(ChooseChain),
    /// The emergency password.
    Emergency(EmergencyTask),
    /// The desk approves this browser; the page waits.
    AwaitDesk(AwaitDesk),
    /// Recovery codes: make them, or see them once.
    RecoveryCodes(RecoveryCodes),
    /// The factors of the person.
    Overview(Overview),
    /// One factor: test, rename, remove.
    Factor(FactorPage),
    /// Where one is signed in.
    Sessions(Sessions),
    /// Name, language and addresses.
    Profile(Profile),
    /// "This was not me."
    NotMe(NotMe),
    /// The form of a case.
    CaseForm(Box<CaseForm>),
    /// Where a case stands, for who asked.
    CaseState(CaseState),
    /// Take a change of factors back?
    UndoChange(UndoChange),
    /// Naming the number that codes go to.
    SetNumber(SetNumber),
    /// Asking one's manager for codes over the telephone network.
    RequestApproval(Box<RequestApproval>),
    /// What one's people ask.
    Approvals(Approvals),
    /// One of those requests.
    Approval(Box<ApprovalPage>),
    /// Where codes go, how, and what is to change.
    ProfileFactor(ProfileFactor),
    /// The password, beside the profile.
    ProfilePassword,
    /// A case that one's report opened.
    ConfirmCase(ConfirmCase),
    /// A caller shows the service desk with a passkey that it is them.
    ConfirmCall(ConfirmCall),
    /// A manager says whether it is somebody of theirs who calls.
    Vouch(Vouch),
    /// The queue of the desk.
    DeskQueue(Box<DeskQueue>),
    /// One case, for the desk.
    DeskCase(Box<DeskCase>),
    /// People, for the desk.
    DeskPeople(DeskPeople),
    /// One person, for the desk.
    DeskPerson(Box<DeskPerson>),
    /// People of a realm.
    AdminPeople(AdminPeople),
    /// One person.
    AdminPerson(AdminPerson),
    /// Invitations.
    AdminInvitations(AdminInvitations),
    /// Imports and exports of a realm.
    AdminTransfers(AdminTransfers),
    /// One of them.
    AdminTransfer(Box<AdminTransfer>),
    /// The audit trail of a realm.
    AdminAudit(AdminAudit),
    /// The policy of a realm, in words.
    AdminPolicy(AdminPolicy),
    /// What a realm announces.
    Announcements(Announcements),
    /// The same, for its administrators.
    AdminAnnouncements(Box<AdminAnnouncements>),
    /// Applications of a realm.
    AdminApplications(Box<AdminApplications>),
    /// One of them.
    AdminApplication(Box<AdminApplication>),
    /// Who holds which role at a realm.
    AdminRoles(AdminRoles),
    /// The realms that one administrates.
    AdminHome(AdminHome),
    /// How to sign in, step by step.
    Instructions,
    /// Not there, or not for this person.
    NotFound,
}

/// What a server function answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Show this.
    Show(#[serde(deserialize_with = "crate::tree::read")] Box<View>),
    /// Go there; `anew` loads the page from the server, because the session
    /// or the language is another now.
    Go {
        /// An address of [`crate::paths`].
        path: String,
        /// Load anew.
        anew: bool,
    },
}
