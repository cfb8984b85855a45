//! The calls, as browsers have them.

use crate::browser::{
    base64url, object,
    phone_tables::{CODES, forget, keep, kept, keys},
};
use domain::phone::CODES_BYTES;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HmacImportParams;

async fn made(key: &str, realm: &str, login: &str) -> Result<String, JsValue> {
    let crypto = window().crypto()?;
    let secret = Uint8Array::new_with_length(u32::try_from(CODES_BYTES).unwrap_or(20));
    crypto.get_random_values_with_js_u8_array(&secret)?;
    let kind = HmacImportParams::new_with_str("HMAC", "SHA-1");
    let uses = Array::of1(&"sign".into());
    let held = crypto
        .subtle()
        .import_key_with_object("raw", &secret, &kind, false, &uses)?;
    let account = object(&[
        ("key", JsFuture::from(held).await?),
        ("realm", realm.into()),
        ("login", login.into()),
    ]);
    keep(CODES, key, &account).await?;
    Ok(base64url::encode(&secret.to_vec()))
}

/// Makes the secret of codes that go with a phone's key, and keeps it with whose account
/// it is: the realm's name and the login. Gives it in base64url, this once. `None` where
/// the browser keeps none.
pub async fn make(key: &str, realm: &str, login: &str) -> Option<String> {
    made(key, realm, login).await.ok()
}

/// Whose an entry is, as it is shown.
async fn account(key: &str) -> Option<(String, String)> {
    let entry = kept(CODES, key).await.ok().filter(|e| e.is_object())?;
    let text = |name: &str| Reflect::get(&entry, &name.into()).ok()?.as_string();
    Some((text("realm")?, text("login")?))
}

/// What became of the phone with this key: once it is added, what this browser kept for
/// the same account before is forgotten; and what was not added, itself.
pub async fn settle(key: &str, added: bool) {
    if !added {
        // Nothing was kept where nothing can be forgotten.
        let _ = forget(CODES, key).await;
        return;
    }
    let Some(whose) = account(key).await else {
        return;
    };
    for other in keys(CODES).await.unwrap_or_default() {
        if other != key && account(&other).await.as_ref() == Some(&whose) {
            let _ = forget(CODES, &other).await;
        }
    }
}
