//! What readers of a realm's policy see. The server says it in words: the
//! browser knows no policy.

use super::RealmCard;
use serde::{Deserialize, Serialize};

/// The policy of a realm, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminPolicy {
    /// Which realm.
    pub realm: RealmCard,
    /// The risks that its owner took.
    pub risks: Vec<PolicyRisk>,
    /// Every value, in groups.
    pub sections: Vec<PolicySection>,
}

/// A risk that the realm's owner took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRisk {
    /// What it is.
    pub title: String,
    /// Why it was taken.
    pub reason: String,
    /// Line in the policy file.
    pub line: Option<u32>,
}

/// Values that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySection {
    /// What they are about.
    pub title: String,
    /// The values.
    pub values: Vec<PolicyValue>,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyValue {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub value: String,
    /// Line in the policy file; `None` for the preset default.
    pub line: Option<u32>,
}
