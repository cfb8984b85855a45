//! A sign-in or a session that is older than a change of its account.

use super::{
    JONAS, PIN, STAFF, by_passkey, choose, code, enroll_app, factor, is_in, password, shown,
};
use domain::FactorKind;
use testkit::{PASSWORD, TESS, World};
use tokio::task::JoinSet;

/// An owner of a cloud device who gets in once without a second factor.
const LEA: &str = "lea.neu@example.com";

#[tokio::test]
async fn the_end_of_all_sessions_ends_sign_ins_that_are_half_done() {
    let world = World::demo().await;
    let mut mara = world.signed_in("workforce", "Q200001", STAFF).await;
    let secret = world.secrets(TESS).await["totp_secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    let mut jonas = by_passkey(&world).await;
    let mut tess = world.browser();
    assert!(tess.password(TESS, PASSWORD).await.asks_for("totp"));
    for (realm, login) in [("workforce", JONAS), ("customers", TESS)] {
        let id = world.person(realm, login).await.id;
        let fields = [("id", id.as_str()), ("change", "sessions_ended")];
        let answer = mara.post("desk/person", &fields).await;
        assert!(answer.tells("person_changed"), "{}", answer.body);
    }
    let answer = code(&mut jonas, "workforce", PIN).await;
    assert!(answer.refuses("start_again"), "{}", answer.body);
    let answer = code(&mut tess, "customers", &world.app(&secret)).await;
    assert!(answer.refuses("start_again"), "{}", answer.body);
    assert!(!is_in(&mut jonas, "workforce").await);
    assert!(!is_in(&mut tess, "customers").await);
}

#[tokio::test]
async fn who_ends_all_other_sessions_ends_half_done_sign_ins_and_keeps_their_own() {
    let world = World::demo().await;
    let mut own = world.signed_in("workforce", JONAS, STAFF).await;
    let mut thief = by_passkey(&world).await;
    own.post("sessions/end-others", &[("realm", "workforce")])
        .await;
    let answer = code(&mut thief, "workforce", PIN).await;
    assert!(answer.refuses("start_again"), "{}", answer.body);
    assert!(is_in(&mut own, "workforce").await);
}

/// The PIN waits behind other hashes when the desk suspends the passkey that came before it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_suspended_passkey_opens_no_session_that_was_being_judged() {
    let world = World::demo().await;
    let mut mara = world.signed_in("workforce", "Q200001", STAFF).await;
    let id = world.person("workforce", JONAS).await.id;
    let key = factor(&world, "workforce", JONAS, FactorKind::Passkey).await;
    let mut jonas = by_passkey(&world).await;
    let mut crowd = JoinSet::new();
    for n in 0..24 {
        let mut stranger = world.browser();
        let login = format!("x{n}@x.example");
        crowd.spawn(async move { stranger.password(&login, "abcdefgh").await });
    }
    let waiting = tokio::spawn(async move {
        let answer = code(&mut jonas, "workforce", PIN).await;
        (jonas, answer)
    });
    tokio::task::yield_now().await;
    let fields = [
        ("id", id.as_str()),
        ("change", "suspend"),
        ("subject", key.as_str()),
    ];
    let answer = mara.post("desk/person", &fields).await;
    assert!(answer.tells("factor_suspended"), "{}", answer.body);
    let (mut jonas, answer) = waiting.await.expect("answers");
    crowd.join_all().await;
    assert!(!is_in(&mut jonas, "workforce").await, "{}", answer.body);
}

#[tokio::test]
async fn a_session_that_proved_less_ends_when_a_second_factor_is_there() {
    let world = World::demo().await;
    let mut thief = world.browser();
    let answer = password(&mut thief, "cloud", LEA, PASSWORD).await;
    assert!(answer.leads_to("/cloud/overview"), "{}", answer.body);
    let mut owner = world.browser();
    password(&mut owner, "cloud", LEA, PASSWORD).await;
    let answer = choose(&mut owner, "cloud", "totp").await;
    let key = shown(&answer, "enroll_totp", "key");
    let answer = enroll_app(&world, &mut owner, "cloud", &key, "app").await;
    assert!(answer.status.is_success(), "{}", answer.body);
    assert!(!is_in(&mut thief, "cloud").await, "the thief is out");
    assert!(is_in(&mut owner, "cloud").await, "the owner is in");
}

#[tokio::test]
async fn a_new_factor_makes_the_proofs_of_other_sessions_old() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut other = world.signed_in("customers", TESS, &proven).await;
    let mut own = world.signed_in("customers", TESS, &proven).await;
    let answer = choose(&mut own, "customers", "totp").await;
    let key = shown(&answer, "enroll_totp", "key");
    let answer = enroll_app(&world, &mut own, "customers", &key, "second").await;
    assert!(answer.tells("factor_added"), "{}", answer.body);
    assert!(is_in(&mut other, "customers").await, "it proved as much");
    let answer = choose(&mut other, "customers", "totp").await;
    assert!(answer.leads_to("/customers/confirm"), "{}", answer.body);
    let answer = choose(&mut own, "customers", "totp").await;
    assert!(answer.shows("enroll_totp"), "{}", answer.body);
}
