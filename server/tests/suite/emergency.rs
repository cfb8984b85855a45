//! The emergency password at the desk (`security.md`, G): who may issue it, resting on
//! what, how often, and who hears of it.

use axum::http::StatusCode;
use domain::{
    FactorKind,
    caller::COUNTS,
    emergency::{MOST_BY_AGENT, MOST_TO_PERSON, WEEK},
    message::{Alarm, Message, Notice},
    phone::Decision,
};
use proptest::prelude::*;
use serde_json::Value;
use testkit::{
    Browser, Letter, World,
    desk::{LEAD, MARA, TOMASZ, agent, check, issue, look, password, shown, verify},
    phone::{JONAS, PETRA, Phone, jonas},
};

/// Petra's phone, and Mara, who has verified her on it.
async fn verified(world: &World) -> (Phone, Browser) {
    let mut phone = Phone::petra(world).await;
    let mut mara = agent(world, MARA).await;
    verify(world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    (phone, mara)
}

/// What an agent sees of the emergency password of somebody.
async fn face(world: &World, agent: &mut Browser) -> Value {
    look(world, agent, PETRA).await["emergency"].clone()
}

/// Gives somebody a second address; returns all that they have.
async fn addresses(world: &World, login: &str) -> [String; 2] {
    let who = world.person("workforce", login).await;
    let second = format!("second.{}", who.email);
    let now = world.services.now();
    let mut tx = world.services.store.begin().await.expect("begins");
    let id = world.services.random.id(now);
    let added = tx.address_insert(&id, &who.id, &second, now).await;
    added.expect("inserts");
    tx.commit().await.expect("commits");
    [who.email, second]
}

/// The addresses that a notice went to, once for each time.
fn notified(letters: &[Letter], fits: impl Fn(&Notice) -> bool) -> Vec<&str> {
    let notices = letters
        .iter()
        .filter(|l| matches!(&l.message, Message::Notice { what, .. } if fits(what)));
    notices.map(|l| l.to.as_str()).collect()
}

#[tokio::test]
async fn xg05_only_who_verified_the_caller_issues_it_and_only_then() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut mara = agent(&world, MARA).await;
    let refused = issue(&world, &mut mara, PETRA, "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    // A check that is still under way, or was declined.
    check(&world, &mut mara, PETRA).await;
    let refused = issue(&world, &mut mara, PETRA, "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Decline).await;
    let refused = issue(&world, &mut mara, PETRA, "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    // Another agent, another person, too late.
    let mut tomasz = agent(&world, TOMASZ).await;
    let refused = issue(&world, &mut tomasz, PETRA, "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    let refused = issue(&world, &mut mara, JONAS, "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    let stage = &face(&world, &mut mara).await["stage"];
    assert_eq!(stage, "open");
    assert_eq!(
        face(&world, &mut tomasz).await["stage"]["refused"],
        "not_verified"
    );
    world.advance(COUNTS);
    let mut mara = agent(&world, MARA).await;
    let refused = issue(&world, &mut mara, PETRA, "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
}

#[tokio::test]
async fn xg10_it_is_shown_once_and_kept_nowhere() {
    let world = World::demo().await;
    let (_, mut mara) = verified(&world).await;
    let addresses = addresses(&world, PETRA).await;
    world.letters().await;
    let answer = issue(&world, &mut mara, PETRA, "").await;
    let password = password(&answer);
    assert_eq!(password.len(), 14, "{}", answer.body);
    let again = face(&world, &mut mara).await;
    assert_eq!(again["shown"], "");
    assert_eq!(again["seconds_left"], 900);
    assert!(again["by"].as_str().is_some_and(|by| by.starts_with(MARA)));
    let bare = password.replace('-', "");
    let letters = world.letters().await;
    for letter in &letters {
        let said = format!("{:?}", letter.message);
        assert!(!said.contains(&password) && !said.contains(&bare));
    }
    // All addresses of the person hear of it (XG16).
    let issued = |n: &Notice| matches!(n, Notice::EmergencyIssued { .. });
    assert_eq!(notified(&letters, issued), addresses);
    let id = world.person("workforce", PETRA).await.id;
    let mut conn = world.services.store.read().await.expect("reads");
    let stands = conn.emergency_standing(&id).await.expect("reads");
    let stands = stands.expect("it works");
    assert!(stands.hash.starts_with("$argon2id$"), "{}", stands.hash);
    for entry in conn.audit_of(&id, 100).await.expect("reads") {
        assert!(!entry.detail.contains(&bare));
    }
}

#[tokio::test]
async fn xg04_one_at_a_time_and_void_by_one_click() {
    let world = World::demo().await;
    let (_, mut mara) = verified(&world).await;
    let addresses = addresses(&world, PETRA).await;
    let id = world.person("workforce", PETRA).await.id;
    let first = password(&issue(&world, &mut mara, PETRA, "").await);
    // Each takes a proof of its own (XG14).
    let used = issue(&world, &mut mara, PETRA, "").await;
    assert!(used.leads_to("/workforce/confirm"), "{}", used.body);
    world.advance(1);
    let mut mara = agent(&world, MARA).await;
    let second = password(&issue(&world, &mut mara, PETRA, "").await);
    assert!(!first.is_empty() && !second.is_empty() && first != second);
    world.letters().await;
    let fields = [("id", id.as_str()), ("change", "void_emergency")];
    let done = mara.post("desk/person", &fields).await;
    assert!(done.tells("emergency_voided"), "{}", done.body);
    assert_eq!(face(&world, &mut mara).await["valid_until"], "");
    let voided = |n: &Notice| *n == Notice::EmergencyVoided;
    assert_eq!(notified(&world.letters().await, voided), addresses);
    let fields = [("id", id.as_str()), ("change", "issue_emergency")];
    let way_around = mara.post("desk/person", &fields).await;
    assert_eq!(way_around.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn xg14_each_one_takes_a_proof_of_a_moment_ago_and_nobody_issues_their_own() {
    let world = World::demo().await;
    let (_, mut mara) = verified(&world).await;
    world.advance(6 * 60);
    let asks = issue(&world, &mut mara, PETRA, "").await;
    assert!(asks.leads_to("/workforce/confirm"), "{}", asks.body);
    assert_eq!(face(&world, &mut mara).await["valid_until"], "");
    let own = issue(&world, &mut mara, MARA, "").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    for login in [PETRA, "Q300001"] {
        let mut other = agent(&world, login).await;
        let refused = issue(&world, &mut other, PETRA, "").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{login}");
    }
    let weak = [FactorKind::Smartphone, FactorKind::Pin];
    let mut weak = world.signed_in("workforce", MARA, &weak).await;
    let refused = issue(&world, &mut weak, PETRA, "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_could_not_use_it_gets_none() {
    let world = World::demo().await;
    let (_, mut mara) = verified(&world).await;
    let person = world.person("workforce", PETRA).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&person.id).await.expect("reads");
    drop(conn);
    let phone = factors.iter().find(|f| f.kind == FactorKind::Smartphone);
    let phone = phone.expect("has one").id.clone();
    let fields = [
        ("id", person.id.as_str()),
        ("change", "suspend"),
        ("subject", phone.as_str()),
    ];
    mara.post("desk/person", &fields).await;
    let refused = issue(&world, &mut mara, PETRA, "").await;
    assert!(refused.refuses("cannot_use"), "{}", refused.body);
}

#[tokio::test]
async fn xg17_not_me_voids_it_and_tells_the_lead() {
    let world = World::demo().await;
    let (mut phone, mut mara) = verified(&world).await;
    issue(&world, &mut mara, PETRA, "").await;
    world.letters().await;
    verify(&world, &mut mara, &mut phone, PETRA, Decision::NotMe).await;
    let now = face(&world, &mut mara).await;
    assert_eq!(
        (&now["valid_until"], &now["stage"]["refused"]),
        (&"".into(), &"frozen".into())
    );
    let told = world.letters().await;
    let lead = world.person("workforce", LEAD).await.email;
    let alert = |l: &Letter| {
        matches!(
            l.message,
            Message::Alert {
                why: Alarm::NotMe,
                ..
            }
        )
    };
    assert!(told.iter().any(|l| l.to == lead && alert(l)));
}

/// Notes so many as issued: what counts is when, by whom and to whom.
async fn issued_before(world: &World, login: &str, many: i64) {
    let who = world.person("workforce", login).await;
    let agent = world.person("workforce", MARA).await;
    let now = world.services.now();
    let mut tx = world.services.store.begin().await.expect("begins");
    let evidence = tx.evidence_of(&who.id, 1).await.expect("reads");
    let evidence = evidence.first().expect("a check").id.clone();
    for _ in 0..many {
        let one = domain::emergency::Emergency {
            id: world.services.random.id(now),
            person: who.id.clone(),
            hash: "none".to_owned(),
            request: String::new(),
            issued_by: Some(agent.id.clone()),
            at: now,
            expires_at: now,
            wrong: 0,
        };
        let kept = tx.emergency_insert(&one, &who.realm, Some(&evidence)).await;
        kept.expect("keeps");
        tx.emergency_void(&who.id, now).await.expect("voids");
    }
    tx.commit().await.expect("commits");
}

#[tokio::test]
async fn xg11_the_third_in_a_week_takes_a_second_agent() {
    let world = World::demo().await;
    let (mut phone, _) = verified(&world).await;
    issued_before(&world, PETRA, MOST_TO_PERSON).await;
    world.advance(1);
    let mut mara = agent(&world, MARA).await;
    let asked = issue(&world, &mut mara, PETRA, "").await;
    assert!(asked.tells("act_asked"), "{}", asked.body);
    let mine = look(&world, &mut mara, PETRA).await;
    assert_eq!(mine["emergency"]["stage"], "second");
    assert_eq!(mine["pending"][0]["agrees"], false);
    let mut lead = agent(&world, LEAD).await;
    let theirs = look(&world, &mut lead, PETRA).await;
    let wish = theirs["pending"][0]["id"]
        .as_str()
        .expect("waits")
        .to_owned();
    let fields = [("id", wish.as_str()), ("change", "agree")];
    let own = mara.post("desk/second", &fields).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let agreed = lead.post("desk/second", &fields).await;
    assert!(agreed.tells("emergency_agreed"), "{}", agreed.body);
    // The lead sees none: it is for who is on the telephone.
    let other = issue(&world, &mut lead, PETRA, "").await;
    assert!(other.refuses("not_verified"), "{}", other.body);
    assert!(!password(&issue(&world, &mut mara, PETRA, "").await).is_empty());
    // Their word serves once.
    world.advance(1);
    let mut mara = agent(&world, MARA).await;
    let again = issue(&world, &mut mara, PETRA, "").await;
    assert!(again.tells("act_asked"), "{}", again.body);
    world.advance(WEEK);
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    assert!(!password(&issue(&world, &mut mara, PETRA, "").await).is_empty());
}

#[tokio::test]
async fn xg11_an_agent_issues_so_many_an_hour_and_the_leads_hear_of_the_last() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut owner = jonas(&world).await;
    let mut other = Phone::of(&world, &mut owner, 7).await;
    world.advance(24 * 3600);
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut other, JONAS, Decision::Accept).await;
    issued_before(&world, JONAS, MOST_BY_AGENT - 1).await;
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    world.letters().await;
    world.advance(1);
    let mut mara = agent(&world, MARA).await;
    assert!(!password(&issue(&world, &mut mara, PETRA, "").await).is_empty());
    let told = world.letters().await;
    let many = |l: &&Letter| {
        matches!(
            l.message,
            Message::Alert {
                why: Alarm::ManyIssued,
                ..
            }
        )
    };
    let lead = world.person("workforce", LEAD).await.email;
    assert!(told.iter().filter(many).any(|l| l.to == lead));
    world.advance(1);
    let mut mara = agent(&world, MARA).await;
    let refused = issue(&world, &mut mara, PETRA, "").await;
    assert!(refused.refuses("too_many_issued"), "{}", refused.body);
    world.advance(3600);
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    assert!(!password(&issue(&world, &mut mara, PETRA, "").await).is_empty());
}

#[tokio::test]
async fn what_is_done_to_staff_takes_two() {
    let world = World::demo().await;
    let mut owner = agent(&world, TOMASZ).await;
    let mut phone = Phone::of(&world, &mut owner, 5).await;
    world.advance(24 * 3600);
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut phone, TOMASZ, Decision::Accept).await;
    let asked = issue(&world, &mut mara, TOMASZ, "").await;
    assert!(asked.tells("act_asked"), "{}", asked.body);
    assert_eq!(password(&asked), "");
}

/// Something that happens on the telephone.
#[derive(Clone, Copy, Debug)]
enum Move {
    Check(bool),
    Answer(Decision),
    Issue(bool),
    Later(i64),
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        2 => any::<bool>().prop_map(Move::Check),
        3 => proptest::sample::select(vec![Decision::Accept, Decision::Accept, Decision::Decline]).prop_map(Move::Answer),
        4 => any::<bool>().prop_map(Move::Issue),
        1 => (1i64..900).prop_map(Move::Later),
    ]
}

/// Whatever two agents and a phone do in whatever order: an emergency password comes
/// only to the agent whose own check was the last one that was answered, with Accept,
/// less than ten minutes ago.
#[test]
fn no_sequence_of_calls_issues_one_without_accepted_evidence() {
    let config = ProptestConfig {
        cases: 24,
        max_shrink_iters: 20,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    proptest!(config, |(all in proptest::collection::vec(moves(), 4..14))| {
        runtime.block_on(async {
            let world = World::demo().await;
            let mut phone = Phone::petra(&world).await;
            // Who asked last and is not answered yet; who was answered last, how, when.
            let mut asked: Option<(bool, String)> = None;
            let mut answered: Option<(bool, Decision, i64)> = None;
            for one in all {
                let name = |first: bool| if first { MARA } else { TOMASZ };
                let now = world.services.now().seconds();
                match one {
                    Move::Later(seconds) => world.advance(seconds),
                    Move::Check(first) => {
                        let mut agent = agent(&world, name(first)).await;
                        let sent = shown(&check(&world, &mut agent, PETRA).await);
                        let digits = sent["check"]["digits"].as_str().unwrap_or_default();
                        if !digits.is_empty() {
                            asked = Some((first, digits.to_owned()));
                        }
                    }
                    Move::Answer(decision) => {
                        if let (Some(ask), Some((by, digits))) = (phone.asked().await, asked.take()) {
                            phone.answer(&world, &ask, decision, &digits).await;
                            answered = Some((by, decision, now));
                        }
                    }
                    Move::Issue(first) => {
                        let mut agent = agent(&world, name(first)).await;
                        let given = password(&issue(&world, &mut agent, PETRA, "").await);
                        let may = matches!(answered, Some((by, Decision::Accept, at))
                            if by == first && now < at + COUNTS);
                        assert!(given.is_empty() || may, "{given}");
                    }
                }
            }
        });
    });
}

#[tokio::test]
async fn a_factor_is_removed_for_a_verified_caller_alone() {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    let mut phone = Phone::of(&world, &mut owner, 7).await;
    world.advance(24 * 3600);
    let mut mara = agent(&world, MARA).await;
    let who = world.person("workforce", JONAS).await.id;
    let held = async |kind: FactorKind| {
        let mut conn = world.services.store.read().await.expect("reads");
        let factors = conn.factors(&who).await.expect("reads");
        let found = factors.into_iter().find(|f| f.kind == kind);
        found.map(|f| f.id.as_str().to_owned())
    };
    let passkey = held(FactorKind::Passkey).await.expect("has one");
    let remove = async |agent: &mut Browser, factor: &str| {
        let fields = [
            ("id", who.as_str()),
            ("change", "remove"),
            ("subject", factor),
        ];
        agent.post("desk/person", &fields).await
    };
    let refused = remove(&mut mara, &passkey).await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    verify(&world, &mut mara, &mut phone, JONAS, Decision::Accept).await;
    // Who decides no cases removes nothing either.
    let mut tomasz = agent(&world, TOMASZ).await;
    assert_eq!(
        remove(&mut tomasz, &passkey).await.status,
        StatusCode::FORBIDDEN
    );
    let addresses = addresses(&world, JONAS).await;
    world.letters().await;
    // One proof and a second agent; two proofs are in `callers.rs`.
    let waits = remove(&mut mara, &passkey).await;
    assert!(waits.tells("act_asked"), "{}", waits.body);
    let mut helga = agent(&world, LEAD).await;
    let pending = look(&world, &mut helga, JONAS).await["pending"][0].clone();
    let wish = pending["id"].as_str().expect("it waits");
    let agreed = [("id", wish), ("change", "agree")];
    let done = helga.post("desk/second", &agreed).await;
    assert!(done.tells("factor_gone"), "{}", done.body);
    assert_eq!(held(FactorKind::Passkey).await, None);
    let gone = |n: &Notice| {
        matches!(
            n,
            Notice::FactorRemoved {
                kind: FactorKind::Passkey,
                ..
            }
        )
    };
    assert_eq!(notified(&world.letters().await, gone), addresses);
    // The last way in stays.
    let last = held(FactorKind::Smartphone).await.expect("has one");
    let refused = remove(&mut mara, &last).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(held(FactorKind::Smartphone).await.is_some());
}

#[tokio::test]
async fn a_wish_is_of_one_agent_and_one_call() {
    let world = World::demo().await;
    let (mut phone, _) = verified(&world).await;
    issued_before(&world, PETRA, MOST_TO_PERSON).await;
    world.advance(1);
    let mut mara = agent(&world, MARA).await;
    assert!(issue(&world, &mut mara, PETRA, "").await.tells("act_asked"));
    let who = world.person("workforce", PETRA).await.id;
    // Hers waits; a colleague who verified the same caller asks for one of his own.
    let mut tomasz = agent(&world, TOMASZ).await;
    verify(&world, &mut tomasz, &mut phone, PETRA, Decision::Accept).await;
    assert!(
        issue(&world, &mut tomasz, PETRA, "")
            .await
            .tells("act_asked")
    );
    let mut lead = agent(&world, LEAD).await;
    let waits = look(&world, &mut lead, PETRA).await["pending"].clone();
    assert_eq!(waits.as_array().map(Vec::len), Some(2));
    // His check is the newer one, so hers counts no more: to agree to it is refused.
    for wish in waits.as_array().expect("a list") {
        let (id, by) = (wish["id"].as_str(), wish["by"].as_str());
        let fields = [("id", id.expect("an id")), ("change", "agree")];
        let agreed = lead.post("desk/second", &fields).await;
        let is_his = by.is_some_and(|by| by.starts_with(TOMASZ));
        assert_eq!(agreed.tells("emergency_agreed"), is_his, "{}", agreed.body);
        assert_eq!(agreed.refuses("not_verified"), !is_his, "{}", agreed.body);
    }
    // In another call the word is worth nothing.
    for change in ["end", "start"] {
        let fields = [("id", who.as_str()), ("change", change)];
        tomasz.post("desk/call", &fields).await;
    }
    verify(&world, &mut tomasz, &mut phone, PETRA, Decision::Accept).await;
    assert!(
        issue(&world, &mut tomasz, PETRA, "")
            .await
            .tells("act_asked")
    );
}
