//! The calls, as browsers have them.

use crate::browser::{
    base64url,
    phone_tables::{CODES, forget, keep, kept, keys, object},
};
use domain::phone::CODES_BYTES;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn fill_with_chance(bytes: &Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = importKey)]
    async fn import_key(
        format: &str,
        raw: &JsValue,
        kind: &JsValue,
        extractable: bool,
        uses: &JsValue,
    ) -> Result<JsValue, JsValue>;
}

async fn made(key: &str, realm: &str, login: &str) -> Result<String, JsValue> {
    let secret = Uint8Array::new_with_length(u32::try_from(CODES_BYTES).unwrap_or(20));
    fill_with_chance(&secret)?;
    let kind = object(&[("name", "HMAC".into()), ("hash", "SHA-1".into())]);
    let uses = Array::of1(&"sign".into());
    let held = import_key("raw", &secret, &kind, false, &uses).await?;
    let account = object(&[
        ("key", held),
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
