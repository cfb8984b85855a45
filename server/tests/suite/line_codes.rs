//! Codes over the telephone: sent once, to the number that is set up, good for the way
//! that they went and no other.

use domain::{
    FactorKind,
    message::{Message, Way},
    throttle::{MOST_TO_NUMBER, NUMBER_PERIOD},
};
use testkit::{Answer, Browser, World};

const PASSWORD: &str = "violet-anchor-41-rainfall";
const MIRIAM: &str = "+491713920012";

async fn password(browser: &mut Browser, login: &str) -> Answer {
    let fields = [
        ("realm", "agents"),
        ("login", login),
        ("password", PASSWORD),
    ];
    browser.post("sign-in/password", &fields).await
}

async fn code(browser: &mut Browser, code: &str) -> Answer {
    let fields = [
        ("realm", "agents"),
        ("purpose", "sign_in"),
        ("code", code),
        ("remember", "false"),
    ];
    browser.post("prove/code", &fields).await
}

async fn resend(browser: &mut Browser) -> Answer {
    let fields = [("realm", "agents"), ("purpose", "sign_in")];
    browser.post("prove/resend", &fields).await
}

/// What waits to be sent by telephone: where to, which way, and the code.
async fn sent(world: &World) -> Vec<(String, Way, String)> {
    let letters = world.letters().await;
    let all = letters.into_iter().filter_map(|l| match &l.message {
        Message::SignInCode { code, .. } => Some((l.to.clone(), l.way, code.reveal().to_owned())),
        _ => None,
    });
    all.collect()
}

#[tokio::test]
async fn the_password_sends_one_code_however_often_the_page_is_loaded() {
    let world = World::demo().await;
    let mut browser = world.browser();
    let asked = password(&mut browser, "mberg").await;
    assert!(asked.body.contains("••••• 12"), "{}", asked.body);
    assert!(!asked.body.contains("3920012"), "{}", asked.body);
    for _ in 0..3 {
        browser.page("/agents/sign-in").await;
    }
    let all = sent(&world).await;
    let [(to, way, digits)] = all.as_slice() else {
        panic!("one code: {all:?}");
    };
    assert_eq!((to.as_str(), *way, digits.len()), (MIRIAM, Way::Sms, 6));
    let in_ = code(&mut browser, digits).await;
    assert!(in_.leads_to("/agents/overview"), "{}", in_.body);
    // Once.
    let mut other = world.browser();
    password(&mut other, "mberg").await;
    let again = code(&mut other, digits).await;
    assert!(again.refuses("wrong_code"), "{}", again.body);
}

#[tokio::test]
async fn a_landline_is_called() {
    let world = World::demo().await;
    let mut browser = world.browser();
    password(&mut browser, "tlang").await;
    let all = sent(&world).await;
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].0.as_str(), all[0].1), ("+498999998009", Way::Voice));
    let in_ = code(&mut browser, &all[0].2).await;
    assert!(in_.leads_to("/agents/overview"), "{}", in_.body);
}

#[tokio::test]
async fn the_same_code_is_sent_once_more_and_too_many_are_not() {
    let world = World::demo().await;
    let mut browser = world.browser();
    password(&mut browser, "mberg").await;
    let first = sent(&world).await.remove(0).2;
    // Too soon: the one that is on its way stays.
    assert!(resend(&mut browser).await.refuses("wait"));
    assert!(sent(&world).await.is_empty());
    world.advance(31);
    resend(&mut browser).await;
    assert_eq!(sent(&world).await.remove(0).2, first);
    world.advance(61);
    resend(&mut browser).await;
    assert_eq!(sent(&world).await.remove(0).2, first);
    world.advance(121);
    let full = resend(&mut browser).await;
    assert!(full.refuses("wait"), "{}", full.body);
    assert!(
        sent(&world).await.is_empty(),
        "{MOST_TO_NUMBER} in ten minutes"
    );
    let in_ = code(&mut browser, &first).await;
    assert!(in_.leads_to("/agents/overview"), "{}", in_.body);
    // The number is what counts, whoever asks, from wherever.
    let mut other = world.browser();
    password(&mut other, "mberg").await;
    assert!(sent(&world).await.is_empty());
    world.advance(NUMBER_PERIOD);
    let mut later = world.browser();
    password(&mut later, "mberg").await;
    assert_eq!(sent(&world).await.len(), 1);
}

#[tokio::test]
async fn a_code_is_too_old_after_five_minutes() {
    let world = World::demo().await;
    let mut browser = world.browser();
    password(&mut browser, "mberg").await;
    let digits = sent(&world).await.remove(0).2;
    world.advance(301);
    let late = code(&mut browser, &digits).await;
    assert!(late.refuses("expired_code"), "{}", late.body);
}

/// An application that wants a fresh proof, or another site that leads there, gets no second
/// code out of it.
#[tokio::test]
async fn a_step_up_sends_one_code_however_often_it_is_begun() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Sms];
    let mut miriam = world.signed_in("agents", "mberg", &proven).await;
    let challenge = "a".repeat(43);
    let asked = format!(
        "/agents/oidc/authorize?client_id=lernwelt&response_type=code&scope=openid&state=s\
         &redirect_uri=http%3A%2F%2Flocalhost%3A9090%2Fcallback&prompt=login\
         &code_challenge={challenge}&code_challenge_method=S256"
    );
    world.letters().await;
    for _ in 0..4 {
        let led = miriam.get(&asked).await;
        assert_eq!(led.header("location"), "/agents/confirm", "{}", led.body);
        world.advance(40);
    }
    assert_eq!(sent(&world).await.len(), 1);
}
