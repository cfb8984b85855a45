//! Waiting for something to happen, or for a while to go by, whichever comes first.

#[cfg(feature = "hydrate")]
use gloo_timers::future::TimeoutFuture;
#[cfg(feature = "hydrate")]
use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    pin::Pin,
    rc::Rc,
    task::{Poll, Waker},
};

/// Milliseconds between two looks of a page whose stream says nothing.
#[cfg(feature = "hydrate")]
const SELDOM: u32 = 15_000;
/// The same where an answer is due.
#[cfg(feature = "hydrate")]
const OFTEN: u32 = 2_000;

/// A bell in the browser; on the server nobody hears it.
#[derive(Clone, Default)]
pub struct Bell {
    #[cfg(feature = "hydrate")]
    rung: Rc<Cell<bool>>,
    #[cfg(feature = "hydrate")]
    hurries: Rc<Cell<bool>>,
    #[cfg(feature = "hydrate")]
    wakes: Rc<RefCell<Option<Waker>>>,
}

impl Bell {
    /// Wakes who waits.
    pub fn ring(&self) {
        #[cfg(feature = "hydrate")]
        {
            self.rung.set(true);
            if let Some(waker) = self.wakes.take() {
                waker.wake();
            }
        }
    }

    /// Wakes who waits, and lets nobody wait for long from now on.
    pub fn hurry(&self) {
        #[cfg(feature = "hydrate")]
        self.hurries.set(true);
        self.ring();
    }

    /// Waits until it rings, or for a while. Ringing clears the timer, and so does
    /// dropping the future.
    #[cfg(feature = "hydrate")]
    pub async fn wait(&self) {
        if self.rung.take() {
            return;
        }
        let mut timer = TimeoutFuture::new(if self.hurries.get() { OFTEN } else { SELDOM });
        poll_fn(|context| {
            if self.rung.get() {
                return Poll::Ready(());
            }
            *self.wakes.borrow_mut() = Some(context.waker().clone());
            Pin::new(&mut timer).poll(context)
        })
        .await;
        self.rung.set(false);
    }
}
