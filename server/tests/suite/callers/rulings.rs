//! What the desk may do on one proof, and on two.

use crate::callers::{
    ADA, act, by_manager, by_passkey, counting, factors, mailed, new_passkey, says,
};
use axum::http::StatusCode;
use domain::{
    FactorKind,
    caller::{COOL_DOWN, CallerProof},
    message::{Message, Notice},
    phone::Decision,
};
use testkit::{
    World,
    desk::{LEAD, MARA, agent, ask, digits, issue, look, verify},
    phone::{JONAS, PETRA, Phone},
};

#[tokio::test]
async fn one_proof_and_a_second_agent_or_two_proofs() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let mut phone = Phone::petra(&world).await;
    let second = new_passkey(&world, PETRA).await;
    let second = second.as_str();
    let refused = act(&world, &mut mara, PETRA, "remove", second).await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    let waits = act(&world, &mut mara, PETRA, "remove", second).await;
    assert!(waits.tells("act_asked"), "{}", waits.body);
    assert!(
        factors(&world, PETRA)
            .await
            .iter()
            .any(|f| f.id.as_str() == second)
    );
    // The manager's word beside the phone: two different ones.
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, PETRA, CallerProof::Manager).await);
    let path = mailed(&world).await;
    let mut ada = agent(&world, ADA).await;
    says(&mut ada, &path, "yes", &code).await;
    assert_eq!(counting(&world, &mut mara, PETRA).await, 2);
    let gone = act(&world, &mut mara, PETRA, "remove", second).await;
    assert!(gone.tells("factor_gone"), "{}", gone.body);
    assert!(
        !factors(&world, PETRA)
            .await
            .iter()
            .any(|f| f.id.as_str() == second)
    );
}

#[tokio::test]
async fn who_lost_everything_enrolls_anew_after_a_wait() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let refused = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    by_manager(&world, &mut mara).await;
    let waits = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(waits.tells("act_asked"), "{}", waits.body);
    let mut lead = agent(&world, LEAD).await;
    let pending = look(&world, &mut lead, JONAS).await["pending"][0].clone();
    let id = pending["id"].as_str().expect("it waits").to_owned();
    world.letters().await;
    let fields = [("id", id.as_str()), ("change", "agree")];
    let done = lead.post("desk/second", &fields).await;
    assert!(done.tells("enroll_anew"), "{}", done.body);
    let link = |m: &Message| matches!(m, Message::EnrollLink { .. });
    let told = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::EnrollAnew { .. },
                ..
            }
        )
    };
    let letters = world.letters().await;
    assert!(letters.iter().any(|l| told(&l.message)));
    assert!(
        !letters.iter().any(|l| link(&l.message)),
        "the owner can say no first"
    );
    world.advance(COOL_DOWN);
    let letters = world.letters().await;
    let letter = letters.iter().find(|l| link(&l.message)).expect("the link");
    let mut browser = world.browser();
    let fields = [
        ("realm", "workforce"),
        ("purpose", "enroll"),
        ("token", &letter.token().expect("a token")),
    ];
    let opened = browser.post("reset-password/open", &fields).await;
    assert!(opened.leads_to("/workforce/enroll"), "{}", opened.body);
}

#[tokio::test]
async fn a_live_factor_spares_the_wait_and_not_me_stops_the_link() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_manager(&world, &mut mara).await;
    by_passkey(&world, &mut mara).await;
    world.letters().await;
    let done = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(done.tells("enroll_anew"), "{}", done.body);
    let letters = world.letters().await;
    let find = |fits: fn(&Message) -> bool| letters.iter().find(|l| fits(&l.message));
    let link = find(|m| matches!(m, Message::EnrollLink { .. })).expect("the link");
    let notice = find(|m| {
        matches!(
            m,
            Message::Notice {
                what: Notice::EnrollAnew { .. },
                ..
            }
        )
    });
    let not_me = notice.and_then(|l| l.token()).expect("a way to stop it");
    let mut browser = world.browser();
    let fields = [("realm", "workforce"), ("token", not_me.as_str())];
    browser.post("not-me", &fields).await;
    let fields = [
        ("realm", "workforce"),
        ("purpose", "enroll"),
        ("token", &link.token().expect("a token")),
    ];
    let dead = browser.post("reset-password/open", &fields).await;
    assert!(dead.is_dead("unknown"), "{}", dead.body);
}

