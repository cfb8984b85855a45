//! The service worker of the phone (`public/sw.js`): it takes messages while the page is
//! closed, and keeps the page of codes for when there is no network.

#[cfg(feature = "hydrate")]
use wasm_bindgen::{JsCast, JsValue};
#[cfg(feature = "hydrate")]
use web_sys::{RegistrationOptions, ServiceWorkerRegistration};

/// Has the browser keep the page of codes; once it does, nothing happens.
pub fn keep() {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async {
        // A browser that keeps none shows nothing without network, as before.
        let _ = register().await;
    });
}

/// Registers the service worker.
#[cfg(feature = "hydrate")]
pub(super) async fn register() -> Result<ServiceWorkerRegistration, JsValue> {
    let workers = leptos::prelude::window().navigator().service_worker();
    // Missing without a secure context and in some private windows, although web-sys's
    // type does not say so.
    if workers.is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    let options = RegistrationOptions::new();
    options.set_scope(domain::paths::PHONE);
    let registered = workers.register_with_options("/sw.js", &options);
    let registered = wasm_bindgen_futures::JsFuture::from(registered).await?;
    Ok(registered.unchecked_into())
}
