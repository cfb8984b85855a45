//! What a page shows. The server makes a [`View`]; the page renders it and
//! decides nothing.

use crate::{FactorKind, Lang, Refusal, ids::RealmSlug, link::Purpose, policy::LoginKind};
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

/// What stands around every task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The language of this page.
    pub lang: Lang,
    /// The realm; `None` on the start page and at the desk.
    pub realm: Option<RealmFace>,
    /// Demo mode: said on every page.
    pub demo: bool,
    /// Who is signed in.
    pub person: Option<PersonFace>,
    /// Where this page lives, for the language switch.
    pub path: String,
    /// The steps of this ceremony; empty where there is one only.
    pub steps: Vec<StepFace>,
}

/// A realm as people see it, in their language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RealmFace {
    /// Its name in addresses; also gives colour and cut.
    pub slug: RealmSlug,
    /// Its name.
    pub name: String,
    /// Telephone number of the service desk.
    pub phone: String,
    /// When somebody answers.
    pub hours: String,
    /// Mail address of the service desk; empty when there is none.
    pub email: String,
    /// Footer links: name and address.
    pub links: Vec<(String, String)>,
    /// The banner; empty when there is nothing to announce.
    pub announcement: String,
}

/// A person who is signed in, as the header names them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonFace {
    /// Name, or the login where there is none.
    pub name: String,
    /// Login.
    pub login: String,
    /// May open administration.
    pub administrates: bool,
}

/// One step of a ceremony.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    /// Address or name, and password.
    Credentials,
    /// A second factor of this kind.
    Factor(FactorKind),
    /// Choosing a method.
    ChooseMethod,
    /// Setting it up.
    SetUp,
    /// Recovery codes.
    RecoveryCodes,
    /// Finding the account.
    Identify,
    /// The new password.
    NewPassword,
}

/// A step and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFace {
    /// Which.
    pub name: StepName,
    /// Behind us, here, ahead.
    pub state: StepState,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Ahead,
}

/// What went well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The password was set: sign in with it.
    PasswordSet,
    /// Signed out.
    SignedOut,
    /// A factor was added.
    FactorAdded(FactorKind),
    /// A factor was removed.
    FactorRemoved(FactorKind),
    /// A factor was renamed.
    FactorRenamed,
    /// A factor was tested and works.
    FactorWorks(FactorKind),
    /// A session was ended.
    SessionEnded,
    /// All other sessions were ended.
    OtherSessionsEnded,
    /// An address for notices was added.
    AddressAdded,
    /// An address for notices was removed.
    AddressRemoved,
    /// A code was sent anew.
    CodeSent,
    /// Recovery codes are saved.
    CodesSaved,
    /// Changes are frozen, sessions ended.
    Frozen,
    /// An invitation was sent.
    Invited,
    /// So many were invited.
    InvitedMany(u32),
    /// An invitation was taken back.
    InvitationRevoked,
    /// An administrator did something to a person.
    PersonChanged(PersonChange),
    /// The profile was saved.
    ProfileSaved,
    /// A fresh link was mailed, if the account exists.
    LinkSent,
}

/// What an administrator did to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonChange {
    /// Tries were cleared.
    Unlocked,
    /// The freeze was lifted.
    FreezeLifted,
    /// The account was disabled.
    Disabled,
    /// The account was enabled.
    Enabled,
    /// The person was invited anew.
    InvitedAnew,
}

/// The one task of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "screen", rename_all = "snake_case")]
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
    /// Setting up an authenticator app.
    EnrollTotp(EnrollTotp),
    /// Making a passkey.
    EnrollPasskey(EnrollPasskey),
    /// The realm's second factor is not there yet.
    NoSecondFactorYet,
    /// "Forgot username or password?"
    Forgot(Forgot),
    /// A mail is on its way, or would be.
    MailSent(MailSent),
    /// Behind a link: go on?
    ConfirmLink(ConfirmLink),
    /// The link does not work any more.
    DeadLink(DeadLink),
    /// A new password.
    NewPassword(NewPassword),
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
    /// People of a realm.
    AdminPeople(AdminPeople),
    /// One person.
    AdminPerson(AdminPerson),
    /// Invitations.
    AdminInvitations(AdminInvitations),
    /// The realms that one administrates.
    AdminHome(AdminHome),
    /// Not there, or not for this person.
    NotFound,
}

/// The start page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// Regions in order, each with its realms.
    pub regions: Vec<Region>,
}

/// A region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// Its realms: slug, name, a sentence.
    pub realms: Vec<RealmCard>,
}

/// A realm on the start page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RealmCard {
    /// Its name in addresses.
    pub slug: RealmSlug,
    /// Its name.
    pub name: String,
    /// A sentence.
    pub summary: String,
}

/// The first screen of signing in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identify {
    /// What people sign in with.
    pub login_kind: LoginKind,
    /// What was typed.
    pub login: String,
    /// Name and password are asked for.
    pub password: bool,
    /// A passkey opens a chain here; options for the browser as JSON, with a
    /// challenge of the server's.
    pub passkey: bool,
    /// There is a "forgot" link.
    pub forgot: bool,
    /// People are invited here, by mail.
    pub invited: bool,
}

