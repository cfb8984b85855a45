//! Only our own pages may change anything. `Sec-Fetch-Site` is judged on every
//! call, `Origin` only where that is absent: under `no-referrer` a plain form
//! post of our own says `Origin: null`.

use crate::oidc::is_own_form;
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::place::CALLS;
use std::sync::Arc;

/// Where calls may come from.
#[derive(Clone, Debug)]
pub struct Origin(pub Arc<str>);

/// Refuses foreign calls with 403, and calls that are no posts with 405.
pub async fn layer(State(Origin(own)): State<Origin>, request: Request, next: Next) -> Response {
    match judge(&own, &request) {
        Some(refused) => refused.into_response(),
        None => next.run(request).await,
    }
}

fn judge(own: &str, request: &Request) -> Option<StatusCode> {
    let path = request.uri().path();
    let (api, demo) = (path.starts_with("/api/"), path.starts_with("/demo/"));
    if !api && !demo && !is_own_form(path) {
        return None;
    }
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .map(|v| v.to_str().unwrap_or("?"))
    };
    let reads = request.method() == Method::GET;
    let fits = match (header("sec-fetch-site"), header(header::ORIGIN.as_str())) {
        (Some("same-origin"), _) => true,
        // Typed into the address bar, or a link to it: reading the demo is fine.
        (Some("none"), _) => demo && reads,
        (Some(_), _) => demo && reads && header("sec-fetch-mode") == Some("navigate"),
        (None, Some(origin)) => origin == own,
        // No browser at all: every browser names one of the two on a post.
        (None, None) => demo || request.method() == Method::POST,
    };
    if !fits {
        return Some(StatusCode::FORBIDDEN);
    }
    if api {
        if request.method() != Method::POST {
            return Some(StatusCode::METHOD_NOT_ALLOWED);
        }
        // A server function without a declared rule is not there.
        let name = path.trim_start_matches("/api/");
        if !CALLS.iter().any(|(call, _)| *call == name) {
            return Some(StatusCode::NOT_FOUND);
        }
    }
    None
}
