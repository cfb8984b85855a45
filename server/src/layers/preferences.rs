//! `?lang=` and `?theme=`: kept in a cookie, then back to the page without
//! them, so that no address carries them on. They change nothing but looks.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Lang;

/// The cookie that keeps the theme.
pub const THEME: &str = "theme";

/// Keeps a preference and leads back.
pub async fn layer(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let mut cookies = Vec::new();
    let mut rest = Vec::new();
    for pair in query.split('&').filter(|p| !p.is_empty()) {
        match pair.split_once('=') {
            Some(("lang", value)) => {
                if let Some(lang) = Lang::parse(value) {
                    cookies.push(format!("{}={}", app::server::LANG, lang.code()));
                }
            }
            Some(("theme", value)) => match value {
                "light" | "dark" => cookies.push(format!("{THEME}={value}")),
                _ => cookies.push(format!("{THEME}=; Max-Age=0")),
            },
            _ => rest.push(pair),
        }
    }
    if cookies.is_empty() || request.method() != Method::GET {
        return next.run(request).await;
    }
    let mut to = request.uri().path().to_owned();
    if !rest.is_empty() {
        to = format!("{to}?{}", rest.join("&"));
    }
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    // A path that begins with two slashes would name another host.
    let to = format!("/{}", to.trim_start_matches(['/', '\\']));
    if let Ok(to) = HeaderValue::from_str(&to) {
        headers.insert(header::LOCATION, to);
    }
    for cookie in cookies {
        let keep = if cookie.contains("Max-Age") {
            ""
        } else {
            "; Max-Age=31536000"
        };
        if let Ok(value) = HeaderValue::from_str(&format!(
            "{cookie}; Path=/; Secure; HttpOnly; SameSite=Lax{keep}"
        )) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    response
}

/// The theme that was chosen on this browser.
pub fn theme(cookies: &str) -> Option<&'static str> {
    cookies
        .split(';')
        .filter_map(|p| p.trim().split_once('='))
        .find(|(n, _)| *n == THEME)
        .and_then(|(_, v)| match v {
            "light" => Some("light"),
            "dark" => Some("dark"),
            _ => None,
        })
}
