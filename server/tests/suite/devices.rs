//! Remembered browsers (C12): what they save their owner, and what they never
//! open for anybody else.

use axum::http::StatusCode;
use domain::FactorKind;
use testkit::{Answer, Browser, EMIL, MAX, PASSWORD, World};

const DEVICE: &str = "__Host-device-customers";
const DAY: i64 = 24 * 3600;

/// Signs Emil in with his code and has the browser remembered.
async fn remembered(world: &World) -> Browser {
    let mut browser = world.browser();
    browser.password(EMIL, PASSWORD).await;
    let code = world.mailed_code().await;
    let answer = prove(&mut browser, "sign_in", &code).await;
    assert!(answer.lets_in(), "{}", answer.body);
    assert!(browser.cookies.contains_key(DEVICE));
    browser
}

async fn prove(browser: &mut Browser, purpose: &str, code: &str) -> Answer {
    let fields = [
        ("realm", "customers"),
        ("purpose", purpose),
        ("code", code),
        ("remember", "true"),
    ];
    browser.post("prove/code", &fields).await
}

/// A new sign-in of the same browser with name and password.
async fn again(browser: &mut Browser) -> Answer {
    browser.post("sign-in/out", &[("realm", "customers")]).await;
    browser.password(EMIL, PASSWORD).await
}

/// The id of the one remembered browser, as its owner's page says.
async fn id_of(browser: &mut Browser) -> String {
    let page = browser.page("/customers/sessions").await;
    let json: serde_json::Value = serde_json::from_str(&page.body).expect("JSON");
    let id = &json["show"]["screen"]["sessions"]["devices"][0]["id"];
    id.as_str().expect("a remembered browser").to_owned()
}

async fn forget(browser: &mut Browser, id: &str) -> Answer {
    let fields = [("realm", "customers"), ("id", id)];
    browser.post("sessions/forget-device", &fields).await
}

#[tokio::test]
async fn the_password_is_enough_until_the_last_day_and_opens_no_change() {
    let world = World::demo().await;
    let mut browser = remembered(&world).await;
    world.advance(29 * DAY);
    assert!(again(&mut browser).await.lets_in());
    // Only the password was proven: whoever changes factors proves the code.
    let page = browser.page("/customers/recovery-codes").await;
    assert!(page.leads_to("/customers/confirm"), "{}", page.body);
    world.advance(DAY + 1);
    assert!(again(&mut browser).await.shows("code"));
}

#[tokio::test]
async fn who_did_not_ask_for_it_is_asked_again() {
    let world = World::demo().await;
    let mut browser = world.browser();
    browser.password(EMIL, PASSWORD).await;
    let code = world.mailed_code().await;
    assert!(browser.code("sign_in", &code).await.lets_in());
    assert!(!browser.cookies.contains_key(DEVICE));
    assert!(!again(&mut browser).await.lets_in());
}

#[tokio::test]
async fn a_realm_whose_policy_remembers_nothing_remembers_nothing() {
    let world = World::demo().await;
    let mut browser = world.browser();
    let dealer = [
        ("realm", "dealers"),
        ("login", "lenz01"),
        ("password", PASSWORD),
    ];
    browser.post("sign-in/password", &dealer).await;
    let code = world.mailed_code().await;
    let fields = [
        ("realm", "dealers"),
        ("purpose", "sign_in"),
        ("code", code.as_str()),
        ("remember", "true"),
    ];
    browser.post("prove/code", &fields).await;
    assert!(browser.cookies.contains_key("__Host-session-dealers"));
    assert!(!browser.cookies.keys().any(|name| name.contains("device")));
}

#[tokio::test]
async fn forgetting_one_asks_again_and_reaches_nobody_elses() {
    let world = World::demo().await;
    let mut browser = remembered(&world).await;
    let id = id_of(&mut browser).await;
    let mut other = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    assert_eq!(forget(&mut other, &id).await.status, StatusCode::NOT_FOUND);
    assert!(forget(&mut browser, &id).await.tells("device_forgotten"));
    assert!(!again(&mut browser).await.lets_in());
}

#[tokio::test]
async fn the_secret_of_one_person_is_worth_nothing_to_another() {
    let world = World::demo().await;
    let browser = remembered(&world).await;
    let mut thief = world.browser();
    let stolen = browser.cookies[DEVICE].clone();
    thief.cookies.insert(DEVICE.to_owned(), stolen);
    assert!(!thief.password(MAX, PASSWORD).await.lets_in());
    // Nor does it say anything without the password.
    assert!(
        !thief
            .password(EMIL, "wrong-but-long-enough")
            .await
            .lets_in()
    );
}

#[tokio::test]
async fn xc14_whatever_ends_sessions_or_changes_the_account_forgets_them() {
    let world = World::demo().await;
    let mut browser = remembered(&world).await;
    browser
        .post("sessions/end-others", &[("realm", "customers")])
        .await;
    assert!(!again(&mut browser).await.lets_in(), "all others ended");

    let mut browser = remembered(&world).await;
    let who = world.person("customers", EMIL).await.id;
    let mut tx = world.services.store.begin().await.expect("begins");
    tx.person_bump(&who).await.expect("bumps");
    tx.commit().await.expect("commits");
    assert!(!again(&mut browser).await.lets_in(), "another epoch");

    let mut browser = remembered(&world).await;
    let token = world.reset_token(EMIL).await;
    let mut reset = world.browser();
    reset.open("reset_password", &token).await;
    reset.set_password("quartz-meadow-77-lantern").await;
    browser.post("sign-in/out", &[("realm", "customers")]).await;
    let answer = browser.password(EMIL, "quartz-meadow-77-lantern").await;
    assert!(!answer.lets_in(), "a new password: {}", answer.body);
}
