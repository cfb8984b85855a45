//! Kinds of factors and what they are worth.

use serde::{Deserialize, Serialize};

/// How many factors of one kind a person keeps: more than anybody carries, and few enough
/// to be read through when one of them is to go.
pub const MOST_OF_A_KIND: usize = 10;

/// A way to prove who one is. The words are those of the guides (`flows.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// A memorised secret that stands first in a chain.
    Password,
    /// A short memorised secret, only ever after a strong factor.
    Pin,
    /// A code from an authenticator app (RFC 6238).
    Totp,
    /// A code by mail: low assurance (NIST SP 800-63B-4, 3.1.3.1).
    Email,
    /// A code by SMS.
    Sms,
    /// A code by voice call.
    Voice,
    /// A WebAuthn credential; a whole chain by itself.
    Passkey,
    /// The phone companion's push.
    Smartphone,
    /// A saved one-time code for the day when everything else is gone.
    Recovery,
    /// What the service desk gives to a caller whom it verified: for a reset alone,
    /// never for a sign-in ([`crate::emergency`]).
    Emergency,
}

/// Over which way an attacker would have to come. One channel never counts
/// twice in a ceremony.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Something remembered.
    Memory,
    /// The mailbox.
    Mailbox,
    /// The SIM card or landline.
    Line,
    /// The phone's companion or authenticator app.
    App,
    /// A key that never leaves its device.
    Key,
    /// Paper.
    Paper,
    /// Somebody of the service desk.
    Desk,
}

impl FactorKind {
    /// Every kind, in the order in which people see them.
    pub const ALL: [Self; 10] = [
        Self::Passkey,
        Self::Smartphone,
        Self::Totp,
        Self::Email,
        Self::Sms,
        Self::Voice,
        Self::Password,
        Self::Pin,
        Self::Recovery,
        Self::Emergency,
    ];

    /// The name in policies, tables and addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Pin => "pin",
            Self::Totp => "totp",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Passkey => "passkey",
            Self::Smartphone => "smartphone",
            Self::Recovery => "recovery",
            Self::Emergency => "emergency",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.slug() == text)
    }

    /// The channel that this kind rests on.
    pub const fn channel(self) -> Channel {
        match self {
            Self::Password | Self::Pin => Channel::Memory,
            Self::Email => Channel::Mailbox,
            Self::Sms | Self::Voice => Channel::Line,
            Self::Totp | Self::Smartphone => Channel::App,
            Self::Passkey => Channel::Key,
            Self::Recovery => Channel::Paper,
            Self::Emergency => Channel::Desk,
        }
    }

    /// How much it takes to get past it; step-up asks for the strongest that
    /// the person has, and a weaker one never stands in for a stronger one.
    pub const fn strength(self) -> u8 {
        match self {
            Self::Email | Self::Pin | Self::Password | Self::Emergency => 1,
            Self::Sms | Self::Voice => 2,
            Self::Recovery => 3,
            Self::Totp => 4,
            Self::Smartphone => 5,
            Self::Passkey => 6,
        }
    }

    /// A console asks for one of these (NIST SP 800-63B-4, AAL3).
    pub const fn resists_phishing(self) -> bool {
        matches!(self, Self::Passkey)
    }

    /// A code that the portal makes and sends.
    pub const fn is_sent(self) -> bool {
        matches!(self, Self::Email | Self::Sms | Self::Voice)
    }

    /// Codes over the telephone network, a restricted authenticator (NIST SP 800-63B-4,
    /// 3.2.9).
    pub const fn is_line(self) -> bool {
        matches!(self, Self::Sms | Self::Voice)
    }

    /// The other kind of code over the telephone network, of one that is.
    pub const fn other_line(self) -> Option<Self> {
        match self {
            Self::Sms => Some(Self::Voice),
            Self::Voice => Some(Self::Sms),
            _ => None,
        }
    }

    /// Something a person knows rather than has.
    pub const fn is_knowledge(self) -> bool {
        matches!(self, Self::Password | Self::Pin)
    }
}
