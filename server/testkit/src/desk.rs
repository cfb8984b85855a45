//! The service desk on the telephone: who calls, and what they are given.

use crate::{Answer, Browser, World, phone::Phone};
use domain::{FactorKind, caller::CallerProof, phone::Decision};
use serde_json::Value;

const STAFF: &[FactorKind] = &[FactorKind::Passkey, FactorKind::Pin];
/// An agent of the demo.
pub const MARA: &str = "Q200001";
/// Another one, who decides no cases.
pub const TOMASZ: &str = "Q200002";
/// Their lead.
pub const LEAD: &str = "Q200003";

/// Somebody of the staff, signed in just now.
pub async fn agent(world: &World, login: &str) -> Browser {
    world.signed_in("workforce", login, STAFF).await
}

/// Sends a test message to the phone of somebody.
pub async fn check(world: &World, agent: &mut Browser, login: &str) -> Answer {
    ask(world, agent, login, CallerProof::Smartphone).await
}

/// Asks for a proof of a caller.
pub async fn ask(world: &World, agent: &mut Browser, login: &str, proof: CallerProof) -> Answer {
    let id = world.person("workforce", login).await.id;
    let fields = [("id", id.as_str()), ("proof", proof.slug())];
    agent.post("desk/check", &fields).await
}

/// The digits on the agent's screen, without what stands between them.
pub fn digits(answer: &Answer) -> String {
    let person = shown(answer);
    let digits = person["check"]["digits"].as_str();
    digits.unwrap_or_default().replace('-', "")
}

/// A person as a page of the desk shows them.
pub fn shown(answer: &Answer) -> Value {
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    page["show"]["screen"]["desk_person"].clone()
}

/// The same, looked at anew.
pub async fn look(world: &World, agent: &mut Browser, login: &str) -> Value {
    let id = world.person("workforce", login).await.id;
    shown(&agent.page(&format!("/desk/people/{id}")).await)
}

/// Checks a caller, who answers so on their phone.
pub async fn verify(
    world: &World,
    agent: &mut Browser,
    phone: &mut Phone,
    login: &str,
    decision: Decision,
) {
    let sent = shown(&check(world, agent, login).await);
    let digits = sent["check"]["digits"].as_str().unwrap_or_default();
    let asked = phone.asked().await.expect("asked");
    phone.answer(world, &asked, decision, digits).await;
}

/// Asks for an emergency password, or approves what waits under `code`.
pub async fn issue(world: &World, agent: &mut Browser, login: &str, code: &str) -> Answer {
    let id = world.person("workforce", login).await.id;
    let fields = [("id", id.as_str()), ("code", code)];
    agent.post("desk/emergency", &fields).await
}

/// The emergency password in an answer; empty where there is none.
pub fn password(answer: &Answer) -> String {
    let person = shown(answer);
    let shown = person["emergency"]["shown"].as_str();
    shown.unwrap_or_default().to_owned()
}
