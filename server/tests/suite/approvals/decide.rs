//! Who decides, and what they decide on.

use crate::approvals::{
    KATRIN, MOBILE, OTHER, RENATE, STEFAN, asked, decide, katrin, newest, renate, screen,
    signed_in, told, wish,
};
use axum::http::StatusCode;
use domain::{
    FactorKind,
    approval::{DAY, Stage, Told},
    audit::Action,
    message::{Message, Notice},
    trail::Filter,
};
use std::collections::BTreeSet;
use testkit::{Answer, Browser, World};

async fn waiting(world: &World) -> Browser {
    let mut katrin = katrin(world).await;
    wish(&mut katrin, "sms", MOBILE, "On the road").await;
    world.letters().await;
    katrin
}

async fn deputy(browser: &mut Browser, login: &str, days: &str) -> Answer {
    let fields = [("realm", "agents"), ("login", login), ("days", days)];
    browser.post("approvals/deputy", &fields).await
}

#[tokio::test]
async fn opening_the_mail_decides_nothing_and_the_manager_sees_the_exact_number() {
    let world = World::demo().await;
    waiting(&world).await;
    let before = newest(&world, KATRIN).await;
    let path = format!("/agents/approvals/{}", before.id);
    // A scanner of mails, signed in nowhere.
    let scanned = world.browser().get(&path).await;
    assert_eq!(scanned.status, StatusCode::SEE_OTHER);
    // Nor does one that presses every button it finds; that is written down.
    for _ in 0..2 {
        let pressed = decide(&mut world.browser(), &before, "approve", "").await;
        assert_eq!(pressed.status, StatusCode::UNAUTHORIZED);
    }
    let mut conn = world.services.store.read().await.expect("reads");
    let trail = conn.audit_unsealed(1000).await.expect("reads");
    drop(conn);
    let denied = trail.iter().filter(|e| e.action == Action::Denied.slug());
    let denied: Vec<_> = denied.map(|e| e.detail.as_str()).collect();
    assert_eq!(
        denied,
        ["a decision of nobody who is signed in"],
        "once of two"
    );
    let mut renate = renate(&world).await;
    let seen = screen(&renate.page(&path).await, "approval");
    assert_eq!(seen["number"], "+49 171 3920077", "{seen}");
    assert_eq!(
        (&seen["line"], &seen["on_record"]),
        (&"mobile".into(), &"other".into())
    );
    assert_eq!(
        (&seen["reason"], &seen["ticket"]),
        (&"On the road".into(), &"SD-4711".into())
    );
    assert_eq!(newest(&world, KATRIN).await, before);
    let list = screen(&renate.page("/agents/approvals").await, "approvals");
    assert_eq!(list["rows"][0]["person"], "Katrin Wolf", "{list}");
}

#[tokio::test]
async fn the_manager_decides_once_what_was_seen() {
    let world = World::demo().await;
    let mut katrin = waiting(&world).await;
    let seen = newest(&world, KATRIN).await;
    // Changed while the manager reads.
    wish(&mut katrin, "sms", OTHER, "Another phone").await;
    let mut renate = renate(&world).await;
    let refused = decide(&mut renate, &seen, "approve", "").await;
    assert!(refused.refuses("changed_meanwhile"), "{}", refused.body);
    let now = newest(&world, KATRIN).await;
    assert_eq!(now.stage, Stage::Waiting);
    world.letters().await;
    let done = decide(&mut renate, &now, "approve", "").await;
    assert!(done.tells("approval_given"), "{}", done.body);
    let heard = told(&world.letters().await);
    assert!(
        matches!(heard.as_slice(), [(_, Told::Approved { .. })]),
        "{heard:?}"
    );
    for decision in ["approve", "decline"] {
        let again = decide(&mut renate, &newest(&world, KATRIN).await, decision, "no").await;
        assert!(again.refuses("approval_over"), "{}", again.body);
    }
    let list = screen(
        &renate.page("/agents/approvals?whose=done").await,
        "approvals",
    );
    assert_eq!(list["rows"][0]["stage"], "approved", "{list}");
}

