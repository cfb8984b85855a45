//! What a phone keeps (Indexed Database API): its keys, and the codes that it shows
//! without network. Keys are kept in a form that no script can read out.
//!
//! Two scripts outside of the bundle know these tables as well: `public/phone-codes.js`
//! reads them where there is no network, and the demo fills them (`server/src/demo`).

use gloo_events::EventListener;
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode};

/// The database of this site in this browser.
const DATABASE: &str = "rekey-phone";
/// Counts its tables' changes.
const VERSION: u32 = 2;
/// Secret keys by the text of their public halves.
pub const KEYS: &str = "keys";
/// Secrets of codes, with whose they are, by the text of their phone's public key.
pub const CODES: &str = "codes";

/// An open connection to the database. Dropping it closes the connection.
struct Connection(IdbDatabase);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Waits for a request to the database. gloo has no IndexedDB. The handlers are the
/// promise's own functions, so there is no closure to remove.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let waits = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(waits).await?;
    request.result()
}

async fn connect() -> Result<Connection, JsValue> {
    let databases = leptos::prelude::window().indexed_db()?;
    let request = databases
        .ok_or(JsValue::UNDEFINED)?
        .open_with_u32(DATABASE, VERSION)?;
    let asked = request.clone();
    // The listener is removed when this future ends or is dropped.
    let _tables = EventListener::once(&request, "upgradeneeded", move |_| {
        let Ok(database) = asked.result() else {
            return;
        };
        let database: IdbDatabase = database.unchecked_into();
        for table in [KEYS, CODES] {
            // One that is there already stays as it is.
            let _ = database.create_object_store(table);
        }
    });
    let database = done(&request).await?;
    Ok(Connection(database.unchecked_into()))
}

/// One call of one table.
async fn with(
    table: &str,
    mode: IdbTransactionMode,
    call: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, JsValue> {
    let connection = connect().await?;
    let transaction = connection.0.transaction_with_str_and_mode(table, mode)?;
    let request = call(&transaction.object_store(table)?)?;
    done(&request).await
}

/// Keeps a value under a key.
pub async fn keep(table: &str, key: &str, value: &JsValue) -> Result<(), JsValue> {
    let kept = with(table, IdbTransactionMode::Readwrite, |table| {
        table.put_with_key(value, &key.into())
    });
    kept.await.map(drop)
}

/// The value under a key; `undefined` for none.
pub async fn kept(table: &str, key: &str) -> Result<JsValue, JsValue> {
    with(table, IdbTransactionMode::Readonly, |table| {
        table.get(&key.into())
    })
    .await
}

/// Forgets what is under a key.
pub async fn forget(table: &str, key: &str) -> Result<(), JsValue> {
    let gone = with(table, IdbTransactionMode::Readwrite, |table| {
        table.delete(&key.into())
    });
    gone.await.map(drop)
}

/// Every key of a table.
pub async fn keys(table: &str) -> Result<Vec<String>, JsValue> {
    let keys = with(
        table,
        IdbTransactionMode::Readonly,
        IdbObjectStore::get_all_keys,
    );
    let keys: Array = keys.await?.unchecked_into();
    Ok(keys.iter().filter_map(|key| key.as_string()).collect())
}
