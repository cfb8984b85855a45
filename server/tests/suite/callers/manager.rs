//! The word of the caller's manager: who gives it, by which code, and what it is not.

use crate::callers::{ADA, act, by_manager, by_passkey, counting, mailed, says};
use axum::http::StatusCode;
use domain::caller::MOST_WRONG;
use domain::{
    caller::CallerProof,
    message::{Message, Notice},
    role::{Grant, Role},
};
use testkit::{
    World,
    desk::{MARA, agent, ask, digits, look},
    phone::{JONAS, jonas},
};

#[tokio::test]
async fn the_manager_says_whether_it_is_them() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Manager).await);
    let path = mailed(&world).await;
    // For nobody else the page is there: not for the caller, not for the agent.
    let mut jonas = jonas(&world).await;
    for browser in [&mut jonas, &mut mara] {
        let status = browser.page(&path).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let status = says(browser, &path, "yes", &code).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
    let mut ada = agent(&world, ADA).await;
    let seen = ada.page(&path).await;
    assert!(seen.body.contains("Jonas Berger"), "{}", seen.body);
    assert!(!seen.body.contains(&code), "{}", seen.body);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = says(&mut ada, &path, "yes", wrong).await;
    assert!(refused.refuses("wrong_code"), "{}", refused.body);
    let done = says(&mut ada, &path, "yes", &code).await;
    assert!(done.tells("vouched"), "{}", done.body);
    let again = says(&mut ada, &path, "yes", &code).await;
    assert!(again.refuses("expired_code"), "{}", again.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 1);
    let told = world.letters().await;
    let vouched = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::ManagerVouched { .. },
                ..
            }
        )
    };
    assert!(told.iter().any(|l| vouched(&l.message)));
}

#[tokio::test]
async fn a_manager_who_guesses_ends_the_check() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Manager).await);
    let path = mailed(&world).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let mut ada = agent(&world, ADA).await;
    for _ in 0..MOST_WRONG {
        says(&mut ada, &path, "yes", wrong).await;
        // Past the pause that follows wrong codes.
        world.advance(20);
    }
    let refused = says(&mut ada, &path, "yes", &code).await;
    assert!(!refused.tells("vouched"), "{}", refused.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
}

#[tokio::test]
async fn a_manager_who_says_no_freezes_the_account() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_passkey(&world, &mut mara).await;
    world.letters().await;
    ask(&world, &mut mara, JONAS, CallerProof::Manager).await;
    let path = mailed(&world).await;
    let mut ada = agent(&world, ADA).await;
    let done = says(&mut ada, &path, "no", "").await;
    assert!(done.tells("vouch_refused"), "{}", done.body);
    let who = world.person("workforce", JONAS).await;
    assert!(who.frozen_at.is_some());
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    let refused = ask(&world, &mut mara, JONAS, CallerProof::Passkey).await;
    assert!(refused.refuses("frozen"), "{}", refused.body);
    let seen = look(&world, &mut mara, JONAS).await;
    assert_eq!(
        seen["check"]["stage"], "not_me",
        "the desk sees why: {seen}"
    );
}

#[tokio::test]
async fn the_manager_is_no_second_pair_of_eyes() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_manager(&world, &mut mara).await;
    let waits = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(waits.tells("act_asked"), "{}", waits.body);
    // Ada leads the desk as well from now on.
    let ada = world.person("workforce", ADA).await.id;
    let realm = testkit::slug("workforce");
    let mut tx = world.services.store.begin().await.expect("begins");
    let lead = Grant {
        role: Role::Lead,
        realm,
    };
    tx.grant(&ada, &lead).await.expect("grants");
    tx.commit().await.expect("commits");
    let mut ada = agent(&world, ADA).await;
    let pending = look(&world, &mut ada, JONAS).await["pending"][0].clone();
    assert_eq!(pending["agrees"], false, "{pending}");
    let id = pending["id"].as_str().expect("it waits");
    let fields = [("id", id), ("change", "agree")];
    let denied = ada.post("desk/second", &fields).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_frozen_manager_vouches_for_nobody() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Manager).await);
    let path = mailed(&world).await;
    let id = world.person("workforce", ADA).await.id;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    tx.person_freeze(&id, Some(now)).await.expect("freezes");
    tx.commit().await.expect("commits");
    let mut ada = agent(&world, ADA).await;
    let refused = says(&mut ada, &path, "yes", &code).await;
    assert!(refused.refuses("frozen"), "{}", refused.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    let refused = ask(&world, &mut mara, JONAS, CallerProof::Manager).await;
    assert!(refused.refuses("no_proof_to_check"), "{}", refused.body);
}
