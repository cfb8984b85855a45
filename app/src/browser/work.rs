//! The browser's piece of work (`domain::work`): in small portions, so that the
//! page stays alive while it goes on.

use leptos::prelude::*;

/// Hashes between two looks at what else is to do.
#[cfg(feature = "hydrate")]
const PORTION: u64 = 2_000;

/// Work that goes on.
#[derive(Clone, Copy)]
pub struct Work {
    /// What came of it; nothing before it is done, and on the server.
    pub answer: ReadSignal<Option<u64>>,
    /// How far it is: chance decides, so this is how likely it would be done.
    pub percent: ReadSignal<u32>,
}

impl Work {
    /// Begins to work on a challenge.
    pub fn begin(challenge: String) -> Self {
        let (answer, set_answer) = signal(None);
        let (percent, set_percent) = signal(0);
        #[cfg(feature = "hydrate")]
        // Effects run in the browser only.
        Effect::new(move |_| {
            // Cancelled when the page goes, together with its timer.
            let work = go_on(challenge.clone(), set_answer, set_percent);
            leptos::task::spawn_local_scoped_with_cancellation(work);
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = (challenge, set_answer, set_percent);
        Self { answer, percent }
    }
}

#[cfg(feature = "hydrate")]
async fn go_on(challenge: String, answer: WriteSignal<Option<u64>>, percent: WriteSignal<u32>) {
    let mut done = 0;
    loop {
        if let Some(found) = domain::work::search(&challenge, done, PORTION) {
            let _ = percent.try_set(100);
            let _ = answer.try_set(Some(found));
            return;
        }
        done += PORTION;
        let expected = 1_u64 << domain::work::BITS;
        // Twice the expected tries are 99 of a hundred, never the whole.
        let shown = u32::try_from((done * 50 / expected).min(99)).unwrap_or(99);
        let _ = percent.try_set(shown);
        // Lets the browser handle events and draw.
        gloo_timers::future::TimeoutFuture::new(0).await;
    }
}
