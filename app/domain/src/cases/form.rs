//! What the form of a case says, and how it stands beside the record.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// What was typed. Nobody is reached by it: contact goes by the record alone, and
/// the form is what the desk holds against it (`security.md`, H).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// First name, or the full name where the form has one field for it.
    pub given: String,
    /// Last name.
    #[serde(default)]
    pub family: String,
    /// E.164; empty where the form does not ask.
    #[serde(default)]
    pub phone: String,
    /// Address.
    #[serde(default)]
    pub email: String,
    /// Login.
    #[serde(default)]
    pub login: String,
    /// The partner's number.
    #[serde(default)]
    pub partner: String,
    /// What happened, in the person's words.
    #[serde(default)]
    pub story: String,
    /// The consent to handle all this.
    #[serde(default)]
    pub consent: Option<Consent>,
}

impl Form {
    /// Given and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

/// Which text was agreed to, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The version of the privacy policy.
    pub version: String,
    /// When.
    pub at: Timestamp,
}

/// How a line of the form stands beside the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The same.
    Same,
    /// Another.
    Differs,
    /// Nothing is on record to hold it against.
    Unknown,
}

/// Holds a line against the record; case, width and outer spaces do not count.
#[cfg(feature = "server")]
pub fn compare(typed: &str, on_record: &str) -> Mark {
    if on_record.trim().is_empty() {
        Mark::Unknown
    } else if crate::text::login_key(typed) == crate::text::login_key(on_record) {
        Mark::Same
    } else {
        Mark::Differs
    }
}
