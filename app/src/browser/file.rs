//! Reading a file that somebody chose, into a field of the same page.

/// Reads the first file of the input that changed, and writes its text into
/// the field with this id. Files of more than two megabytes are left alone.
///
/// Reads with `Blob.text`, which always decodes UTF-8 and has no listeners to remove.
/// gloo-file would use a `FileReader`, which also follows a UTF-16 byte order mark.
#[cfg(feature = "hydrate")]
pub fn fill(change: &leptos::ev::Event, field: &'static str) {
    use wasm_bindgen::JsCast;
    use web_sys::{HtmlInputElement, HtmlTextAreaElement};

    let chosen = change
        .target()
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
        .and_then(|input| input.files())
        .and_then(|files| files.get(0));
    let Some(file) = chosen.filter(|file| file.size() <= 2e6) else {
        return;
    };
    leptos::task::spawn_local(async move {
        let Ok(text) = wasm_bindgen_futures::JsFuture::from(file.text()).await else {
            return;
        };
        let field = leptos::prelude::document()
            .get_element_by_id(field)
            .and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
        if let (Some(field), Some(text)) = (field, text.as_string()) {
            field.set_value(&text);
        }
    });
}

/// On the server nobody chooses files.
#[cfg(not(feature = "hydrate"))]
pub const fn fill(_change: &leptos::ev::Event, _field: &'static str) {}
