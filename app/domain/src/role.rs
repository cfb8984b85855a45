//! Who may do what behind the counter. Roles are scoped to realms and read
//! again on every request (`security.md`, 5).

use crate::ids::RealmSlug;
use serde::{Deserialize, Serialize};

/// A role of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks people up, checks callers.
    Agent,
    /// Decides cases.
    Reviewer,
    /// Protected people, freezes, alerts.
    Lead,
    /// Reads and verifies the audit trail.
    Auditor,
    /// People, invitations and announcements of a realm.
    Administrator,
    /// Policy, and no person.
    PolicyAdministrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Agent,
        Self::Reviewer,
        Self::Lead,
        Self::Auditor,
        Self::Administrator,
        Self::PolicyAdministrator,
    ];

    /// Serves at the desk: sees the queue and people.
    pub const fn serves(self) -> bool {
        matches!(self, Self::Agent | Self::Reviewer | Self::Lead)
    }

    /// Decides cases.
    pub const fn decides(self) -> bool {
        matches!(self, Self::Reviewer | Self::Lead)
    }

    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Reviewer => "reviewer",
            Self::Lead => "lead",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::PolicyAdministrator => "policy_administrator",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.slug() == text)
    }
}

/// A role in one realm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// What.
    pub role: Role,
    /// Where.
    pub realm: RealmSlug,
}
