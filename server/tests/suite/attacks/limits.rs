//! How often something may be tried, and who is counted.

use super::{
    WRONG,
    recovery::{at_recovery, recovery_code},
};
use axum::http::{HeaderValue, StatusCode};
use domain::{
    FactorKind,
    message::{Message, Notice},
    throttle::Limit,
};
use std::net::IpAddr;
use testkit::{EMIL, MAX, PASSWORD, TESS, World};

/// The numbers of `security.md`, 2, for passwords: ten in a row lock for a
/// quarter of an hour, fifty in a day for good; told once per lock, written down
/// each time, and never more than slow for who comes from elsewhere.
#[tokio::test]
async fn xa04_ten_wrong_passwords_lock_and_fifty_in_a_day_shut() {
    let world = World::demo().await;
    let mut stranger = world.browser();
    for n in 1..=50 {
        let answer = stranger.password(TESS, WRONG).await;
        assert!(answer.refuses("wrong_credentials"), "{n}: {}", answer.body);
        world.advance(61);
        if n % 10 == 0 {
            let answer = stranger.password(TESS, PASSWORD).await;
            let why = if n < 50 { "wait" } else { "tries_shut" };
            assert!(answer.refuses(why), "locked after {n}: {}", answer.body);
            world.advance(900);
        }
    }
    world.advance(2 * 86_400);
    let answer = stranger.password(TESS, PASSWORD).await;
    assert!(answer.refuses("tries_shut"), "{}", answer.body);
    let mut owner = world.browser();
    owner.address = IpAddr::from([203, 0, 113, 7]);
    assert!(owner.password(TESS, PASSWORD).await.asks_for("totp"));

    let letters = world.letters().await;
    let told = letters.iter().filter(|letter| {
        let Message::Notice { what, .. } = &letter.message else {
            return false;
        };
        let kind = FactorKind::Password;
        letter.to == TESS && *what == Notice::Locked { kind }
    });
    assert_eq!(told.count(), 5, "once per lock");
    let tess = world.person("customers", TESS).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let trail = conn.audit_of(&tess.id, 200).await.expect("reads");
    let refused = trail
        .iter()
        .filter(|entry| entry.action == "proof" && entry.outcome == "refused");
    assert!(refused.count() >= 50, "every try is in the trail");
}

/// One bucket for every spelling of a name and for every way in: the sign-in by
/// script and by plain form, and the dialog that asks for a fresh proof.
#[tokio::test]
async fn xa07_xa08_every_spelling_and_every_path_count_in_one_bucket() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Email];
    let mut browser = world.signed_in("customers", EMIL, &proven).await;
    world.advance(6 * 60);
    let answer = browser.get("/customers/add").await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    for _ in 0..5 {
        let answer = browser.code("confirm", WRONG).await;
        assert!(answer.refuses("wrong_code"), "{}", answer.body);
        world.advance(61);
    }
    for spelling in [
        EMIL,
        "EMIL.MAIL@CUSTOMERS.EXAMPLE",
        "  Emil.Mail@Customers.Example ",
        "\u{ff45}mil.mail@customers.example",
    ] {
        let answer = browser.password(spelling, WRONG).await;
        assert!(answer.refuses("wrong_credentials"), "{spelling}");
        world.advance(61);
    }
    let fields = [("realm", "customers"), ("login", EMIL), ("password", WRONG)];
    let answer = browser.submit("sign-in/password", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    // That was the tenth.
    assert!(browser.password(EMIL, PASSWORD).await.refuses("wait"));
    assert!(browser.code("confirm", PASSWORD).await.refuses("wait"));
}

/// A header that cannot be read never skips a check and never fails: who calls
/// is the peer then (authentik CVE-2024-47070).
#[tokio::test]
async fn xa10_forwarded_addresses_are_taken_from_named_proxies_alone() {
    let proxy = IpAddr::from([10, 0, 0, 1]);
    let stranger = IpAddr::from([198, 51, 100, 9]);
    let world = World::behind(&[proxy]).await;
    let tess = world.person("customers", TESS).await;
    let text = |text: &str| HeaderValue::from_str(text).expect("a value");
    let cases = [
        (stranger, text("203.0.113.5"), "198.51.100.9"),
        (proxy, text("203.0.113.5"), "203.0.113.5"),
        (proxy, text("192.0.2.66, 203.0.113.5"), "203.0.113.5"),
        (proxy, text("203.0.113.5, 10.0.0.1"), "203.0.113.5"),
        (proxy, text("a"), "10.0.0.1"),
        (proxy, text(""), "10.0.0.1"),
        (proxy, text("fe80::1%eth0"), "10.0.0.1"),
        (proxy, text(&"a".repeat(4096)), "10.0.0.1"),
        (proxy, text(&["10.0.0.1"; 200].join(", ")), "10.0.0.1"),
        (
            proxy,
            HeaderValue::from_bytes(b"203.0.113.5\xff").expect("a value"),
            "10.0.0.1",
        ),
    ];
    for (peer, value, expected) in cases {
        let mut browser = world.browser();
        browser.address = peer;
        browser.headers = vec![("x-forwarded-for", value.clone())];
        let answer = browser.password(TESS, WRONG).await;
        assert_eq!(answer.status, StatusCode::OK, "{value:?}");
        assert!(answer.refuses("wrong_credentials"), "{value:?}");
        let mut conn = world.services.store.read().await.expect("reads");
        let newest = conn.audit_of(&tess.id, 1).await.expect("reads");
        assert_eq!(newest[0].address, expected, "{value:?}");
        drop(conn);
        world.advance(61);
    }
}

