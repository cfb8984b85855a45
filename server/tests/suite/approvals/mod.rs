//! Codes over the telephone network: asked of a manager, decided, set up, moved, switched
//! by the service desk (`security.md`, XI01–XI05, XB19).

mod ask;
mod decide;
mod line;
mod lost;
mod manager;
mod switch;

use domain::{
    FactorKind,
    approval::{Approval, Told},
    message::{Message, Notice, Way},
};
use serde_json::Value;
use testkit::{Answer, Browser, Letter, PASSWORD, World};

const KATRIN: &str = "kwolf";
const RENATE: &str = "rvogt";
const STEFAN: &str = "sdorn";
const MIRIAM: &str = "mberg";
const TOBIAS: &str = "tlang";
/// Katrin's number on record, a landline.
const RECORD: &str = "+498999998011";
/// A mobile that nobody else has.
const MOBILE: &str = "+491713920077";
const OTHER: &str = "+491713920088";

/// A first sign-in: the password is proven, and nothing else is there.
async fn katrin(world: &World) -> Browser {
    let mut browser = world.browser();
    let fields = [
        ("realm", "agents"),
        ("login", KATRIN),
        ("password", PASSWORD),
    ];
    let asked = browser.post("sign-in/password", &fields).await;
    assert!(asked.shows("choose_method"), "{}", asked.body);
    browser
}

/// Somebody with a second factor, signed in just now.
async fn signed_in(world: &World, login: &str, second: FactorKind) -> Browser {
    let proven = [FactorKind::Password, second];
    world.signed_in("agents", login, &proven).await
}

async fn renate(world: &World) -> Browser {
    signed_in(world, RENATE, FactorKind::Sms).await
}

async fn wish(browser: &mut Browser, kind: &str, number: &str, reason: &str) -> Answer {
    let fields = [
        ("realm", "agents"),
        ("kind", kind),
        ("on_record", "no"),
        ("number", number),
        ("reason", reason),
        ("application", "Lernwelt"),
        ("ticket", "SD-4711"),
    ];
    browser.post("request", &fields).await
}

async fn newest(world: &World, login: &str) -> Approval {
    let who = world.person("agents", login).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let mut all = conn.approvals_of(&who.id, 1).await.expect("asks");
    all.pop().expect("a request")
}

async fn decide(
    browser: &mut Browser,
    approval: &Approval,
    decision: &str,
    reason: &str,
) -> Answer {
    let version = approval.version.to_string();
    let fields = [
        ("realm", "agents"),
        ("id", approval.id.as_str()),
        ("version", version.as_str()),
        ("decision", decision),
        ("reason", reason),
    ];
    browser.post("approvals/decide", &fields).await
}

/// Asked for SMS to a mobile, and approved.
async fn approved(world: &World, browser: &mut Browser, login: &str, number: &str) {
    let asked = wish(browser, "sms", number, "On the road").await;
    assert!(asked.tells("approval_asked"), "{}", asked.body);
    let mut renate = renate(world).await;
    let done = decide(&mut renate, &newest(world, login).await, "approve", "").await;
    assert!(done.tells("approval_given"), "{}", done.body);
}

async fn choose(browser: &mut Browser, method: &str) -> Answer {
    let fields = [("realm", "agents"), ("method", method)];
    browser.post("choose-method", &fields).await
}

async fn number(browser: &mut Browser, on_record: &str, number: &str) -> Answer {
    let fields = [
        ("realm", "agents"),
        ("on_record", on_record),
        ("number", number),
    ];
    browser.post("enroll-line/number", &fields).await
}

async fn code(browser: &mut Browser, code: &str) -> Answer {
    let fields = [("realm", "agents"), ("code", code)];
    browser.post("enroll-line", &fields).await
}

/// The screen of an answer.
fn screen(answer: &Answer, name: &str) -> Value {
    let json: Value = serde_json::from_str(&answer.body).expect("JSON");
    let screen = &json["show"]["screen"][name];
    assert!(!screen.is_null(), "{name}: {}", answer.body);
    screen.clone()
}

/// Codes that wait to be sent: where to, which way, which.
fn codes(letters: &[Letter]) -> Vec<(String, Way, String)> {
    let all = letters.iter().filter(|l| l.way != Way::Mail);
    all.filter_map(|l| l.code().map(|code| (l.to.clone(), l.way, code)))
        .collect()
}

/// What was told of a request, to which address.
fn told(letters: &[Letter]) -> Vec<(String, Told)> {
    let all = letters.iter().filter_map(|l| match &l.message {
        Message::Notice {
            what: Notice::Approval { told, .. },
            ..
        } => Some((l.to.clone(), told.clone())),
        _ => None,
    });
    all.collect()
}

/// Who was asked to decide, and whether as a reminder.
fn asked(letters: &[Letter]) -> Vec<(String, bool)> {
    let all = letters.iter().filter_map(|l| match &l.message {
        Message::Approve { again, .. } => Some((l.to.clone(), *again)),
        _ => None,
    });
    all.collect()
}

/// The kinds and addresses of codes that somebody has.
async fn lines(world: &World, login: &str) -> Vec<(FactorKind, String)> {
    let who = world.person("agents", login).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&who.id).await.expect("asks");
    let lines = factors.into_iter().filter(|f| f.kind.is_line());
    lines.map(|f| (f.kind, f.address)).collect()
}
