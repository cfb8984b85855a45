//! Reading a field outside a form: what was typed before the script came is
//! there too.

/// What stands in the field with this id.
#[cfg(feature = "hydrate")]
pub fn value(id: &str) -> String {
    use wasm_bindgen::JsCast;

    leptos::prelude::document()
        .get_element_by_id(id)
        .and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok())
        .map(|field| field.value())
        .unwrap_or_default()
}

/// On the server nothing is typed.
#[cfg(not(feature = "hydrate"))]
pub const fn value(_id: &str) -> String {
    String::new()
}
