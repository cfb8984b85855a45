//! Passkeys: what a browser is asked, and how its answers are bent.

mod copies;
mod new_key;
mod sign_in;
mod step_up;

use domain::{FactorKind, records::Factor};
use serde_json::Value;
use testkit::{Answer, Browser, MAX, World, form, passkey::Claim};

/// What is wrong with an answer, and how it comes to be.
type Bend = (&'static str, fn(&mut Claim));

async fn passkey_options(browser: &mut Browser) -> Value {
    let fields = [("realm", "customers")];
    let answer = browser.post("sign-in/passkey-options", &fields).await;
    let text: String = serde_json::from_str(&answer.body).expect("a text");
    serde_json::from_str(&text).expect("options")
}

fn with_passkey(answer: &str) -> String {
    form(&[("realm", "customers"), ("credential", answer)])
}

/// What the page that is shown asks a passkey.
fn asked(answer: &Answer) -> Value {
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    let screen = body["show"]["screen"].as_object().expect("a screen");
    let task = screen.values().next().expect("a task");
    let options = task["options"].as_str().expect("options");
    serde_json::from_str(options).expect("JSON")
}

async fn prove(browser: &mut Browser, purpose: &str, credential: &str) -> Answer {
    let fields = [
        ("realm", "customers"),
        ("purpose", purpose),
        ("credential", credential),
    ];
    browser.post("prove/passkey", &fields).await
}

/// Max is signed in, and asked for his passkey before he may change something.
async fn at_confirm(world: &World) -> (Browser, Value) {
    let mut browser = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    world.advance(6 * 60);
    let answer = browser.get("/customers/add").await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let options = asked(&browser.page("/customers/confirm").await);
    (browser, options)
}

async fn passkey_of(world: &World, login: &str) -> Factor {
    let who = world.person("customers", login).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&who.id).await.expect("reads");
    let key = factors.into_iter().find(|f| f.kind == FactorKind::Passkey);
    key.expect("a passkey")
}
