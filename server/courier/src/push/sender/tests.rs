//! The whole way over HTTPS, with the network and the clock in the test's hand.

use super::super::way::{Pinned, Resolving, trusting};
use super::*;
use rustls::{RootCertStore, ServerConfig, pki_types::PrivatePkcs8KeyDer};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::{Notify, mpsc};
use tokio_rustls::TlsAcceptor;

const SUBSCRIPTION: &str = r#"{"endpoint":"https://fcm.googleapis.com/fcm/send/x","keys":{
    "p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth":"BTBZMqHH6r4Tts7J_aSIgg"}}"#;

/// Answers one list after the other, then the last one for ever.
struct Answers {
    lists: Vec<Vec<IpAddr>>,
    asked: Arc<AtomicUsize>,
}

impl Resolve for Answers {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        assert_eq!(host, "fcm.googleapis.com");
        let at = self.asked.fetch_add(1, Ordering::SeqCst);
        let list = self.lists[at.min(self.lists.len() - 1)].clone();
        Box::pin(async move { Ok(list) })
    }
}

/// What the test sees of a sender's way.
struct World {
    sender: Sender,
    dialled: Arc<Mutex<Vec<SocketAddr>>>,
    asked: Arc<AtomicUsize>,
    /// The other ends of the connections.
    lines: Option<mpsc::UnboundedReceiver<DuplexStream>>,
    acceptor: TlsAcceptor,
    /// Ends the deadline.
    alarm: Arc<Notify>,
}

fn ips(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// A sender in a world where the name resolves to `lists` and a certificate for
/// `name` is trusted. No time passes but by the alarm.
fn world(lists: &[&[&str]], name: &str) -> World {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key.into())
            .unwrap();

    let vapid = VapidKey::from_secret(&[7; 32], "mailto:id@rekey.example").unwrap();
    let mut sender = Sender::new(vapid, Allowed::of_browsers(), Timestamp::default, || {
        [1; DRAW]
    });
    let asked = Arc::new(AtomicUsize::new(0));
    let dialled = Arc::new(Mutex::new(Vec::new()));
    let alarm = Arc::new(Notify::new());
    let (line, lines) = mpsc::unbounded_channel();
    sender.way.resolver = Box::new(Answers {
        lists: lists.iter().map(|list| ips(list)).collect(),
        asked: Arc::clone(&asked),
    });
    sender.way.tls = trusting(roots);
    sender.way.dial = {
        let dialled = Arc::clone(&dialled);
        Box::new(move |to| {
            dialled.lock().unwrap().push(to.address());
            let (ours, theirs) = tokio::io::duplex(64 * 1024);
            line.send(theirs).unwrap();
            Box::pin(async move { Ok(Box::new(ours) as _) })
        })
    };
    sender.way.sleep = {
        let alarm = Arc::clone(&alarm);
        Box::new(move |limit| -> Pinned<()> {
            let alarm = Arc::clone(&alarm);
            Box::pin(async move {
                if limit != DEADLINE {
                    std::future::pending::<()>().await;
                }
                alarm.notified().await;
            })
        })
    };
    World {
        sender,
        dialled,
        asked,
        lines: Some(lines),
        acceptor: TlsAcceptor::from(Arc::new(config)),
        alarm,
    }
}

impl World {
    async fn send(&self) -> Result<(), PushFailure> {
        let subscription = Subscription::parse(SUBSCRIPTION, self.sender.allowed()).unwrap();
        self.sender
            .send(&subscription, b"hello", 60, Urgency::High, None)
            .await
    }

    fn dialled(&self) -> Vec<SocketAddr> {
        self.dialled.lock().unwrap().clone()
    }
}

