//! Letters and passwords over TLS, and over nothing less.

use super::{
    config, envelope,
    relay::{Manner, server},
};
use courier::{SendError, Smtp, SmtpConfig, Tls, Transport};
use domain::secret::Secret;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio_rustls::TlsAcceptor;

/// A server certificate for 127.0.0.1 and the file that a client trusts.
fn certificate() -> (TlsAcceptor, PathBuf) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned(), "localhost".to_owned()])
        .unwrap();
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!(
        "ca-{}-{}.pem",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::SeqCst)
    );
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, made.cert.pem()).unwrap();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), file)
}

fn with_password(config: SmtpConfig) -> SmtpConfig {
    SmtpConfig {
        user: Some("rekey".into()),
        password: Some(Secret::new("a password of the relay")),
        ..config
    }
}

#[tokio::test]
async fn signs_in_and_sends_over_tls() {
    for tls in [Tls::Starttls, Tls::Implicit] {
        let (acceptor, file) = certificate();
        let (port, heard) = server(Manner {
            offers: vec!["STARTTLS", "AUTH PLAIN LOGIN"],
            acceptor: Some(acceptor),
            implicit: tls == Tls::Implicit,
            ..Manner::default()
        })
        .await;
        let config = with_password(SmtpConfig {
            tls,
            ca_file: Some(file.clone()),
            ..config(port)
        });
        let smtp = Smtp::new(&config).unwrap();
        assert_eq!(smtp.check().await, Ok(()), "{tls:?}");
        assert_eq!(smtp.send(&envelope()).await, Ok(()), "{tls:?}");
        let lines = heard.lines();
        assert_eq!(heard.letters().len(), 1);
        let auth = lines
            .iter()
            .position(|l| l.starts_with("AUTH PLAIN"))
            .unwrap();
        let safe = lines
            .iter()
            .position(|l| l == "STARTTLS")
            .map_or(0, |at| at + 1);
        assert!(safe <= auth, "{lines:?}");
        std::fs::remove_file(file).unwrap();
    }
}

#[tokio::test]
async fn a_refused_password_is_later_and_not_told() {
    let (port, heard) = server(Manner {
        offers: vec!["AUTH PLAIN"],
        answers: vec![("AUTH", "535 5.7.8 no")],
        ..Manner::default()
    })
    .await;
    let result = Smtp::new(&with_password(config(port)))
        .unwrap()
        .send(&envelope())
        .await;
    let Err(SendError::Later(why)) = result else {
        panic!("{result:?}")
    };
    assert!(!why.contains("password of the relay"), "{why}");
    assert!(heard.letters().is_empty());
}

#[tokio::test]
async fn without_starttls_or_with_a_stranger_nothing_is_sent() {
    let (acceptor, file) = certificate();
    let (_, other) = certificate();
    // Somebody took STARTTLS out of the greeting.
    let (port, heard) = server(Manner {
        offers: vec!["AUTH PLAIN"],
        ..Manner::default()
    })
    .await;
    let starttls = SmtpConfig {
        tls: Tls::Starttls,
        ca_file: Some(file.clone()),
        ..config(port)
    };
    let result = Smtp::new(&with_password(starttls))
        .unwrap()
        .send(&envelope())
        .await;
    assert!(matches!(result, Err(SendError::Later(_))), "{result:?}");
    let lines = heard.lines().join("\n");
    assert!(
        !lines.contains("AUTH") && !lines.contains("MAIL"),
        "{lines}"
    );

    // The certificate is somebody else's, or not one that the world trusts.
    for ca_file in [Some(other.clone()), None] {
        let (port, heard) = server(Manner {
            offers: vec!["STARTTLS", "AUTH PLAIN"],
            acceptor: Some(acceptor.clone()),
            ..Manner::default()
        })
        .await;
        let starttls = SmtpConfig {
            tls: Tls::Starttls,
            ca_file,
            ..config(port)
        };
        let result = Smtp::new(&with_password(starttls))
            .unwrap()
            .send(&envelope())
            .await;
        assert!(matches!(result, Err(SendError::Later(_))), "{result:?}");
        assert!(!heard.lines().join("\n").contains("AUTH"));
    }
    for file in [file, other] {
        std::fs::remove_file(file).unwrap();
    }
}
