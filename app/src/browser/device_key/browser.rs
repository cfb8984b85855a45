//! The calls, as browsers have them.

use crate::browser::base64url;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The database of this site in this browser, and the one table in it: secret keys
/// by the text of their public halves.
const DATABASE: &str = "rekey-phone";
const TABLE: &str = "keys";

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

    #[wasm_bindgen(catch, js_namespace = indexedDB, js_name = open)]
    fn open_database(name: &str, version: u32) -> Result<Asked, JsValue>;

    /// `IDBRequest`.
    type Asked;
    #[wasm_bindgen(method, getter)]
    fn result(this: &Asked) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_onsuccess(this: &Asked, then: &js_sys::Function);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &Asked, then: &js_sys::Function);
    #[wasm_bindgen(method, setter)]
    fn set_onupgradeneeded(this: &Asked, then: &js_sys::Function);

    /// `IDBDatabase`.
    type Database;
    #[wasm_bindgen(method, js_name = createObjectStore, catch)]
    fn create_table(this: &Database, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, table: &str, mode: &str) -> Result<Transaction, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Database);

    /// `IDBTransaction`.
    type Transaction;
    #[wasm_bindgen(method, js_name = objectStore, catch)]
    fn table(this: &Transaction, name: &str) -> Result<Table, JsValue>;

    /// `IDBObjectStore`.
    type Table;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Table, value: &JsValue, key: &str) -> Result<Asked, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Table, key: &str) -> Result<Asked, JsValue>;
}

fn object(pairs: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (key, value) in pairs {
        // A fresh object takes every key.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object.into()
}

/// Waits for what was asked of the database.
async fn done(asked: Asked) -> Result<JsValue, JsValue> {
    let waits = Promise::new(&mut |resolve, reject| {
        asked.set_onsuccess(&resolve);
        asked.set_onerror(&reject);
    });
    JsFuture::from(waits).await?;
    Ok(asked.result())
}

async fn database() -> Result<Database, JsValue> {
    let asked = open_database(DATABASE, 1)?;
    // Called once at most, while this function waits: it lives as long.
    let table = {
        let asked: Asked = asked.clone().unchecked_into();
        Closure::<dyn Fn()>::new(move || {
            let _ = asked
                .result()
                .unchecked_into::<Database>()
                .create_table(TABLE);
        })
    };
    asked.set_onupgradeneeded(table.as_ref().unchecked_ref());
    Ok(done(asked).await?.unchecked_into())
}

async fn keep(public: &str, secret: &JsValue) -> Result<(), JsValue> {
    let database = database().await?;
    let table = database.transaction(TABLE, "readwrite")?.table(TABLE)?;
    let kept = done(table.put(secret, public)?).await;
    database.close();
    kept.map(drop)
}

async fn kept(public: &str) -> Result<JsValue, JsValue> {
    let database = database().await?;
    let table = database.transaction(TABLE, "readonly")?.table(TABLE)?;
    let found = done(table.get(public)?).await;
    database.close();
    found
}

async fn made() -> Result<String, JsValue> {
    let kind = object(&[("name", "ECDSA"), ("namedCurve", "P-256")]);
    let pair = generate_key(&kind, false, &Array::of1(&JsValue::from_str("sign"))).await?;
    let half = |name: &str| Reflect::get(&pair, &JsValue::from_str(name));
    // The public half may be read, whatever was said of the secret one.
    let point = export_key("raw", &half("publicKey")?).await?;
    let public = base64url::encode(&Uint8Array::new(&point).to_vec());
    keep(&public, &half("privateKey")?).await?;
    Ok(public)
}

/// Makes a key and keeps it; gives its public half (SEC 1, 2.3.3) in base64url.
/// `None` where the browser keeps none, as in some private windows.
pub async fn make() -> Option<String> {
    made().await.ok()
}

/// Signs a text with the key of this public half; `None` where it is not kept here.
pub async fn sign(key: &str, text: &str) -> Option<String> {
    let secret = kept(key).await.ok().filter(|key| key.is_object())?;
    let kind = object(&[("name", "ECDSA"), ("hash", "SHA-256")]);
    let text = Uint8Array::from(text.as_bytes());
    let signature = sign_with(&kind, &secret, &text).await.ok()?;
    Some(base64url::encode(&Uint8Array::new(&signature).to_vec()))
}
