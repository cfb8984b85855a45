//! The way to a push service: its name is resolved once, every address of it
//! is judged, and the connection goes to an address that was judged. So a name
//! that answers one thing to the check and another to the connection (DNS
//! rebinding) gains nothing.

use super::address::is_public;
use super::allowed::{Endpoint, Site};
use super::failure::PushFailure;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    time::Duration,
};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// The longest that one address may take, so that one that is silent (IPv6
/// without a way out) leaves time for the next.
const PER_ADDRESS: Duration = Duration::from_secs(3);
/// How many addresses are tried.
const MOST_ADDRESSES: usize = 3;

/// Addresses on their way.
pub type Resolving<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Finds the addresses of a name.
pub trait Resolve: Send + Sync + 'static {
    /// All addresses of `host`, the best first.
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a>;
}

/// The machine's resolver.
struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 443)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// An address that may be connected to. Only [`judged`] and
/// [`Site::Local`] make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged(SocketAddr);

impl Judged {
    #[cfg(test)]
    pub(super) const fn address(self) -> SocketAddr {
        self.0
    }
}

pub(super) type Pinned<T> = Pin<Box<dyn Future<Output = T> + Send>>;
pub(super) type Opened = io::Result<Box<dyn Stream>>;

pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// What the way is made of; a test puts its own in.
pub(super) struct Way {
    pub(super) resolver: Box<dyn Resolve>,
    pub(super) dial: Box<dyn Fn(Judged) -> Pinned<Opened> + Send + Sync>,
    pub(super) sleep: Box<dyn Fn(Duration) -> Pinned<()> + Send + Sync>,
    pub(super) tls: Arc<ClientConfig>,
}

impl Way {
    /// The machine's resolver, TCP, and the roots that Mozilla trusts (as for
    /// mail).
    pub(super) fn new() -> Self {
        let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        Self {
            resolver: Box::new(SystemResolver),
            dial: Box::new(|to| Box::pin(dial(to))),
            sleep: Box::new(|limit| Box::pin(tokio::time::sleep(limit))),
            tls: trusting(roots),
        }
    }

    /// The output of `work`, unless it takes longer than `limit`.
    pub(super) async fn within<F: Future>(&self, limit: Duration, work: F) -> Option<F::Output> {
        tokio::select! {
            biased;
            done = work => Some(done),
            () = (self.sleep)(limit) => None,
        }
    }

    /// A connection to the endpoint: TLS with the name checked, or plain to
    /// this machine in a test.
    pub(super) async fn open(&self, endpoint: &Endpoint) -> Result<Box<dyn Stream>, PushFailure> {
        if let Site::Local(address) = endpoint.site {
            return self.connect(&[Judged(address)]).await;
        }
        let found = self.resolver.resolve(&endpoint.host).await;
        let found =
            found.map_err(|_| PushFailure::later("the name of the push service was not found"))?;
        let tcp = self.connect(&judged(&found)?).await?;
        let name =
            ServerName::try_from(endpoint.host.clone()).map_err(|_| PushFailure::Forbidden)?;
        let tls = TlsConnector::from(Arc::clone(&self.tls));
        match tls.connect(name, tcp).await {
            Ok(stream) => Ok(Box::new(stream)),
            Err(_) => Err(PushFailure::later(
                "no trusted connection to the push service",
            )),
        }
    }

    async fn connect(&self, addresses: &[Judged]) -> Result<Box<dyn Stream>, PushFailure> {
        for &address in addresses.iter().take(MOST_ADDRESSES) {
            if let Some(Ok(stream)) = self.within(PER_ADDRESS, (self.dial)(address)).await {
                return Ok(stream);
            }
        }
        Err(PushFailure::later("no connection to the push service"))
    }
}

/// The addresses of a push service with its port; none of them when one is not
/// public, because such a name is not that of a push service.
fn judged(found: &[IpAddr]) -> Result<Vec<Judged>, PushFailure> {
    if !found.iter().copied().all(is_public) {
        return Err(PushFailure::Forbidden);
    }
    Ok(found
        .iter()
        .map(|&ip| Judged(SocketAddr::new(ip, 443)))
        .collect())
}

async fn dial(Judged(address): Judged) -> Opened {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(Box::new(stream))
}

/// TLS by ring, said here so that the process need not have chosen it.
pub(crate) fn trusting(roots: RootCertStore) -> Arc<ClientConfig> {
    let mut config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring speaks the default versions of TLS")
            .with_root_certificates(roots)
            .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}
