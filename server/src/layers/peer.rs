//! The peer's address. A proxy's word is taken only from proxies that were
//! named; whatever else stands in such a header is ignored (XA10).

use app::server::Peer;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// Whether a proxy whose word is taken sent a request itself.
#[derive(Clone, Copy, Debug)]
pub struct FromProxy(pub bool);

/// Puts [`Peer`] and [`FromProxy`] into the request.
pub async fn layer(
    State(trusted): State<Arc<[IpAddr]>>,
    mut request: Request,
    next: Next,
) -> Response {
    let direct = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|c| c.0.ip().to_canonical());
    let address = match direct {
        Some(ip) if trusted.contains(&ip) => forwarded(&request, &trusted).unwrap_or(ip),
        Some(ip) => ip,
        None => IpAddr::from([0, 0, 0, 0]),
    };
    let from_proxy = direct.is_some_and(|ip| trusted.contains(&ip));
    request.extensions_mut().insert(FromProxy(from_proxy));
    request.extensions_mut().insert(Peer(address.to_string()));
    next.run(request).await
}

/// The rightmost address that no trusted proxy wrote about itself.
fn forwarded(request: &Request, trusted: &[IpAddr]) -> Option<IpAddr> {
    let mut hops = Vec::new();
    for value in request.headers().get_all("x-forwarded-for") {
        hops.extend(value.to_str().ok()?.split(',').map(str::trim));
    }
    for hop in hops.iter().rev().take(16) {
        let ip: IpAddr = hop.parse().ok()?;
        if !trusted.contains(&ip) {
            return Some(ip);
        }
    }
    None
}
