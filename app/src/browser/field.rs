//! Reading a field outside a form: what was typed before the script came is
//! there too.

/// What stands in the field with this id.
#[cfg(feature = "hydrate")]
pub fn value(id: &str) -> String {
    web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.get_element_by_id(id))
        .and_then(|e| {
            js_sys::Reflect::get(e.as_ref(), &wasm_bindgen::JsValue::from_str("value")).ok()
        })
        .and_then(|v| v.as_string())
        .unwrap_or_default()
}

/// On the server nothing is typed.
#[cfg(not(feature = "hydrate"))]
pub const fn value(_id: &str) -> String {
    String::new()
}
