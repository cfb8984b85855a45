//! A new PIN: what it must not be, and what is over with the old one (XA16).

use axum::http::StatusCode;
use domain::{
    FactorKind,
    message::{Message, Notice},
};
use testkit::{Answer, Browser, World};

const JONAS: &str = "Q471108";
const OLD: &str = "583926";
const NEW: &str = "740518";

async fn jonas(world: &World) -> Browser {
    world
        .signed_in("workforce", JONAS, &[FactorKind::Passkey, FactorKind::Pin])
        .await
}

async fn set(browser: &mut Browser, pin: &str, repeat: &str) -> Answer {
    let fields = [("realm", "workforce"), ("pin", pin), ("repeat", repeat)];
    browser.post("change-pin", &fields).await
}

/// The test of a factor, which changes nothing, says which PIN works.
async fn works(world: &World, browser: &mut Browser, pin: &str) -> bool {
    let who = world.person("workforce", JONAS).await.id;
    let factors = world
        .services
        .store
        .read()
        .await
        .expect("reads")
        .factors(&who)
        .await;
    let factor = factors
        .expect("reads")
        .into_iter()
        .find(|f| f.kind == FactorKind::Pin);
    let id = factor.expect("has one").id;
    let fields = [("realm", "workforce"), ("id", id.as_str())];
    browser.post("manage-factors/test", &fields).await;
    let fields = [("realm", "workforce"), ("purpose", "test"), ("code", pin)];
    browser
        .post("prove/code", &fields)
        .await
        .tells("factor_works")
}

#[tokio::test]
async fn xa16_weak_pins_are_refused_with_the_reason() {
    let world = World::demo().await;
    let mut browser = jonas(&world).await;
    for (pin, code) in [
        ("", "missing"),
        ("12345", "password_too_short"),
        ("0000000000000000000000000", "password_too_long"),
        ("58392a", "wrong_code"),
        ("123456", "password_guessable"),
        ("987654", "password_guessable"),
        ("000000", "password_guessable"),
        ("121212", "password_guessable"),
        ("240879", "password_guessable"),
        ("471108", "password_personal"),
        (OLD, "password_unchanged"),
    ] {
        let answer = set(&mut browser, pin, pin).await;
        assert!(answer.refuses(code), "{pin}: {}", answer.body);
        assert!(
            pin.is_empty() || !answer.body.contains(&format!("\"{pin}\"")),
            "{pin} is shown again"
        );
    }
    assert!(set(&mut browser, NEW, "").await.refuses("missing"));
    assert!(
        set(&mut browser, NEW, "740519")
            .await
            .refuses("repeat_differs")
    );
    assert!(works(&world, &mut browser, OLD).await);
}

#[tokio::test]
async fn the_old_pin_dies_with_the_commit_and_so_do_other_sessions() {
    let world = World::demo().await;
    let (mut browser, mut other) = (jonas(&world).await, jonas(&world).await);
    assert!(set(&mut browser, NEW, NEW).await.tells("pin_changed"));
    assert_eq!(
        other.get("/workforce/overview").await.status,
        StatusCode::SEE_OTHER
    );
    let told = world.letters().await;
    let is_told = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::PinChanged,
                ..
            }
        )
    };
    assert!(told.iter().any(|l| is_told(&l.message)));
    assert!(!works(&world, &mut browser, OLD).await);
    assert!(works(&world, &mut browser, NEW).await);
}

#[tokio::test]
async fn without_a_fresh_proof_or_a_pin_nothing_is_set() {
    let world = World::demo().await;
    let mut browser = jonas(&world).await;
    world.advance(6 * 60);
    let answer = set(&mut browser, NEW, NEW).await;
    assert!(!answer.tells("pin_changed"), "{}", answer.body);
    let mut tess = world
        .signed_in(
            "customers",
            testkit::TESS,
            &[FactorKind::Password, FactorKind::Totp],
        )
        .await;
    let fields = [("realm", "customers"), ("pin", NEW), ("repeat", NEW)];
    let answer = tess.post("change-pin", &fields).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(
        tess.get("/customers/pin").await.status,
        StatusCode::NOT_FOUND
    );
}
