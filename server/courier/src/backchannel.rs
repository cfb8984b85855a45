//! Tells an application's server something: one form, one answer, whose head alone is
//! read.
//!
//! The address comes from the policy file or from an administrator of the realm, and names
//! the application; it may well be a machine of the house. What keeps a name that leads
//! elsewhere (DNS rebinding) from gaining anything is TLS: the host answers for the name
//! by a certificate before anything is said. Plain HTTP goes to this machine alone.

use http::{
    Request, StatusCode,
    header::{CONNECTION, CONTENT_TYPE, HOST},
};
use http_body_util::Full;
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{fmt, net::IpAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::TlsConnector;
use url::{Host, Url};

/// The longest that one call may take, from the look-up of the name to the answer.
pub const DEADLINE: Duration = Duration::from_secs(10);
/// Bytes of an answer's head that are read at most.
const MOST_READ: usize = 16 * 1024;

/// Why an application was not told. The texts quote nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// It may work another time.
    #[error("{0}")]
    Later(&'static str),
    /// It never will.
    #[error("{0}")]
    Never(&'static str),
}

/// Calls applications.
pub struct Caller {
    tls: Arc<ClientConfig>,
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller").finish_non_exhaustive()
    }
}

impl Default for Caller {
    fn default() -> Self {
        Self::new()
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Caller {
    /// One that trusts the roots that Mozilla trusts, as for mail.
    pub fn new() -> Self {
        let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring speaks the default versions of TLS")
            .with_root_certificates(roots)
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self { tls: Arc::new(tls) }
    }

    /// Posts one field as a form. Redirects are not followed.
    ///
    /// # Errors
    /// Whether another try makes sense.
    pub async fn post(&self, address: &str, name: &str, value: &str) -> Result<(), CallError> {
        let url = Url::parse(address).map_err(|_| CallError::Never("no address"))?;
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair(name, value)
            .finish();
        let call = self.exchange(&url, form);
        let status = timeout(DEADLINE, call)
            .await
            .map_err(|_| CallError::Later("the application did not answer in time"))??;
        match status.as_u16() {
            200..=299 => Ok(()),
            408 | 429 | 500..=599 => Err(CallError::Later("the application has a fault")),
            _ => Err(CallError::Never("the application refused it")),
        }
    }

    async fn exchange(&self, url: &Url, body: String) -> Result<StatusCode, CallError> {
        const BROKEN: CallError = CallError::Later("the application broke off");
        let stream = self.open(url).await?;
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(MOST_READ)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|_| BROKEN)?;
        let host = url.host_str().unwrap_or_default();
        let host = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let request = Request::post(target)
            .header(HOST, host)
            .header(CONNECTION, "close")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| CallError::Never("no address"))?;
        let mut answer = pin!(sender.send_request(request));
        let answer = tokio::select! {
            biased;
            answer = &mut answer => answer,
            // The end of the connection may be the end of the answer.
            _ = connection => answer.await,
        };
        Ok(answer.map_err(|_| BROKEN)?.status())
    }

    async fn open(&self, url: &Url) -> Result<Box<dyn Stream>, CallError> {
        const NOBODY: CallError = CallError::Later("no connection to the application");
        let port = url.port_or_known_default().unwrap_or(443);
        let local = match url.host() {
            Some(Host::Domain("localhost")) => Some(IpAddr::from([127, 0, 0, 1])),
            Some(Host::Ipv4(ip)) if ip.is_loopback() => Some(ip.into()),
            Some(Host::Ipv6(ip)) if ip.is_loopback() => Some(ip.into()),
            _ => None,
        };
        match (url.scheme(), local, url.host_str()) {
            ("http", Some(ip), _) => {
                let stream = TcpStream::connect((ip, port)).await.map_err(|_| NOBODY)?;
                Ok(Box::new(stream))
            }
            ("https", None, Some(host)) => {
                let found = lookup_host((host, port)).await;
                let found: Vec<_> = found.map_err(|_| NOBODY)?.collect();
                if found.iter().any(|a| is_own(a.ip())) {
                    return Err(CallError::Never("the name leads to this machine"));
                }
                let tcp = TcpStream::connect(found.as_slice()).await;
                let tcp = tcp.map_err(|_| NOBODY)?;
                let name = ServerName::try_from(host.to_owned());
                let name = name.map_err(|_| CallError::Never("no address"))?;
                let tls = TlsConnector::from(Arc::clone(&self.tls));
                let stream = tls.connect(name, tcp).await;
                let stream = stream
                    .map_err(|_| CallError::Later("no trusted connection to the application"))?;
                Ok(Box::new(stream))
            }
            _ => Err(CallError::Never(
                "an application is called by https, or on this machine",
            )),
        }
    }
}

/// This machine, its neighbours on the wire (where clouds keep their metadata), or nobody.
const fn is_own(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            v4.is_loopback() || v4.is_link_local() || v4.is_unspecified() || v4.is_multicast()
        }
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unicast_link_local()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.to_ipv4_mapped().is_some()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_where_it_may_go() {
        let caller = Caller::new();
        for address in [
            "http://app.example/logout",
            "http://10.0.0.1/logout",
            "https://localhost/logout",
            "https://127.0.0.1/logout",
            "https://169.254.169.254/logout",
            "ftp://app.example/",
            "no address",
        ] {
            let told = caller.post(address, "a", "b").await;
            assert!(
                matches!(told, Err(CallError::Never(_))),
                "{address}: {told:?}"
            );
        }
    }
}
