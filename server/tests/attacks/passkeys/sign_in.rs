//! Answers at the sign-in, where nobody is known before.

use super::{Bend, passkey_options, with_passkey};
use axum::http::StatusCode;
use serde_json::Value;
use testkit::{MAX, PIA, World, passkey::Key};
use tokio::task::JoinSet;

/// The challenge goes with the first answer that comes, right or wrong; before
/// that, the question is the same for everybody.
#[tokio::test]
async fn xd01_xd02_xd13_a_passkey_answers_once() {
    let world = World::demo().await;
    let pia = Key::of(&world.secrets(PIA).await);
    let mut browser = world.browser();
    let options = passkey_options(&mut browser).await;
    assert_eq!(options["allowCredentials"], Value::Array(Vec::new()));
    let answer = pia.answer(&pia.claim(&options));
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let request = browser.request("sign-in/passkey", with_passkey(&answer));
        let router = world.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|a| a.lets_in()).count(), 1);

    // The same once more, with no question open and with another one.
    let again = browser.raw("sign-in/passkey", &with_passkey(&answer)).await;
    assert!(again.says("start_again") && !again.lets_in());
    passkey_options(&mut browser).await;
    let again = browser.raw("sign-in/passkey", &with_passkey(&answer)).await;
    assert!(again.says("passkey_failed") && !again.lets_in());
    // That question is gone now, for the right answer too.
    let options = passkey_options(&mut browser).await;
    let wrong = with_passkey("{}");
    assert!(!browser.raw("sign-in/passkey", &wrong).await.lets_in());
    let late = with_passkey(&pia.answer(&pia.claim(&options)));
    assert!(!browser.raw("sign-in/passkey", &late).await.lets_in());
}

/// Answers that an honest authenticator would not give (WebAuthn Level 3, 7.2).
#[tokio::test]
async fn xd04_xd05_xd08_answers_of_elsewhere_or_of_others_prove_nobody() {
    let bends: [Bend; 18] = [
        ("type", |c| c.kind = "webauthn.create"),
        ("another port", |c| c.origin = "http://localhost:8081"),
        ("https", |c| c.origin = "https://localhost:8080"),
        ("a host below", |c| c.origin = "http://sub.localhost:8080"),
        ("a trailing dot", |c| c.origin = "http://localhost.:8080"),
        ("another host", |c| c.origin = "http://evil.example"),
        ("no origin", |c| c.origin = "null"),
        ("a frame", |c| c.crossed = true),
        ("a frame of ours", |c| c.top = Some("http://localhost:8080")),
        ("a frame of theirs", |c| c.top = Some("http://evil.example")),
        ("another relying party", |c| c.rp_id = "evil.example"),
        ("nobody verified", |c| c.flags = 0x01),
        ("nobody present", |c| c.flags = 0x04),
        ("nobody named", |c| c.handle = None),
        ("a stranger named", |c| c.handle = Some(vec![7; 16])),
        ("no person named", |c| c.handle = Some(b"pia".to_vec())),
        ("two credentials named", |c| c.id = "A".repeat(22)),
        ("another challenge", |c| c.challenge = "A".repeat(43)),
    ];
    let world = World::demo().await;
    let pia = Key::of(&world.secrets(PIA).await);
    let max = Key::of(&world.secrets(MAX).await);
    let mut browser = world.browser();
    for (what, bend) in bends {
        let options = passkey_options(&mut browser).await;
        let mut claim = pia.claim(&options);
        bend(&mut claim);
        let body = with_passkey(&pia.answer(&claim));
        let answer = browser.raw("sign-in/passkey", &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{what}");
        assert!(!answer.lets_in(), "{what}");
        assert!(answer.says("passkey_failed"), "{what}: {}", answer.body);
        // Past the lock that five of these bring.
        world.advance(1000);
    }
    // Pia's credential with the key of Max, and the other way round.
    for (key, named) in [(&max, &pia), (&pia, &max)] {
        let options = passkey_options(&mut browser).await;
        let body = with_passkey(&key.answer(&named.claim(&options)));
        assert!(!browser.raw("sign-in/passkey", &body).await.lets_in());
        world.advance(1000);
    }
    // Pia's key, and Max named as the one who answers.
    let options = passkey_options(&mut browser).await;
    let mut claim = pia.claim(&options);
    claim.handle = Some(max.handle.clone());
    let body = with_passkey(&pia.answer(&claim));
    let answer = browser.raw("sign-in/passkey", &body).await;
    assert!(answer.says("passkey_failed") && !answer.lets_in());
    world.advance(1000);
    // A question of one realm is none of another.
    let options = passkey_options(&mut browser).await;
    let answer = pia.answer(&pia.claim(&options));
    let fields = [("realm", "workforce"), ("credential", answer.as_str())];
    assert!(!browser.post("sign-in/passkey", &fields).await.lets_in());
    let body = with_passkey(&answer);
    assert!(browser.raw("sign-in/passkey", &body).await.lets_in());
}
