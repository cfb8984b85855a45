//! What a caller, or their manager, sees of a check of the service desk.

use serde::{Deserialize, Serialize};

/// A caller shows with a passkey that it is them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmCall {
    /// The code that the agent reads out.
    Code,
    /// Who asks, and the passkey.
    Asked(CallAsked),
    /// It was confirmed.
    Confirmed,
    /// "I did not call".
    Denied,
}

/// Who asks a caller, and for what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallAsked {
    /// The check.
    pub id: String,
    /// Its code: who has it was read it.
    pub code: String,
    /// Which agent.
    pub agent: String,
    /// "CL-20412".
    pub call: String,
    /// Since when, in words.
    pub since: String,
    /// What the browser hands to the authenticator (WebAuthn Level 3, 5.5).
    pub options: String,
}

/// A manager says whether it is somebody of theirs who calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vouch {
    /// The check.
    pub id: String,
    /// Who calls.
    pub person: String,
    /// At which realm, by its name.
    pub at: String,
    /// Which agent asks.
    pub agent: String,
    /// "CL-20412".
    pub call: String,
    /// Since when, in words.
    pub since: String,
    /// It still waits for the manager's word.
    pub waits: bool,
}
