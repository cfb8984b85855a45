//! Receipts: late, early, twice, out of order; what the person and the desk see of them.

use crate::gateway::standin::{Set, Then, code, delivery};
use axum::http::StatusCode;
use domain::FactorKind;
use serde_json::Value;

async fn sent(then: &[Then]) -> Vec<(Set, String, testkit::Browser)> {
    let mut all = Vec::new();
    for set in Set::each(then).await {
        let (browser, _) = set.asks().await;
        set.world.sends().await;
        let key = set.there.told()[0].key.clone();
        all.push((set, key, browser));
    }
    all
}

#[tokio::test]
async fn a_delivery_is_told_to_who_waits_and_to_the_desk() {
    for (set, key, mut browser) in sent(&[Then::Takes("SM1")]).await {
        for (state, shown) in [("sent", "sent"), ("delivered", "delivered")] {
            let answer = set.reports(&key, "SM1", state).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
            assert_eq!(answer.body, "");
            assert_eq!(delivery(&mut browser).await, shown);
        }
        let world = &set.world;
        let who = world.person("agents", set.login).await;
        let mut desk = world
            .signed_in("workforce", "Q200001", &[FactorKind::Passkey])
            .await;
        let page = desk.page(&format!("/desk/people/{}", who.id)).await;
        let json: Value = serde_json::from_str(&page.body).expect("JSON");
        let messages = &json["show"]["screen"]["desk_person"]["messages"];
        assert_eq!(messages[0]["state"], "delivered", "{messages}");
        assert!(
            !page.body.contains(who.number.trim_start_matches('+')),
            "masked"
        );
    }
}

#[tokio::test]
async fn a_failure_is_told_with_its_reason_and_stays() {
    for (set, key, mut browser) in sent(&[Then::Takes("SM1")]).await {
        set.reports(&key, "SM1", "undelivered").await;
        let why = if set.calls() { "no_answer" } else { "unknown" };
        assert_eq!(delivery(&mut browser).await["failed"], why);
        // Out of order and once more: what is final stays.
        for state in ["sent", "delivered", "undelivered", "queued"] {
            let answer = set.reports(&key, "SM1", state).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT);
            assert_eq!(delivery(&mut browser).await["failed"], why, "{state}");
        }
    }
}

#[tokio::test]
async fn receipts_that_come_twice_or_backwards_change_nothing() {
    for (set, key, mut browser) in sent(&[Then::Takes("SM1")]).await {
        for state in ["delivered", "delivered", "sent", "failed", "queued"] {
            set.reports(&key, "SM1", state).await;
            assert_eq!(delivery(&mut browser).await, "delivered", "{state}");
        }
    }
}

#[tokio::test]
async fn a_receipt_that_is_faster_than_the_answer_ends_the_tries() {
    for (set, key, mut browser) in sent(&[Then::Hangs]).await {
        // The try ran into its deadline, but the gateway has the message.
        assert_eq!(delivery(&mut browser).await, "waiting");
        set.reports(&key, "SM9", "queued").await;
        assert_eq!(delivery(&mut browser).await, "sent");
        for _ in 0..4 {
            set.world.advance(60);
            set.world.sends().await;
        }
        assert_eq!(set.there.told().len(), 1, "no second copy of it");
        set.reports(&key, "SM9", "delivered").await;
        assert_eq!(delivery(&mut browser).await, "delivered");
    }
}

#[tokio::test]
async fn a_receipt_that_comes_when_the_code_is_over_is_kept_and_lets_nobody_in() {
    for (set, key, mut browser) in sent(&[Then::Takes("SM1")]).await {
        let told = set.there.told()[0].code();
        set.world.advance(400);
        let answer = set.reports(&key, "SM1", "delivered").await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(delivery(&mut browser).await, "delivered");
        let late = code(&mut browser, &told).await;
        assert!(!late.body.contains("/agents/overview"), "{}", late.body);
    }
}

#[tokio::test]
async fn a_receipt_of_a_message_that_nobody_knows_is_answered_like_any() {
    for (set, key, mut browser) in sent(&[Then::Takes("SM1")]).await {
        // Ours with another name of theirs is a copy that nobody waits for.
        for (key, name) in [("nobody", "SM7"), (key.as_str(), "SM7"), ("SM7", "SM8")] {
            let answer = set.reports(key, name, "delivered").await;
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (StatusCode::NO_CONTENT, "")
            );
        }
        assert_eq!(delivery(&mut browser).await, "sent");
        let other = set.world.browser().get("/gateway/receipts").await;
        assert_eq!(other.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[tokio::test]
async fn a_hook_reports_by_our_name_or_by_its_own() {
    for own in [false, true] {
        let set = Set::hook(&[Then::Takes("x-17")]).await;
        let (mut browser, _) = set.asks().await;
        set.world.sends().await;
        let ours = set.there.told()[0].key.clone();
        let name = if own { "x-17" } else { ours.as_str() };
        let answer = set.reports(name, "", "delivered").await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(delivery(&mut browser).await, "delivered");
    }
}

#[tokio::test]
async fn the_page_that_waits_hears_of_it() {
    for (set, key, browser) in sent(&[Then::Takes("SM1")]).await {
        let services = &set.world.services;
        let caller = flows::Request {
            cookies: format!("__Host-browser={}", browser.cookies["__Host-browser"]),
            ..flows::Request::default()
        };
        let topics = flows::prove::waits_for(services, &caller, "agents", "sign_in").await;
        let topics = topics.expect("asks the database");
        let [topic] = topics.as_slice() else {
            panic!("{topics:?}");
        };
        let bell = services.board.listen(topic);
        set.reports(&key, "SM1", "delivered").await;
        assert!(bell.has_changed().expect("the board is there"));
        // Who is nobody hears of nothing.
        let stranger = flows::Request::default();
        let topics = flows::prove::waits_for(services, &stranger, "agents", "sign_in").await;
        assert!(!topics.expect("asks").contains(topic));
    }
}
