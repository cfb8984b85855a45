//! The calls, as browsers have them.

use crate::browser::{
    base64url,
    phone_tables::{KEYS, keep, kept},
};
use js_sys::{Array, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, EcKeyGenParams, EcdsaParams};

async fn made() -> Result<String, JsValue> {
    let subtle = window().crypto()?.subtle();
    let kind = EcKeyGenParams::new("ECDSA", "P-256");
    let uses = Array::of1(&"sign".into());
    let pair = JsFuture::from(subtle.generate_key_with_object(&kind, false, &uses)?).await?;
    let pair: CryptoKeyPair = pair.unchecked_into();
    // The public half may be read, whatever was said of the secret one.
    let point = JsFuture::from(subtle.export_key("raw", &pair.get_public_key())?).await?;
    let public = base64url::encode(&Uint8Array::new(&point).to_vec());
    keep(KEYS, &public, &pair.get_private_key()).await?;
    Ok(public)
}

/// Makes a key and keeps it; gives its public half (SEC 1, 2.3.3) in base64url.
/// `None` where the browser keeps none, as in some private windows.
pub async fn make() -> Option<String> {
    made().await.ok()
}

async fn signed(secret: &CryptoKey, text: &str) -> Result<String, JsValue> {
    let subtle = window().crypto()?.subtle();
    let kind = EcdsaParams::new_with_str("ECDSA", "SHA-256");
    let text = Uint8Array::from(text.as_bytes());
    let signature = subtle.sign_with_object_and_js_u8_array(&kind, secret, &text)?;
    let signature = JsFuture::from(signature).await?;
    Ok(base64url::encode(&Uint8Array::new(&signature).to_vec()))
}

/// Signs a text with the key of this public half; `None` where it is not kept here.
pub async fn sign(key: &str, text: &str) -> Option<String> {
    let secret = kept(KEYS, key).await.ok().filter(|key| key.is_object())?;
    signed(secret.unchecked_ref(), text).await.ok()
}
