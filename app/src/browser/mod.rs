//! What only a browser can do. The one place that names `web-sys`, `js-sys`
//! and `wasm-bindgen`; on the server every function here does nothing, so that
//! pages call them from events and effects without a `cfg`.

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

/// Lets a second or three go by.
pub async fn pause() {
    #[cfg(feature = "hydrate")]
    {
        let promise = js_sys::Promise::new(&mut |done, _| {
            leptos::prelude::set_timeout(
                move || {
                    // Nobody else settles this promise.
                    let _ = done.call0(&wasm_bindgen::JsValue::NULL);
                },
                std::time::Duration::from_secs(2),
            );
        });
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    }
}
