//! A check of a caller that takes its answer elsewhere than on a phone: by a passkey
//! in the caller's browser, by the manager's word, or by who answers the number on record.

use super::CallerProof;
use crate::{
    Timestamp,
    ids::{CallId, CallerCheckId, PersonId},
    phone::Decision,
};

/// Seconds that a passkey is waited for: the caller opens a page meanwhile.
pub const PASSKEY_LIFE: i64 = 180;
/// Seconds that a manager is waited for: they have to be reached.
pub const MANAGER_LIFE: i64 = 600;
/// Seconds that the one who is called back is waited for: it rings, it is answered, and
/// the digits are spoken twice (`security.md`, 2.1).
pub const CALL_BACK_LIFE: i64 = 300;
/// Digits of its code.
pub const DIGITS: usize = 6;
/// Wrong codes until it is void.
pub const MOST_WRONG: i64 = 5;

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerCheck {
    /// Its id.
    pub id: CallerCheckId,
    /// Who calls.
    pub person: PersonId,
    /// What is asked for; never the phone, which has rows of its own.
    pub proof: CallerProof,
    /// The digits on the agent's screen; of a call back, those that are spoken, and
    /// nobody at the desk sees them.
    pub code: String,
    /// In which call.
    pub call: CallId,
    /// Who of the service desk asks.
    pub agent: PersonId,
    /// Since when.
    pub created_at: Timestamp,
    /// Wrong codes so far.
    pub wrong: i64,
    /// What was answered.
    pub decision: Option<Decision>,
    /// A newer one took its place.
    pub voided: bool,
}

impl CallerCheck {
    /// Seconds that it waits.
    pub const fn life(&self) -> i64 {
        match self.proof {
            CallerProof::Manager => MANAGER_LIFE,
            CallerProof::CallBack => CALL_BACK_LIFE,
            CallerProof::Smartphone | CallerProof::Passkey => PASSKEY_LIFE,
        }
    }

    /// Until when it waits.
    pub fn expires_at(&self) -> Timestamp {
        self.created_at.plus_seconds(self.life())
    }

    /// Whether an answer still counts.
    pub fn waits(&self, now: Timestamp) -> bool {
        self.decision.is_none()
            && !self.voided
            && self.wrong < MOST_WRONG
            && now < self.expires_at()
    }
}
