//! Messages that wake a phone: which subscriptions are taken, what is sent, and what
//! a push service may answer (`security.md`, XE10).

use axum::http::StatusCode;
use courier::push::{Allowed, Sender, VapidKey};
use data_encoding::BASE64URL_NOPAD;
use domain::{message::Message, phone::Purpose, records::OutboxRow};
use flows::request::token_hash;
use testkit::{
    World,
    phone::{JONAS, Phone, ask, jonas},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// What a browser would bring for an endpoint.
fn subscription(phone: &Phone, endpoint: &str) -> String {
    let auth = BASE64URL_NOPAD.encode(&[7; 16]);
    let keys = serde_json::json!({ "p256dh": phone.key(), "auth": auth });
    serde_json::json!({ "endpoint": endpoint, "expirationTime": null, "keys": keys }).to_string()
}

async fn subscribe(phone: &mut Phone, endpoint: &str) -> testkit::Answer {
    let text = subscription(phone, endpoint);
    let fields = [("subscription", text.as_str())];
    phone.browser.post("phone/subscribe", &fields).await
}

async fn with_phone() -> (World, Phone) {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    let phone = Phone::of(&world, &mut owner, 7).await;
    world.letters().await;
    (world, phone)
}

const GOOD: &str = "https://fcm.googleapis.com/fcm/send/abc";

#[tokio::test]
async fn a_phone_that_is_reachable_is_woken_and_told_no_number() {
    let (world, mut phone) = with_phone().await;
    let answer = subscribe(&mut phone, GOOD).await;
    assert!(answer.shows_news("phone_reachable"), "{}", answer.body);
    assert!(
        answer.body.contains(r#""reachable":true"#),
        "{}",
        answer.body
    );
    ask(&mut world.browser(), JONAS).await;
    let sent = world.letters().await;
    let asked = |m: &Message| matches!(m, Message::PhoneAsked { .. });
    let wakes: Vec<_> = sent.iter().filter(|l| asked(&l.message)).collect();
    assert_eq!(wakes.len(), 1, "{sent:?}");
    assert_eq!(wakes[0].to, "My phone");
    // Nothing else is in it, and no number above all.
    let Message::PhoneAsked {
        factor: _,
        purpose,
        valid_until,
    } = &wakes[0].message
    else {
        unreachable!("it is one");
    };
    assert_eq!(*purpose, Purpose::SignIn);
    assert!(*valid_until > world.services.now());
    // A name without a phone wakes nobody.
    ask(&mut world.browser(), "Q100001").await;
    assert!(world.letters().await.is_empty());
}

#[tokio::test]
async fn hostile_endpoints_are_refused() {
    let (world, mut phone) = with_phone().await;
    for endpoint in [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest",
        "https://evil.example/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "file:///etc/passwd",
        "",
    ] {
        let answer = subscribe(&mut phone, endpoint).await;
        assert!(
            answer.refuses("not_reachable"),
            "{endpoint}: {}",
            answer.body
        );
    }
    let long = "x".repeat(20_000);
    for text in ["", "{}", "[]", "null", &long] {
        let fields = [("subscription", text)];
        let answer = phone.browser.post("phone/subscribe", &fields).await;
        assert!(answer.refuses("not_reachable"), "{}", answer.body);
    }
    let nobody = subscribe(&mut Phone::new(&world, 9), GOOD).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

/// One request that the push service got, and its answer.
async fn push_service(listener: TcpListener, status: u16) -> String {
    let (mut stream, _) = listener.accept().await.expect("connects");
    let mut heard = vec![0; 8192];
    let n = stream.read(&mut heard).await.expect("reads");
    let answer = format!("HTTP/1.1 {status} Said\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.expect("writes");
    String::from_utf8_lossy(&heard[..n]).into_owned()
}

/// Asks Jonas, takes the message of the outbox, and sends it to a push service here.
async fn sent(world: &World, phone: &Phone, status: u16) -> (String, Result<(), String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let address = listener.local_addr().expect("an address");
    let text = subscription(phone, &format!("http://{address}/push/abc"));
    let device = token_hash(&phone.browser.cookies["__Host-phone"]);
    flows::phone::keep(&world.services, &device, &text)
        .await
        .expect("keeps");
    ask(&mut world.browser(), JONAS).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    let rows = tx.outbox_claim(None, 10, 60, now).await.expect("claims");
    tx.commit().await.expect("commits");
    let opened = |row: &OutboxRow| flows::outbox::open(&world.services, row).expect("opens");
    let row = rows
        .iter()
        .find(|r| matches!(opened(r), Message::PhoneAsked { .. }));
    let row = row.expect("a message for the phone");
    let key = VapidKey::from_secret(&[3; 32], "mailto:id@example.com").expect("a key");
    let sender = Sender::new(
        key,
        Allowed::of_browsers().and_local_for_tests(address),
        move || now,
        || [5; courier::push::DRAW],
    );
    let service = tokio::spawn(push_service(listener, status));
    let done = server::jobs::push_once(&world.services, &sender, row, &opened(row)).await;
    let heard = service.await.expect("hears");
    (heard, done.map_err(|e| e.to_string()))
}

#[tokio::test]
async fn what_goes_to_the_push_service_is_sealed_and_short_lived() {
    let (world, phone) = with_phone().await;
    let (heard, done) = sent(&world, &phone, 201).await;
    assert_eq!(done, Ok(()));
    let head = heard.to_lowercase();
    assert!(head.starts_with("post /push/abc http/1.1\r\n"), "{head}");
    for part in [
        "\r\nttl: 60\r\n",
        "urgency: high",
        "topic: phone",
        "content-encoding: aes128gcm",
        "authorization: vapid t=",
    ] {
        assert!(head.contains(part), "{part}: {head}");
    }
    assert!(
        !heard.contains("Somebody") && !heard.contains("/phone"),
        "{heard}"
    );
}

#[tokio::test]
async fn xe10_a_subscription_that_is_over_is_forgotten_and_others_are_tried_again() {
    let (world, mut phone) = with_phone().await;
    for status in [429, 500] {
        let (_, done) = sent(&world, &phone, status).await;
        assert!(done.is_err(), "{status}");
        let page = phone.browser.page("/phone").await;
        assert!(page.body.contains(r#""reachable":true"#), "{status}");
        world.advance(601);
    }
    let (_, done) = sent(&world, &phone, 410).await;
    assert!(done.is_err());
    let page = phone.browser.page("/phone").await;
    assert!(page.body.contains(r#""reachable":false"#), "{}", page.body);
}
