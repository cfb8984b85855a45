//! Setting up how one signs in.

use super::LineChoice;
use crate::FactorKind;
use serde::{Deserialize, Serialize};

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
    /// What codes over the telephone network take, where a manager is asked for some.
    pub lines: Vec<LineChoice>,
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

/// Naming the address that codes go to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaptureAddress {
    /// What was typed.
    pub email: String,
    /// What was typed again.
    pub repeat: String,
    /// The address that the person was warned about, to be sent again.
    pub sure: String,
    /// The first one, during a first sign-in.
    pub first: bool,
    /// It takes the code that the partner's contact got.
    pub coded: bool,
}
