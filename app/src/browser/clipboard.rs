//! Copying.

/// Puts a text into the clipboard; `false` when the browser does not allow it.
#[cfg(feature = "hydrate")]
pub async fn copy(text: &str) -> bool {
    let clipboard = leptos::prelude::window().navigator().clipboard();
    // Missing without a secure context, although web-sys's type does not say so.
    if clipboard.is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text))
        .await
        .is_ok()
}

/// On the server there is no clipboard.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same signature as in the browser")]
pub async fn copy(_text: &str) -> bool {
    false
}
