//! Taking connections: for how long a caller may take to say what it wants, and how many of
//! them there may be.

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::layers::limits::network;

/// How long the request line and the headers may take, from the moment at which a
/// connection could take them. 9,000 connections that never finished theirs held 178 MB.
pub const HEADERS: Duration = Duration::from_secs(50);

/// Connections of one network: seven for each of some 280 colleagues in one office.
const MOST_OF_A_NETWORK: u32 = 2000;

/// Connections in all.
const MOST: u32 = 10_000;

/// Who is connected. Networks are counted by [`network`]; proxies whose word is taken stand
/// for everybody behind them and only count in all.
#[derive(Debug, Default)]
struct Connected {
    all: u32,
    by_network: HashMap<String, u32>,
}

/// One connection, counted for as long as it lives.
struct Place {
    connected: Arc<Mutex<Connected>>,
    network: Option<String>,
}

impl Place {
    /// `None` where there are as many as there may be.
    fn take(connected: &Arc<Mutex<Connected>>, network: Option<String>) -> Option<Self> {
        let mut now = connected.lock().unwrap_or_else(PoisonError::into_inner);
        let of_network = network.as_ref().and_then(|one| now.by_network.get(one));
        if now.all >= MOST || of_network.is_some_and(|count| *count >= MOST_OF_A_NETWORK) {
            return None;
        }
        now.all += 1;
        if let Some(network) = &network {
            *now.by_network.entry(network.clone()).or_default() += 1;
        }
        drop(now);
        Some(Self {
            connected: Arc::clone(connected),
            network,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut now = self
            .connected
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        now.all -= 1;
        let Some(network) = &self.network else { return };
        if let Some(count) = now.by_network.get_mut(network) {
            *count -= 1;
            if *count == 0 {
                now.by_network.remove(network);
            }
        }
    }
}

/// Serves until `stopping` ends, with so much time for the headers of a request; then takes no more connections, and ends when the requests
/// that run have their answers.
///
/// # Errors
/// None today: a connection that breaks is its caller's.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    proxies: Vec<IpAddr>,
    headers: Duration,
    stopping: impl Future<Output = ()>,
) -> io::Result<()> {
    let connected = Arc::new(Mutex::new(Connected::default()));
    let graceful = GracefulShutdown::new();
    let mut stopping = pin!(stopping);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    pause_after(&error).await;
                    continue;
                }
            },
            () = &mut stopping => break,
        };
        let ip = peer.ip().to_canonical();
        let network = (!proxies.contains(&ip)).then(|| network(&ip.to_string()));
        // Closed at once: whoever opens so many does not wait for a page.
        if let Some(place) = Place::take(&connected, network) {
            talk(&graceful, router.clone(), headers, stream, peer, place);
        }
    }
    drop(listener);
    graceful.shutdown().await;
    Ok(())
}

/// Answers the requests of one connection, in a task of its own.
fn talk(
    graceful: &GracefulShutdown,
    router: Router,
    headers: Duration,
    stream: TcpStream,
    peer: SocketAddr,
    place: Place,
) {
    // Answers are short and written whole: nothing is gained by waiting for more.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(headers)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // Broken off, or late with its headers: nothing is left to be told.
        let _ = connection.await;
        drop(place);
    });
}

/// A caller that is gone already is nobody's fault; with no file descriptor left, others
/// have to close one first.
async fn pause_after(error: &io::Error) {
    let gone = [
        io::ErrorKind::ConnectionRefused,
        io::ErrorKind::ConnectionAborted,
        io::ErrorKind::ConnectionReset,
    ];
    if !gone.contains(&error.kind()) {
        tracing::error!(%error, "no connection could be taken");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;

    #[tokio::test]
    async fn a_caller_that_never_ends_its_headers_is_let_go() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};

        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().route("/", axum::routing::get(async || "here"));
        let soon = Duration::from_millis(50);
        let served = tokio::spawn(serve(listener, router, Vec::new(), soon, pending()));
        let mut said = String::new();
        let mut whole = TcpStream::connect(address).await.expect("connects");
        let request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        whole.write_all(request).await.expect("writes");
        whole.read_to_string(&mut said).await.expect("reads");
        assert!(said.ends_with("here"), "{said}");
        let mut slow = TcpStream::connect(address).await.expect("connects");
        slow.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
            .await
            .expect("writes");
        // Ends when the connection does, and not before.
        let mut rest = Vec::new();
        slow.read_to_end(&mut rest).await.expect("is closed");
        served.abort();
    }

    #[test]
    fn a_network_takes_its_share_and_gives_it_back() {
        let connected = Arc::new(Mutex::new(Connected::default()));
        let office = || Place::take(&connected, Some("198.51.100.7".to_owned()));
        let mut held: Vec<_> = (0..MOST_OF_A_NETWORK).map(|_| office()).collect();
        assert!(held.iter().all(Option::is_some));
        assert!(office().is_none(), "one too many");
        assert!(Place::take(&connected, Some("203.0.113.9".to_owned())).is_some());
        let proxy: Vec<_> = (0..MOST)
            .map_while(|_| Place::take(&connected, None))
            .collect();
        assert_eq!(
            proxy.len(),
            (MOST - MOST_OF_A_NETWORK) as usize,
            "and no more in all"
        );
        drop(proxy);
        held.pop();
        assert!(office().is_some(), "its place is free again");
    }
}
