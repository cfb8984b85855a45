//! What browsers and password managers look for at every site.

use axum::http::StatusCode;
use domain::FactorKind;
use serde_json::Value;
use testkit::{MAX, World, phone::JONAS};

#[tokio::test]
async fn a_password_is_changed_where_one_is_signed_in() {
    let world = World::demo().await;
    let there = "/.well-known/change-password";
    let nobody = world.browser().get(there).await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
    assert_eq!(nobody.header("location"), "/");
    let mut max = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    assert_eq!(max.get(there).await.header("location"), "/customers/forgot");
    let proven = [FactorKind::Passkey, FactorKind::Pin];
    let mut jonas = world.signed_in("workforce", JONAS, &proven).await;
    assert_eq!(jonas.get(there).await.header("location"), "/workforce/pin");
    // A cookie that opens nothing leads nowhere else.
    let mut stale = world.browser();
    stale
        .cookies
        .insert("__Host-session-workforce".to_owned(), "nothing".to_owned());
    assert_eq!(stale.get(there).await.header("location"), "/");
}

#[tokio::test]
async fn passkeys_are_found_by_whoever_keeps_them() {
    let world = World::demo().await;
    let mut browser = world.browser();
    let answer = browser.get("/.well-known/passkey-endpoints").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let endpoints: Value = serde_json::from_str(&answer.body).expect("JSON");
    let mut max = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    for (name, to) in [
        ("enroll", "/customers/add/passkey"),
        ("manage", "/customers/overview"),
    ] {
        let url = endpoints[name].as_str().expect("an address");
        let path = url.strip_prefix("http://localhost:8080").expect("ours");
        assert_eq!(max.get(path).await.header("location"), to);
        assert_eq!(browser.get(path).await.header("location"), "/");
    }
}

#[tokio::test]
async fn whoever_finds_a_fault_reads_whom_to_tell() {
    let there = "/.well-known/security.txt";
    let world = World::demo().await;
    let none = world.browser().get(there).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let contact = "mailto:security@example.com";
    let world = World::empty(&["--security-contact", contact]).await;
    let file = world.browser().get(there).await;
    assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
    for line in [
        "Contact: mailto:security@example.com\n",
        "Canonical: http://localhost:8080/.well-known/security.txt\n",
    ] {
        assert!(file.body.contains(line), "{}", file.body);
    }
    let expires = file.body.lines().find_map(|l| l.strip_prefix("Expires: "));
    let expires: jiff::Timestamp = expires.expect("a day").parse().expect("a moment");
    let days = (expires.as_second() - world.services.now().seconds()) / 86_400;
    assert!((1..365).contains(&days), "{days}");
}
