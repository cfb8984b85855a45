//! The JSON of WebAuthn Level 3 read and written by hand, for browsers and
//! password managers that do not do it themselves: every `BufferSource` is
//! base64url without padding there.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

fn encode(raw: &[u8]) -> String {
    let mut out = String::with_capacity(raw.len().div_ceil(3) * 4);
    for chunk in raw.chunks(3) {
        let bits = chunk
            .iter()
            .enumerate()
            .fold(0u32, |all, (i, b)| all | u32::from(*b) << (16 - 8 * i));
        for i in 0..=chunk.len() {
            out.push(char::from(ALPHABET[(bits >> (18 - 6 * i)) as usize & 63]));
        }
    }
    out
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let c = match c {
            b'+' => b'-',
            b'/' => b'_',
            c => c,
        };
        bits = bits << 6 | ALPHABET.iter().position(|a| *a == c)? as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn base64url_goes_there_and_back() {
        for raw in [
            &b""[..],
            b"f",
            b"fo",
            b"foo",
            b"foob",
            b"fooba",
            b"foobar",
            &[0xff, 0xfe, 0xfb],
        ] {
            assert_eq!(decode(&encode(raw)).as_deref(), Some(raw));
        }
        assert_eq!(encode(b"fooba"), "Zm9vYmE");
        assert_eq!(encode(&[0xff, 0xfe, 0xfb]), "__77");
        assert_eq!(decode("a b"), None);
    }
}
