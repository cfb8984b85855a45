//! The phone that approves, and the pages that wait for it.

use super::CodePurpose;
use crate::phone::Purpose;
use serde::{Deserialize, Serialize};

/// A page that waits for an answer of the phone. It is the same for names that
/// nobody has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AwaitPhone {
    /// What for.
    pub purpose: CodePurpose,
    /// What is to be typed on the phone.
    pub digits: String,
    /// How far it is.
    pub stage: PhoneStage,
    /// Seconds that the request still waits.
    pub seconds_left: i64,
    /// Seconds in all.
    pub seconds_total: i64,
    /// There are other ways.
    pub others: bool,
    /// The name that was typed, where nothing is proven yet.
    pub login: String,
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneStage {
    /// Nobody answered yet.
    Waiting,
    /// There is an answer: the page goes on.
    Answered,
    /// Nobody answered in time.
    Over,
}

/// Adding a phone: a link that the phone opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnrollPhone {
    /// The phone whose place it takes; empty where it only comes.
    pub goes: String,
    /// The link as a QR code: the path of an SVG.
    pub qr_path: String,
    /// The side of its view box.
    pub qr_size: u32,
    /// The link.
    pub link: String,
    /// Seconds that it still works.
    pub seconds_left: i64,
    /// Seconds in all.
    pub seconds_total: i64,
}

/// On the phone: add it to this account?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddPhone {
    /// The phone whose place it takes; empty where it only comes.
    pub goes: String,
    /// The link's token.
    pub token: String,
    /// Whose account, as they sign in.
    pub login: String,
    /// It brings codes for when it has no network.
    pub codes: bool,
    /// Where the answer counts: part of what the phone signs.
    pub origin: String,
}

/// What a phone shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhonePage {
    /// The accounts that it approves for.
    pub accounts: Vec<PhoneAccount>,
    /// What it is asked now, oldest first.
    pub asks: Vec<PhoneAsk>,
    /// The key with which a browser subscribes to messages, in base64url.
    pub push_key: String,
    /// Messages reach it while the page is closed.
    pub reachable: bool,
    /// Where the answer counts: part of what the phone signs.
    pub origin: String,
}

/// A code for whoever calls from the service desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskCodeFace {
    /// The digits, in groups; empty once they were typed.
    pub digits: String,
    /// Who of the desk typed them; empty before.
    pub agent: String,
    /// In which call.
    pub call: String,
    /// Seconds that it is still shown.
    pub seconds_left: i64,
    /// Seconds in all.
    pub seconds_total: i64,
}

/// An account that a phone approves for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneAccount {
    /// The phone, as a factor of it.
    pub factor: String,
    /// The code that is shown for the desk.
    pub code: Option<DeskCodeFace>,
    /// The realm's name.
    pub realm: String,
    /// How its owner signs in.
    pub login: String,
    /// What its owner calls this phone.
    pub name: String,
    /// Since when.
    pub added: String,
    /// It shows codes where it has no network.
    pub codes: bool,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneAsk {
    /// Its id.
    pub id: String,
    /// What the answer is signed over.
    pub challenge: String,
    /// The public key whose secret half signs, in base64url.
    pub key: String,
    /// What for.
    pub purpose: Purpose,
    /// The realm's name.
    pub realm: String,
    /// Whose account.
    pub login: String,
    /// Who of the service desk asks; empty where a browser does.
    pub agent: String,
    /// In which call; empty likewise.
    pub call: String,
    /// The browser that asks, in words; empty where it does not say.
    pub browser: String,
    /// Its network address.
    pub address: String,
    /// Since when.
    pub since: String,
    /// Seconds that it still waits.
    pub seconds_left: i64,
    /// Seconds in all.
    pub seconds_total: i64,
}
