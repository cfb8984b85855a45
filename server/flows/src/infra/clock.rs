//! Where the time comes from.

use domain::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Tells the time. Handed to everything that expires, locks or counts.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that is handed in"
    )]
    fn now(&self) -> Timestamp {
        use std::time::{SystemTime, UNIX_EPOCH};
        let millis = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms),
        };
        Timestamp::from_millis(millis)
    }
}

/// The machine's clock and an offset: the demo lets people skip ahead to see
/// what expires.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    offset: AtomicI64,
}

impl ShiftedClock {
    /// A clock without an offset.
    pub const fn new() -> Self {
        Self {
            offset: AtomicI64::new(0),
        }
    }
    /// Moves the clock by `seconds`, back if negative.
    pub fn advance(&self, seconds: i64) {
        shift(&self.offset, seconds);
    }
    /// How far the clock is ahead of the machine's, in milliseconds.
    pub fn offset(&self) -> i64 {
        self.offset.load(Ordering::Relaxed)
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(SystemClock.now().millis().saturating_add(self.offset()))
    }
}

/// A clock that stands still until a test moves it.
#[derive(Debug, Default)]
pub struct SetClock {
    millis: AtomicI64,
}

impl SetClock {
    /// A clock that shows `now`.
    pub const fn new(now: Timestamp) -> Self {
        Self {
            millis: AtomicI64::new(now.millis()),
        }
    }
    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        self.millis.store(now.millis(), Ordering::Relaxed);
    }
    /// Moves the clock by `seconds`, back if negative.
    pub fn advance(&self, seconds: i64) {
        shift(&self.millis, seconds);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.millis.load(Ordering::Relaxed))
    }
}

fn shift(millis: &AtomicI64, seconds: i64) {
    let by = seconds.saturating_mul(1000);
    let mut seen = millis.load(Ordering::Relaxed);
    while let Err(other) = millis.compare_exchange_weak(
        seen,
        seen.saturating_add(by),
        Ordering::Relaxed,
        Ordering::Relaxed,
    ) {
        seen = other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shifted_clock_runs_ahead() {
        let clock = ShiftedClock::new();
        let before = SystemClock.now();
        clock.advance(3600);
        assert_eq!(clock.offset(), 3_600_000);
        assert!((3600..3700).contains(&before.seconds_until(clock.now())));
        clock.advance(i64::MAX);
        assert_eq!(clock.now(), Timestamp::from_millis(i64::MAX));
    }

    #[test]
    fn the_set_clock_stands_still() {
        let clock = Arc::new(SetClock::new(Timestamp::from_millis(5)));
        assert_eq!(clock.now().millis(), 5);
        clock.advance(2);
        assert_eq!(clock.now().millis(), 2005);
        clock.set(Timestamp::from_millis(1));
        clock.advance(-1);
        assert_eq!(clock.now().millis(), -999);
    }
}
