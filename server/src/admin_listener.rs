//! What operators and their machines look at, on a listener of its own that no proxy
//! leads to: figures, and whether the node lives and is ready.

use crate::{cli::Serve, health, start::Failed};
use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use flows::Services;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch, time::timeout};

/// The text of Prometheus, as it is named.
const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// How long the database may take to say what waits.
const PATIENCE: Duration = Duration::from_secs(2);

/// What its answers rest on.
type Watched = (Arc<Services>, watch::Receiver<bool>);

/// Where it listens; `None` where nobody asked for it.
///
/// # Errors
/// Other machines reach the address, and nobody said that they may.
pub fn address(options: &Serve) -> Result<Option<SocketAddr>, Failed> {
    match options.admin_listen {
        Some(at) if !at.ip().is_loopback() && !options.admin_anywhere => Err(format!(
            "--admin-listen {at}: other machines reach it, and it asks nobody who they are; say --admin-anywhere where a network of its own keeps it apart"
        )
        .into()),
        address => Ok(address),
    }
}

/// Its pages.
pub fn router(services: Arc<Services>, draining: watch::Receiver<bool>) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/livez", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .with_state((services, draining))
}

async fn metrics(State((services, _)): State<Watched>) -> Response {
    let now = services.now();
    let asked = async { services.store.read().await?.outbox_waiting(now).await };
    // A database that is gone is told by what cannot be said, not by no answer at all.
    let waiting = timeout(PATIENCE, asked).await.ok().and_then(Result::ok);
    services.metrics.outbox(waiting, now);
    ([(header::CONTENT_TYPE, KIND)], services.metrics.text()).into_response()
}

async fn ready(State((services, draining)): State<Watched>) -> Response {
    let draining = *draining.borrow();
    health::ready(&services, draining).await.into_response()
}

/// Serves until the node is gone: while it drains, this is where it says so.
///
/// # Errors
/// The address is taken.
pub async fn start(at: SocketAddr, router: Router) -> Result<tokio::task::JoinHandle<()>, Failed> {
    let listener = TcpListener::bind(at)
        .await
        .map_err(|e| format!("--admin-listen {at}: {e}"))?;
    tracing::info!(address = %listener.local_addr()?, "figures for operators");
    Ok(tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "figures for operators: the listener ended");
        }
    }))
}
