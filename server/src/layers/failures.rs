//! The one place where failures become statuses: 401, 403, 404, 400 and 503
//! for programs, a redirect or a plain page for browsers.

use app::server::FAILURE;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use domain::Lang;

/// Maps what the server functions named.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let (api, html, lang) = read(&request);
    // The framework would send a plain post that it cannot read back to where
    // the request says it came from: an address of the caller's choice (Z7).
    request.headers_mut().remove(header::REFERER);
    let mut response = next.run(request).await;
    let Some(name) = response.headers_mut().remove(FAILURE) else {
        // Every failure of ours is named; what is not are arguments that the
        // server function could not read.
        let unread = [StatusCode::INTERNAL_SERVER_ERROR, StatusCode::FOUND];
        if api && unread.contains(&response.status()) {
            return if html {
                plain(StatusCode::BAD_REQUEST, lang, "")
            } else {
                with(response, StatusCode::BAD_REQUEST)
            };
        }
        return response;
    };
    let name = name.to_str().unwrap_or("503").to_owned();
    let mut words = name.split(' ');
    let (what, first, second) = (words.next().unwrap_or_default(), words.next(), words.next());
    match (what, first) {
        ("go", Some(to)) if !api => see_other(to, &response),
        ("sign-in", Some(to)) if !api || html => see_other(to, &response),
        ("go", _) => response,
        ("sign-in", _) => with(response, StatusCode::UNAUTHORIZED),
        _ => {
            let status = what
                .parse::<u16>()
                .ok()
                .and_then(|n| StatusCode::from_u16(n).ok());
            let status = status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            let mut out = if api && html {
                plain(status, lang, second.unwrap_or_default())
            } else {
                with(response, status)
            };
            if status == StatusCode::SERVICE_UNAVAILABLE
                && let Ok(retry) = HeaderValue::from_str(first.unwrap_or("30"))
            {
                out.headers_mut().insert(header::RETRY_AFTER, retry);
            }
            out
        }
    }
}

/// Whether it is a server function, whether a browser posts it plainly, and the
/// reader's language.
pub(super) fn read(request: &Request) -> (bool, bool, Lang) {
    let text = |name| {
        request
            .headers()
            .get(name)
            .and_then(|v: &HeaderValue| v.to_str().ok())
            .unwrap_or_default()
    };
    let api = request.uri().path().starts_with("/api/");
    let chosen = text(header::COOKIE)
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == app::server::LANG)
        .and_then(|(_, value)| Lang::parse(value));
    let lang = chosen
        .or(Lang::accept(text(header::ACCEPT_LANGUAGE)))
        .unwrap_or_default();
    (api, text(header::ACCEPT).contains("text/html"), lang)
}

fn with(mut response: Response, status: StatusCode) -> Response {
    *response.status_mut() = status;
    response.headers_mut().remove(header::LOCATION);
    response
}

/// A redirect that keeps the cookies.
fn see_other(to: &str, response: &Response) -> Response {
    let mut out = Response::new(Body::empty());
    *out.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(to) = HeaderValue::from_str(to) {
        out.headers_mut().insert(header::LOCATION, to);
    }
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        out.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    out
}

/// A page for who posted a form without the script.
pub(super) fn plain(status: StatusCode, lang: Lang, reference: &str) -> Response {
    let (title, text) = words::failed::plain(lang, status.as_u16(), reference);
    let page = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p><p><a href=\"/\">Rekey</a></p></main></body></html>",
        lang.code()
    );
    (status, Html(page)).into_response()
}
