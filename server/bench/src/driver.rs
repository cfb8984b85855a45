//! The driver: HTTP over connections that stay open, so many requests in
//! flight as there are connections.

use crate::{Failed, stream::Stream};
use axum::{
    body::Bytes,
    http::{
        HeaderMap, Request, Response, StatusCode,
        header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE, USER_AGENT},
        request::Builder,
    },
};
use domain::screen::Answer;
use http_body_util::{BodyExt, Full};
use hyper::{
    body::Incoming,
    client::conn::http1::{SendRequest, handshake},
};
use hyper_util::rt::TokioIo;
use std::{cell::RefCell, collections::BTreeMap, net::SocketAddr, rc::Rc};
use tokio::{net::TcpStream, task::JoinSet};

/// The media type of a stream of events.
const EVENTS: &str = "text/event-stream";

/// Where requests go.
#[derive(Clone, Debug)]
pub struct Target {
    /// The address.
    pub address: SocketAddr,
    /// The name that it is called by.
    pub host: String,
}

impl Target {
    /// A target on this machine, by the name that browsers trust.
    pub fn local(address: SocketAddr) -> Self {
        Self {
            address,
            host: format!("localhost:{}", address.port()),
        }
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answered {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as it was sent.
    pub body: Bytes,
}

impl Answered {
    /// A header as text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// What our own pages read in it; `None` where it is no such answer.
    pub fn read(&self) -> Option<Answer> {
        if self.status != StatusCode::OK {
            return None;
        }
        serde_json::from_slice(&self.body).ok()
    }

    /// What is said when this is not the answer that should have come.
    pub fn unexpected(&self, to: &str) -> Failed {
        let text: String = self.text().chars().take(300).collect();
        format!("wrong answer to {to}: {} {text}", self.status).into()
    }
}

/// A connection that stays open.
#[derive(Debug)]
pub struct Connection {
    host: String,
    send: SendRequest<Full<Bytes>>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// Nobody listens.
    pub async fn open(target: &Target) -> Result<Self, Failed> {
        let stream = TcpStream::connect(target.address).await?;
        stream.set_nodelay(true)?;
        let (send, connection) = handshake(TokioIo::new(stream)).await?;
        // How it ends shows at the next request.
        tokio::spawn(async move { drop(connection.await) });
        Ok(Self {
            host: target.host.clone(),
            send,
        })
    }

    /// Asks for a page or a file.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn get(&mut self, path: &str, more: &[(&str, &str)]) -> Result<Answered, Failed> {
        let request = Request::get(path).header(ACCEPT, "text/html, */*");
        self.ask(with(request, more), String::new()).await
    }

    /// Posts fields, as the script of our own pages does.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn post(
        &mut self,
        path: &str,
        cookies: &Jar,
        fields: &[(&str, &str)],
    ) -> Result<Answered, Failed> {
        let mut request = Request::post(path)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        if !cookies.0.is_empty() {
            request = request.header(COOKIE, cookies.header());
        }
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", flows::pages::encode(value)))
            .collect();
        self.ask(request, fields.join("&")).await
    }

    /// Listens to a stream of events, which takes the connection up.
    ///
    /// # Errors
    /// The connection broke, or the answer is another one.
    pub async fn listen(mut self, path: &str, cookies: &Jar) -> Result<Stream, Failed> {
        let request = Request::get(path)
            .header(ACCEPT, EVENTS)
            .header(COOKIE, cookies.header());
        let response = self.begin(request, String::new()).await?;
        let kind = response.headers().get(CONTENT_TYPE);
        if response.status() == StatusCode::OK && kind.is_some_and(|kind| kind == EVENTS) {
            return Ok(Stream::of(self, response.into_body()));
        }
        Err(whole(response).await?.unexpected(path))
    }

    async fn ask(&mut self, request: Builder, body: String) -> Result<Answered, Failed> {
        whole(self.begin(request, body).await?).await
    }

    /// Sends a request; gives its answer as soon as that begins.
    async fn begin(
        &mut self,
        request: Builder,
        body: String,
    ) -> Result<Response<Incoming>, Failed> {
        let request = request
            .header(HOST, &self.host)
            .header(
                USER_AGENT,
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) bench",
            )
            .body(Full::from(body))?;
        self.send.ready().await?;
        Ok(self.send.send_request(request).await?)
    }
}

async fn whole(response: Response<Incoming>) -> Result<Answered, Failed> {
    let (head, body) = response.into_parts();
    Ok(Answered {
        status: head.status,
        headers: head.headers,
        body: body.collect().await?.to_bytes(),
    })
}

fn with(mut request: Builder, headers: &[(&str, &str)]) -> Builder {
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request
}

/// The cookies of one browser. Their attributes are for real ones.
#[derive(Clone, Debug, Default)]
pub struct Jar(BTreeMap<String, String>);

impl Jar {
    /// Puts a cookie in.
    pub fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }

    /// Keeps what an answer sets.
    pub fn keep(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap_or_default().split(';').next();
            if let Some((name, value)) = pair.and_then(|pair| pair.split_once('=')) {
                self.put(name.trim(), value.trim());
            }
        }
    }

    /// A cookie's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The `Cookie` header.
    pub fn header(&self) -> String {
        let pairs: Vec<_> = self.0.iter().map(|(n, v)| format!("{n}={v}")).collect();
        pairs.join("; ")
    }
}

/// Connections, each with one request in flight.
#[derive(Debug)]
pub struct Driver(Vec<Connection>);

impl Driver {
    /// Opens so many connections.
    ///
    /// # Errors
    /// Nobody listens.
    pub async fn open(target: &Target, connections: usize) -> Result<Self, Failed> {
        let mut open = Vec::with_capacity(connections);
        for _ in 0..connections {
            open.push(Connection::open(target).await?);
        }
        Ok(Self(open))
    }

    /// Works through items: each connection takes the next one when it is done
    /// with its last. What comes out is in the order in which it was finished.
    ///
    /// # Errors
    /// The first that any of them had.
    pub async fn all<I, T, W>(&mut self, items: Vec<I>, work: W) -> Result<Vec<T>, Failed>
    where
        I: 'static,
        T: 'static,
        W: AsyncFn(&mut Connection, I) -> Result<T, Failed> + 'static,
    {
        let items = Rc::new(RefCell::new(items.into_iter()));
        let done = Rc::new(RefCell::new(Vec::new()));
        let work = Rc::new(work);
        let mut tasks = JoinSet::new();
        for mut connection in self.0.drain(..) {
            let (items, done, work) = (Rc::clone(&items), Rc::clone(&done), Rc::clone(&work));
            tasks.spawn_local(async move {
                loop {
                    let Some(item) = items.borrow_mut().next() else {
                        return Ok::<_, Failed>(connection);
                    };
                    let out = work(&mut connection, item).await?;
                    done.borrow_mut().push(out);
                }
            });
        }
        while let Some(ended) = tasks.join_next().await {
            self.0.push(ended??);
        }
        Ok(done.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_jar_keeps_the_last_of_each_name() {
        let mut headers = HeaderMap::new();
        for cookie in [
            "__Host-browser=abc; Path=/; Secure; HttpOnly",
            "lang=de; Max-Age=5",
            "no cookie",
        ] {
            headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
        }
        let mut jar = Jar::default();
        jar.put("lang", "en");
        jar.keep(&headers);
        assert_eq!(jar.header(), "__Host-browser=abc; lang=de");
        assert_eq!(jar.get("__Host-browser"), Some("abc"));
        assert_eq!(jar.get("Path"), None);
    }
}
