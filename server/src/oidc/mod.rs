//! The endpoints of the OpenID Connect provider, below `/{realm}/oidc/`: for browsers on
//! their way between an application and the sign-in (`browser`), and for programs
//! (`program`); and, below `/{realm}/forward-auth/`, for the proxies of applications that
//! know no protocol (`forward_auth`). What they answer is decided in `flows::oidc`.

mod browser;
mod forward_auth;
mod page;
mod program;

use crate::{assets::Site, layers::limits::Limiter};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
    routing::{any, get, post},
};
use flows::{Cookie, Services};
use serde::Deserialize;
use std::sync::Arc;
use tower::ServiceExt;

/// What the endpoints work with.
#[derive(Clone)]
pub struct Provider {
    /// The world.
    pub services: Arc<Services>,
    /// The stylesheet of the pages.
    pub site: Arc<Site>,
    /// How often one address is refused by what only proxies ask.
    pub refusals: Limiter,
}

/// Whose provider is called; the router that stands around this one has parts of the
/// path of its own.
#[derive(Deserialize)]
struct At {
    realm: String,
}

/// The longest form that anybody sends here, in bytes.
const MOST_FORM: usize = 64 * 1024;

/// The routes.
pub fn router(provider: Provider) -> Router {
    Router::new()
        .route(
            "/{realm}/.well-known/openid-configuration",
            get(program::discovery).options(program::preflight),
        )
        .route(
            "/{realm}/oidc/jwks",
            get(program::jwks).options(program::preflight),
        )
        .route(
            "/{realm}/oidc/token",
            post(program::token).options(program::preflight),
        )
        .route(
            "/{realm}/oidc/userinfo",
            get(program::userinfo)
                .post(program::userinfo)
                .options(program::preflight),
        )
        .route(
            "/{realm}/oidc/authorize",
            get(browser::authorize).post(browser::again_as_get),
        )
        .route("/{realm}/oidc/resume", get(browser::resume))
        .route("/{realm}/oidc/choose", post(browser::choose))
        .route("/{realm}/oidc/consent", post(browser::consent))
        .route(
            "/{realm}/oidc/logout",
            get(browser::logout).post(browser::again_as_get),
        )
        .route("/{realm}/oidc/end", post(browser::end))
        // A proxy asks with the method that it was asked with, or with GET.
        .route("/{realm}/forward-auth/check", any(forward_auth::check))
        .route(
            "/{realm}/forward-auth/redirect",
            any(forward_auth::redirect),
        )
        .route("/{realm}/forward-auth/start", get(forward_auth::start))
        .route("/{realm}/forward-auth/stopped", get(forward_auth::stopped))
        .with_state(provider)
}

/// Leads what belongs to the provider there, and everything else on. It stands before the
/// router and not in it, whose one page for every address takes no sister that begins
/// with a name.
pub async fn layer(State(provider): State<Router>, request: Request, next: Next) -> Response {
    if !is_endpoint(request.uri().path()) {
        return next.run(request).await;
    }
    match provider.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn is_endpoint(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    match *parts.as_slice() {
        ["", realm, ".well-known", "openid-configuration"] => !realm.is_empty(),
        ["", realm, "oidc" | "forward-auth", _] => !realm.is_empty(),
        _ => false,
    }
}

/// Whether an address is one of our own forms, which nobody else may post.
pub fn is_own_form(path: &str) -> bool {
    ["choose", "consent", "end"].iter().any(|call| {
        path.strip_suffix(call)
            .is_some_and(|p| p.ends_with("/oidc/"))
    })
}

/// Whether programs call an address, many of them from one machine.
pub fn is_for_programs(path: &str) -> bool {
    path.ends_with("/oidc/token") || path.ends_with("/oidc/userinfo")
}

/// Whether an application's request begins there, which is kept until its person has
/// signed in.
pub fn begins_a_request(path: &str) -> bool {
    path.ends_with("/oidc/authorize") || path.ends_with("/forward-auth/start")
}

/// Whether proxies call an address, and nobody else.
pub fn is_for_proxies(path: &str) -> bool {
    path.ends_with("/forward-auth/check") || path.ends_with("/forward-auth/redirect")
}

/// The parameters of a query or of a form.
fn parameters(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text)
        .take(64)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The parameters of a posted form; `None` for what is none.
async fn form(content_type: Option<&HeaderValue>, body: Body) -> Option<Vec<(String, String)>> {
    let kind = content_type?.to_str().ok()?;
    let kind = kind.split(';').next()?.trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return None;
    }
    let bytes = to_bytes(body, MOST_FORM).await.ok()?;
    Some(parameters(&bytes))
}

fn set_cookies(response: &mut Response, cookies: &[Cookie]) {
    for cookie in cookies {
        let keep = cookie.keep.map(|s| format!("; Max-Age={s}"));
        let text = format!(
            "{}={}; Path=/; Secure; HttpOnly; SameSite=Lax{}",
            cookie.name,
            cookie.value.reveal(),
            keep.unwrap_or_default()
        );
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_own_form;

    #[test]
    fn forms_of_our_own_are_told_from_what_others_post() {
        for path in ["/customers/oidc/choose", "/a/oidc/consent", "/a/oidc/end"] {
            assert!(is_own_form(path), "{path}");
        }
        for path in [
            "/a/oidc/token",
            "/a/oidc/logout",
            "/a/oidc/authorize",
            "/end",
        ] {
            assert!(!is_own_form(path), "{path}");
        }
    }
}
