//! Answers that make a new passkey.

use super::{Bend, asked};
use domain::FactorKind;
use testkit::{Browser, PASSWORD, TESS, World, passkey::Key};

/// A customer with no second factor yet.
const NORA: &str = "nora.new@customers.example";

/// Making a passkey keeps the same rules.
#[tokio::test]
async fn xd01_xd04_xd08_a_new_passkey_answers_once_and_from_a_page_of_ours() {
    let bends: [Bend; 7] = [
        ("type", |c| c.kind = "webauthn.get"),
        ("another port", |c| c.origin = "http://localhost:8081"),
        ("a frame", |c| c.crossed = true),
        ("a frame of ours", |c| c.top = Some("http://localhost:8080")),
        ("a frame of theirs", |c| c.top = Some("http://evil.example")),
        ("two credentials named", |c| c.id = "A".repeat(22)),
        ("a byte too many", |c| c.trailing = &[0]),
    ];
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let key = Key::new(7);
    let begin = async || {
        let mut browser = world.signed_in("customers", TESS, &proven).await;
        let fields = [("realm", "customers"), ("method", "passkey")];
        let options = asked(&browser.post("choose-method", &fields).await);
        (browser, options)
    };
    let enroll = async |browser: &mut Browser, credential: &str| {
        let fields = [
            ("realm", "customers"),
            ("credential", credential),
            ("name", "Key"),
        ];
        browser.post("enroll-passkey", &fields).await
    };
    for (what, bend) in bends {
        let (mut browser, first) = begin().await;
        let mut claim = key.creation(&first);
        bend(&mut claim);
        let answer = enroll(&mut browser, &key.registration(&claim)).await;
        assert!(answer.refuses("passkey_failed"), "{what}: {}", answer.body);
        let second = asked(&answer);
        assert_ne!(first["challenge"], second["challenge"], "{what}");
        let late = key.registration(&key.creation(&first));
        let answer = enroll(&mut browser, &late).await;
        assert!(answer.refuses("passkey_failed"), "{what}: {}", answer.body);
    }
    let (mut browser, options) = begin().await;
    let right = key.registration(&key.creation(&options));
    let answer = enroll(&mut browser, &right).await;
    assert!(answer.tells("factor_added"), "{}", answer.body);
    let again = enroll(&mut browser, &right).await;
    assert!(again.refuses("start_again"), "{}", again.body);

    // In a first sign-in, and late.
    let mut browser = world.browser();
    browser.password(NORA, PASSWORD).await;
    let fields = [("realm", "customers"), ("method", "passkey")];
    let options = asked(&browser.post("choose-method", &fields).await);
    world.advance(300);
    let late = key.registration(&key.creation(&options));
    let answer = enroll(&mut browser, &late).await;
    assert!(answer.refuses("start_again"), "{}", answer.body);
    let known = key.registration(&key.creation(&asked(&answer)));
    let answer = enroll(&mut browser, &known).await;
    assert!(answer.refuses("passkey_known"), "{}", answer.body);
    let other = Key::new(8);
    let right = other.registration(&other.creation(&asked(&answer)));
    assert!(enroll(&mut browser, &right).await.lets_in());
}
