//! The calls, as browsers have them.

use crate::browser::{
    base64url,
    phone_tables::{KEYS, keep, kept, object},
};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = generateKey)]
    async fn generate_key(
        kind: &JsValue,
        extractable: bool,
        uses: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = exportKey)]
    async fn export_key(format: &str, key: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = sign)]
    async fn sign_with(kind: &JsValue, key: &JsValue, data: &JsValue) -> Result<JsValue, JsValue>;
}

async fn made() -> Result<String, JsValue> {
    let kind = object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())]);
    let pair = generate_key(&kind, false, &Array::of1(&JsValue::from_str("sign"))).await?;
    let half = |name: &str| Reflect::get(&pair, &JsValue::from_str(name));
    // The public half may be read, whatever was said of the secret one.
    let point = export_key("raw", &half("publicKey")?).await?;
    let public = base64url::encode(&Uint8Array::new(&point).to_vec());
    keep(KEYS, &public, &half("privateKey")?).await?;
    Ok(public)
}

/// Makes a key and keeps it; gives its public half (SEC 1, 2.3.3) in base64url.
/// `None` where the browser keeps none, as in some private windows.
pub async fn make() -> Option<String> {
    made().await.ok()
}

/// Signs a text with the key of this public half; `None` where it is not kept here.
pub async fn sign(key: &str, text: &str) -> Option<String> {
    let secret = kept(KEYS, key).await.ok().filter(|key| key.is_object())?;
    let kind = object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())]);
    let text = Uint8Array::from(text.as_bytes());
    let signature = sign_with(&kind, &secret, &text).await.ok()?;
    Some(base64url::encode(&Uint8Array::new(&signature).to_vec()))
}
