//! Posting a form as the browser would, and taking the answer as JSON instead
//! of a new page. One routine for every form.

use crate::error::AppError;
use domain::screen::Answer;
#[cfg(feature = "hydrate")]
use wasm_bindgen::{JsCast, JsValue};
#[cfg(feature = "hydrate")]
use wasm_bindgen_futures::JsFuture;
#[cfg(feature = "hydrate")]
use web_sys::{FormData, Headers, RequestInit, Response, UrlSearchParams};

/// The fields of the form that is being sent, as its body; `None` when it was
/// stopped already, and on the server.
#[cfg(feature = "hydrate")]
pub fn fields(event: &leptos::ev::SubmitEvent) -> Option<String> {
    if event.default_prevented() {
        return None;
    }
    let form = event.target()?.unchecked_into();
    let data = FormData::new_with_form(&form).ok()?;
    // The constructor reads anything that iterates over pairs, as form data does.
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(fields.to_string().into())
}

/// Posts a body that [`fields`] made.
///
/// # Errors
/// What the server said, or that it could not be reached.
#[cfg(feature = "hydrate")]
pub async fn send(path: &str, fields: &str) -> Result<Answer, AppError> {
    let (ok, text) = posted(path, fields).await.map_err(|_| AppError::Offline)?;
    let unclear = || AppError::Unavailable {
        reference: String::new(),
        retry: 5,
    };
    if ok {
        serde_json::from_str(&text).map_err(|_| unclear())
    } else {
        Err(serde_json::from_str(&text).unwrap_or_else(|_| unclear()))
    }
}

/// Posts a body. Returns whether the status is a success, and the text of the response.
#[cfg(feature = "hydrate")]
async fn posted(path: &str, fields: &str) -> Result<(bool, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("Content-Type", "application/x-www-form-urlencoded")?;
    headers.set("Accept", "application/json")?;
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_headers(&headers);
    how.set_body(&fields.into());
    let response = leptos::prelude::window().fetch_with_str_and_init(path, &how);
    let response: Response = JsFuture::from(response).await?.unchecked_into();
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.ok(), text.as_string().unwrap_or_default()))
}

/// Asks for an address, for what the server keeps of it; returns whether it was reached.
#[cfg(feature = "hydrate")]
pub async fn visit(path: &str) -> bool {
    let asked = leptos::prelude::window().fetch_with_str(path);
    JsFuture::from(asked).await.is_ok()
}

/// On the server nothing is asked for.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same signature as in the browser")]
pub async fn visit(_path: &str) -> bool {
    false
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
