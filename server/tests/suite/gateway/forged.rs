//! Receipts that the gateway did not sign: refused, counted, written down.

use crate::gateway::standin::{Set, Then, delivery};
use axum::http::StatusCode;
use domain::audit::Action;
use testkit::slug;

/// What the trail of the staff's realm says of refused receipts.
async fn lines(set: &Set) -> Vec<String> {
    let mut conn = set.world.services.store.read().await.expect("reads");
    let filter = domain::trail::Filter {
        action: Some(Action::ReceiptRefused),
        ..domain::trail::Filter::default()
    };
    let realm = slug("workforce");
    let found = conn.trail_page(&realm, &filter, None, 50).await;
    let found = found.expect("asks");
    found.into_iter().rev().map(|e| e.entry.detail).collect()
}

#[tokio::test]
async fn a_forged_receipt_is_refused_counted_and_written_down() {
    for set in Set::each(&[Then::Takes("SM1")]).await {
        let (mut browser, _) = set.asks().await;
        set.world.sends().await;
        let key = set.there.told()[0].key.clone();
        let path = format!("/gateway/receipts/{key}");
        let body = "MessageSid=SM1&MessageStatus=delivered";
        for (headers, body) in [
            ([].as_slice(), body),
            (
                &[("x-twilio-signature", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")],
                body,
            ),
            (&[("x-twilio-signature", "?")], ""),
            (&[("x-rekey-signature", "t=1,v1=00")], body),
        ] {
            let answer = set.posts(&path, headers, body).await;
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (StatusCode::FORBIDDEN, "")
            );
        }
        assert_eq!(delivery(&mut browser).await, "sent");
        assert_eq!(lines(&set).await, ["1 in an hour"]);
        // A flood is seen, and does not fill the trail.
        for _ in 0..100 {
            set.posts(&path, &[], body).await;
        }
        let seen = lines(&set).await;
        assert_eq!(seen, ["1 in an hour", "10 in an hour", "100 in an hour"]);
        set.world.advance(3600);
        set.posts(&path, &[], body).await;
        assert_eq!(lines(&set).await.len(), 4);
    }
}

#[tokio::test]
async fn the_signature_is_of_our_own_address_whatever_the_request_says() {
    for set in Set::each(&[Then::Takes("SM1")]).await {
        let (mut browser, _) = set.asks().await;
        set.world.sends().await;
        let key = set.there.told()[0].key.clone();
        let more = [
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "https"),
            ("origin", "https://evil.example"),
        ];
        let path = format!("/gateway/receipts/{key}");
        let answer = set.posts(&path, &more, "MessageSid=SM1").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(delivery(&mut browser).await, "sent");
    }
}

#[tokio::test]
async fn what_is_too_long_is_not_read() {
    for set in Set::each(&[]).await {
        let long = "x".repeat(17 * 1024);
        let answer = set.posts("/gateway/receipts", &[], &long).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}

#[tokio::test]
async fn without_a_gateway_there_is_no_such_address() {
    let world = testkit::World::demo().await;
    let mut browser = world.browser();
    let answer = browser.get("/gateway/receipts").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
}
