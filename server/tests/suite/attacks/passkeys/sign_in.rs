//! Answers at the sign-in, where nobody is known before.

use super::{Bend, passkey_options, with_passkey};
use axum::http::StatusCode;
use serde_json::Value;
use testkit::{MAX, PIA, World, form, passkey::Key};
use tokio::task::JoinSet;

/// A question goes with the first answer to it, right or wrong; before that, it is the
/// same for everybody.
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
    assert!(again.refuses("start_again") && !again.lets_in());
    passkey_options(&mut browser).await;
    let again = browser.raw("sign-in/passkey", &with_passkey(&answer)).await;
    assert!(again.refuses("start_again") && !again.lets_in());
    // A wrong answer takes its question with it, for the right answer too.
    let options = passkey_options(&mut browser).await;
    let mut claim = pia.claim(&options);
    claim.flags = 0x01;
    let wrong = with_passkey(&pia.answer(&claim));
    let wrong = browser.raw("sign-in/passkey", &wrong).await;
    assert!(wrong.refuses("passkey_failed") && !wrong.lets_in());
    let late = with_passkey(&pia.answer(&pia.claim(&options)));
    let late = browser.raw("sign-in/passkey", &late).await;
    assert!(late.refuses("start_again") && !late.lets_in());
}

/// Each tab's address field offers passkeys, and the button asks anew: the question that
/// was asked last does not end the others, and each is answered once.
#[tokio::test]
async fn xd01_the_question_of_another_tab_stays_open() {
    let world = World::demo().await;
    let pia = Key::of(&world.secrets(PIA).await);
    let mut browser = world.browser();
    let first = passkey_options(&mut browser).await;
    let second = passkey_options(&mut browser).await;
    for options in [&first, &second] {
        let body = with_passkey(&pia.answer(&pia.claim(options)));
        let answer = browser.request("sign-in/passkey", body.clone());
        let answer = testkit::send(world.router.clone(), answer).await;
        assert!(answer.lets_in(), "{}", answer.body);
        let again = browser.request("sign-in/passkey", body);
        let again = testkit::send(world.router.clone(), again).await;
        assert!(again.refuses("start_again") && !again.lets_in());
    }
    // Of another browser, and of a time that is over.
    let options = passkey_options(&mut browser).await;
    let body = with_passkey(&pia.answer(&pia.claim(&options)));
    let mut other = world.browser();
    passkey_options(&mut other).await;
    let elsewhere = other.raw("sign-in/passkey", &body).await;
    assert!(elsewhere.refuses("start_again") && !elsewhere.lets_in());
    world.advance(301);
    let late = browser.raw("sign-in/passkey", &body).await;
    assert!(late.refuses("start_again") && !late.lets_in());
}

/// The address field's question of a browser that was never here does not end what its
/// form began meanwhile: both belong to the browser that the page knows.
#[tokio::test]
async fn the_first_two_requests_of_a_browser_are_of_one_browser() {
    let world = World::demo().await;
    let pia = Key::of(&world.secrets(PIA).await);
    let mut browser = world.browser();
    let page = browser.get("/customers/sign-in").await;
    assert_eq!(page.cookies().len(), 1, "{:?}", page.headers);
    let known = browser.get("/customers/sign-in").await;
    assert!(known.cookies().is_empty(), "once");
    let body = form(&[("realm", "customers")]);
    let at_once = [(); 2].map(|()| browser.request("sign-in/passkey-options", body.clone()));
    for request in at_once {
        let asked = testkit::send(world.router.clone(), request).await;
        assert!(asked.cookies().is_empty(), "{:?}", asked.headers);
        let options: String = serde_json::from_str(&asked.body).expect("a text");
        let options: Value = serde_json::from_str(&options).expect("options");
        let answer = with_passkey(&pia.answer(&pia.claim(&options)));
        let answer = browser.request("sign-in/passkey", answer);
        assert!(testkit::send(world.router.clone(), answer).await.lets_in());
    }
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
        ("a byte too many", |c| c.trailing = &[0]),
        ("a stranger named", |c| c.handle = Some(vec![7; 16])),
        ("no person named", |c| c.handle = Some(b"pia".to_vec())),
        ("two credentials named", |c| c.id = "A".repeat(22)),
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
        assert!(answer.refuses("passkey_failed"), "{what}: {}", answer.body);
        // It took its question with it.
        let late = with_passkey(&pia.answer(&pia.claim(&options)));
        let late = browser.raw("sign-in/passkey", &late).await;
        assert!(late.refuses("start_again"), "{what}: {}", late.body);
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
    assert!(answer.refuses("passkey_failed") && !answer.lets_in());
    world.advance(1000);
    // A question that nobody asked.
    let mut claim = pia.claim(&passkey_options(&mut browser).await);
    claim.challenge = "A".repeat(43);
    let body = with_passkey(&pia.answer(&claim));
    let answer = browser.raw("sign-in/passkey", &body).await;
    assert!(answer.refuses("start_again") && !answer.lets_in());
    // What is no challenge is no key of the database either (PostgreSQL takes no NUL).
    for odd in ["\u{0}".to_owned(), String::new(), "A".repeat(50_000)] {
        let mut claim = pia.claim(&passkey_options(&mut browser).await);
        claim.challenge = odd;
        let body = with_passkey(&pia.answer(&claim));
        let answer = browser.raw("sign-in/passkey", &body).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.refuses("passkey_failed"), "{}", answer.body);
    }
    // A question of one realm is none of another.
    let options = passkey_options(&mut browser).await;
    let answer = pia.answer(&pia.claim(&options));
    let fields = [("realm", "workforce"), ("credential", answer.as_str())];
    assert!(!browser.post("sign-in/passkey", &fields).await.lets_in());
    let body = with_passkey(&answer);
    assert!(browser.raw("sign-in/passkey", &body).await.lets_in());
}
