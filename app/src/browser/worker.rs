//! The service worker of the phone (`public/sw.js`): it takes messages while the page is
//! closed, and keeps the page of codes for when there is no network.

#[cfg(feature = "hydrate")]
use wasm_bindgen::prelude::*;

/// Has the browser keep the page of codes; once it does, nothing happens.
pub fn keep() {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async {
        // A browser that keeps none shows nothing without network, as before.
        let _ = register().await;
    });
}

/// Registers it; gives its `ServiceWorkerRegistration`.
#[cfg(feature = "hydrate")]
pub(super) async fn register() -> Result<JsValue, JsValue> {
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(catch, js_namespace = ["navigator", "serviceWorker"], js_name = register)]
        async fn register(script: &str, options: &JsValue) -> Result<JsValue, JsValue>;
    }
    let scope = super::phone_tables::object(&[("scope", domain::paths::PHONE.into())]);
    register("/sw.js", &scope).await
}
