//! Whose account it is, and what a change of it ends: sign-ins that were half done, sessions
//! that proved less, pages that were left open.

mod another;
mod factors;
mod half_done;
mod races;

use domain::{
    FactorKind,
    ids::{FactorId, PersonId},
    records::Factor,
};
use serde_json::Value;
use testkit::{Answer, Browser, World};

/// An employee with a passkey and a PIN.
const JONAS: &str = "Q471108";
/// The PIN of everybody in the demo.
const PIN: &str = "583926";
const STAFF: &[FactorKind] = &[FactorKind::Passkey, FactorKind::Pin];

async fn factors(world: &World, person: &PersonId) -> Vec<Factor> {
    let mut conn = world.services.store.read().await.expect("reads");
    conn.factors(person).await.expect("reads")
}

/// The one factor of a kind that somebody holds.
async fn factor(world: &World, realm: &str, login: &str, kind: FactorKind) -> FactorId {
    let person = world.person(realm, login).await.id;
    let all = factors(world, &person).await;
    let one = all.into_iter().find(|f| f.kind == kind);
    one.expect("holds one").id
}

/// What a field of the screen says.
fn shown(answer: &Answer, screen: &str, field: &str) -> String {
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    let text = &body["show"]["screen"][screen][field];
    text.as_str().unwrap_or_default().to_owned()
}

/// Whose account the page says that it is about.
fn account(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    let login = &body["show"]["frame"]["account"]["login"];
    login.as_str().unwrap_or_default().to_owned()
}

async fn password(browser: &mut Browser, realm: &str, login: &str, password: &str) -> Answer {
    let fields = [("realm", realm), ("login", login), ("password", password)];
    browser.post("sign-in/password", &fields).await
}

async fn code(browser: &mut Browser, realm: &str, code: &str) -> Answer {
    let fields = [("realm", realm), ("purpose", "sign_in"), ("code", code)];
    browser.post("prove/code", &fields).await
}

async fn choose(browser: &mut Browser, realm: &str, method: &str) -> Answer {
    let fields = [("realm", realm), ("method", method)];
    browser.post("choose-method", &fields).await
}

/// The first code of an app whose key stands on the page before.
async fn enroll_app(
    world: &World,
    browser: &mut Browser,
    realm: &str,
    key: &str,
    name: &str,
) -> Answer {
    let app = world.app(key);
    let fields = [("realm", realm), ("code", app.as_str()), ("name", name)];
    browser.post("enroll-totp", &fields).await
}

/// Whether a browser is signed in at a realm.
async fn is_in(browser: &mut Browser, realm: &str) -> bool {
    let page = browser.page(&format!("/{realm}/overview")).await;
    page.shows("overview")
}

/// Signs Jonas in with his passkey; the PIN comes next.
async fn by_passkey(world: &World) -> Browser {
    let key = testkit::passkey::Key::of(&world.secrets(JONAS).await);
    let mut browser = world.browser();
    let options = browser
        .post("sign-in/passkey-options", &[("realm", "workforce")])
        .await;
    let text: String = serde_json::from_str(&options.body).expect("a text");
    let options: Value = serde_json::from_str(&text).expect("options");
    let credential = key.answer(&key.claim(&options));
    let fields = [("realm", "workforce"), ("credential", credential.as_str())];
    let answer = browser.post("sign-in/passkey", &fields).await;
    assert!(answer.asks_for("pin"), "{}", answer.body);
    browser
}
