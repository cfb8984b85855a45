//! Reading a file that somebody chose, into a field of the same page.

/// Why nothing was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// More than two megabytes.
    TooLarge,
    /// The browser could not (the file is gone, or locked by another program).
    NotReadable,
}

/// Reads the first file of the input that changed, and writes its text into the field with
/// this id; `said` hears why where it could not. The input forgets the file, so that the
/// same one, corrected on the disk, can be chosen again.
#[cfg(feature = "hydrate")]
pub fn fill(
    change: &leptos::ev::Event,
    field: &'static str,
    said: leptos::prelude::RwSignal<Option<Unread>>,
) {
    use leptos::prelude::Set;
    use wasm_bindgen::JsCast;
    use web_sys::{HtmlInputElement, HtmlTextAreaElement};

    let input = change
        .target()
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    let Some(file) = input.files().and_then(|files| files.get(0)) else {
        return;
    };
    said.set((file.size() > 2e6).then_some(Unread::TooLarge));
    leptos::task::spawn_local(async move {
        if file.size() <= 2e6 {
            let read = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
            let text = read.ok().and_then(|buffer| text(&buffer));
            let field = leptos::prelude::document()
                .get_element_by_id(field)
                .and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
            match (field, text) {
                (Some(field), Some(text)) => field.set_value(&text),
                _ => said.set(Some(Unread::NotReadable)),
            }
        }
        input.set_value("");
    });
}

/// The text of a file: UTF-16 by its mark, strict UTF-8, or else what spreadsheets write
/// that do neither (Windows-1252, which reads any bytes).
#[cfg(feature = "hydrate")]
fn text(buffer: &wasm_bindgen::JsValue) -> Option<String> {
    use web_sys::{TextDecoder, TextDecoderOptions};

    let bytes = js_sys::Uint8Array::new(buffer).to_vec();
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    let read = |label: &str| {
        let decoder = TextDecoder::new_with_label_and_options(label, &strict).ok()?;
        decoder.decode_with_u8_array(&bytes).ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => read("utf-16le"),
        [0xfe, 0xff, ..] => read("utf-16be"),
        _ => read("utf-8").or_else(|| read("windows-1252")),
    }
}

/// On the server nobody chooses files.
#[cfg(not(feature = "hydrate"))]
pub const fn fill(
    _change: &leptos::ev::Event,
    _field: &'static str,
    _said: leptos::prelude::RwSignal<Option<Unread>>,
) {
}
