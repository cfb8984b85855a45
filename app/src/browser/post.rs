//! Posting a form as the browser would, and taking the answer as JSON instead
//! of a new page. One routine for every form.

use crate::error::AppError;
use domain::screen::Answer;

/// The fields of the form that is being sent, as its body; `None` when it was
/// stopped already, and on the server.
#[cfg(feature = "hydrate")]
pub fn fields(event: &leptos::ev::SubmitEvent) -> Option<String> {
    if event.default_prevented() {
        return None;
    }
    let form = event.target()?;
    let data = js::FormData::new(form.as_ref()).ok()?;
    Some(js::UrlSearchParams::new(&data).ok()?.to_text())
}

/// Posts a body that [`fields`] made.
///
/// # Errors
/// What the server said, or that it could not be reached.
#[cfg(feature = "hydrate")]
pub async fn send(path: &str, fields: &str) -> Result<Answer, AppError> {
    use js_sys::{Object, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    let set = |on: &Object, key: &str, value: &JsValue| {
        // A fresh object takes every key.
        let _ = Reflect::set(on, &JsValue::from_str(key), value);
    };
    let headers = Object::new();
    set(
        &headers,
        "Content-Type",
        &JsValue::from_str("application/x-www-form-urlencoded"),
    );
    set(&headers, "Accept", &JsValue::from_str("application/json"));
    let how = Object::new();
    set(&how, "method", &JsValue::from_str("POST"));
    set(&how, "headers", &headers);
    set(&how, "body", &JsValue::from_str(fields));

    let response = js::fetch(path, &how).await.map_err(|_| AppError::Offline)?;
    let response: js::Response = response.unchecked_into();
    let text = response
        .text()
        .await
        .map_err(|_| AppError::Offline)?
        .as_string()
        .unwrap_or_default();
    let unclear = || AppError::Unavailable {
        reference: String::new(),
        retry: 5,
    };
    if response.ok() {
        serde_json::from_str(&text).map_err(|_| unclear())
    } else {
        Err(serde_json::from_str(&text).unwrap_or_else(|_| unclear()))
    }
}

/// [`send`] for what a page posts by itself, where nobody would press again: as long
/// as the server cannot be reached, a little later once more. Only for calls that do
/// the same however often they arrive.
///
/// # Errors
/// What the server said; after a minute, that it could not be reached.
pub async fn insist(path: &str, fields: &str) -> Result<Answer, AppError> {
    for _ in 0..30 {
        match send(path, fields).await {
            Err(AppError::Offline) => super::pause().await,
            answer => return answer,
        }
    }
    Err(AppError::Offline)
}

/// Loads a page from the server.
#[cfg(feature = "hydrate")]
pub fn load(path: &str) {
    // A browser that refuses to go there stays here, as it says itself.
    let _ = web_sys::window().map(|w| w.location().assign(path));
}

/// On the server no form is sent.
#[cfg(not(feature = "hydrate"))]
pub const fn fields(_event: &leptos::ev::SubmitEvent) -> Option<String> {
    None
}

/// On the server no form is sent.
///
/// # Errors
/// Always.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same signature as in the browser")]
pub async fn send(_path: &str, _fields: &str) -> Result<Answer, AppError> {
    Err(AppError::Offline)
}

/// On the server nothing is loaded.
#[cfg(not(feature = "hydrate"))]
pub const fn load(_path: &str) {}

#[cfg(feature = "hydrate")]
mod js {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        pub type FormData;
        #[wasm_bindgen(catch, constructor)]
        pub fn new(form: &JsValue) -> Result<FormData, JsValue>;

        #[wasm_bindgen(js_name = URLSearchParams)]
        pub type UrlSearchParams;
        #[wasm_bindgen(catch, constructor, js_class = "URLSearchParams")]
        pub fn new(fields: &FormData) -> Result<UrlSearchParams, JsValue>;
        #[wasm_bindgen(method, js_class = "URLSearchParams", js_name = toString)]
        pub fn to_text(this: &UrlSearchParams) -> String;

        pub type Response;
        #[wasm_bindgen(method, getter)]
        pub fn ok(this: &Response) -> bool;
        #[wasm_bindgen(catch, method)]
        pub async fn text(this: &Response) -> Result<JsValue, JsValue>;

        #[wasm_bindgen(catch)]
        pub async fn fetch(path: &str, how: &JsValue) -> Result<JsValue, JsValue>;
    }
}
