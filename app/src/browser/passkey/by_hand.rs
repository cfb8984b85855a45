//! The JSON of WebAuthn Level 3 read and written by hand, for browsers and
//! password managers that do not do it themselves: every `BufferSource` is
//! base64url without padding there.

use crate::browser::base64url::{decode, encode};
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// A property that is there.
pub fn get(of: &JsValue, key: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &JsValue::from_str(key)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn set(on: &JsValue, key: &str, value: &JsValue) -> Option<()> {
    Reflect::set(on, &JsValue::from_str(key), value)
        .ok()?
        .then_some(())
}

/// Turns the texts of creation options into bytes, in place.
pub fn creation(options: &JsValue) -> Option<()> {
    bytes(options, "challenge")?;
    bytes(&get(options, "user")?, "id")?;
    ids(options, "excludeCredentials")
}

/// Turns the texts of request options into bytes, in place.
pub fn request(options: &JsValue) -> Option<()> {
    bytes(options, "challenge")?;
    ids(options, "allowCredentials")
}

fn ids(options: &JsValue, key: &str) -> Option<()> {
    let Some(list) = get(options, key) else {
        return Some(());
    };
    Array::from(&list)
        .iter()
        .try_for_each(|one| bytes(&one, "id"))
}

fn bytes(of: &JsValue, key: &str) -> Option<()> {
    let raw = decode(&get(of, key)?.as_string()?)?;
    set(of, key, &Uint8Array::from(raw.as_slice()))
}

/// The JSON of a credential that cannot write itself.
pub fn answer(credential: &JsValue) -> Option<JsValue> {
    let out: JsValue = Object::new().into();
    for key in ["id", "type", "authenticatorAttachment"] {
        if let Some(value) = get(credential, key) {
            set(&out, key, &value)?;
        }
    }
    set(&out, "rawId", &text(&get(credential, "rawId")?))?;

    let response = get(credential, "response")?;
    let written: JsValue = Object::new().into();
    for key in [
        "clientDataJSON",
        "attestationObject",
        "authenticatorData",
        "signature",
        "userHandle",
    ] {
        if let Some(value) = get(&response, key) {
            set(&written, key, &text(&value))?;
        }
    }
    if let Some(ways) = call(&response, "getTransports") {
        set(&written, "transports", &ways)?;
    }
    set(&out, "response", &written)?;
    let extensions =
        call(credential, "getClientExtensionResults").unwrap_or_else(|| Object::new().into());
    set(&out, "clientExtensionResults", &extensions)?;
    Some(out)
}

fn call(on: &JsValue, name: &str) -> Option<JsValue> {
    get(on, name)?.dyn_into::<Function>().ok()?.call0(on).ok()
}

/// Bytes as text; what is a text already stays one.
fn text(value: &JsValue) -> JsValue {
    if value.is_string() {
        return value.clone();
    }
    let raw = Uint8Array::new(value).to_vec();
    JsValue::from_str(&encode(&raw))
}
