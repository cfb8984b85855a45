//! A forgotten PIN, reset with a passkey.

use crate::callers::{ADA, by_passkey, screen};
use axum::http::StatusCode;
use testkit::{
    Answer, Browser, World,
    desk::{MARA, agent, issue},
    passkey::Key,
    phone::JONAS,
};

/// A browser comes from "Forgot your PIN?" to the passkey.
async fn forgot(browser: &mut Browser, login: &str) -> Answer {
    let fields = [("realm", "workforce"), ("login", login)];
    browser.post("reset-pin/ask", &fields).await;
    let fields = [("realm", "workforce"), ("method", "passkey,emergency")];
    browser.post("reset-pin/chain", &fields).await
}

/// What a passkey answers there; nobody is asked by name.
async fn prove(world: &World, browser: &mut Browser, login: &str) -> Answer {
    let fields = [("realm", "workforce")];
    let options = browser.post("sign-in/passkey-options", &fields).await;
    let options: String = serde_json::from_str(&options.body).expect("a text");
    let options = serde_json::from_str(&options).expect("options");
    let key = Key::of(&world.secrets(login).await);
    let credential = key.answer(&key.claim(&options));
    let fields = [
        ("realm", "workforce"),
        ("purpose", "reset_pin"),
        ("credential", &credential),
    ];
    browser.post("prove/passkey", &fields).await
}

#[tokio::test]
async fn a_pin_is_reset_by_a_passkey_and_an_emergency_password() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_passkey(&world, &mut mara).await;
    let issued = issue(&world, &mut mara, JONAS, "").await;
    let password = testkit::desk::password(&issued);
    assert!(!password.is_empty(), "{}", issued.body);
    let mut browser = world.browser();
    let there = forgot(&mut browser, JONAS).await;
    // The same for a name that nobody has.
    let nowhere = forgot(&mut world.browser(), "Q999999").await;
    assert_eq!(
        screen(&there, "passkey"),
        screen(&nowhere, "passkey"),
        "{}",
        there.body
    );
    // Somebody else's passkey, and one answer given twice, prove nothing here.
    let others = prove(&world, &mut browser, ADA).await;
    assert!(others.refuses("passkey_unknown"), "{}", others.body);
    let proved = prove(&world, &mut browser, JONAS).await;
    let task = screen(&proved, "emergency");
    assert_eq!(task["after"], "passkey", "{}", proved.body);
    let fields = [("realm", "workforce"), ("code", &password)];
    let done = browser.post("reset-pin/emergency", &fields).await;
    assert!(done.leads_to("/workforce/overview"), "{}", done.body);
    let overview = browser.page("/workforce/overview").await;
    assert_eq!(overview.status, StatusCode::OK);
    let profile = browser.get("/workforce/profile").await;
    assert_eq!(profile.header("location"), "/workforce/sign-in");
}
