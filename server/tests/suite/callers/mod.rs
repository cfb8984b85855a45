//! Callers who have no phone at hand: a passkey of theirs, their manager's word, and what
//! the desk may do on one proof and on two (`security.md`, 5).

mod call_back;
mod manager;
mod passkey;
mod reset_pin;
mod rulings;

use domain::{
    FactorKind, caller::CallerProof, ids::FactorId, message::Message, phone::Decision,
    records::Factor,
};
use serde_json::Value;
use testkit::{
    Answer, Browser, World,
    desk::{agent, ask, digits, look},
    passkey::Key,
    phone::JONAS,
};

const ADA: &str = "Q100001";

fn screen(answer: &Answer, name: &str) -> Value {
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    page["show"]["screen"][name].clone()
}

/// The caller opens the page and types the code that they were read.
async fn find(browser: &mut Browser, code: &str) -> Answer {
    let fields = [("realm", "workforce"), ("code", code)];
    browser.post("confirm-call/find", &fields).await
}

/// What the caller answers to the page that says who asks.
async fn answer(browser: &mut Browser, found: &Answer, decision: Decision, by: &str) -> Answer {
    let asked = screen(found, "confirm_call")["asked"].clone();
    let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    let fields = [
        ("realm", "workforce"),
        ("id", &text("id")),
        ("code", &text("code")),
        ("decision", decision.slug()),
        ("credential", by),
    ];
    browser.post("confirm-call/answer", &fields).await
}

/// The passkey's answer to what that page asks.
async fn signed(world: &World, found: &Answer, login: &str) -> String {
    let asked = screen(found, "confirm_call")["asked"].clone();
    let options = asked["options"].as_str().expect("options");
    let key = Key::of(&world.secrets(login).await);
    let options = serde_json::from_str(options).expect("JSON");
    key.answer(&key.claim(&options))
}

/// Jonas confirms with his passkey that he is in this agent's call.
async fn by_passkey(world: &World, mara: &mut Browser) {
    let code = digits(&ask(world, mara, JONAS, CallerProof::Passkey).await);
    let mut browser = world.browser();
    let found = find(&mut browser, &code).await;
    let credential = signed(world, &found, JONAS).await;
    let done = answer(&mut browser, &found, Decision::Accept, &credential).await;
    assert_eq!(screen(&done, "confirm_call"), "confirmed", "{}", done.body);
}

/// What the manager says about a call.
async fn says(ada: &mut Browser, path: &str, word: &str, code: &str) -> Answer {
    let id = path.rsplit('/').next().unwrap_or_default();
    let fields = [
        ("realm", "workforce"),
        ("id", id),
        ("word", word),
        ("code", code),
    ];
    ada.post("vouch", &fields).await
}

/// The page that the manager's mail leads to.
async fn mailed(world: &World) -> String {
    let letters = world.letters().await;
    let link = letters.into_iter().find_map(|l| match l.message {
        Message::Vouch { link, .. } => Some(link),
        _ => None,
    });
    let link = link.expect("a mail to the manager");
    let at = link.reveal().find("/workforce/").expect("a page of hers");
    link.reveal()[at..].to_owned()
}

/// The manager confirms with the code that it is Jonas.
async fn by_manager(world: &World, mara: &mut Browser) {
    world.letters().await;
    let code = digits(&ask(world, mara, JONAS, CallerProof::Manager).await);
    let path = mailed(world).await;
    let mut ada = agent(world, ADA).await;
    let done = says(&mut ada, &path, "yes", &code).await;
    assert!(done.tells("vouched"), "{}", done.body);
}

async fn factors(world: &World, login: &str) -> Vec<Factor> {
    let id = world.person("workforce", login).await.id;
    let mut conn = world.services.store.read().await.expect("reads");
    conn.factors(&id).await.expect("reads")
}

async fn act(world: &World, agent: &mut Browser, login: &str, act: &str, of: &str) -> Answer {
    let id = world.person("workforce", login).await.id;
    let fields = [("id", id.as_str()), ("change", act), ("subject", of)];
    agent.post("desk/person", &fields).await
}

/// An administrator puts a number on record.
async fn say_number(world: &World, login: &str, number: &str) {
    let id = world.person("workforce", login).await.id;
    let mut ada = agent(world, ADA).await;
    let fields = [
        ("realm", "workforce"),
        ("id", id.as_str()),
        ("number", number),
    ];
    let done = ada.post("admin/person/number", &fields).await;
    assert!(done.tells("number_saved"), "{}", done.body);
}

/// How many proofs count for this agent.
async fn counting(world: &World, mara: &mut Browser, login: &str) -> usize {
    let evidence = look(world, mara, login).await["evidence"].clone();
    let evidence = evidence.as_array().expect("a list").clone();
    evidence.iter().filter(|e| e["holds"] == true).count()
}

/// Gives somebody a passkey that was added just now.
async fn new_passkey(world: &World, login: &str) -> FactorId {
    let now = world.services.now();
    let factor = Factor {
        id: FactorId::new(world.services.random.id(now)),
        person: world.person("workforce", login).await.id,
        kind: FactorKind::Passkey,
        name: "Notebook".to_owned(),
        secret: b"{}".to_vec(),
        address: String::new(),
        credential: Some(format!("of {login}")),
        created_at: now,
        used_at: None,
        tested_at: None,
        disabled_at: None,
        last_step: 0,
        probation_until: None,
        shown_by: None,
    };
    let mut tx = world.services.store.begin().await.expect("begins");
    tx.factor_insert(&factor).await.expect("inserts");
    tx.commit().await.expect("commits");
    factor.id
}
