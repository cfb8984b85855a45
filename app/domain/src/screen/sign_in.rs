//! Showing who one is: the first factor, and every further one.

use crate::{
    FactorKind, caller::CallerProof, cases::CaseKind, delivery::Delivery, policy::LoginKind,
};
use serde::{Deserialize, Serialize};

/// The first screen of signing in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identify {
    /// People make accounts of their own here.
    pub registers: bool,
    /// What people sign in with.
    pub login_kind: LoginKind,
    /// What was typed.
    pub login: String,
    /// Name and password are asked for.
    pub password: bool,
    /// A passkey opens a chain here; options for the browser as JSON, with a
    /// challenge of the server's.
    pub passkey: bool,
    /// A phone opens a chain here: a name, and the phone is asked.
    pub phone: bool,
    /// There is a "forgot" link.
    pub forgot: bool,
    /// A forgotten PIN is set anew here.
    pub forgot_pin: bool,
    /// The service desk may read somebody a code for a call, to be confirmed by a passkey.
    pub confirm_call: bool,
    /// People are invited here, by mail.
    pub invited: bool,
    /// There are instructions, step by step.
    pub instructions: bool,
    /// A page of this realm was wanted, and comes after the sign-in.
    pub wanted: bool,
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
    /// The person named the mailbox themselves, on the page before.
    pub named: bool,
    /// There are instructions, step by step.
    pub instructions: bool,
    /// The code stands on the phone that approves, in no app.
    pub on_phone: bool,
    /// What the desk can be asked for, where this code cannot be had.
    pub case: Option<CaseKind>,
    /// Days for which this browser may go without the code afterwards; 0 where
    /// policy remembers none.
    pub remember_days: i64,
    /// How far it has come on its way to a telephone; `None` for codes that go no such
    /// way.
    pub delivery: Option<Delivery>,
    /// The number may be a landline, and an SMS would not arrive there.
    pub unsure: bool,
    /// How the service desk finds out who calls, for whoever has no other way.
    pub desk_asks: Vec<CallerProof>,
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
    /// Setting a forgotten PIN anew.
    ResetPin,
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
    /// Codes stand on the phone that approves, in no app.
    pub on_phone: bool,
    /// What the desk can be asked for, where none of them is.
    pub case: Option<CaseKind>,
}
