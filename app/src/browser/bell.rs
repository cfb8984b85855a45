//! Waiting for something to happen, or for a while to go by, whichever comes first.

#[cfg(feature = "hydrate")]
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// Seconds between two looks of a page whose stream says nothing.
#[cfg(feature = "hydrate")]
const SELDOM: u64 = 15;
/// The same where an answer is due.
#[cfg(feature = "hydrate")]
const OFTEN: u64 = 2;

/// A bell in the browser; on the server nobody hears it.
#[derive(Clone, Default)]
pub struct Bell {
    #[cfg(feature = "hydrate")]
    rung: Rc<Cell<bool>>,
    #[cfg(feature = "hydrate")]
    hurries: Rc<Cell<bool>>,
    #[cfg(feature = "hydrate")]
    wakes: Rc<RefCell<Option<js_sys::Function>>>,
}

impl Bell {
    /// Wakes who waits.
    pub fn ring(&self) {
        #[cfg(feature = "hydrate")]
        {
            self.rung.set(true);
            if let Some(wake) = self.wakes.borrow_mut().take() {
                // A promise that is settled already does nothing.
                let _ = wake.call0(&wasm_bindgen::JsValue::NULL);
            }
        }
    }

    /// Wakes who waits, and lets nobody wait for long from now on.
    pub fn hurry(&self) {
        #[cfg(feature = "hydrate")]
        self.hurries.set(true);
        self.ring();
    }

    /// Waits until it rings, or for a while.
    #[cfg(feature = "hydrate")]
    pub async fn wait(&self) {
        if self.rung.take() {
            return;
        }
        let seconds = if self.hurries.get() { OFTEN } else { SELDOM };
        let promise = js_sys::Promise::new(&mut |done, _| {
            *self.wakes.borrow_mut() = Some(done.clone());
            leptos::prelude::set_timeout(
                move || {
                    let _ = done.call0(&wasm_bindgen::JsValue::NULL);
                },
                std::time::Duration::from_secs(seconds),
            );
        });
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        self.rung.set(false);
    }
}
