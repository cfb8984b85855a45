//! Servers that do not answer, or are not there.

use super::{
    config, envelope,
    relay::{Manner, server},
};
use courier::{SendError, Smtp, SmtpConfig, Tls, Transport};
use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

#[tokio::test]
async fn a_silent_server_costs_no_more_than_the_limit() {
    for silent in ["GREETING", "EHLO", "MAIL", "RCPT", "DATA", "."] {
        let (port, _) = server(Manner {
            silent: Some(silent),
            ..Manner::default()
        })
        .await;
        let smtp = Smtp::new(&SmtpConfig {
            timeout_seconds: 1,
            ..config(port)
        })
        .unwrap();
        let start = Instant::now();
        let result = smtp.send(&envelope()).await;
        assert_eq!(
            result,
            Err(SendError::Later("no answer within 1 seconds".into())),
            "{silent}"
        );
        // It is given up, however busy this machine is.
        assert!(start.elapsed() < Duration::from_secs(20), "{silent}");
    }
}

#[tokio::test]
async fn a_letter_that_was_given_up_takes_its_connection_along() {
    let (port, heard) = server(Manner {
        silent: Some("RCPT"),
        ..Manner::default()
    })
    .await;
    let smtp = Smtp::new(&config(port)).unwrap();
    let envelope = envelope();
    for _ in 0..2 {
        let given_up = tokio::time::timeout(Duration::from_millis(300), smtp.send(&envelope)).await;
        assert!(given_up.is_err());
    }
    assert_eq!(heard.connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_closed_port_and_an_unknown_host_are_later() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let result = Smtp::new(&config(port)).unwrap().send(&envelope()).await;
    assert!(matches!(result, Err(SendError::Later(_))), "{result:?}");
    let unknown = SmtpConfig {
        url_host: "mail.invalid".into(),
        tls: Tls::Implicit,
        ..config(port)
    };
    let result = Smtp::new(&unknown).unwrap().send(&envelope()).await;
    assert!(matches!(result, Err(SendError::Later(_))), "{result:?}");
}
