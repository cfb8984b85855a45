//! Answers of somebody who is signed in and proves themselves once more.

use super::{Bend, asked, at_confirm, passkey_of, prove};
use domain::{FactorKind, confirm::Confirm};
use flows::{
    Request,
    ceremony::{self, Ctx, Run},
};
use serde_json::Value;
use testkit::{Answer, Browser, MAX, PIA, World, passkey::Key};

/// Max is about to test his passkey.
async fn at_test(world: &World) -> (Browser, Value) {
    let proven = [FactorKind::Passkey];
    let mut browser = world.signed_in("customers", MAX, &proven).await;
    let key = passkey_of(world, MAX).await;
    let fields = [("realm", "customers"), ("id", key.id.as_str())];
    browser.post("manage-factors/test", &fields).await;
    let options = asked(&browser.page("/customers/test").await);
    (browser, options)
}

/// A question is gone with the first answer and after five minutes, where
/// somebody proves themselves once more, too; a failed answer brings another.
#[tokio::test]
async fn xd01_a_passkey_answers_once_at_step_up_and_test() {
    let world = World::demo().await;
    let max = Key::of(&world.secrets(MAX).await);
    for purpose in ["confirm", "test"] {
        let begin = async || match purpose {
            "confirm" => at_confirm(&world).await,
            _ => at_test(&world).await,
        };
        let proves = |answer: &Answer| answer.lets_in() || answer.tells("factor_works");

        let (mut browser, first) = begin().await;
        let answer = prove(&mut browser, purpose, "{}").await;
        assert!(
            answer.refuses("passkey_failed"),
            "{purpose}: {}",
            answer.body
        );
        let second = asked(&answer);
        assert_ne!(first["challenge"], second["challenge"], "{purpose}");
        let late = max.answer(&max.claim(&first));
        let answer = prove(&mut browser, purpose, &late).await;
        assert!(
            answer.refuses("passkey_failed"),
            "{purpose}: {}",
            answer.body
        );
        let third = asked(&answer);
        let late = max.answer(&max.claim(&second));
        let answer = prove(&mut browser, purpose, &late).await;
        assert!(
            answer.refuses("passkey_failed"),
            "{purpose}: {}",
            answer.body
        );
        world.advance(61);
        let fourth = asked(&answer);
        assert_ne!(third["challenge"], fourth["challenge"], "{purpose}");
        let right = max.answer(&max.claim(&fourth));
        let answer = prove(&mut browser, purpose, &right).await;
        assert!(proves(&answer), "{purpose}: {}", answer.body);

        let (mut browser, options) = begin().await;
        world.advance(290);
        let in_time = max.answer(&max.claim(&options));
        let answer = prove(&mut browser, purpose, &in_time).await;
        assert!(proves(&answer), "{purpose}: {}", answer.body);

        let (mut browser, options) = begin().await;
        world.advance(300);
        let late = max.answer(&max.claim(&options));
        let answer = prove(&mut browser, purpose, &late).await;
        assert!(answer.refuses("start_again"), "{purpose}: {}", answer.body);
        let right = max.answer(&max.claim(&asked(&answer)));
        let answer = prove(&mut browser, purpose, &right).await;
        assert!(proves(&answer), "{purpose}: {}", answer.body);
    }
}

/// Of two requests that saw the same question one may look at its answer, and
/// none when the ceremony ended meanwhile.
#[tokio::test]
async fn xd01_a_challenge_has_one_taker() {
    let world = World::demo().await;
    let (browser, _) = at_confirm(&world).await;
    let cookies = browser.cookies.iter();
    let cookies: Vec<_> = cookies
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let request = Request {
        cookies: cookies.join("; "),
        ..Request::default()
    };
    let realm = world.services.realm("customers").expect("a realm");
    let ctx = Ctx {
        services: &world.services,
        request: &request,
        realm: &realm,
    };
    let load = async || {
        let run = ceremony::load::<Confirm>(ctx).await.expect("reads");
        run.expect("a ceremony")
    };
    let take = async |run: Run<Confirm>| {
        let next = run.extras.clone();
        let taken = ceremony::next_challenge(ctx, run, next).await;
        taken.expect("writes")
    };
    let (one, two) = (load().await, load().await);
    assert!(take(one).await.is_some());
    assert!(take(two).await.is_none());
    let (one, two) = (load().await, load().await);
    assert!(take(one).await.is_some());
    ceremony::drop_row::<Confirm>(ctx).await.expect("drops");
    assert!(take(two).await.is_none());
    let found = ceremony::load::<Confirm>(ctx).await.expect("reads");
    assert!(found.is_none(), "what ended stays ended");
}

/// The same answers prove nobody where the person is known before.
#[tokio::test]
async fn xd04_xd08_answers_of_elsewhere_or_of_others_prove_nobody_at_step_up() {
    let bends: [Bend; 9] = [
        ("type", |c| c.kind = "webauthn.create"),
        ("another port", |c| c.origin = "http://localhost:8081"),
        ("a frame", |c| c.crossed = true),
        ("a frame of ours", |c| c.top = Some("http://localhost:8080")),
        ("a frame of theirs", |c| c.top = Some("http://evil.example")),
        ("another relying party", |c| c.rp_id = "evil.example"),
        ("nobody verified", |c| c.flags = 0x01),
        ("a stranger named", |c| c.handle = Some(vec![7; 16])),
        ("two credentials named", |c| c.id = "A".repeat(22)),
    ];
    let world = World::demo().await;
    let max = Key::of(&world.secrets(MAX).await);
    let pia = Key::of(&world.secrets(PIA).await);
    for (what, bend) in bends {
        let (mut browser, options) = at_confirm(&world).await;
        let mut claim = max.claim(&options);
        bend(&mut claim);
        let answer = prove(&mut browser, "confirm", &max.answer(&claim)).await;
        assert!(answer.refuses("passkey_failed"), "{what}: {}", answer.body);
        assert!(!answer.lets_in(), "{what}");
        world.advance(1000);
    }
    // A key that was not asked for, and his own one with no name to it.
    let (mut browser, options) = at_confirm(&world).await;
    let other = pia.answer(&pia.claim(&options));
    let answer = prove(&mut browser, "confirm", &other).await;
    assert!(answer.refuses("passkey_unknown"), "{}", answer.body);
    let mut claim = max.claim(&asked(&answer));
    claim.handle = None;
    let answer = prove(&mut browser, "confirm", &max.answer(&claim)).await;
    assert!(answer.lets_in(), "{}", answer.body);
}
