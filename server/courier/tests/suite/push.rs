//! Web Push against a push service on this machine, read by other code than
//! ours (ring) with the keys of a browser.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Response, StatusCode, Uri, header},
};
use courier::push::{
    Allowed, BODY, DRAW, MOST_PAYLOAD, PushFailure, Resolve, Resolving, Sender, Subscription,
    Topic, Urgency, VapidKey,
};
use data_encoding::BASE64URL_NOPAD;
use domain::Timestamp;
use futures_util::stream;
use ring::{aead, agreement, hkdf, rand::SystemRandom, signature};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const CONTACT: &str = "mailto:id@rekey.example";
const AUTH: [u8; 16] = *b"sixteen bytes :)";

/// The time of these tests.
const fn now() -> Timestamp {
    Timestamp::from_millis(1_000_000_000_000)
}

// ── The browser ────────────────────────────────────────────────────────────

/// A browser's half of a subscription. ring lets a key be used once, so each
/// reads one message.
struct Browser {
    private: agreement::EphemeralPrivateKey,
    public: Vec<u8>,
}

impl Browser {
    fn new() -> Self {
        let private =
            agreement::EphemeralPrivateKey::generate(&agreement::ECDH_P256, &SystemRandom::new())
                .unwrap();
        let public = private.compute_public_key().unwrap().as_ref().to_vec();
        Self { private, public }
    }

    fn subscription(&self, endpoint: &str, allowed: &Allowed) -> Subscription {
        let json = serde_json::json!({
            "endpoint": endpoint,
            "expirationTime": null,
            "keys": {
                "p256dh": BASE64URL_NOPAD.encode(&self.public),
                "auth": BASE64URL_NOPAD.encode(&AUTH),
            },
        });
        Subscription::parse(&json.to_string(), allowed).unwrap()
    }

    /// RFC 8291, 3 and RFC 8188, 2, from the receiver's side.
    fn open(self, body: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(16);
        let (size, rest) = rest.split_at(4);
        let size = u32::from_be_bytes(size.try_into().unwrap());
        let (length, rest) = rest.split_first().unwrap();
        let (sender, record) = rest.split_at(usize::from(*length));
        assert!(record.len() <= usize::try_from(size).unwrap(), "one record");
        let peer = agreement::UnparsedPublicKey::new(&agreement::ECDH_P256, sender);
        let info = [b"WebPush: info\0", &*self.public, sender].concat();
        let input = agreement::agree_ephemeral(self.private, &peer, |shared| {
            expand::<32>(&AUTH, shared, &info)
        })
        .unwrap();
        let key = expand::<16>(salt, &input, b"Content-Encoding: aes128gcm\0");
        let nonce = expand::<12>(salt, &input, b"Content-Encoding: nonce\0");
        let key = aead::UnboundKey::new(&aead::AES_128_GCM, &key).unwrap();
        let mut record = record.to_vec();
        let plain = aead::LessSafeKey::new(key)
            .open_in_place(
                aead::Nonce::assume_unique_for_key(nonce),
                aead::Aad::empty(),
                &mut record,
            )
            .unwrap();
        let end = plain.iter().rposition(|&byte| byte != 0).unwrap();
        assert_eq!(plain[end], 2, "the delimiter of the last record");
        plain[..end].to_vec()
    }
}

fn expand<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> [u8; N] {
    struct Length(usize);
    impl hkdf::KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut out = [0; N];
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(input)
        .expand(&[info], Length(N))
        .unwrap()
        .fill(&mut out)
        .unwrap();
    out
}

// ── The push service ───────────────────────────────────────────────────────

struct Heard {
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

type Answer = Box<dyn Fn() -> Response<Body> + Send + Sync>;

struct Service {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
}

type Shared = Arc<(Answer, Arc<Mutex<Vec<Heard>>>)>;

async fn take(
    State(shared): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let (answer, heard) = &*shared;
    heard.lock().unwrap().push(Heard { uri, headers, body });
    answer()
}

async fn service(answer: impl Fn() -> Response<Body> + Send + Sync + 'static) -> Service {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let shared: Shared = Arc::new((Box::new(answer), Arc::clone(&heard)));
    let router = Router::new()
        .fallback(axum::routing::post(take))
        .with_state(shared);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Service { address, heard }
}

fn plain(status: u16, name: header::HeaderName, value: &str) -> Response<Body> {
    let answer = Response::builder().status(status).header(name, value);
    answer.body(Body::from("not to be read")).unwrap()
}

/// A service that reads a request and then writes what no HTTP library does.
async fn rough(bytes: &'static [u8], again: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut read = vec![0; 16 * 1024];
            let mut length = 0;
            // The head is shorter than the body.
            while length < BODY {
                length += stream.read(&mut read).await.unwrap();
            }
            for _ in 0..again {
                if stream.write_all(bytes).await.is_err() {
                    break;
                }
            }
        }
    });
    address
}

// ── The sender ─────────────────────────────────────────────────────────────

fn sender(allowed: Allowed) -> Sender {
    let key = VapidKey::from_secret(&[7; 32], CONTACT).unwrap();
    let count = AtomicU8::new(0);
    Sender::new(key, allowed, now, move || {
        [count.fetch_add(1, Ordering::SeqCst) + 1; DRAW]
    })
}

