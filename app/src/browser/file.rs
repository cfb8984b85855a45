//! Reading a file that somebody chose, into a field of the same page.

/// Reads the first file of the input that changed, and writes its text into
/// the field with this id. Files of more than two megabytes are left alone.
#[cfg(feature = "hydrate")]
pub fn fill(change: &leptos::ev::Event, field: &'static str) {
    use js_sys::Reflect;
    use wasm_bindgen::{JsCast, JsValue};

    let get = |of: &JsValue, key: &str| {
        Reflect::get(of, &JsValue::from_str(key))
            .ok()
            .filter(|v| !v.is_undefined() && !v.is_null())
    };
    let chosen = change
        .target()
        .and_then(|input| get(input.as_ref(), "files"))
        .and_then(|files| get(&files, "0"));
    let Some(file) = chosen.filter(|f| {
        get(f, "size")
            .and_then(|s| s.as_f64())
            .is_some_and(|s| s <= 2e6)
    }) else {
        return;
    };
    let Some(text) = get(&file, "text").and_then(|f| f.dyn_into::<js_sys::Function>().ok()) else {
        return;
    };
    let Some(promise) = text
        .call0(&file)
        .ok()
        .and_then(|p| p.dyn_into::<js_sys::Promise>().ok())
    else {
        return;
    };
    leptos::task::spawn_local(async move {
        let Ok(text) = wasm_bindgen_futures::JsFuture::from(promise).await else {
            return;
        };
        let Some(field) = web_sys::window()
            .and_then(|w| w.document())
            .and_then(|d| d.get_element_by_id(field))
        else {
            return;
        };
        // A field that takes no value has nothing to show either.
        let _ = Reflect::set(field.as_ref(), &JsValue::from_str("value"), &text);
    });
}

/// On the server nobody chooses files.
#[cfg(not(feature = "hydrate"))]
pub const fn fill(_change: &leptos::ev::Event, _field: &'static str) {}
