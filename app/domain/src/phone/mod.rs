//! The phone that approves (workforce guide, I.8 and I.9). Another screen asks and
//! shows two digits; its reader types them on the phone, which signs its answer
//! with a key that never leaves it.
//!
//! ```text
//!           Accept, with the digits          used once
//! Waiting ───────────────────────▶ Accepted ──────────▶ Used
//!    │ Decline            ▶ Declined
//!    │ "This was not me"  ▶ NotMe
//!    └ a newer request, or too many wrong digits ▶ Voided
//! ```
//!
//! A request waits for [`LIFE`] seconds; whether it still does is judged when it is
//! answered. It is kept in a row of its own, as the screen that asks and the phone
//! that answers are two browsers.

#[cfg(test)]
mod tests;

use crate::{
    Timestamp,
    ids::{CallId, FactorId, PersonId, PhoneRequestId},
    refusal::Code,
};
use serde::{Deserialize, Serialize};

/// Seconds that a request waits for an answer (`security.md`, 2.1).
pub const LIFE: i64 = 60;
/// Wrong digits until a request is void: two digits are guessed by one of ninety.
pub const MOST_WRONG: i64 = 3;
/// Requests within [`PERIOD`] that nobody accepted (`security.md`, XE01).
pub const MOST_IN_PERIOD: i64 = 3;
/// Seconds of a period.
pub const PERIOD: i64 = 600;
/// Requests within a day that nobody accepted.
pub const MOST_IN_DAY: i64 = 10;
/// Seconds for which a phone is new: it verifies no caller yet, because whoever took
/// over an account begins with a phone of their own (workforce guide, I.1).
pub const NEW: i64 = 24 * 3600;
/// Minutes that the link works with which a phone is added (NIST SP 800-63B-4,
/// 4.1.2.2).
pub const ADD_MINUTES: i64 = 10;
/// Bytes of the secret behind the codes that a phone shows without network (RFC 4226, 4).
pub const CODES_BYTES: usize = 20;

/// What a request asks for. An answer is good for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Signing in.
    SignIn,
    /// Proving oneself anew, or testing the phone.
    Confirm,
    /// Setting a forgotten PIN anew.
    ResetPin,
    /// The service desk makes sure that the caller is who they say.
    CallerCheck,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 4] = [
        Self::SignIn,
        Self::Confirm,
        Self::ResetPin,
        Self::CallerCheck,
    ];

    /// The name in tables and in what the phone signs.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Confirm => "confirm",
            Self::ResetPin => "reset_pin",
            Self::CallerCheck => "caller_check",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.slug() == text)
    }
}

/// What a person answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is they who ask, and they typed the digits.
    Accept,
    /// Not now.
    Decline,
    /// Somebody else asks in their name.
    NotMe,
}

impl Decision {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Decline, Self::NotMe];

    /// The name in forms and in what the phone signs.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::NotMe => "not_me",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.slug() == text)
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody answered.
    Waiting,
    /// Accepted; not used yet.
    Accepted,
    /// Declined.
    Declined,
    /// "This was not me."
    NotMe,
    /// A newer one took its place, or the digits were wrong too often.
    Voided,
    /// It let its ceremony go on, once.
    Used,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Accepted,
        Self::Declined,
        Self::NotMe,
        Self::Voided,
        Self::Used,
    ];

    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::NotMe => "not_me",
            Self::Voided => "voided",
            Self::Used => "used",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.slug() == text)
    }
}

/// A phone that was added to an account: a factor, and the browser that keeps its
/// key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The factor.
    pub factor: FactorId,
    /// Whose.
    pub person: PersonId,
    /// Its public key: a point of P-256, uncompressed (SEC 1, 2.3.3).
    pub key: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    /// Messages reach it while its page is closed.
    pub reachable: bool,
    /// It shows codes where it has no network.
    pub codes: bool,
    /// Since when.
    pub created_at: Timestamp,
}

impl Phone {
    /// Whether it is too new to verify a caller.
    pub fn is_new(&self, now: Timestamp) -> bool {
        now < self.created_at.plus_seconds(NEW)
    }
}

/// A request, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: PhoneRequestId,
    /// Who is asked.
    pub person: PersonId,
    /// What for.
    pub purpose: Purpose,
    /// The two digits on the screen that asks.
    pub digits: String,
    /// 128 bits of chance that the answer is signed over.
    pub challenge: String,
    /// The browser that asks, in words.
    pub browser: String,
    /// The network address that asks.
    pub address: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Wrong digits so far.
    pub wrong: i64,
    /// Where it stands.
    pub stage: Stage,
    /// Who of the service desk asks; `None` where a ceremony does.
    pub asked_by: Option<PersonId>,
    /// In which call; `None` likewise.
    pub call: Option<CallId>,
    /// Which phone answered.
    pub phone: Option<FactorId>,
}

impl Request {
    /// Until when it waits.
    pub fn expires_at(&self) -> Timestamp {
        self.created_at.plus_seconds(LIFE)
    }

    /// Whether an answer still counts.
    pub fn waits(&self, now: Timestamp) -> bool {
        self.stage == Stage::Waiting && now < self.expires_at()
    }

    /// What an answer makes of it. A wrong number is counted by the caller.
    ///
    /// # Errors
    /// [`Code::ExpiredCode`] for one that waits no more; [`Code::Missing`] and
    /// [`Code::WrongCode`] for "Accept" without the digits of this very request.
    pub fn answered(
        &self,
        decision: Decision,
        digits: &str,
        now: Timestamp,
    ) -> Result<Stage, Code> {
        if !self.waits(now) {
            return Err(Code::ExpiredCode);
        }
        match decision {
            Decision::Decline => Ok(Stage::Declined),
            Decision::NotMe => Ok(Stage::NotMe),
            Decision::Accept if digits.is_empty() => Err(Code::Missing),
            Decision::Accept if digits == self.digits => Ok(Stage::Accepted),
            Decision::Accept => Err(Code::WrongCode),
        }
    }
}

/// What a phone signs (ECDSA over P-256 with SHA-256) when it answers: nothing of
/// it can be changed on the way or used for another request, place or decision.
pub fn answer_text(
    origin: &str,
    id: &str,
    challenge: &str,
    purpose: Purpose,
    digits: &str,
    decision: Decision,
) -> String {
    let (purpose, decision) = (purpose.slug(), decision.slug());
    format!("rekey phone answer 1\n{origin}\n{id}\n{challenge}\n{purpose}\n{digits}\n{decision}")
}

/// What a phone signs when it is added: that it holds the key it names, and that the
/// codes it will show without network come from this secret (base64url; empty where it
/// shows none). Nobody on the way exchanges one for another.
pub fn add_text(origin: &str, token: &str, key: &str, codes: &str) -> String {
    format!("rekey phone add 2\n{origin}\n{token}\n{key}\n{codes}")
}

/// Whether a person may be asked once more, after so many requests that nobody
/// accepted: within [`PERIOD`], and within a day.
pub const fn may_ask(in_period: i64, in_day: i64) -> bool {
    in_period < MOST_IN_PERIOD && in_day < MOST_IN_DAY
}