async fn send_to(address: SocketAddr) -> Result<(), PushFailure> {
    let sender = sender(Allowed::none().and_local_for_tests(address));
    let endpoint = format!("http://{address}/push/one");
    let subscription = Browser::new().subscription(&endpoint, sender.allowed());
    // On a task of its own, as the outbox has it.
    tokio::spawn(async move {
        sender
            .send(&subscription, b"hello", 60, Urgency::Normal, None)
            .await
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn a_browser_reads_what_was_sent() {
    let service = service(|| plain(201, header::LOCATION, "/message/1")).await;
    let sender = sender(Allowed::none().and_local_for_tests(service.address));
    let endpoint = format!("http://{}/push/one?a=b", service.address);
    let browser = Browser::new();
    let subscription = browser.subscription(&endpoint, sender.allowed());
    let said = r#"{"number":"47"} Grüße"#.as_bytes();
    let topic = Topic::new("sign-in").unwrap();
    let sent = sender
        .send(&subscription, said, 90, Urgency::High, Some(&topic))
        .await;
    assert_eq!(sent, Ok(()));

    let heard = service.heard.lock().unwrap().pop().unwrap();
    assert_eq!(heard.uri, "/push/one?a=b");
    let header = |name: &str| heard.headers.get(name).unwrap().to_str().unwrap();
    assert_eq!(header("ttl"), "90");
    assert_eq!(header("urgency"), "high");
    assert_eq!(header("topic"), "sign-in");
    assert_eq!(header("content-encoding"), "aes128gcm");
    assert_eq!(header("content-type"), "application/octet-stream");
    assert_eq!(header("content-length"), BODY.to_string());
    assert_eq!(header("host"), service.address.to_string());
    assert_eq!(browser.open(&heard.body), said);

    let public = verified(
        header("authorization"),
        &format!("http://{}", service.address),
    );
    assert_eq!(public, sender.public_key());
}

/// Verifies `vapid t=…, k=…` (RFC 8292) and gives the key back.
fn verified(authorization: &str, origin: &str) -> String {
    let (token, public) = authorization
        .strip_prefix("vapid t=")
        .unwrap()
        .split_once(", k=")
        .unwrap();
    let decode = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
    let point = decode(public);
    assert_eq!((point.len(), point[0]), (65, 4));
    let (signed, signature) = token.rsplit_once('.').unwrap();
    signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point)
        .verify(signed.as_bytes(), &decode(signature))
        .unwrap();
    let (head, claims) = signed.split_once('.').unwrap();
    let head: Value = serde_json::from_slice(&decode(head)).unwrap();
    assert_eq!(head, serde_json::json!({"typ": "JWT", "alg": "ES256"}));
    let claims: Value = serde_json::from_slice(&decode(claims)).unwrap();
    assert_eq!(claims["aud"], origin);
    assert_eq!(claims["sub"], CONTACT);
    let left = claims["exp"].as_i64().unwrap() - now().seconds();
    assert!((11 * 3600..=12 * 3600).contains(&left), "{left}");
    public.to_owned()
}

#[tokio::test]
async fn every_message_has_the_same_length_and_keys_of_its_own() {
    let service = service(|| plain(201, header::LOCATION, "/")).await;
    let sender = sender(Allowed::none().and_local_for_tests(service.address));
    let endpoint = format!("http://{}/push", service.address);
    let long = vec![b'x'; MOST_PAYLOAD];
    let payloads: [&[u8]; 4] = [b"", b"x", &[2, 0, 0], &long];
    let mut beginnings = Vec::new();
    for payload in payloads {
        let browser = Browser::new();
        let subscription = browser.subscription(&endpoint, sender.allowed());
        let sent = sender
            .send(&subscription, payload, 0, Urgency::VeryLow, None)
            .await;
        assert_eq!(sent, Ok(()));
        let heard = service.heard.lock().unwrap().pop().unwrap();
        assert_eq!(heard.body.len(), BODY);
        assert_eq!(heard.headers["urgency"], "very-low");
        assert_eq!(heard.headers["ttl"], "0");
        assert!(!heard.headers.contains_key("topic"));
        beginnings.push(heard.body[..86].to_vec());
        assert_eq!(browser.open(&heard.body), payload);
    }
    beginnings.sort();
    beginnings.dedup();
    assert_eq!(beginnings.len(), 4, "salt and key are new each time");

    let subscription = Browser::new().subscription(&endpoint, sender.allowed());
    let too_long = [b'x'; MOST_PAYLOAD + 1];
    let sent = sender
        .send(&subscription, &too_long, 0, Urgency::Low, None)
        .await;
    assert_eq!(sent, Err(PushFailure::TooLong));
    assert!(service.heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_the_push_service_answers_decides() {
    for (status, retry_after, expected) in [
        (200, "", Ok(())),
        (201, "", Ok(())),
        (202, "", Ok(())),
        (404, "", Err(None)),
        (410, "", Err(None)),
        (429, "120", Err(Some(Some(120)))),
        (429, "", Err(Some(None))),
        (429, "Sun, 09 Sep 2001 01:47:40 GMT", Err(Some(Some(60)))),
        (500, "", Err(Some(None))),
        (503, "30", Err(Some(Some(30)))),
    ] {
        let service = service(move || plain(status, header::RETRY_AFTER, retry_after)).await;
        let sent = send_to(service.address).await;
        let found = match sent {
            Ok(()) => Ok(()),
            Err(PushFailure::Gone) => Err(None),
            Err(PushFailure::Later { after, .. }) => Err(Some(after)),
            Err(other) => panic!("{status}: {other:?}"),
        };
        assert_eq!(found, expected, "{status}");
    }
    for status in [400, 401, 403, 413, 422] {
        let service = service(move || plain(status, header::RETRY_AFTER, "5")).await;
        let sent = send_to(service.address).await;
        assert_eq!(sent, Err(PushFailure::Refused { status }));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let other = service(|| plain(201, header::LOCATION, "/")).await;
        let to = format!("http://{}/push", other.address);
        let service = service(move || plain(status, header::LOCATION, &to)).await;
        let sender = sender(
            Allowed::none()
                .and_local_for_tests(service.address)
                .and_local_for_tests(other.address),
        );
        let endpoint = format!("http://{}/push", service.address);
        let subscription = Browser::new().subscription(&endpoint, sender.allowed());
        let sent = sender
            .send(&subscription, b"", 60, Urgency::Normal, None)
            .await;
        assert_eq!(sent, Err(PushFailure::Refused { status }));
        assert_eq!(service.heard.lock().unwrap().len(), 1);
        assert!(other.heard.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_endless_body_is_not_read() {
    let service = service(|| {
        let endless = stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from(vec![0; 65536])));
        Response::builder()
            .status(StatusCode::CREATED)
            .body(Body::from_stream(endless))
            .unwrap()
    })
    .await;
    assert_eq!(send_to(service.address).await, Ok(()));
}

#[tokio::test]
async fn an_answer_that_is_none_is_later() {
    let broken = Err(PushFailure::Later {
        after: None,
        why: "the push service broke off",
    });
    for (bytes, again) in [
        (b"" as &[u8], 1),
        (b"SSH-2.0-OpenSSH_9.2\r\n", 1),
        (b"HTTP/1.1 201 Created\r\n", 1),
        // Heads without an end: many headers, one long header, interim answers.
        (b"x", 1_000_000),
        (
            b"HTTP/1.1 201 Created\r\nx: y\r\nx: y\r\nx: y\r\nx: y\r\n",
            100_000,
        ),
        (
            b"HTTP/1.1 102 Processing\r\nx: yyyyyyyyyyyyyyyyyyyyyyyyyy\r\n\r\n",
            3,
        ),
    ] {
        let address = rough(bytes, again).await;
        assert_eq!(
            send_to(address).await,
            broken,
            "{:?}",
            bytes.escape_ascii().to_string()
        );
    }
}

#[tokio::test]
async fn a_closed_port_is_later() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    assert!(matches!(
        send_to(address).await,
        Err(PushFailure::Later { after: None, .. })
    ));
}

#[tokio::test]
async fn what_is_no_longer_allowed_is_forbidden() {
    let service = service(|| plain(201, header::LOCATION, "/")).await;
    let was = Allowed::none().and_local_for_tests(service.address);
    let endpoint = format!("http://{}/push", service.address);
    let subscription = Browser::new().subscription(&endpoint, &was);
    let sent = sender(Allowed::of_browsers())
        .send(&subscription, b"", 60, Urgency::Normal, None)
        .await;
    assert_eq!(sent, Err(PushFailure::Forbidden));
    assert!(service.heard.lock().unwrap().is_empty());
}

/// Tells everybody that every name is this machine.
struct Inside;

impl Resolve for Inside {
    fn resolve<'a>(&'a self, _: &'a str) -> Resolving<'a> {
        Box::pin(async { Ok(vec![std::net::Ipv4Addr::LOCALHOST.into()]) })
    }
}

#[tokio::test]
async fn a_resolver_that_leads_inside_is_not_believed() {
    let sender = sender(Allowed::of_browsers()).resolving_with(Inside);
    let endpoint = "https://updates.push.services.mozilla.com/wpush/v2/x";
    let subscription = Browser::new().subscription(endpoint, sender.allowed());
    let sent = sender
        .send(&subscription, b"", 60, Urgency::Normal, None)
        .await;
    assert_eq!(sent, Err(PushFailure::Forbidden));
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let service = service(|| plain(500, header::RETRY_AFTER, "5")).await;
    let sender = sender(Allowed::none().and_local_for_tests(service.address));
    let endpoint = format!("http://{}/push/capability", service.address);
    let subscription = Browser::new().subscription(&endpoint, sender.allowed());
    let sent = sender
        .send(&subscription, b"code 481930", 60, Urgency::Normal, None)
        .await;
    let printed = format!(
        "{sender:?} {subscription:?} {sent:?} {}",
        sent.clone().unwrap_err()
    );
    for secret in ["capability", "481930", "not to be read"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
