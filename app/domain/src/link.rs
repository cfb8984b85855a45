//! One-time links and what each is good for. A link never works for another
//! purpose than its own (Keycloak and authentik both paid for that).

use serde::{Deserialize, Serialize};

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The first password of an invited person.
    Invitation,
    /// A new password.
    ResetPassword,
    /// A passkey, for the first administrator, a demo person, or who lost what they had; or
    /// another number for codes ([`Anew`]).
    Enroll,
    /// "This was not me".
    NotMe,
    /// The page of a case: its state, and "this was not me".
    Case,
    /// A new factor after a case that was approved.
    Replace,
    /// Takes a change of factors back.
    Undo,
    /// A code that lets its person name the address for codes; no link at all.
    AddressCode,
    /// Adds the phone that opens it.
    Phone,
}

/// What a link to enroll anew sets up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anew {
    /// A passkey, beside what the person has.
    #[default]
    Passkey,
    /// The number that codes by SMS or call go to, in the place of the one that is lost.
    Line,
}

impl Purpose {
    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::ResetPassword => "reset_password",
            Self::Enroll => "enroll",
            Self::NotMe => "not_me",
            Self::Case => "case",
            Self::Replace => "replace",
            Self::Undo => "undo",
            Self::AddressCode => "address_code",
            Self::Phone => "phone",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::Invitation,
            Self::ResetPassword,
            Self::Enroll,
            Self::NotMe,
            Self::Case,
            Self::Replace,
            Self::Undo,
            Self::AddressCode,
            Self::Phone,
        ]
        .into_iter()
        .find(|p| p.slug() == text)
    }
}

/// Where a link stands, judged at use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It works.
    Live,
    /// It was used.
    Used,
    /// It is too old.
    Expired,
    /// It was taken back or replaced.
    Voided,
}

impl Standing {
    /// Judges a link by its times.
    pub fn judge(
        expires_at: crate::Timestamp,
        used: bool,
        voided: bool,
        now: crate::Timestamp,
    ) -> Self {
        match (used, voided) {
            (true, _) => Self::Used,
            (_, true) => Self::Voided,
            _ if now >= expires_at => Self::Expired,
            _ => Self::Live,
        }
    }
}
