//! Whether the node lives, and whether it is ready for callers.

use axum::http::StatusCode;
use flows::Services;
use std::{net::SocketAddr, process::ExitCode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The value that is written to see whether the database keeps it: when that was, in
/// milliseconds.
const WRITTEN: &str = "ready_at";

/// Milliseconds for which one write answers for all who ask.
const FRESH: i64 = 1000;

/// Ready: the database keeps what is written, passwords can be hashed, and nothing drains. A
/// mail server that is down makes nothing unready: messages wait.
pub async fn ready(services: &Services, draining: bool) -> (StatusCode, &'static str) {
    if draining {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n");
    }
    if !services.hasher.healthy() {
        return (StatusCode::SERVICE_UNAVAILABLE, "hashing\n");
    }
    let asked = async {
        let now = services.now();
        let last = services.store.read().await?.setting(WRITTEN).await?;
        let last = last.and_then(|millis| millis.parse::<i64>().ok());
        let age = last.map(|millis| now.millis() - millis);
        if age.is_some_and(|age| (0..FRESH).contains(&age)) {
            return Ok::<_, store::Error>(());
        }
        // Written, not only read: with a full disk a database answers and keeps nothing.
        let mut tx = services.store.begin().await?;
        tx.setting_put(WRITTEN, &now.millis().to_string()).await?;
        tx.commit().await
    };
    match tokio::time::timeout(std::time::Duration::from_secs(2), asked).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "database\n"),
    }
}

/// Asks a running portal; for container health checks.
///
/// # Errors
/// It could not be reached.
pub async fn ask(address: SocketAddr) -> Result<ExitCode, crate::start::Failed> {
    let mut stream = TcpStream::connect(address).await?;
    stream
        .write_all(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n")
        .await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let ready = answer.starts_with("HTTP/1.0 200") || answer.starts_with("HTTP/1.1 200");
    println!(
        "{}",
        answer.rsplit("\r\n").next().unwrap_or_default().trim()
    );
    Ok(if ready {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}
