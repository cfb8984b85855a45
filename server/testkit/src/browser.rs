//! A browser without a window, and what comes back to it.

use crate::{SESSION, World};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header},
};
use http_body_util::BodyExt;
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

    /// Its JSON holds this word: the code of a refusal, a kind of factor.
    pub fn says(&self, word: &str) -> bool {
        self.body.contains(&format!("\"{word}\""))
    }

    /// It leads on with this news (which stands percent-encoded in an address).
    pub fn tells(&self, news: &str) -> bool {
        self.body.contains(news) && self.body.contains("?news=")
    }

    /// Whether it shows a page that refuses something for this reason.
    pub fn refuses(&self, code: &str) -> bool {
        self.body.contains(&format!("\"code\":\"{code}\""))
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
