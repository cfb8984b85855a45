//! What only a browser can do. The one place that names `web-sys`, `js-sys`,
//! `wasm-bindgen` and the gloo crates; on the server every function here does nothing,
//! so that pages call them from events and effects without a `cfg`.
//!
//! Timers, event listeners and streams are values that clear themselves when they are
//! dropped: a future or the reactive owner of the page holds them.

#[cfg(feature = "hydrate")]
mod base64url;
pub mod bell;
pub mod clipboard;
pub mod countdown;
pub mod device_key;
pub mod field;
pub mod file;
pub mod focus;
pub mod live;
pub mod otp;
pub mod passkey;
pub mod phone_codes;
#[cfg(feature = "hydrate")]
mod phone_tables;
pub mod post;
pub mod print;
pub mod progress;
pub mod push;
pub mod typed;
pub mod work;
pub mod worker;
pub mod zone;

/// True once a page lives in a browser; never while the server renders.
pub const fn here() -> bool {
    cfg!(feature = "hydrate")
}

/// The name of the part that drew the page at hand (`parts.rs`).
#[cfg(feature = "hydrate")]
pub fn part() -> String {
    leptos::prelude::document()
        .document_element()
        .and_then(|html| html.get_attribute("data-part"))
        .unwrap_or_default()
}

/// Marks the document once the program drives what it shows: whoever drives the page from
/// outside, as the browser tests do, need not guess when that is.
pub fn mark_hydrated() {
    #[cfg(feature = "hydrate")]
    if let Some(html) = leptos::prelude::document().document_element() {
        // The only error is a name that no attribute may have.
        let _ = html.set_attribute("data-hydrated", "");
    }
}

/// Runs a future beside the page; on the server nothing asks for that.
#[cfg(feature = "hydrate")]
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    leptos::task::spawn_local(future);
}

/// Runs a future beside the page; on the server nothing asks for that.
#[cfg(not(feature = "hydrate"))]
pub fn spawn(_future: impl Future<Output = ()> + 'static) {}

/// Milliseconds that [`pause`] waits.
#[cfg(feature = "hydrate")]
const PAUSE: u32 = 2_000;

/// Waits for two seconds. Dropping the future clears the timer.
pub async fn pause() {
    #[cfg(feature = "hydrate")]
    gloo_timers::future::TimeoutFuture::new(PAUSE).await;
}

/// Keeps a timer, a listener or a stream until the current reactive owner is cleaned
/// up, then drops it.
#[cfg(feature = "hydrate")]
fn drop_on_cleanup<T: 'static>(held: T) {
    leptos::prelude::StoredValue::new_local(held);
}

/// Makes a plain object, for what web-sys has no type for.
#[cfg(feature = "hydrate")]
fn object(pairs: &[(&str, wasm_bindgen::JsValue)]) -> wasm_bindgen::JsValue {
    let object = js_sys::Object::new();
    for (key, value) in pairs {
        // Setting a key of a new object cannot fail.
        let _ = js_sys::Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}
