//! Acts on protected accounts: a second one of the desk agrees, and one of the
//! two leads it.

use axum::http::StatusCode;
use domain::{FactorKind, role::Role};
use testkit::{Answer, Browser, World};

async fn desk(world: &World, login: &str, role: Role) -> Browser {
    world.staff(login, role, "workforce").await;
    world
        .signed_in("workforce", login, &[FactorKind::Passkey])
        .await
}

async fn act(browser: &mut Browser, id: &str, change: &str) -> Answer {
    let fields = [("id", id), ("change", change)];
    browser.post("desk/person", &fields).await
}

/// What waits for a person, as somebody of the desk sees it: id, may agree.
async fn waiting(browser: &mut Browser, id: &str) -> Vec<(String, bool)> {
    let page = browser.page(&format!("/desk/people/{id}")).await;
    let json: serde_json::Value = serde_json::from_str(&page.body).expect("JSON");
    let rows = json["show"]["screen"]["desk_person"]["pending"].as_array();
    let rows = rows.expect("a list").iter();
    rows.map(|r| {
        let id = r["id"].as_str().expect("an id").to_owned();
        (id, r["agrees"].as_bool().expect("yes or no"))
    })
    .collect()
}

async fn second(browser: &mut Browser, id: &str, change: &str) -> Answer {
    let fields = [("id", id), ("change", change)];
    browser.post("desk/second", &fields).await
}

/// A colleague with an open session, the target of what follows.
async fn colleague(world: &World) -> (String, Browser) {
    let session = desk(world, "Q9-t", Role::Agent).await;
    let id = world.person("workforce", "Q9-t").await.id;
    (id.as_str().to_owned(), session)
}

#[tokio::test]
async fn an_act_on_a_colleague_waits_until_a_second_one_agrees() {
    let world = World::demo().await;
    let (target, mut theirs) = colleague(&world).await;
    let mut agent = desk(&world, "Q9-1", Role::Agent).await;
    let mut lead = desk(&world, "Q9-2", Role::Lead).await;
    for _ in 0..2 {
        assert!(
            act(&mut agent, &target, "sessions_ended")
                .await
                .tells("act_asked")
        );
    }
    assert_eq!(theirs.get("/desk").await.status, StatusCode::OK);
    assert!(
        world.letters().await.is_empty(),
        "nothing was done, nothing is told"
    );
    let mine = waiting(&mut agent, &target).await;
    assert_eq!(mine.len(), 1, "asked twice, it waits once");
    let (id, agrees) = &mine[0];
    assert!(!agrees, "nobody agrees with themselves");
    assert_eq!(
        second(&mut agent, id, "agree").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(waiting(&mut lead, &target).await, [(id.clone(), true)]);
    assert!(second(&mut lead, id, "agree").await.tells("person_changed"));
    assert_eq!(theirs.get("/desk").await.status, StatusCode::SEE_OTHER);
    assert!(!world.letters().await.is_empty(), "the person is told");
    // It is decided once.
    for change in ["agree", "refuse"] {
        let late = second(&mut lead, id, change).await;
        assert!(late.refuses("approval_over"), "{}", late.body);
    }
    let unknown = second(&mut lead, "0", "agree").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn neither_two_agents_nor_the_person_themselves_are_enough() {
    let world = World::demo().await;
    let (target, mut theirs) = colleague(&world).await;
    let mut one = desk(&world, "Q9-1", Role::Agent).await;
    let mut two = desk(&world, "Q9-2", Role::Agent).await;
    act(&mut one, &target, "unlocked").await;
    let (id, _) = waiting(&mut one, &target).await.remove(0);
    assert_eq!(
        second(&mut two, &id, "agree").await.status,
        StatusCode::FORBIDDEN
    );
    // Their own account: they may ask, and never agree.
    assert_eq!(
        second(&mut theirs, &id, "agree").await.status,
        StatusCode::FORBIDDEN
    );
    let mut lead = desk(&world, "Q9-3", Role::Lead).await;
    let own = world.person("workforce", "Q9-3").await.id;
    assert!(
        act(&mut lead, own.as_str(), "unlocked")
            .await
            .tells("act_asked")
    );
    let (own_wish, agrees) = waiting(&mut lead, own.as_str()).await.remove(0);
    assert!(!agrees);
    assert_eq!(
        second(&mut lead, &own_wish, "agree").await.status,
        StatusCode::FORBIDDEN
    );
    // A lead does not act alone either, and whoever asked takes it back.
    assert!(
        act(&mut lead, &target, "sessions_ended")
            .await
            .tells("act_asked")
    );
    assert!(second(&mut one, &id, "refuse").await.tells("act_refused"));
    assert!(
        second(&mut two, &own_wish, "agree")
            .await
            .tells("person_changed")
    );
}

#[tokio::test]
async fn a_wish_ends_with_the_day_and_with_the_role_of_who_had_it() {
    let world = World::demo().await;
    let (target, _theirs) = colleague(&world).await;
    let mut agent = desk(&world, "Q9-1", Role::Agent).await;
    let mut lead = desk(&world, "Q9-2", Role::Lead).await;
    act(&mut agent, &target, "unlocked").await;
    let (id, _) = waiting(&mut lead, &target).await.remove(0);
    let asker = world.person("workforce", "Q9-1").await.id;
    let grant = domain::role::Grant {
        role: Role::Agent,
        realm: testkit::slug("workforce"),
    };
    let mut tx = world.services.store.begin().await.expect("begins");
    assert!(tx.grant_take(&asker, &grant).await.expect("takes"));
    tx.commit().await.expect("commits");
    assert_eq!(
        second(&mut lead, &id, "agree").await.status,
        StatusCode::FORBIDDEN
    );

    let mut third = desk(&world, "Q9-3", Role::Agent).await;
    act(&mut third, &target, "sessions_ended").await;
    world.advance(24 * 3600 + 1);
    let mut lead = world
        .signed_in("workforce", "Q9-2", &[FactorKind::Passkey])
        .await;
    assert!(waiting(&mut lead, &target).await.is_empty());
}
