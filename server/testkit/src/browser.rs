//! A browser without a window, and what comes back to it.

use crate::{SESSION, World};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
};
use tower::ServiceExt;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Names and values of the cookies that it sets.
    pub fn cookies(&self) -> BTreeMap<String, String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter();
        set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()?.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// It let a customer in.
    pub fn lets_in(&self) -> bool {
        self.cookies().get(SESSION).is_some_and(|v| !v.is_empty())
    }

    /// Returns its JSON, or `Null` if it has none, like most failures.
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Returns whether a string value in its JSON is this word. Names of fields and of
    /// variants with data do not count: [`Self::refuses`], [`Self::shows`] and the others
    /// look for those where they belong.
    pub fn says(&self, word: &str) -> bool {
        holds(&self.json(), word)
    }

    /// Returns whether it shows this screen.
    pub fn shows(&self, screen: &str) -> bool {
        variant(&self.json()["show"]["screen"]) == Some(screen)
    }

    /// Returns whether it shows the page that asks for a code, PIN or password of this kind.
    pub fn asks_for(&self, kind: &str) -> bool {
        self.json()["show"]["screen"]["code"]["kind"] == kind
    }

    /// Returns whether it shows the page of a link that does not work, for this reason.
    pub fn is_dead(&self, why: &str) -> bool {
        self.json()["show"]["screen"]["dead_link"]["why"] == why
    }

    /// Returns whether it shows a page with this news above the task.
    pub fn shows_news(&self, news: &str) -> bool {
        variant(&self.json()["show"]["news"]) == Some(news)
    }

    /// Returns whether it leads to this address, with or without news: to the next page, or
    /// to the sign-in page if there is no session.
    pub fn leads_to(&self, path: &str) -> bool {
        let json = self.json();
        let to = [&json["go"]["path"], &json["sign_in"]["path"]];
        let to = to.iter().find_map(|to| to.as_str()).unwrap_or_default();
        to.split('?').next() == Some(path)
    }

    /// Returns whether it leads to another page with this news.
    pub fn tells(&self, news: &str) -> bool {
        let json = self.json();
        let to = json["go"]["path"].as_str().unwrap_or_default();
        let query = to.split_once('?').map_or("", |(_, query)| query);
        let mut fields = url::form_urlencoded::parse(query.as_bytes());
        let told = fields.find(|(name, _)| name == "news");
        told.and_then(|(_, told)| serde_json::from_str(&told).ok())
            .is_some_and(|told: Value| variant(&told) == Some(news))
    }

    /// Returns whether it shows a page that refuses something for this reason.
    pub fn refuses(&self, code: &str) -> bool {
        self.refusals().any(|(_, why)| why == code)
    }

    /// Returns whether it shows a page that refuses this field for this reason.
    pub fn refuses_at(&self, field: &str, code: &str) -> bool {
        self.refusals().any(|(at, why)| at == field && why == code)
    }

    /// Returns the fields and reasons of the refusals on the page that it shows.
    fn refusals(&self) -> impl Iterator<Item = (String, String)> {
        let json = self.json();
        let all = json["show"]["refusals"].as_array().cloned();
        all.into_iter().flatten().filter_map(|one| {
            let why = variant(&one["code"])?.to_owned();
            Some((one["field"].as_str()?.to_owned(), why))
        })
    }
}

/// Returns the name of a variant: a string, or the only field of an object if it has data.
fn variant(value: &Value) -> Option<&str> {
    match value {
        Value::String(name) => Some(name),
        Value::Object(fields) if fields.len() == 1 => fields.keys().next().map(String::as_str),
        _ => None,
    }
}

/// Returns whether a value, or one nested in it, is this string.
fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(one) => one == text,
        Value::Array(all) => all.iter().any(|one| holds(one, text)),
        Value::Object(fields) => fields.values().any(|one| holds(one, text)),
        _ => false,
    }
}