/// A code to type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeTask {
    /// Which kind of factor.
    pub kind: FactorKind,
    /// What the code is for.
    pub purpose: CodePurpose,
    /// How many digits; 16 for recovery codes.
    pub digits: u32,
    /// Where it was sent, masked; empty for authenticator apps.
    pub sent_to: String,
    /// When it was sent, as the reader's clock says ("10:42").
    pub sent_at: String,
    /// Until when it works ("10:57"); empty where it does not end.
    pub valid_until: String,
    /// Seconds that remain.
    pub seconds_left: i64,
    /// Seconds in all.
    pub seconds_total: i64,
    /// Seconds until a new one may be asked for.
    pub resend_in: i64,
    /// There are other ways.
    pub others: bool,
}

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodePurpose {
    /// Signing in.
    SignIn,
    /// Proving oneself anew.
    Confirm,
    /// Setting the factor up.
    Enroll,
    /// Testing it.
    Test,
    /// Proving an address for notices.
    Address,
}

/// A passkey to use after another factor, at step-up or as a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PasskeyTask {
    /// What for.
    pub purpose: CodePurpose,
    /// `PublicKeyCredentialRequestOptions` as JSON (WebAuthn Level 3, 5.10.3).
    pub options: String,
    /// There are other ways.
    pub others: bool,
}

/// Which of several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnotherWay {
    /// The kinds at hand.
    pub kinds: Vec<FactorKind>,
}

/// Choosing a method to enrol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChooseMethod {
    /// What is offered.
    pub kinds: Vec<FactorKind>,
    /// The first choice of this person.
    pub first: bool,
    /// Where mail codes would go, masked.
    pub email: String,
    /// What was chosen.
    pub chosen: Option<FactorKind>,
}

/// Setting up an authenticator app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnrollTotp {
    /// The QR code as an SVG path over a square of `qr_size` modules.
    pub qr_path: String,
    /// Modules at one side, quiet zone included.
    pub qr_size: u32,
    /// The key in groups of four.
    pub key: String,
    /// The same as a link for the app on this phone.
    pub uri: String,
    /// Whose.
    pub account: String,
    /// The name that was typed for it.
    pub name: String,
}

/// Making a passkey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnrollPasskey {
    /// `PublicKeyCredentialCreationOptions` as JSON.
    pub options: String,
    /// First choice of this person (then there is "choose another method").
    pub first: bool,
}

/// "Forgot username or password?"
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forgot {
    /// What was typed.
    pub login: String,
    /// What people sign in with.
    pub login_kind: LoginKind,
}

/// A mail is on its way, or would be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailSent {
    /// What was typed.
    pub login: String,
    /// Seconds until it may be asked for again.
    pub resend_in: i64,
    /// Minutes that the link works.
    pub minutes: i64,
}

/// Behind a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfirmLink {
    /// What the link is good for.
    pub purpose: Purpose,
    /// The token, to be posted by the button.
    pub token: String,
}

/// The link does not work any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeadLink {
    /// What the link was good for.
    pub purpose: Purpose,
    /// Why.
    pub why: Dead,
    /// The token, to be posted by the button that asks for a fresh one.
    pub token: String,
}

/// Why a link is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dead {
    /// Used.
    Used,
    /// Too old.
    Expired,
    /// Replaced, taken back, or never there.
    Unknown,
}

/// A new password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewPassword {
    /// First password or a new one.
    pub purpose: Purpose,
    /// For whom: the login, so that password managers store it.
    pub login: String,
    /// Least number of characters.
    pub least: u32,
}

/// Recovery codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecoveryCodes {
    /// The codes, shown once; empty while they are only offered.
    pub codes: Vec<String>,
    /// How many are left of the set in use.
    pub left: u32,
    /// Right after the first enrollment.
    pub first: bool,
}

/// The factors of the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Factors.
    pub factors: Vec<FactorFace>,
    /// What may be added.
    pub offers: Vec<FactorKind>,
    /// Recovery codes left; `None` where the realm has none.
    pub recovery_left: Option<u32>,
    /// Changes are frozen.
    pub frozen: bool,
}

/// A factor on the overview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactorFace {
    /// Its id.
    pub id: String,
    /// What kind.
    pub kind: FactorKind,
    /// Its name.
    pub name: String,
    /// Where codes go, masked.
    pub address: String,
    /// When it was added, in words.
    pub added: String,
    /// When it last let somebody in; empty for never.
    pub used: String,
    /// When it was last tested; empty for never.
    pub tested: String,
    /// Works, or was switched off.
    pub ready: bool,
    /// May be removed.
    pub removable: bool,
}

/// One factor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactorPage {
    /// The factor.
    pub factor: FactorFace,
    /// What was typed as a new name.
    pub name: String,
}

/// Where one is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sessions {
    /// Newest first.
    pub sessions: Vec<SessionFace>,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionFace {
    /// Its id.
    pub id: String,
    /// The browser in words.
    pub browser: String,
    /// The peer's address.
    pub address: String,
    /// When it was opened, in words.
    pub opened: String,
    /// When it was last seen, in words.
    pub seen: String,
    /// It is this one.
    pub here: bool,
}

/// Name, language and addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Name.
    pub name: String,
    /// Login.
    pub login: String,
    /// The first address.
    pub email: String,
    /// Further addresses for notices: id, address.
    pub addresses: Vec<(String, String)>,
    /// The address that waits for its code, masked.
    pub pending: Option<CodeTask>,
    /// What was typed as a new address.
    pub typed: String,
}

/// "This was not me."
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotMe {
    /// The token, to be posted by the button; empty once it is done.
    pub token: String,
    /// It is done.
    pub done: bool,
}

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
    pub bad: Vec<(u32, crate::refusal::Code, String)>,
}

/// What a server function answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Show this.
    Show(Box<View>),
    /// Go there; `anew` loads the page from the server, because the session
    /// or the language is another now.
    Go {
        /// An address of [`crate::paths`].
        path: String,
        /// Load anew.
        anew: bool,
    },
}
