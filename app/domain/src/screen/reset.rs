//! A forgotten password, and what stands behind a mailed link.

use super::PhoneStage;
use crate::{
    FactorKind,
    link::{Anew, Purpose},
    policy::LoginKind,
};
use serde::{Deserialize, Serialize};

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
    /// Somebody makes an account: no name is asked after.
    pub registers: bool,
}

/// Behind a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfirmLink {
    /// What the link is good for.
    pub purpose: Purpose,
    /// What it sets up, where it is to enroll anew.
    pub anew: Anew,
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

/// A new PIN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangePin {
    /// For whom: the login, so that password managers store it.
    pub login: String,
    /// Least number of digits.
    pub least: u32,
}

/// By which chain is a forgotten PIN set anew?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChooseChain {
    /// The same for everybody, so that nothing tells whether a name exists.
    pub chains: Vec<Vec<FactorKind>>,
}

/// The emergency password, typed by its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyTask {
    /// For whom: the login, so that nothing is typed for somebody else.
    pub login: String,
    /// What said before that it is them.
    pub after: Option<FactorKind>,
}

/// A reset that the desk approves in this browser, unseen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitDesk {
    /// The code to read to the agent, in groups; empty once it waits no more.
    pub code: String,
    /// How far it is.
    pub stage: PhoneStage,
    /// Seconds that it still waits.
    pub seconds_left: i64,
    /// Seconds in all.
    pub seconds_total: i64,
}

/// Making an account of one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Register {
    /// The address that was typed.
    pub email: String,
    /// The name that was typed.
    pub name: String,
    /// Agreed.
    pub terms: bool,
    /// The terms that are agreed to.
    pub terms_url: String,
    /// What the browser works on before it posts.
    pub work: String,
}
