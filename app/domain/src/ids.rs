//! Identifiers. Each kind has a type of its own, so that a session's id can
//! never be passed where a person's is meant. All are UUIDv7 texts made by the
//! caller: they sort by age and need no round trip to the database.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes an id as it was stored or made; the text is not looked into.
            pub fn new(text: impl Into<String>) -> Self { Self(text.into()) }
            /// The text as it is stored.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

ids! {
    /// A user of one realm. Also the WebAuthn user handle, which must not hold
    /// personal data (WebAuthn Level 3, 14.6.1).
    PersonId,
    /// One way to prove who one is, bound to a person.
    FactorId,
    /// One outstanding proof inside a ceremony.
    ChallengeId,
    /// A call between somebody and the service desk.
    CallId,
    /// A one-time link that was mailed.
    LinkId,
    /// A message on its way out.
    MessageId,
    /// A session as it is named to its owner (never the secret in the cookie).
    SessionId,
    /// An address that notices go to.
    AddressId,
    /// What a realm tells everybody for a while.
    AnnouncementId,
    /// Something that a person of the desk must decide.
    CaseId,
    /// An entry of the audit trail.
    AuditId,
    /// An import or an export.
    TransferId,
    /// What a phone is asked.
    PhoneRequestId,
    /// A check of a caller by another proof than their phone.
    CallerCheckId,
    /// What a manager must approve.
    ApprovalId,
}

/// The slug of a realm as it stands in the address bar: `a-z`, digits, dashes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RealmSlug(String);

impl RealmSlug {
    /// Parses a slug; `None` when it holds anything but `a-z0-9-` or is longer
    /// than 32 characters.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty()
            && text.len() <= 32
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RealmSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
