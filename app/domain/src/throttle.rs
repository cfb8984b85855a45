//! How often something may be tried or sent (`security.md`, 2 and 2.2; NIST SP
//! 800-63B-4, 3.2.2). The numbers of a [`Limit`] are per bucket; the store
//! counts, one committed statement before each evaluation.

use crate::{FactorKind, Timestamp};

/// Limits of one bucket of tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Wrong in a row until the bucket locks.
    pub in_a_row: i64,
    /// How long it locks, in seconds.
    pub lock_seconds: i64,
    /// Wrong within 24 hours until the bucket is shut for good.
    pub per_day: i64,
    /// The count begins anew after a pause as long as the lock: for what is
    /// rationed, not guessed.
    pub forgets: bool,
}

/// Why a try is not evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Later it may be.
    Wait {
        /// Seconds until then.
        seconds: i64,
    },
    /// There were as many wrong tries in a day as the limit bears. Time opens it no more: a
    /// reset does, or the service desk.
    Shut,
}

/// No number of tries a day shuts such a bucket: what a stranger can fill must
/// not lock its owner out.
const NEVER: i64 = i64::MAX;

impl Limit {
    /// The limit of a factor.
    pub const fn of(kind: FactorKind) -> Self {
        match kind {
            FactorKind::Password => Self {
                in_a_row: 10,
                lock_seconds: 900,
                per_day: 50,
                forgets: false,
            },
            FactorKind::Pin => Self {
                in_a_row: 5,
                lock_seconds: 900,
                per_day: 5,
                forgets: false,
            },
            FactorKind::Recovery => Self {
                in_a_row: 5,
                lock_seconds: 3600,
                per_day: 20,
                forgets: false,
            },
            _ => Self {
                in_a_row: 5,
                lock_seconds: 900,
                per_day: 20,
                forgets: false,
            },
        }
    }

    /// All browsers together that never signed the person in, per kind of
    /// factor, whatever network they come from: the ceiling of 100 failures,
    /// after which nobody unknown tries any more (NIST SP 800-63B-4, 3.2.2;
    /// `security.md`, 2.2). It locks for a day.
    pub const STRANGERS: Self = Self {
        in_a_row: 100,
        lock_seconds: DAY,
        per_day: NEVER,
        forgets: false,
    };

    /// Mails that one source may ask for, for one person.
    pub const SENDS: Self = Self {
        in_a_row: 5,
        lock_seconds: 1800,
        per_day: NEVER,
        forgets: true,
    };

    /// Mails that all browsers together that never signed the person in may ask
    /// for. The person's own browsers are not among them.
    pub const SENDS_TO_STRANGERS: Self = Self {
        in_a_row: 20,
        lock_seconds: 7200,
        per_day: NEVER,
        forgets: true,
    };

    /// Codes of calls to the service desk. They name nobody, so they are counted by the
    /// network alone: whoever guesses shuts out nobody of another one.
    pub const CALL_CODE: Self = Self {
        in_a_row: 10,
        lock_seconds: 600,
        per_day: NEVER,
        forgets: true,
    };

    /// Codes of a reset mail, typed into the page that asked: eight digits, and
    /// a bucket of its own, so that who asks for resets locks nobody's codes at
    /// sign-in (Keycloak #46164).
    pub const RESET_CODE: Self = Self {
        in_a_row: 5,
        lock_seconds: 900,
        per_day: NEVER,
        forgets: false,
    };

    /// Seconds to wait after the `n`th wrong try in a row: none for the first
    /// two (people mistype), then 1, 2, 4 … 60.
    pub const fn pause_after(n: i64) -> i64 {
        match n {
            i64::MIN..=2 => 0,
            3..=8 => 1 << (n - 3),
            _ => 60,
        }
    }
}

/// Seconds that a code must still live to be sent once more: one that came any later would
/// be of no use.
pub const WORTH_SENDING: i64 = 60;

/// Seconds until a code may be asked for again after `sends` were sent.
pub const fn resend_pause(sends: i64) -> i64 {
    match sends {
        i64::MIN..=1 => 30,
        2 => 60,
        3 => 120,
        _ => 300,
    }
}

/// How many codes one ceremony may send.
pub const MOST_SENDS: i64 = 6;

/// How many codes a person gets within [`DAY`], over all ceremonies and ways. Our own
/// default for mail: `security.md`, 2.1, gives a number per day for telephones alone
/// ([`MOST_TO_NUMBER_PER_DAY`]), and a mailbox bears more than a telephone bill.
pub const MOST_SENDS_PER_DAY: i64 = 30;

/// How many codes one telephone number gets within [`DAY`], whoever asks for them
/// (`security.md`, 2.1).
pub const MOST_TO_NUMBER_PER_DAY: i64 = 10;
/// How many it gets within [`NUMBER_PERIOD`].
pub const MOST_TO_NUMBER: i64 = 3;
/// Seconds: ten minutes.
pub const NUMBER_PERIOD: i64 = 600;

/// How many of those of a day go there for who has not proven the number: to set it up.
/// The rest is left to its owner, whom otherwise anybody could lock out.
pub const MOST_TO_OTHER_PER_DAY: i64 = 5;

/// Seconds until a telephone number may be sent to again, after what was sent there within
/// [`DAY`], newest first; `None` when it may now.
pub fn number_pause(sent: &[Timestamp], now: Timestamp) -> Option<i64> {
    // The one that has to be so long ago before another may follow.
    let rests = |most: i64, period: i64| {
        let nth = usize::try_from(most - 1).unwrap_or(usize::MAX);
        let until = sent.get(nth)?.plus_seconds(period);
        Some(now.seconds_until(until)).filter(|left| *left > 0)
    };
    let today = rests(MOST_TO_NUMBER_PER_DAY, DAY);
    today.max(rests(MOST_TO_NUMBER, NUMBER_PERIOD))
}

/// Seconds to wait once [`MOST_SENDS`] or [`MOST_SENDS_PER_DAY`] is reached.
pub const SENDS_SPENT_PAUSE: i64 = 3600;

/// Wrong tries that one code bears, however it was sent, until only a new one works
/// (`security.md`, 2.1: e-mail OTP, 5 tries).
pub const MOST_CODE_TRIES: u8 = 5;

/// Seconds in 24 hours: what "a day" means to every limit here.
pub const DAY: i64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_left_in_peace_for_as_long_as_it_takes() {
        let now = Timestamp::from_millis(2 * DAY * 1000);
        // Sent so many seconds ago, the newest first.
        let pause = |ago: &[i64]| {
            let sent: Vec<_> = ago.iter().map(|ago| now.plus_seconds(-ago)).collect();
            number_pause(&sent, now)
        };
        assert_eq!(pause(&[]), None);
        assert_eq!(pause(&[1, 2]), None);
        assert_eq!(pause(&[1, 2, 3]), Some(NUMBER_PERIOD - 3));
        assert_eq!(pause(&[1, 2, NUMBER_PERIOD]), None);
        let full: Vec<_> = (1..=MOST_TO_NUMBER_PER_DAY).map(|n| n * 3600).collect();
        assert_eq!(pause(&full), Some(DAY - 36_000));
        assert_eq!(pause(&full[1..]), None);
    }

    #[test]
    fn pauses_grow_to_a_minute() {
        let pauses: Vec<_> = (1..=10).map(Limit::pause_after).collect();
        assert_eq!(pauses, [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
    }
}
