//! Time as a value: nothing here reads a clock.

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01 UTC. Every expiry, lock and limit is
/// judged against a `Timestamp` that the caller passes in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_millis(ms: i64) -> Self {
        Self(ms)
    }
    /// Milliseconds since the epoch, as stored.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// Whole seconds since the epoch (TOTP counts in these, RFC 6238).
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }
    /// This moment and `seconds` more.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
    /// Whole seconds from `self` until `later`, rounded up, never negative:
    /// what a countdown shows.
    pub const fn seconds_until(self, later: Self) -> i64 {
        let ms = later.0 - self.0;
        if ms <= 0 { 0 } else { (ms + 999) / 1000 }
    }
}

/// Whether a text is a day as it is written here: `YYYY-MM-DD` (ISO 8601).
pub fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let number = |part: &str, digits: usize, most: u32| {
        part.len() == digits && part.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
    };
    matches!(*parts.as_slice(), [y, m, d] if number(y, 4, 9999) && number(m, 2, 12) && number(d, 2, 31))
}
