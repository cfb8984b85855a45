//! The calls, as browsers have them.

use super::{Trouble, by_hand};
use js_sys::{JSON, Promise, Reflect};
use leptos::prelude::window;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, CredentialCreationOptions, CredentialRequestOptions,
    CredentialsContainer,
};

// web-sys has these three only behind `web_sys_unstable_apis`.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = parseCreationOptionsFromJSON)]
    fn parse_creation(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = parseRequestOptionsFromJSON)]
    fn parse_request(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = PublicKeyCredential, js_name = isConditionalMediationAvailable)]
    async fn conditional() -> Result<JsValue, JsValue>;
}

thread_local! {
    /// Ends the newest request, quiet or in a dialog; a quiet one from before its options
    /// are fetched.
    static OPEN: RefCell<Option<AbortController>> = const { RefCell::new(None) };
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
    let signal = begin();
    let parsed = read(options, parse_creation, by_hand::creation)?;
    let wanted = CredentialCreationOptions::new();
    wanted.set_public_key(parsed.unchecked_ref());
    wanted.set_signal(&signal);
    answer(credentials().create_with_options(&wanted)).await
}

/// Asks for a passkey in a dialog; the answer as JSON.
///
/// # Errors
/// [`Trouble`], when the browser gives none.
pub async fn get(options: &str) -> Result<String, Trouble> {
    let signal = begin();
    let parsed = read(options, parse_request, by_hand::request)?;
    let wanted = CredentialRequestOptions::new();
    wanted.set_public_key(parsed.unchecked_ref());
    wanted.set_signal(&signal);
    answer(credentials().get_with_options(&wanted)).await
}

/// A quiet request that [`stop`] can end at any time.
pub struct Quiet {
    signal: AbortSignal,
}

/// Begins a quiet request, before its options are there: a button that is pressed while
/// they are on their way ends it as well.
pub fn begin_quiet() -> Quiet {
    Quiet { signal: begin() }
}

/// Ends the request before, and gives what ends the next one.
fn begin() -> AbortSignal {
    stop();
    // The constructor takes no arguments and does not throw.
    let controller = AbortController::new().unwrap_throw();
    let signal = controller.signal();
    OPEN.with_borrow_mut(|open| *open = Some(controller));
    signal
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
        let wanted = CredentialRequestOptions::new();
        wanted.set_public_key(parsed.unchecked_ref());
        wanted.set_signal(&self.signal);
        // web-sys does not have this option. Setting a key of a new object cannot fail.
        let _ = Reflect::set(&wanted, &"mediation".into(), &"conditional".into());
        answer(credentials().get_with_options(&wanted)).await
    }
}

/// Ends the request that is open, if one is: the browser refuses a second one beside it, also
/// after the page has gone on to another step.
pub fn stop() {
    if let Some(controller) = OPEN.take() {
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

/// Returns the browser's credentials; `undefined` without a secure context, where every
/// call fails.
fn credentials() -> CredentialsContainer {
    window().navigator().credentials()
}

/// Waits for a credential and returns it as JSON.
async fn answer(asked: Result<Promise, JsValue>) -> Result<String, Trouble> {
    let outcome = match asked {
        Ok(asked) => JsFuture::from(asked).await,
        Err(refused) => Err(refused),
    };
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
