//! How long answers take, by the kind of place, for who operates this. A stream counts
//! until it begins.

use crate::receipts;
use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use domain::place::{CALLS, Place};
use flows::Services;
use std::{borrow::Cow, sync::Arc, time::Instant};

/// What is neither a page nor a call, by the end of its address.
const OTHERS: [(&str, &str); 18] = [
    ("/livez", "health"),
    ("/healthz", "health"),
    ("/readyz", "health"),
    ("/live", "live"),
    ("/.well-known/openid-configuration", "oidc_configuration"),
    ("/oidc/jwks", "oidc_jwks"),
    ("/oidc/token", "oidc_token"),
    ("/oidc/userinfo", "oidc_userinfo"),
    ("/oidc/authorize", "oidc_authorize"),
    ("/oidc/resume", "oidc_resume"),
    ("/oidc/choose", "oidc_choose"),
    ("/oidc/consent", "oidc_consent"),
    ("/oidc/logout", "oidc_logout"),
    ("/oidc/end", "oidc_end"),
    ("/forward-auth/check", "forward_auth_check"),
    ("/forward-auth/redirect", "forward_auth_redirect"),
    ("/forward-auth/start", "forward_auth_start"),
    ("/forward-auth/stopped", "forward_auth_stopped"),
];

/// Notes how long the answer took.
pub async fn layer(
    State(services): State<Arc<Services>>,
    request: Request,
    next: Next,
) -> Response {
    let place = place(request.uri().path());
    let method = match *request.method() {
        Method::GET => "GET",
        Method::POST => "POST",
        _ => "other",
    };
    let begun = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    services.metrics.answered(place, method, status, took);
    response
}

/// The kind of a place: one of a few words, whatever somebody types as an address.
fn place(path: &str) -> Cow<'static, str> {
    if let Some(call) = path.strip_prefix("/api/") {
        let known = CALLS.iter().find(|(name, _)| *name == call);
        return known.map_or(Cow::Borrowed("unknown"), |(name, _)| Cow::Borrowed(name));
    }
    if path.starts_with("/pkg/") {
        return Cow::Borrowed("file");
    }
    if receipts::is_ours(path) {
        return Cow::Borrowed("receipts");
    }
    if path.starts_with("/waits/") {
        return Cow::Borrowed("live");
    }
    if let Some((_, name)) = OTHERS.iter().find(|(end, _)| path.ends_with(end)) {
        return Cow::Borrowed(name);
    }
    Place::parse(path).map_or(Cow::Borrowed("other"), |place| Cow::Owned(place.kind()))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn whatever_is_typed_is_one_of_a_few_words() {
        for (path, name) in [
            ("/customers/sign-in", "sign_in"),
            ("/customers/reset/secret-token", "link"),
            ("/admin/customers/people/p-1", "admin_person"),
            ("/api/sign-in/password", "sign-in/password"),
            ("/api/made-up", "unknown"),
            ("/pkg/frontend.abc.js", "file"),
            ("/customers/oidc/token", "oidc_token"),
            ("/customers/forward-auth/check", "forward_auth_check"),
            ("/gateway/receipts/message-1", "receipts"),
            ("/waits/customers/sign_in", "live"),
            ("/desk/live", "live"),
            ("/wp-login.php", "other"),
            ("/readyz", "health"),
        ] {
            assert_eq!(place(path), name, "{path}");
        }
    }
}