/// One request, without a socket.
pub async fn send(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.expect("answers");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

/// A browser without a window: it keeps cookies and posts what the page's
/// script would post.
#[derive(Clone)]
pub struct Browser {
    /// The node that it reaches.
    pub router: Router,
    /// The host that it names.
    pub host: String,
    /// Where it calls from.
    pub address: IpAddr,
    /// What it sends beside.
    pub headers: Vec<(&'static str, HeaderValue)>,
    /// What it keeps.
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    /// The same browser, its next call answered by another node.
    pub fn at(&self, world: &World) -> Self {
        Self {
            router: world.router.clone(),
            ..self.clone()
        }
    }

    fn finish(&self, request: axum::http::request::Builder, body: Body) -> Request<Body> {
        let mut request = request
            .header(header::HOST, &self.host)
            .extension(ConnectInfo(SocketAddr::new(self.address, 40_000)));
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(body).expect("a request")
    }

    /// A call of a server function with a body as it stands.
    pub fn request(&self, call: &str, body: String) -> Request<Body> {
        let request = Request::post(format!("/api/{call}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.finish(request, Body::from(body))
    }

    async fn keep(&mut self, request: Request<Body>) -> Answer {
        let answer = send(self.router.clone(), request).await;
        for (name, value) in answer.cookies() {
            if value.is_empty() {
                self.cookies.remove(&name);
            } else {
                self.cookies.insert(name, value);
            }
        }
        answer
    }

    /// Posts a body as it stands.
    pub async fn raw(&mut self, call: &str, body: &str) -> Answer {
        let request = self.request(call, body.to_owned());
        self.keep(request).await
    }

    /// Posts fields as the script does.
    pub async fn post(&mut self, call: &str, fields: &[(&str, &str)]) -> Answer {
        self.raw(call, &form(fields)).await
    }

    /// Posts a form without the script.
    pub async fn submit(&mut self, call: &str, fields: &[(&str, &str)]) -> Answer {
        let mut request = self.request(call, form(fields));
        let html = HeaderValue::from_static("text/html");
        request.headers_mut().insert(header::ACCEPT, html);
        self.keep(request).await
    }

    /// Loads a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        let request = self.finish(request, Body::empty());
        self.keep(request).await
    }

    /// What the script hears about a page.
    pub async fn page(&mut self, path: &str) -> Answer {
        self.post("page", &[("path", path)]).await
    }

    /// Login and password of a customer.
    pub async fn password(&mut self, login: &str, password: &str) -> Answer {
        let fields = [
            ("realm", "customers"),
            ("login", login),
            ("password", password),
        ];
        self.post("sign-in/password", &fields).await
    }

    /// A code for the step that is asked for.
    pub async fn code(&mut self, purpose: &str, code: &str) -> Answer {
        let fields = [("realm", "customers"), ("purpose", purpose), ("code", code)];
        self.post("prove/code", &fields).await
    }

    /// The button behind a mailed link.
    pub async fn open(&mut self, purpose: &str, token: &str) -> Answer {
        let fields = [
            ("realm", "customers"),
            ("purpose", purpose),
            ("token", token),
        ];
        self.post("reset-password/open", &fields).await
    }

    /// A new password, typed twice.
    pub async fn set_password(&mut self, new: &str) -> Answer {
        self.post("reset-password/set", &new_password(new)).await
    }
}

/// The fields of a new password.
pub fn new_password(new: &str) -> [(&str, &str); 3] {
    [
        ("realm", "customers"),
        ("new_password", new),
        ("repeat", new),
    ]
}

/// Fields as a form sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        body.append_pair(name, value);
    }
    body.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> Answer {
        Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: body.to_owned(),
        }
    }

    const PAGE: &str = r#"{"show": {
        "screen": {"code": {"kind": "totp", "frozen": false}},
        "refusals": [
            {"code": {"wait": {"seconds": 30}}, "field": "code"},
            {"code": "used_code", "field": "proof"}
        ],
        "news": {"factor_added": "pin"}
    }}"#;

    #[test]
    fn says_finds_values_and_not_names() {
        let page = answer(PAGE);
        assert!(page.says("totp") && page.says("used_code") && page.says("pin"));
        for name in ["kind", "frozen", "wait", "seconds", "refusals", "toto"] {
            assert!(!page.says(name), "{name}");
        }
        for other in ["<p>\"totp\"</p>", "\"pin\"", "[]", ""] {
            let other = answer(other);
            assert!(!other.says("totp") && !other.refuses("wait") && !other.shows("code"));
        }
    }

    #[test]
    fn finds_each_kind_of_name_only_where_it_belongs() {
        let page = answer(PAGE);
        assert!(page.shows("code") && !page.shows("totp"));
        assert!(page.asks_for("totp") && !page.asks_for("pin"));
        assert!(page.refuses("wait") && page.refuses("used_code") && !page.refuses("code"));
        assert!(page.refuses_at("proof", "used_code") && !page.refuses_at("code", "used_code"));
        assert!(page.shows_news("factor_added") && !page.tells("factor_added"));
    }

    #[test]
    fn tells_finds_only_the_news_of_the_address() {
        let on = answer(
            r#"{"go": {"path": "/phone?news=%7B%22factor_added%22%3A%22pin%22%7D&stamp=1.x"}}"#,
        );
        assert!(on.tells("factor_added") && !on.tells("pin") && !on.tells("phone"));
        assert!(on.leads_to("/phone") && !on.leads_to("/pho"));
        assert!(!answer(r#"{"go": {"path": "/factor_added?news="}}"#).tells("factor_added"));
    }
}
