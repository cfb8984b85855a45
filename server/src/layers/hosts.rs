//! Calls for another host are refused: a link or a cookie must never be made
//! for a name that somebody else chose (Z7).

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Refuses with 421 what is not for the public address. Health checks come by
/// address and say nothing about anybody.
pub async fn layer(State(authority): State<Arc<str>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if matches!(path, "/livez" | "/readyz" | "/healthz") {
        return next.run(request).await;
    }
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let fits = match (hosts.next(), hosts.next(), request.uri().authority()) {
        (Some(host), None, None) => host.as_bytes().eq_ignore_ascii_case(authority.as_bytes()),
        (Some(host), None, Some(named)) => {
            host.as_bytes().eq_ignore_ascii_case(authority.as_bytes())
                && named.as_str().eq_ignore_ascii_case(&authority)
        }
        // HTTP/2 names the host in the address alone.
        (None, None, Some(named)) => named.as_str().eq_ignore_ascii_case(&authority),
        _ => false,
    };
    if fits {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}