#[tokio::test]
async fn the_proof_of_another_call_spares_no_wait() {
    let world = World::demo().await;
    let mut helga = agent(&world, LEAD).await;
    by_passkey(&world, &mut helga).await;
    world.advance(1);
    let mut mara = agent(&world, MARA).await;
    by_manager(&world, &mut mara).await;
    act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    let pending = look(&world, &mut helga, JONAS).await["pending"][0].clone();
    let id = pending["id"].as_str().expect("it waits").to_owned();
    world.letters().await;
    let fields = [("id", id.as_str()), ("change", "agree")];
    let done = helga.post("desk/second", &fields).await;
    assert!(done.tells("enroll_anew"), "{}", done.body);
    let link = |m: &Message| matches!(m, Message::EnrollLink { .. });
    assert!(!world.letters().await.iter().any(|l| link(&l.message)));
}

#[tokio::test]
async fn a_change_of_factors_takes_a_proof_of_a_moment_ago() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_passkey(&world, &mut mara).await;
    world.advance(6 * 60);
    let asked = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(asked.leads_to("/workforce/confirm"), "{}", asked.body);
}
#[tokio::test]
async fn policy_says_what_counts() {
    let world = World::demo_where(
        "workforce",
        "\"passkey\", \"call_back\", \"manager\"]",
        "\"passkey\"]",
    )
    .await;
    let mut mara = agent(&world, MARA).await;
    let refused = ask(&world, &mut mara, JONAS, CallerProof::Manager).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let page = look(&world, &mut mara, JONAS).await;
    assert!(!page["proofs"].to_string().contains("manager"), "{page}");
    // A manager's word does not verify staff.
    let world = World::demo().await;
    let mut lead = agent(&world, LEAD).await;
    let refused = ask(&world, &mut lead, MARA, CallerProof::Manager).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_emergency_password_rests_on_any_of_them() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, PETRA, CallerProof::Manager).await);
    let path = mailed(&world).await;
    let mut ada = agent(&world, ADA).await;
    says(&mut ada, &path, "yes", &code).await;
    let issued = issue(&world, &mut mara, PETRA, "").await;
    assert!(
        !testkit::desk::password(&issued).is_empty(),
        "{}",
        issued.body
    );
}

#[tokio::test]
async fn nothing_is_switched_on_again_while_the_account_is_frozen() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let id = factors(&world, JONAS).await;
    let id = id.into_iter().find(|f| f.kind == FactorKind::Passkey);
    let id = id.expect("a passkey").id.as_str().to_owned();
    let is_off = async |world: &World| {
        let all = factors(world, JONAS).await;
        let one = all.iter().find(|f| f.id.as_str() == id);
        one.is_some_and(|f| f.disabled_at.is_some())
    };
    let who = world.person("workforce", JONAS).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    tx.person_freeze(&who.id, Some(now)).await.expect("freezes");
    tx.commit().await.expect("commits");
    // What protects goes on.
    act(&world, &mut mara, JONAS, "suspend", &id).await;
    assert!(is_off(&world).await);
    let refused = act(&world, &mut mara, JONAS, "resume", &id).await;
    assert!(refused.refuses("frozen"), "{}", refused.body);
    assert!(is_off(&world).await);
    let mut tx = world.services.store.begin().await.expect("begins");
    tx.person_freeze(&who.id, None).await.expect("lifts");
    tx.commit().await.expect("commits");
    act(&world, &mut mara, JONAS, "resume", &id).await;
    assert!(!is_off(&world).await);
}
