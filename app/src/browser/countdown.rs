//! Seconds that run. The server sent how many there are; the browser only
//! counts how many have gone since, and never asks what time it is.

use super::bell::Bell;
use leptos::prelude::*;

/// A signal that starts at `seconds` and goes down to zero, once a second, in
/// the browser. On the server, and before the script runs, it stands still.
pub fn from(seconds: i64) -> ReadSignal<i64> {
    let (left, set_left) = signal(seconds);
    #[cfg(feature = "hydrate")]
    if seconds > 0 {
        // Effects run in the browser only.
        Effect::new(move |_| tick(seconds, set_left));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = set_left;
    left
}

/// Counts down once a second, until the current reactive owner is cleaned up.
#[cfg(feature = "hydrate")]
fn tick(seconds: i64, left: WriteSignal<i64>) {
    let began = now();
    let ticker = gloo_timers::callback::Interval::new(1_000, move || {
        let gone = ((now() - began) / 1000.0) as i64;
        let _ = left.try_set((seconds - gone).max(0));
    });
    super::drop_on_cleanup(ticker);
}

/// Has a page look often once a countdown is over: what it waits for is due.
pub fn at_zero(left: ReadSignal<i64>, bell: Bell) {
    Effect::new(move |_| {
        if left.get() == 0 {
            bell.hurry();
        }
    });
}

/// Milliseconds since the page was opened: it never jumps.
#[cfg(feature = "hydrate")]
fn now() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}
