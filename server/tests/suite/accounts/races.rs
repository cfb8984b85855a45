//! Two requests at the same moment: whichever comes first, the freeze or the removal holds.

use super::{factors, is_in};
use domain::{FactorKind, ids::PersonId};
use serde_json::Value;
use testkit::{Answer, Browser, MAX, World, form, passkey::Key};

/// How often each race is run; more with `cargo x test --all`.
fn rounds() -> u8 {
    let all = std::env::var_os("REKEY_TEST_ALL").is_some();
    if all { 50 } else { 8 }
}

fn options(answer: &Answer, screen: &str) -> Value {
    let text = super::shown(answer, screen, "options");
    serde_json::from_str(&text).expect("options")
}

async fn at_new_passkey(world: &World) -> (Browser, Value) {
    let mut browser = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    let answer = super::choose(&mut browser, "customers", "passkey").await;
    let options = options(&answer, "enroll_passkey");
    (browser, options)
}

fn enrolled(key: &Key, options: &Value, name: &str) -> String {
    let credential = key.registration(&key.creation(options));
    form(&[
        ("realm", "customers"),
        ("credential", &credential),
        ("name", name),
    ])
}

/// Actions of the trail about somebody, oldest first.
async fn trail(world: &World, id: &PersonId) -> Vec<String> {
    let mut conn = world.services.store.read().await.expect("reads");
    let mut rows = conn.audit_of(id, 1000).await.expect("reads");
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    let done = rows.into_iter().filter(|row| row.outcome == "done");
    done.map(|row| row.action).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_added_after_a_freeze() {
    let world = World::demo().await;
    let id = world.person("customers", MAX).await.id;
    for n in 1..=rounds() {
        let (thief, asked) = at_new_passkey(&world).await;
        let body = enrolled(&Key::new(100 + n), &asked, &format!("r{n}"));
        let request = thief.request("enroll-passkey", body);
        let router = world.router.clone();
        let before = trail(&world, &id).await.len();
        let add = tokio::spawn(async move { testkit::send(router, request).await });
        let services = world.services.clone();
        let who = world.person("customers", MAX).await;
        let freeze = tokio::spawn(async move {
            let realm = services.realm("customers").expect("a realm");
            let request = flows::Request::default();
            let ctx = flows::ceremony::Ctx {
                services: &services,
                request: &request,
                realm: &realm,
            };
            let mut fact = flows::Fact::begin(ctx).await.expect("begins");
            flows::not_me::freeze(&mut fact, &who)
                .await
                .expect("freezes");
            fact.commit().await.expect("commits");
        });
        freeze.await.expect("freezes");
        let answer = add.await.expect("answers");
        assert!(!answer.status.is_server_error(), "{}", answer.body);
        let new = trail(&world, &id).await.split_off(before);
        let frozen = new.iter().position(|action| action == "not_me");
        let added = new.iter().position(|action| action == "factor_added");
        assert!(added.is_none_or(|added| Some(added) < frozen), "{new:?}");
        let mut tx = world.services.store.begin().await.expect("begins");
        tx.person_freeze(&id, None).await.expect("lifts");
        for extra in factors(&world, &id).await {
            if extra.name.starts_with('r') {
                let now = world.services.now();
                tx.factor_remove(&extra.id, &id, now).await.expect("goes");
            }
        }
        tx.commit().await.expect("commits");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_removed_passkey_leaves_no_session() {
    let world = World::demo().await;
    let id = world.person("customers", MAX).await.id;
    for n in 1..=rounds() {
        let (mut owner, asked) = at_new_passkey(&world).await;
        let mut key = Key::new(100 + n);
        let body = enrolled(&key, &asked, &format!("r{n}"));
        let answer = owner.raw("enroll-passkey", &body).await;
        assert!(answer.tells("factor_added"), "{}", answer.body);
        key.handle = uuid(&id);
        let all = factors(&world, &id).await;
        let new = all.iter().find(|f| f.name == format!("r{n}"));
        let new = new.expect("it is there").id.clone();

        let mut thief = world.browser();
        let asked = thief
            .post("sign-in/passkey-options", &[("realm", "customers")])
            .await;
        let text: String = serde_json::from_str(&asked.body).expect("a text");
        let asked: Value = serde_json::from_str(&text).expect("options");
        let mut claim = key.claim(&asked);
        claim.counter = 1;
        let credential = key.answer(&claim);
        let enter = tokio::spawn(async move {
            let fields = [("realm", "customers"), ("credential", credential.as_str())];
            let answer = thief.post("sign-in/passkey", &fields).await;
            (thief, answer)
        });
        let fields = [("realm", "customers"), ("id", new.as_str())];
        let gone = owner.post("manage-factors/remove", &fields).await;
        assert!(gone.tells("factor_removed"), "{}", gone.body);
        let (mut thief, answer) = enter.await.expect("answers");
        assert!(!answer.status.is_server_error(), "{}", answer.body);
        assert!(!is_in(&mut thief, "customers").await, "{}", answer.body);
    }
}

/// The user handle of somebody: the bytes of their id.
fn uuid(id: &PersonId) -> Vec<u8> {
    let hex = id.as_str().replace('-', "");
    let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes());
    bytes.expect("a UUID")
}
