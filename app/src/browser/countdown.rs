//! Seconds that run. The server sent how many there are; the browser only
//! counts how many have gone since, and never asks what time it is.

use super::bell::Bell;
use leptos::prelude::*;

/// A signal that starts at `seconds` and goes down to zero, once a second, in
/// the browser. On the server, and before the script runs, it stands still.
pub fn from(seconds: i64) -> ReadSignal<i64> {
    let (left, set_left) = signal(seconds);
    if seconds > 0 {
        // Effects run in the browser only.
        Effect::new(move |_| {
            let began = now();
            let ticker = set_interval_with_handle(
                move || {
                    let gone = ((now() - began) / 1000.0) as i64;
                    let _ = set_left.try_set((seconds - gone).max(0));
                },
                std::time::Duration::from_secs(1),
            );
            if let Ok(ticker) = ticker {
                on_cleanup(move || ticker.clear());
            }
        });
    }
    left
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
    js::now()
}

#[cfg(not(feature = "hydrate"))]
const fn now() -> f64 {
    0.0
}

#[cfg(feature = "hydrate")]
mod js {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance)]
        pub fn now() -> f64;
    }
}
