//! Copying.

/// Puts a text into the clipboard; `false` when the browser does not allow it.
#[cfg(feature = "hydrate")]
pub async fn copy(text: &str) -> bool {
    js::write_text(text).await.is_ok()
}

/// On the server there is no clipboard.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same signature as in the browser")]
pub async fn copy(_text: &str) -> bool {
    false
}

#[cfg(feature = "hydrate")]
mod js {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
        pub async fn write_text(text: &str) -> Result<JsValue, JsValue>;
    }
}