/// Both ends of one message. A sender that ends without a connection fails the
/// test, which would wait for one otherwise.
async fn both<T>(
    world: &World,
    send: impl Future<Output = Result<(), PushFailure>>,
    line: impl Future<Output = T>,
) -> (Result<(), PushFailure>, T) {
    let (mut send, mut line) = (pin!(send), pin!(line));
    tokio::select! {
        biased;
        said = &mut line => (send.await, said),
        sent = &mut send => {
            assert!(!world.dialled().is_empty(), "no connection: {sent:?}");
            (sent, line.await)
        }
    }
}

/// Reads a whole request, and says its head.
async fn request(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> String {
    let mut read = Vec::new();
    loop {
        let byte = stream.read_u8().await.unwrap();
        read.push(byte);
        if read.ends_with(b"\r\n\r\n") {
            break;
        }
    }
    let mut body = [0; BODY];
    stream.read_exact(&mut body).await.unwrap();
    String::from_utf8(read).unwrap()
}

#[tokio::test]
async fn https_goes_to_the_address_that_was_judged() {
    // Later answers lead inside: a name is asked once.
    let mut world = world(&[&["1.2.3.4"], &["127.0.0.1"]], "fcm.googleapis.com");
    let mut lines = world.lines.take().unwrap();
    let line = async {
        let line = lines.recv().await.unwrap();
        let mut stream = world.acceptor.accept(line).await.unwrap();
        assert_eq!(stream.get_ref().1.server_name(), Some("fcm.googleapis.com"));
        let head = request(&mut stream).await;
        stream
            .write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n")
            .await
            .unwrap();
        (stream, head)
    };
    let (sent, (_stream, head)) = both(&world, world.send(), line).await;
    assert_eq!(sent, Ok(()));
    assert!(head.starts_with("POST /fcm/send/x HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nhost: fcm.googleapis.com\r\n"), "{head}");
    assert!(!head.contains("\r\ntopic:"), "{head}");
    assert_eq!(world.dialled(), ["1.2.3.4:443".parse().unwrap()]);
    assert_eq!(world.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_name_that_leads_inside_is_forbidden() {
    for list in [
        &["127.0.0.1"] as &[&str],
        &["10.0.0.1"],
        &["100.64.0.1"],
        &["169.254.169.254"],
        &["192.0.2.1"],
        &["224.0.0.1"],
        &["::1"],
        &["fe80::1"],
        &["fd00::1"],
        &["::ffff:10.0.0.1"],
        &["64:ff9b::10.0.0.1"],
        &["1.2.3.4", "10.0.0.1"],
        &["2a00:1450:4001::1", "1.2.3.4", "1.2.3.5", "::1"],
    ] {
        let mut world = world(&[list], "fcm.googleapis.com");
        world.sender.way.dial = Box::new(|to| panic!("a connection to {to:?}"));
        assert_eq!(world.send().await, Err(PushFailure::Forbidden), "{list:?}");
    }
}

#[tokio::test]
async fn a_name_without_addresses_is_later() {
    let world = world(&[&[]], "fcm.googleapis.com");
    assert!(matches!(world.send().await, Err(PushFailure::Later { .. })));
}

#[tokio::test]
async fn addresses_that_do_not_answer_leave_time_for_others() {
    let mut world = world(
        &[&["2a00:1450:4001::1", "1.2.3.4", "1.2.3.5", "1.2.3.6"]],
        "fcm.googleapis.com",
    );
    // The first is silent, the others refuse; time for one address is up at
    // once.
    let dialled = Arc::clone(&world.dialled);
    world.sender.way.dial = Box::new(move |to| {
        dialled.lock().unwrap().push(to.address());
        Box::pin(async move {
            if to.address().is_ipv6() {
                std::future::pending::<()>().await;
            }
            Err(std::io::ErrorKind::ConnectionRefused.into())
        })
    });
    world.sender.way.sleep = Box::new(|limit| {
        Box::pin(async move {
            if limit == DEADLINE {
                std::future::pending::<()>().await;
            }
        })
    });
    assert_eq!(
        world.send().await,
        Err(PushFailure::later("no connection to the push service"))
    );
    let dialled = world.dialled();
    assert_eq!(dialled.len(), 3);
    assert_eq!(dialled[0], "[2a00:1450:4001::1]:443".parse().unwrap());
}

#[tokio::test]
async fn a_certificate_of_another_name_or_nobody_is_later() {
    for (name, trusted) in [("evil.example", true), ("fcm.googleapis.com", false)] {
        let mut world = world(&[&["1.2.3.4"]], name);
        if !trusted {
            // The roots of the real way.
            world.sender.way.tls = Way::new().tls;
        }
        let mut lines = world.lines.take().unwrap();
        let line = async {
            let line = lines.recv().await.unwrap();
            // The client breaks off, with an alert.
            assert!(world.acceptor.accept(line).await.is_err(), "{name}");
        };
        let (sent, ()) = both(&world, world.send(), line).await;
        let untrusted = PushFailure::later("no trusted connection to the push service");
        assert_eq!(sent, Err(untrusted), "{name}");
    }
}

/// Where a push service falls silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Silent {
    Name,
    Connection,
    Handshake,
    Answer,
    HalfOfTheHead,
}

/// A resolver that never answers, and rings when it is asked.
struct Mute(Arc<Notify>);

impl Resolve for Mute {
    fn resolve<'a>(&'a self, _: &'a str) -> Resolving<'a> {
        self.0.notify_one();
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn the_deadline_ends_silence_wherever_it_is() {
    for silent in [
        Silent::Name,
        Silent::Connection,
        Silent::Handshake,
        Silent::Answer,
        Silent::HalfOfTheHead,
    ] {
        let mut world = world(&[&["1.2.3.4"]], "fcm.googleapis.com");
        // The alarm is rung where the silence begins and not before.
        let alarm = Arc::clone(&world.alarm);
        if silent == Silent::Name {
            world.sender.way.resolver = Box::new(Mute(Arc::clone(&alarm)));
        }
        if silent == Silent::Connection {
            let alarm = Arc::clone(&alarm);
            world.sender.way.dial = Box::new(move |_| {
                alarm.notify_one();
                Box::pin(std::future::pending())
            });
        }
        let mut lines = world.lines.take().unwrap();
        let line = async {
            let Some(mut line) = lines.recv().await else {
                return std::future::pending().await;
            };
            if silent == Silent::Handshake {
                line.read_u8().await.unwrap();
                alarm.notify_one();
                return std::future::pending().await;
            }
            let mut stream = world.acceptor.accept(line).await.unwrap();
            request(&mut stream).await;
            if silent == Silent::HalfOfTheHead {
                stream
                    .write_all(b"HTTP/1.1 201 Created\r\nx: ")
                    .await
                    .unwrap();
            }
            alarm.notify_one();
            std::future::pending::<()>().await;
        };
        let sent = tokio::select! {
            sent = world.send() => sent,
            () = line => unreachable!(),
        };
        let slow = PushFailure::later("the push service did not answer in time");
        assert_eq!(sent, Err(slow), "{silent:?}");
    }
}

#[tokio::test]
async fn a_broken_source_of_randomness_sends_nothing() {
    let mut world = world(&[&["1.2.3.4"]], "fcm.googleapis.com");
    world.sender.draw = Box::new(|| [0; DRAW]);
    assert_eq!(
        world.send().await,
        Err(PushFailure::later("no randomness to encrypt with"))
    );
    assert!(world.dialled().is_empty());
}

#[test]
fn topics_fit_into_a_header() {
    for (text, fits) in [
        ("sign-in_1", true),
        (&*"x".repeat(32), true),
        (&*"x".repeat(33), false),
        ("", false),
        ("a b", false),
        ("a\r\nX-Evil: 1", false),
        ("ä", false),
        ("a=", false),
    ] {
        assert_eq!(Topic::new(text).is_some(), fits, "{text:?}");
    }
}
