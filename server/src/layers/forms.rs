//! What every posted form is looked at for, before anybody reads its fields.
//!
//! - Whose account its page was about: every form says so in a field ([`Account::FIELD`]), for
//!   whoever is asked to do something in that account compares it with who is at this
//!   browser now. With a page left open in one tab and somebody else signed in from
//!   another, the cookie alone would decide.
//! - A NUL: PostgreSQL takes none in a text, no field of ours has one, and nobody types one.

use app::server::About;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::screen::Account;

/// More than any form of ours: what is larger was refused further out.
const MOST_BYTES: usize = 2 << 20;

/// Refuses a form with a NUL, and puts the account that it names beside the request.
pub async fn layer(request: Request, next: Next) -> Response {
    if !is_form(&request) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MOST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    for (name, value) in url::form_urlencoded::parse(&bytes) {
        if value.contains('\0') {
            return StatusCode::BAD_REQUEST.into_response();
        }
        if name == Account::FIELD
            && let Some(account) = Account::read(&value)
        {
            parts.extensions.insert(About(account));
        }
    }
    next.run(Request::from_parts(parts, Body::from(bytes)))
        .await
}

fn is_form(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST
        && request.uri().path().starts_with("/api/")
        && kind.starts_with("application/x-www-form-urlencoded")
}
