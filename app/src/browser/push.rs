//! Messages while the page is closed (W3C Push API): the service worker of the phone
//! (`public/sw.js`) takes them.

/// Registers the service worker, asks for permission, and subscribes with the
/// portal's key; the subscription as JSON. `None` where the browser or its owner says
/// no.
#[cfg(feature = "hydrate")]
pub async fn subscribe(key: &str) -> Option<String> {
    subscribed(key).await.ok().flatten()
}

/// The server has no phone.
#[cfg(not(feature = "hydrate"))]
pub async fn subscribe(_key: &str) -> Option<String> {
    None
}

#[cfg(feature = "hydrate")]
async fn subscribed(key: &str) -> Result<Option<String>, wasm_bindgen::JsValue> {
    use crate::browser::{base64url, phone_tables::object, worker};
    use js_sys::{JSON, Uint8Array};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(catch, js_namespace = Notification, js_name = requestPermission)]
        async fn permission() -> Result<JsValue, JsValue>;

        /// `ServiceWorkerRegistration`.
        type Worker;
        #[wasm_bindgen(method, getter, js_name = pushManager)]
        fn manager(this: &Worker) -> Manager;
        /// `PushManager`.
        type Manager;
        #[wasm_bindgen(catch, method)]
        async fn subscribe(this: &Manager, options: &JsValue) -> Result<JsValue, JsValue>;
    }

    let worker: Worker = worker::register().await?.unchecked_into();
    if permission().await?.as_string().as_deref() != Some("granted") {
        return Ok(None);
    }
    let Some(raw) = base64url::decode(key) else {
        return Ok(None);
    };
    let options = object(&[
        ("userVisibleOnly", JsValue::TRUE),
        (
            "applicationServerKey",
            Uint8Array::from(raw.as_slice()).into(),
        ),
    ]);
    let subscription = worker.manager().subscribe(&options).await?;
    Ok(JSON::stringify(&subscription)?.as_string())
}
