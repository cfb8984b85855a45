//! What programs call. Browser clients may as well: these four answer every origin
//! (XL07), and none of them looks at a cookie.

use super::{At, Provider, form};
use crate::pages::failed;
use app::server::request_of;
use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use domain::oidc::KEPT_SECONDS;
use flows::oidc::{self, ClientAuth, TokenError};
use serde_json::{Value, json};

/// Lets pages of any origin read an answer.
fn open(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("www-authenticate"),
    );
    response
}

/// What a browser asks before it lets a page call.
pub async fn preflight() -> Response {
    open(
        (
            StatusCode::NO_CONTENT,
            [
                (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
                (
                    header::ACCESS_CONTROL_ALLOW_HEADERS,
                    "authorization, content-type",
                ),
                (header::ACCESS_CONTROL_MAX_AGE, "86400"),
            ],
        )
            .into_response(),
    )
}

fn kept(value: &Value) -> Response {
    let keep = format!("public, max-age={KEPT_SECONDS}");
    open(([(header::CACHE_CONTROL, keep)], Json(value)).into_response())
}

/// OpenID Provider metadata.
pub async fn discovery(State(provider): State<Provider>, Path(At { realm }): Path<At>) -> Response {
    match oidc::discovery(&provider.services, &realm).await {
        Ok(found) => kept(&found),
        Err(failure) => open(failed(failure)),
    }
}

/// The keys.
pub async fn jwks(State(provider): State<Provider>, Path(At { realm }): Path<At>) -> Response {
    match oidc::keys::jwks(&provider.services, &realm).await {
        Ok(keys) => kept(&keys),
        Err(failure) => open(failed(failure)),
    }
}

/// The token endpoint.
pub async fn token(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let auth = client_auth(&parts.headers);
    let Some(form) = form(parts.headers.get(header::CONTENT_TYPE), body).await else {
        return open(refused(TokenError::InvalidRequest));
    };
    let caller = request_of(&parts);
    let out = oidc::exchange(&provider.services, &caller, &realm, &auth, &form).await;
    open(match out {
        Ok(Ok(tokens)) => ([(header::PRAGMA, "no-cache")], Json(tokens)).into_response(),
        Ok(Err(error)) => refused(error),
        Err(failure) => failed(failure),
    })
}

fn refused(error: TokenError) -> Response {
    let body = Json(json!({ "error": error.name() }));
    if error == TokenError::InvalidClient {
        let how = [(header::WWW_AUTHENTICATE, "Basic realm=\"token\"")];
        return (StatusCode::UNAUTHORIZED, how, body).into_response();
    }
    (StatusCode::BAD_REQUEST, body).into_response()
}

/// `client_secret_basic`: id and secret, each as in a form (RFC 6749, 2.3.1).
fn client_auth(headers: &HeaderMap) -> ClientAuth {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return ClientAuth::None;
    };
    let read = || {
        let (scheme, rest) = value.to_str().ok()?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let plain = BASE64.decode(rest.trim().as_bytes()).ok()?;
        let plain = String::from_utf8(plain).ok()?;
        let (id, secret) = plain.split_once(':')?;
        Some(ClientAuth::Basic(decoded(id), decoded(secret)))
    };
    read().unwrap_or(ClientAuth::Unreadable)
}

/// A value as a form writes it.
fn decoded(text: &str) -> String {
    // Neither may hold what would begin another field.
    let text = text.replace('&', "%26").replace('=', "%3D");
    let field = format!("v={text}");
    let mut fields = url::form_urlencoded::parse(field.as_bytes());
    fields
        .next()
        .map(|(_, v)| v.into_owned())
        .unwrap_or_default()
}

/// The userinfo endpoint, by GET or POST (RFC 6750).
pub async fn userinfo(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let by_header = parts.headers.get(header::AUTHORIZATION).map(|value| {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| token.trim().to_owned())
    });
    let by_form = match parts.method {
        Method::POST => form(parts.headers.get(header::CONTENT_TYPE), body)
            .await
            .and_then(|fields| fields.into_iter().find(|(n, _)| n == "access_token"))
            .map(|(_, token)| token),
        _ => None,
    };
    let token = match (by_header, by_form) {
        (Some(_), Some(_)) => {
            return open(challenge(StatusCode::BAD_REQUEST, Some("invalid_request")));
        }
        (Some(token), None) => token,
        (None, token) => token,
    };
    let Some(token) = token else {
        return open(challenge(StatusCode::UNAUTHORIZED, None));
    };
    open(
        match oidc::userinfo(&provider.services, &realm, &token).await {
            Ok(Some(claims)) => Json(claims).into_response(),
            Ok(None) => challenge(StatusCode::UNAUTHORIZED, Some("invalid_token")),
            Err(failure) => failed(failure),
        },
    )
}

fn challenge(status: StatusCode, error: Option<&str>) -> Response {
    let text = match error {
        Some(error) => format!("Bearer error=\"{error}\""),
        None => "Bearer".to_owned(),
    };
    (status, [(header::WWW_AUTHENTICATE, text)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_says_who_it_is_as_a_form_would() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            let value = HeaderValue::from_str(text).expect("a value");
            headers.insert(header::AUTHORIZATION, value);
            client_auth(&headers)
        };
        let basic = |text: &str| of(&format!("Basic {}", BASE64.encode(text.as_bytes())));
        let is = |id: &str, secret: &str| ClientAuth::Basic(id.into(), secret.into());
        assert_eq!(basic("app:s%26c+r%3At"), is("app", "s&c r:t"));
        assert_eq!(basic("app:a=b&c"), is("app", "a=b&c"));
        assert_eq!(basic("app"), ClientAuth::Unreadable);
        assert_eq!(of("Bearer x"), ClientAuth::Unreadable);
        assert_eq!(of("Basic !"), ClientAuth::Unreadable);
        assert_eq!(client_auth(&HeaderMap::new()), ClientAuth::None);
    }
}
