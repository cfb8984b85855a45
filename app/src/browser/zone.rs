//! The time zone that this browser's clock shows.

/// The browser's zone as a form posts it, where the server does not know it yet;
/// asked once in the life of a document.
#[cfg(feature = "hydrate")]
pub fn untold(known: &str) -> Option<String> {
    use std::cell::Cell;
    use wasm_bindgen::JsValue;

    thread_local! {
        static ASKED: Cell<bool> = const { Cell::new(false) };
    }

    if ASKED.replace(true) {
        return None;
    }
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    let key = JsValue::from_str("timeZone");
    let zone = js_sys::Reflect::get(&format.resolved_options(), &key).ok()?;
    let zone = zone.as_string().filter(|zone| zone != known)?;
    js_sys::encode_uri_component(&zone).as_string()
}

/// A server's clock is nobody's.
#[cfg(not(feature = "hydrate"))]
pub const fn untold(_known: &str) -> Option<String> {
    None
}
