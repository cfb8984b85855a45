//! The calls, as browsers have them.

use super::{Trouble, by_hand};
use js_sys::{JSON, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = create)]
    async fn credentials_create(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = get)]
    async fn credentials_get(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = parseCreationOptionsFromJSON)]
    fn parse_creation(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = parseRequestOptionsFromJSON)]
    fn parse_request(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = isConditionalMediationAvailable)]
    async fn conditional() -> Result<JsValue, JsValue>;

    type AbortController;
    #[wasm_bindgen(constructor)]
    fn new() -> AbortController;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &AbortController) -> AbortSignal;
    #[wasm_bindgen(method)]
    fn abort(this: &AbortController);

    type AbortSignal;
    #[wasm_bindgen(method, getter)]
    fn aborted(this: &AbortSignal) -> bool;
}

thread_local! {
    /// Ends the newest quiet request, from before its options are fetched.
    static QUIET: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// The browser knows passkeys (and the page came over a safe way).
pub fn available() -> bool {
    Reflect::has(&js_sys::global(), &JsValue::from_str("PublicKeyCredential")).unwrap_or(false)
}

/// The browser can offer passkeys in the address field.
pub async fn quiet_available() -> bool {
    available() && conditional().await.is_ok_and(|v| v.is_truthy())
}

/// Makes a passkey; the answer as JSON.
///
/// # Errors
/// [`Trouble`], when the browser gives none.
pub async fn create(options: &str) -> Result<String, Trouble> {
    stop_quiet();
    let parsed = read(options, parse_creation, by_hand::creation)?;
    let wanted = Object::new();
    set(&wanted, "publicKey", &parsed);
    answer(credentials_create(&wanted).await)
}

/// Asks for a passkey in a dialog; the answer as JSON.
///
/// # Errors
/// [`Trouble`], when the browser gives none.
pub async fn get(options: &str) -> Result<String, Trouble> {
    stop_quiet();
    let parsed = read(options, parse_request, by_hand::request)?;
    let wanted = Object::new();
    set(&wanted, "publicKey", &parsed);
    answer(credentials_get(&wanted).await)
}

/// A quiet request that [`stop_quiet`] can end at any time.
pub struct Quiet {
    signal: AbortSignal,
}

/// Begins a quiet request, before its options are there: a button that is pressed while
/// they are on their way ends it as well.
pub fn begin_quiet() -> Quiet {
    stop_quiet();
    let controller = AbortController::new();
    let signal = controller.signal();
    QUIET.with_borrow_mut(|quiet| *quiet = Some(controller));
    Quiet { signal }
}

impl Quiet {
    /// Something else began: nothing is asked any more.
    pub fn is_over(&self) -> bool {
        self.signal.aborted()
    }

    /// Offers passkeys in the address field, and waits until one is picked there.
    ///
    /// # Errors
    /// [`Trouble::Stopped`], when the page goes on in another way.
    pub async fn get(self, options: &str) -> Result<String, Trouble> {
        // What stands in for the browser's own function (a password manager) may not look.
        if self.is_over() {
            return Err(Trouble::Stopped);
        }
        let parsed = read(options, parse_request, by_hand::request)?;
        let wanted = Object::new();
        set(&wanted, "publicKey", &parsed);
        set(&wanted, "mediation", &JsValue::from_str("conditional"));
        set(&wanted, "signal", &self.signal);
        answer(credentials_get(&wanted).await)
    }
}

/// Ends the quiet request, if one is open.
pub fn stop_quiet() {
    if let Some(controller) = QUIET.take() {
        controller.abort();
    }
}

/// Reads options with the browser's own function, or by hand where the browser
/// is older than that (Safari before 18.4).
fn read(
    options: &str,
    own: fn(&JsValue) -> Result<JsValue, JsValue>,
    fallback: fn(&JsValue) -> Option<()>,
) -> Result<JsValue, Trouble> {
    if !available() {
        return Err(Trouble::Unsupported);
    }
    let json = JSON::parse(options).map_err(|_| Trouble::Stopped)?;
    // The server may wrap them the way `navigator.credentials` wants them.
    let json = by_hand::get(&json, "publicKey").unwrap_or(json);
    own(&json).or_else(|_| fallback(&json).map(|()| json).ok_or(Trouble::Stopped))
}

fn answer(outcome: Result<JsValue, JsValue>) -> Result<String, Trouble> {
    let credential = outcome.map_err(|e| {
        let name = by_hand::get(&e, "name")
            .and_then(|n| n.as_string())
            .unwrap_or_default();
        match name.as_str() {
            "InvalidStateError" => Trouble::Known,
            "NotSupportedError" => Trouble::Unsupported,
            _ => Trouble::Stopped,
        }
    })?;
    if credential.is_null() || credential.is_undefined() {
        return Err(Trouble::Stopped);
    }
    let own = by_hand::get(&credential, "toJSON")
        .and_then(|f| f.dyn_into::<js_sys::Function>().ok())
        .and_then(|f| f.call0(&credential).ok());
    let json = own
        .or_else(|| by_hand::answer(&credential))
        .ok_or(Trouble::Stopped)?;
    JSON::stringify(&json)
        .map(String::from)
        .map_err(|_| Trouble::Stopped)
}

/// A fresh object takes every key.
fn set(object: &Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}