#[tokio::test]
async fn declining_says_why() {
    let world = World::demo().await;
    waiting(&world).await;
    let mut renate = renate(&world).await;
    let seen = newest(&world, KATRIN).await;
    let refused = decide(&mut renate, &seen, "decline", " ").await;
    assert!(refused.refuses("missing"), "{}", refused.body);
    let done = decide(&mut renate, &seen, "decline", "Use the landline").await;
    assert!(done.tells("approval_declined"), "{}", done.body);
    let heard = told(&world.letters().await);
    let [(_, Told::Declined { reason })] = heard.as_slice() else {
        panic!("{heard:?}");
    };
    assert_eq!(reason, "Use the landline");
}

#[tokio::test]
async fn an_old_proof_approves_nothing() {
    let world = World::demo().await;
    waiting(&world).await;
    let mut renate = renate(&world).await;
    world.advance(301);
    let seen = newest(&world, KATRIN).await;
    let asked = decide(&mut renate, &seen, "approve", "").await;
    assert!(!asked.tells("approval_given"), "{}", asked.body);
    assert_eq!(newest(&world, KATRIN).await.stage, Stage::Waiting);
}

#[tokio::test]
async fn for_everybody_else_it_is_not_there() {
    let world = World::demo().await;
    let mut katrin = waiting(&world).await;
    let seen = newest(&world, KATRIN).await;
    let path = format!("/agents/approvals/{}", seen.id);
    // Not for herself, not for a colleague, not for one who will stand in.
    assert_eq!(
        decide(&mut katrin, &seen, "approve", "").await.status,
        StatusCode::UNAUTHORIZED
    );
    let mut herself = signed_in(&world, KATRIN, FactorKind::Voice).await;
    let mut stefan = signed_in(&world, STEFAN, FactorKind::Sms).await;
    for browser in [&mut herself, &mut stefan] {
        assert_eq!(browser.page(&path).await.status, StatusCode::NOT_FOUND);
        let status = decide(browser, &seen, "approve", "").await.status;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
    assert_eq!(newest(&world, KATRIN).await.stage, Stage::Waiting);
    // Each of the five is written down, with who it was: nobody, herself, the colleague.
    let mut conn = world.services.store.read().await.expect("reads");
    let filter = Filter {
        action: Some(Action::Denied),
        ..Filter::default()
    };
    let realm = testkit::slug("agents");
    let found = conn.trail_page(&realm, &filter, None, 50).await;
    let found = found.expect("asks");
    let actors: BTreeSet<_> = found.iter().map(|line| line.entry.actor.clone()).collect();
    assert_eq!((found.len(), actors.len()), (5, 3));
}

#[tokio::test]
async fn a_deputy_decides_while_they_stand_in_and_never_for_themselves() {
    let world = World::demo().await;
    waiting(&world).await;
    let seen = newest(&world, KATRIN).await;
    let mut renate = renate(&world).await;
    for (login, days, code) in [
        ("nobody", "3", "no_such_deputy"),
        (RENATE, "3", "no_such_deputy"),
        (STEFAN, "0", "not_in_range"),
        (STEFAN, "61", "not_in_range"),
        (STEFAN, "soon", "not_in_range"),
    ] {
        let refused = deputy(&mut renate, login, days).await;
        assert!(refused.refuses(code), "{login} {days}: {}", refused.body);
    }
    let named = deputy(&mut renate, STEFAN, "3").await;
    assert!(named.tells("deputy_named"), "{}", named.body);
    let mut stefan = signed_in(&world, STEFAN, FactorKind::Sms).await;
    // His own request, to the manager whom he stands in for (XI01).
    world.letters().await;
    wish(&mut stefan, "voice", OTHER, "x").await;
    let own = newest(&world, STEFAN).await;
    let who = world.person("agents", RENATE).await.email;
    assert_eq!(asked(&world.letters().await), [(who, false)], "not himself");
    assert_eq!(
        decide(&mut stefan, &own, "approve", "").await.status,
        StatusCode::NOT_FOUND
    );
    let page = stefan.page(&format!("/agents/approvals/{}", seen.id)).await;
    assert_eq!(screen(&page, "approval")["stands_in"], "Renate Vogt");
    let done = decide(&mut stefan, &seen, "approve", "").await;
    assert!(done.tells("approval_given"), "{}", done.body);
    // Over by itself.
    world.advance(3 * DAY);
    let mut stefan = signed_in(&world, STEFAN, FactorKind::Sms).await;
    let page = stefan.page(&format!("/agents/approvals/{}", seen.id)).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    // Who has nobody names nobody.
    let denied = deputy(&mut stefan, KATRIN, "3").await;
    assert_eq!(denied.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_deputy_is_named_by_who_is_there_and_goes_with_a_freeze() {
    let world = World::demo().await;
    waiting(&world).await;
    let seen = newest(&world, KATRIN).await;
    let mut renate = renate(&world).await;
    // A screen that was left open.
    world.advance(600);
    let asked = deputy(&mut renate, STEFAN, "3").await;
    assert!(asked.leads_to("/agents/confirm"), "{}", asked.body);
    let mut stefan = signed_in(&world, STEFAN, FactorKind::Sms).await;
    let path = format!("/agents/approvals/{}", seen.id);
    assert_eq!(stefan.page(&path).await.status, StatusCode::NOT_FOUND);

    let mut renate = crate::approvals::renate(&world).await;
    world.letters().await;
    let named = deputy(&mut renate, STEFAN, "3").await;
    assert!(named.tells("deputy_named"), "{}", named.body);
    assert_eq!(stefan.page(&path).await.status, StatusCode::OK);
    // The manager hears of it, and of nobody else's doing it in their name.
    let letters = world.letters().await;
    let hears = letters.iter().find(|l| {
        matches!(&l.message, Message::Notice { what: Notice::Deputy { name, days: 3 }, .. } if name == "Stefan Dorn")
    });
    let hears = hears.expect("a notice");
    // So does who stands in, and of what waits already.
    let stefans = world.person("agents", STEFAN).await.email;
    let told = letters.iter().filter(|l| l.to == stefans);
    let told: Vec<_> = told.map(|l| &l.message).collect();
    assert!(
        told.iter().any(|m| matches!(
            m,
            Message::Notice {
                what: Notice::StandsIn { days: 3, .. },
                ..
            }
        )),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|m| matches!(m, Message::Approve { again: false, .. })),
        "{told:?}"
    );
    let token = hears.token().expect("a way to stop it");
    let fields = [("realm", "agents"), ("token", token.as_str())];
    world.browser().post("not-me", &fields).await;
    let who = world.person("agents", RENATE).await;
    assert!(who.frozen_at.is_some());
    assert_eq!(stefan.page(&path).await.status, StatusCode::NOT_FOUND);
    let late = decide(&mut stefan, &seen, "approve", "").await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_frozen_account_asks_is_not_approved() {
    let world = World::demo().await;
    waiting(&world).await;
    let seen = newest(&world, KATRIN).await;
    let now = world.services.now();
    let mut tx = world.services.store.begin().await.expect("begins");
    // As if the freeze came between a request's look and its row.
    tx.person_freeze(&seen.person, Some(now))
        .await
        .expect("freezes");
    tx.commit().await.expect("commits");
    let mut renate = renate(&world).await;
    let refused = decide(&mut renate, &seen, "approve", "").await;
    assert!(refused.refuses("frozen"), "{}", refused.body);
    assert_eq!(newest(&world, KATRIN).await.stage, Stage::Waiting);
}

#[tokio::test]
async fn one_address_leads_to_the_list() {
    let world = World::demo().await;
    let mut renate = renate(&world).await;
    let led = renate.page("/approvals").await;
    assert!(led.leads_to("/agents/approvals"), "{}", led.body);
    let led = world.browser().page("/approvals").await;
    assert!(led.leads_to("/agents/approvals"), "{}", led.body);
}
