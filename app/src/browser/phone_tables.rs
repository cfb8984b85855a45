//! What a phone keeps (Indexed Database API): its keys, and the codes that it shows
//! without network. Keys are kept in a form that no script can read out.
//!
//! Two scripts outside of the bundle know these tables as well: `public/phone-codes.js`
//! reads them where there is no network, and the demo fills them (`server/src/demo`).

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The database of this site in this browser.
const DATABASE: &str = "rekey-phone";
/// Counts its tables' changes.
const VERSION: u32 = 2;
/// Secret keys by the text of their public halves.
pub const KEYS: &str = "keys";
/// Secrets of codes, with whose they are, by the text of their phone's public key.
pub const CODES: &str = "codes";

#[wasm_bindgen]
extern "C" {
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
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Table, key: &str) -> Result<Asked, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAllKeys)]
    fn all_keys(this: &Table) -> Result<Asked, JsValue>;
}

/// An object as the calls of browsers take it.
pub fn object(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in pairs {
        // A fresh object takes every key.
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
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
    let asked = open_database(DATABASE, VERSION)?;
    // Called once at most, while this function waits: it lives as long.
    let tables = {
        let asked: Asked = asked.clone().unchecked_into();
        Closure::<dyn Fn()>::new(move || {
            let database: Database = asked.result().unchecked_into();
            for table in [KEYS, CODES] {
                // One that is there already stays as it is.
                let _ = database.create_table(table);
            }
        })
    };
    asked.set_onupgradeneeded(tables.as_ref().unchecked_ref());
    Ok(done(asked).await?.unchecked_into())
}

/// One call of one table.
async fn with(
    table: &str,
    mode: &str,
    call: impl FnOnce(&Table) -> Result<Asked, JsValue>,
) -> Result<JsValue, JsValue> {
    let database = database().await?;
    let asked = database.transaction(table, mode)?.table(table)?;
    let answered = done(call(&asked)?).await;
    database.close();
    answered
}

/// Keeps a value under a key.
pub async fn keep(table: &str, key: &str, value: &JsValue) -> Result<(), JsValue> {
    let kept = with(table, "readwrite", |table| table.put(value, key)).await;
    kept.map(drop)
}

/// The value under a key; `undefined` for none.
pub async fn kept(table: &str, key: &str) -> Result<JsValue, JsValue> {
    with(table, "readonly", |table| table.get(key)).await
}

/// Forgets what is under a key.
pub async fn forget(table: &str, key: &str) -> Result<(), JsValue> {
    let gone = with(table, "readwrite", |table| table.delete(key)).await;
    gone.map(drop)
}

/// Every key of a table.
pub async fn keys(table: &str) -> Result<Vec<String>, JsValue> {
    let keys = with(table, "readonly", Table::all_keys).await?;
    let keys: Array = keys.unchecked_into();
    Ok(keys.iter().filter_map(|key| key.as_string()).collect())
}
