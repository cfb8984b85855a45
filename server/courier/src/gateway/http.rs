//! One request on a connection of its own, and its small JSON answer.

use super::GatewayError;
use crate::{SendError, push::trusting};
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, pki_types::ServerName};
use std::{net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;
use url::Url;

/// The longest that one message may take.
pub const DEADLINE: Duration = Duration::from_secs(20);
/// Bytes of an answer that are read at most; gateways answer with some hundreds.
const MOST_READ: usize = 16 * 1024;

/// A request that is being written.
pub struct Draft {
    path: String,
    body: Vec<u8>,
    headers: Vec<(&'static str, String, bool)>,
}

impl Draft {
    pub fn post(path: String, body: Vec<u8>) -> Self {
        Self {
            path,
            body,
            headers: Vec::new(),
        }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into(), false));
        self
    }

    /// A header that nothing shows.
    pub fn secret(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value, true));
        self
    }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    body: serde_json::Value,
}

impl Answer {
    /// A text of the answer.
    pub fn text(&self, name: &str) -> Option<String> {
        let text = self.body.get(name)?.as_str()?;
        Some(text.chars().take(64).collect())
    }

    /// A number of the answer.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.body.get(name)?.as_i64()
    }
}

/// The way to one address.
pub struct Client {
    url: Url,
    host: String,
    port: u16,
    tls: Option<Arc<ClientConfig>>,
    pub deadline: Duration,
}

impl Client {
    pub fn new(url: &str) -> Result<Self, GatewayError> {
        let read = Url::parse(url).map_err(|e| GatewayError::Address(e.to_string()))?;
        let none = || GatewayError::Address(url.to_owned());
        let host = read.host_str().ok_or_else(none)?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let is_here =
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let tls = match read.scheme() {
            "https" => {
                let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
                Some(trusting(roots))
            }
            "http" if is_here => None,
            "http" => return Err(GatewayError::Plain),
            _ => return Err(none()),
        };
        Ok(Self {
            port: read.port_or_known_default().ok_or_else(none)?,
            url: read,
            host,
            tls,
            deadline: DEADLINE,
        })
    }

    /// The path of the address.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Sends a request, and reads the answer.
    ///
    /// # Errors
    /// [`SendError::Later`], always: whether it was taken is not known.
    pub async fn exchange(&self, draft: Draft) -> Result<Answer, SendError> {
        tokio::time::timeout(self.deadline, self.try_exchange(draft))
            .await
            .unwrap_or(Err("the gateway did not answer in time"))
            .map_err(|why| SendError::Later(why.to_owned()))
    }

    async fn try_exchange(&self, draft: Draft) -> Result<Answer, &'static str> {
        let authority = match self.url.port() {
            Some(port) => format!("{}:{port}", self.url.host_str().unwrap_or_default()),
            None => self.url.host_str().unwrap_or_default().to_owned(),
        };
        let mut request = Request::post(draft.path)
            .header(header::HOST, authority)
            .header(header::CONNECTION, "close");
        for (name, value, is_secret) in draft.headers {
            let mut value =
                HeaderValue::from_str(&value).map_err(|_| "a header cannot be written")?;
            value.set_sensitive(is_secret);
            request = request.header(name, value);
        }
        let request = request
            .body(Full::new(Bytes::from(draft.body)))
            .map_err(|_| "the request cannot be written")?;
        let tcp = TcpStream::connect((self.host.as_str(), self.port))
            .await
            .map_err(|_| "no connection to the gateway")?;
        match &self.tls {
            None => speak(tcp, request).await,
            Some(tls) => {
                let name = ServerName::try_from(self.host.clone())
                    .map_err(|_| "the gateway's name is none")?;
                let stream = TlsConnector::from(Arc::clone(tls))
                    .connect(name, tcp)
                    .await
                    .map_err(|_| "no trusted connection to the gateway")?;
                speak(stream, request).await
            }
        }
    }
}

async fn speak<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, &'static str>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    const BROKEN: &str = "the gateway broke off";
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MOST_READ)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|_| BROKEN)?;
    let exchange = async {
        let answer = sender.send_request(request).await.map_err(|_| BROKEN)?;
        let (head, body) = answer.into_parts();
        // An answer that is too long, or no JSON, has its status all the same.
        let body = Limited::new(body, MOST_READ).collect().await;
        let body = body.map(|body| body.to_bytes()).unwrap_or_default();
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            body: serde_json::from_slice(&body).unwrap_or_default(),
        })
    };
    let mut exchange = std::pin::pin!(exchange);
    tokio::select! {
        biased;
        answer = &mut exchange => answer,
        // The end of the connection may be the end of the answer.
        _ = connection => exchange.await,
    }
}
