//! Asking, changing what was asked, taking it back, and what time does to it.

use crate::approvals::{
    KATRIN, MIRIAM, MOBILE, OTHER, RENATE, approved, asked, katrin, newest, renate, screen,
    signed_in, told, wish,
};
use axum::http::StatusCode;
use domain::{
    FactorKind,
    approval::{DAY, Stage, Told},
    message::Way,
};
use testkit::World;

#[tokio::test]
async fn the_manager_is_asked_and_the_person_told() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    world.letters().await;
    let done = wish(&mut katrin, "sms", "0171 3920077", "On the road").await;
    assert!(done.tells("approval_asked"), "{}", done.body);
    let letters = world.letters().await;
    let renate = world.person("agents", RENATE).await.email;
    assert_eq!(asked(&letters), [(renate, false)]);
    let heard = told(&letters);
    let [(to, Told::Asked { .. })] = heard.as_slice() else {
        panic!("{heard:?}");
    };
    assert_eq!(to, "katrin.wolf@agents.example");
    assert!(letters.iter().all(|l| l.way == Way::Mail), "no code yet");
    let kept = newest(&world, KATRIN).await;
    assert_eq!(kept.wish.address, MOBILE, "kept as E.164");
    // The state is there all the time, also in the middle of a first sign-in.
    let page = katrin.page("/agents/request/sms").await;
    let last = &screen(&page, "request_approval")["last"];
    assert_eq!(
        (&last["stage"], &last["by"]),
        (&"waiting".into(), &"Renate Vogt".into())
    );
    // Pressed twice it is one.
    wish(&mut katrin, "sms", MOBILE, "On the road").await;
    assert!(asked(&world.letters().await).is_empty());
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_kept() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    world.letters().await;
    for (kind, number, reason, code) in [
        ("sms", "", "x", "missing"),
        ("sms", "12", "x", "not_a_number"),
        ("sms", "089 99998011", "x", "no_sms_there"),
        ("sms", "0900 1 123456", "x", "number_of_service"),
        ("sms", "+44 7911 123456", "x", "number_abroad"),
        ("sms", MOBILE, " ", "missing"),
    ] {
        let refused = wish(&mut katrin, kind, number, reason).await;
        assert!(refused.refuses(code), "{number}: {}", refused.body);
        let typed = &screen(&refused, "request_approval")["typed"];
        assert_eq!(typed["number"], number);
        assert_eq!(typed["ticket"], "SD-4711");
    }
    assert!(world.letters().await.is_empty());
    // A landline takes calls.
    let done = wish(&mut katrin, "voice", "089 99998012", "x").await;
    assert!(done.tells("approval_asked"), "{}", done.body);
    // One at a time.
    let other = wish(&mut katrin, "sms", MOBILE, "x").await;
    assert!(other.refuses("approval_there"), "{}", other.body);
    let unknown = wish(&mut katrin, "totp", MOBILE, "x").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_a_manager_nobody_is_asked() {
    let world = World::demo().await;
    let mut renate = renate(&world).await;
    let refused = wish(&mut renate, "voice", MOBILE, "x").await;
    assert!(refused.refuses("no_manager"), "{}", refused.body);
}

#[tokio::test]
async fn another_wish_voids_the_approval() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    let asked = wish(&mut miriam, "voice", OTHER, "x").await;
    assert!(asked.tells("approval_asked"), "{}", asked.body);
    let mut katrin = katrin(&world).await;
    approved(&world, &mut katrin, KATRIN, MOBILE).await;
    world.letters().await;
    let edited = wish(&mut katrin, "sms", OTHER, "Another phone").await;
    assert!(edited.tells("approval_asked"), "{}", edited.body);
    let now = newest(&world, KATRIN).await;
    assert_eq!(
        (now.stage, now.wish.address.as_str()),
        (Stage::Waiting, OTHER)
    );
    let asked = crate::approvals::asked(&world.letters().await).len();
    assert_eq!(asked, 1, "asked anew");
    let refused = crate::approvals::choose(&mut katrin, "sms").await;
    assert!(refused.leads_to("/agents/request/sms"), "{}", refused.body);
}

#[tokio::test]
async fn it_can_be_taken_back() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    approved(&world, &mut katrin, KATRIN, MOBILE).await;
    for _ in 0..2 {
        let done = katrin
            .post("request/withdraw", &[("realm", "agents")])
            .await;
        assert!(done.tells("approval_withdrawn"), "{}", done.body);
    }
    assert_eq!(newest(&world, KATRIN).await.stage, Stage::Withdrawn);
    let again = wish(&mut katrin, "sms", OTHER, "x").await;
    assert!(again.tells("approval_asked"), "{}", again.body);
}

#[tokio::test]
async fn the_manager_is_reminded_once_and_time_ends_it() {
    let world = World::demo().await;
    let mut browser = katrin(&world).await;
    wish(&mut browser, "sms", MOBILE, "x").await;
    world.letters().await;
    let round = || flows::approval::remind::round(&world.services);
    round().await.expect("works");
    assert!(world.letters().await.is_empty(), "too soon");
    world.advance(2 * DAY);
    for _ in 0..2 {
        round().await.expect("works");
    }
    let renate = world.person("agents", RENATE).await.email;
    assert_eq!(asked(&world.letters().await), [(renate, true)], "once");
    world.advance(5 * DAY);
    // Judged at use, before any worker says so.
    let mut late = crate::approvals::renate(&world).await;
    let refused =
        crate::approvals::decide(&mut late, &newest(&world, KATRIN).await, "approve", "").await;
    assert!(refused.refuses("approval_over"), "{}", refused.body);
    for _ in 0..2 {
        round().await.expect("works");
    }
    assert_eq!(newest(&world, KATRIN).await.stage, Stage::Lapsed);
    let heard = told(&world.letters().await);
    assert!(matches!(heard.as_slice(), [(_, Told::Lapsed)]), "{heard:?}");
    // A new one can be asked at once.
    let mut katrin = katrin(&world).await;
    let again = wish(&mut katrin, "sms", MOBILE, "x").await;
    assert!(again.tells("approval_asked"), "{}", again.body);
}

#[tokio::test]
async fn this_was_not_me_stops_it() {
    let world = World::demo().await;
    let mut browser = katrin(&world).await;
    wish(&mut browser, "sms", MOBILE, "x").await;
    let token = world.mailed_token().await;
    let fields = [("realm", "agents"), ("token", token.as_str())];
    browser.post("not-me", &fields).await;
    assert_eq!(newest(&world, KATRIN).await.stage, Stage::Vetoed);
    let mut manager = renate(&world).await;
    let refused =
        crate::approvals::decide(&mut manager, &newest(&world, KATRIN).await, "approve", "").await;
    assert!(refused.refuses("approval_over"), "{}", refused.body);
}
