//! The time zone of whoever reads, for the clock times that the server writes.
//! It is kept in a cookie that says nothing else; without it times are those of
//! the realm.

/// Tells the server the browser's time zone, from the next request on.
#[cfg(feature = "hydrate")]
pub fn tell() {
    use wasm_bindgen::JsValue;

    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name));
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    let zone = get(&format.resolved_options(), "timeZone").ok();
    let Some(zone) = zone.and_then(|zone| zone.as_string()) else {
        return;
    };
    let cookie = format!("zone={zone}; Path=/; Max-Age=31536000; SameSite=Lax; Secure");
    let document = JsValue::from(leptos::prelude::document());
    // A browser without cookies signs nobody in either.
    let _ = js_sys::Reflect::set(
        &document,
        &JsValue::from_str("cookie"),
        &JsValue::from_str(&cookie),
    );
}

/// Nothing on the server.
#[cfg(not(feature = "hydrate"))]
pub const fn tell() {}
