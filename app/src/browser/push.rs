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
    use crate::browser::{base64url, worker};
    use js_sys::{JSON, Uint8Array};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{Notification, PushSubscriptionOptionsInit};

    let worker = worker::register().await?;
    let permission = JsFuture::from(Notification::request_permission()?).await?;
    if permission.as_string().as_deref() != Some("granted") {
        return Ok(None);
    }
    let Some(raw) = base64url::decode(key) else {
        return Ok(None);
    };
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key(&Uint8Array::from(raw.as_slice()));
    let subscription = worker.push_manager()?.subscribe_with_options(&options)?;
    let subscription = JsFuture::from(subscription).await?;
    Ok(JSON::stringify(&subscription)?.as_string())
}