/// Five wrong recovery codes an hour; the right one is not used up by a lock.
#[tokio::test]
async fn xf02_recovery_codes_are_tried_five_times_an_hour() {
    let world = World::demo().await;
    let code = recovery_code(&world.secrets(TESS).await, 3);
    let mut browser = at_recovery(world.browser()).await;
    for n in 0..5 {
        let guess = format!("0000-0000-0000-000{n}");
        let answer = browser.code("sign_in", &guess).await;
        assert!(answer.refuses("wrong_code"), "{n}: {}", answer.body);
        world.advance(61);
    }
    let letters = world.letters().await;
    let told = letters.iter().filter(|letter| {
        let Message::Notice { what, .. } = &letter.message else {
            return false;
        };
        let kind = FactorKind::Recovery;
        letter.to == TESS && *what == Notice::Locked { kind }
    });
    assert_eq!(told.count(), 1, "notified once, with the fifth attempt");
    assert!(browser.code("sign_in", &code).await.refuses("wait"));
    // A sign-in that began anew does not count anew.
    world.advance(30 * 60);
    let mut browser = at_recovery(world.browser()).await;
    assert!(browser.code("sign_in", &code).await.refuses("wait"));
    world.advance(30 * 60);
    let mut browser = at_recovery(world.browser()).await;
    assert!(browser.code("sign_in", &code).await.lets_in());
}

/// A used code is refused as used. An unknown one, somebody else's and one of a replaced
/// set are refused as wrong. Each counts as a wrong attempt.
#[tokio::test]
async fn xf02_refuses_a_recovery_code_as_used_only_if_it_was_used() {
    let world = World::demo().await;
    let tess = world.secrets(TESS).await;
    let used = recovery_code(&tess, 0);
    let mut browser = at_recovery(world.browser()).await;
    assert!(browser.code("sign_in", &used).await.lets_in());
    let others = recovery_code(&world.secrets(MAX).await, 0);
    let mut browser = at_recovery(world.browser()).await;
    for (n, code, why) in [
        (0, &used, "used_code"),
        (1, &others, "wrong_code"),
        (2, &"0000-0000-0000-0000".to_owned(), "wrong_code"),
        (3, &used.to_lowercase().replace('-', " "), "used_code"),
        (4, &others, "wrong_code"),
    ] {
        let answer = browser.code("sign_in", code).await;
        assert!(answer.refuses(why), "{n}: {}", answer.body);
        assert!(!answer.lets_in(), "{n}");
        world.advance(61);
    }
    let fresh = recovery_code(&tess, 1);
    let answer = browser.code("sign_in", &fresh).await;
    assert!(answer.refuses("wait"), "{}", answer.body);

    // A new set replaces the codes of the old one, used or not.
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut inside = world.signed_in("customers", TESS, &proven).await;
    let realm = [("realm", "customers")];
    let made = inside.post("recovery-codes/make", &realm).await;
    assert!(made.shows("recovery_codes"), "{}", made.body);
    world.advance(60 * 60);
    let mut browser = at_recovery(world.browser()).await;
    for replaced in [&used, &fresh] {
        let answer = browser.code("sign_in", replaced).await;
        assert!(answer.refuses("wrong_code"), "{}", answer.body);
        world.advance(61);
    }
}

/// What strangers filled is waited for, and the owner's own right codes are neither
/// evaluated nor counted meanwhile: they would shut the way for good.
#[tokio::test]
async fn tries_that_strangers_hold_up_are_not_counted_against_the_owner() {
    let world = World::demo().await;
    let id = world.person("customers", TESS).await.id;
    let secret = world.secrets(TESS).await["totp_secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    let mut tx = world.services.store.begin().await.expect("begins");
    let bucket = format!("p:{id}:totp:strangers");
    for n in 0..Limit::STRANGERS.in_a_row {
        let then = world.services.now().plus_seconds(61 * (n - 100));
        let denied = tx.attempt_take(&bucket, Limit::STRANGERS, then).await;
        assert_eq!(denied.expect("counts"), None, "{n}");
    }
    tx.commit().await.expect("commits");
    let mut owner = world.browser();
    for n in 0..25 {
        assert!(owner.password(TESS, PASSWORD).await.asks_for("totp"));
        let answer = owner.code("sign_in", &world.app(&secret)).await;
        assert!(answer.refuses("wait"), "{n}: {}", answer.body);
        world.advance(61);
    }
    world.advance(86_400);
    assert!(owner.password(TESS, PASSWORD).await.asks_for("totp"));
    let answer = owner.code("sign_in", &world.app(&secret)).await;
    assert!(answer.lets_in(), "{}", answer.body);
}

/// Whoever lost the passkey that is asked for gets past it with a recovery code, and takes
/// nothing away for a day.
#[tokio::test]
async fn a_recovery_code_stands_beside_a_passkey_that_is_asked_for_anew() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut max = world.signed_in("customers", MAX, &proven).await;
    world.advance(6 * 60);
    max.get("/customers/add").await;
    let fields = [
        ("realm", "customers"),
        ("purpose", "confirm"),
        ("kind", "recovery"),
    ];
    let answer = max.post("prove/another-way", &fields).await;
    assert!(answer.asks_for("recovery"), "{}", answer.body);
    let code = recovery_code(&world.secrets(MAX).await, 0);
    let answer = max.code("confirm", &code).await;
    assert!(answer.leads_to("/customers/add"), "{}", answer.body);
    let letters = world.letters().await;
    let told = letters.iter().any(|letter| {
        matches!(
            &letter.message,
            Message::Notice {
                what: Notice::RecoveryCodeUsed { .. },
                ..
            }
        )
    });
    assert!(told, "every address hears of it");
}
