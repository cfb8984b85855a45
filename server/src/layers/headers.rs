//! The headers of every answer (`security.md`, 2.6).

use crate::oidc::is_for_proxies;
use app::server::ASKS_CODE;
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// The policy of a page whose scripts carry a nonce.
pub fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; frame-src 'none'; manifest-src 'self'; worker-src 'self'"
    )
}

/// The policy of a page that is made of files of ours alone and can be kept: no nonce,
/// and no word of script in it.
pub const OWN_FILES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; frame-src 'none'; manifest-src 'self'; worker-src 'self'";

/// The policy of everything else: no script at all. The service worker is bound by the
/// one that it came with: it asks this origin for what its pages ask for.
const BARE: &str = "default-src 'none'; connect-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; frame-src 'none'";

/// What the browser may do on every page, with what a place adds.
macro_rules! permissions {
    ($more:literal) => {
        concat!(
            "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), usb=(), payment=(), clipboard-read=()",
            $more
        )
    };
}
const PERMISSIONS: &str = permissions!("");
/// Pages that ask for a code may take it out of a message (WebOTP).
const PERMISSIONS_OF_CODES: &str = permissions!(", otp-credentials=(self)");

/// Sets what is not set; `secure` is false on plain localhost.
pub async fn layer(State(secure): State<bool>, request: Request, next: Next) -> Response {
    // What goes on to the host of an application says nothing about that host.
    let secure = secure && !is_for_proxies(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let permissions = match headers.remove(ASKS_CODE) {
        Some(_) => PERMISSIONS_OF_CODES,
        None => PERMISSIONS,
    };
    let mut set = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert_with(|| HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, BARE);
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(HeaderName::from_static("permissions-policy"), permissions);
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("cross-origin-embedder-policy"),
        "require-corp",
    );
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_FRAME_OPTIONS, "DENY");
    if secure {
        set(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=63072000; includeSubDomains",
        );
    }
    response
}
