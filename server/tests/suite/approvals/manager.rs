//! The manager on record: who enters them, what is refused, who hears of it, and where a
//! request goes that waits meanwhile.

use crate::approvals::{
    KATRIN, MIRIAM, MOBILE, RENATE, STEFAN, asked, decide, katrin, newest, renate, screen,
    signed_in, told, wish,
};
use axum::http::StatusCode;
use domain::{
    FactorKind,
    approval::{DAY, Stage, Told},
    message::{Message, Notice},
    paths,
};
use serde_json::Value;
use testkit::{Answer, Browser, Letter, World};

async fn ada(world: &World) -> Browser {
    world
        .signed_in(paths::STAFF_REALM, "Q100001", &[FactorKind::Passkey])
        .await
}

async fn enter(world: &World, by: &mut Browser, login: &str, manager: &str) -> Answer {
    enter_at(world, by, "agents", login, manager).await
}

async fn enter_at(
    world: &World,
    by: &mut Browser,
    realm: &str,
    login: &str,
    manager: &str,
) -> Answer {
    let id = world.person(realm, login).await.id;
    let fields = [("realm", realm), ("id", id.as_str()), ("manager", manager)];
    by.post("admin/person/manager", &fields).await
}

/// What the administrator's page shows of a person.
async fn shown(world: &World, by: &mut Browser, login: &str) -> Value {
    let id = world.person("agents", login).await.id;
    let page = paths::admin_person(&testkit::slug("agents"), id.as_str());
    screen(&by.page(&page).await, "admin_person")
}

/// Who was told of which manager.
fn notices(letters: &[Letter]) -> Vec<(String, String)> {
    let all = letters.iter().filter_map(|l| match &l.message {
        Message::Notice {
            what: Notice::ManagerChanged { manager },
            ..
        } => Some((l.to.clone(), manager.clone())),
        _ => None,
    });
    all.collect()
}

/// The trail's remarks on the manager of the realm's people, newest first.
async fn remarks(world: &World) -> Vec<String> {
    let proven = [FactorKind::Passkey];
    let auditor = world.signed_in(paths::STAFF_REALM, "Q300001", &proven);
    let page = auditor
        .await
        .page("/admin/agents/audit?action=manager_changed")
        .await;
    let trail = screen(&page, "admin_audit");
    let rows = trail["rows"].as_array().expect("the trail").iter();
    rows.map(|row| row["detail"].as_str().expect("a text").to_owned())
        .collect()
}

#[tokio::test]
async fn who_has_nobody_on_record_gets_somebody_and_asks_them() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let mut boss = renate(&world).await;
    let refused = wish(&mut boss, "voice", MOBILE, "x").await;
    assert!(refused.refuses("no_manager"), "{}", refused.body);
    assert_eq!(
        shown(&world, &mut ada, RENATE).await["manager"],
        Value::Null
    );
    world.letters().await;
    // Stefan reports to her: first that ends.
    let done = enter(&world, &mut ada, STEFAN, "").await;
    assert!(done.tells("manager_saved"), "{}", done.body);
    let letters = world.letters().await;
    let nobody = ("stefan.dorn@agents.example".to_owned(), String::new());
    assert_eq!(notices(&letters), [nobody]);
    let done = enter(&world, &mut ada, RENATE, " SDorn ").await;
    assert!(done.tells("manager_saved"), "{}", done.body);
    let letters = world.letters().await;
    let told_her = (
        "renate.vogt@agents.example".to_owned(),
        "Stefan Dorn".into(),
    );
    assert_eq!(notices(&letters), [told_her]);
    let page = shown(&world, &mut ada, RENATE).await;
    assert_eq!(page["manager"]["name"], "Stefan Dorn");
    assert_eq!(page["manager_login"], STEFAN);
    // The same once more is no change, and no letter.
    enter(&world, &mut ada, RENATE, STEFAN).await;
    assert!(world.letters().await.is_empty());
    assert_eq!(remarks(&world).await, [STEFAN, ""]);
    // Now what she asks reaches him, and he decides.
    let done = wish(&mut boss, "voice", MOBILE, "x").await;
    assert!(done.tells("approval_asked"), "{}", done.body);
    let letters = world.letters().await;
    let stefan = ("stefan.dorn@agents.example".to_owned(), false);
    assert_eq!(asked(&letters), [stefan]);
    let mut stefan = signed_in(&world, STEFAN, FactorKind::Sms).await;
    let list = screen(&stefan.page("/agents/approvals").await, "approvals");
    assert_eq!(list["rows"][0]["person"], "Renate Vogt", "{list}");
    let given = decide(&mut stefan, &newest(&world, RENATE).await, "approve", "").await;
    assert!(given.tells("approval_given"), "{}", given.body);
}

#[tokio::test]
async fn what_waits_goes_to_the_next_one_with_all_the_time_there_is() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let mut browser = katrin(&world).await;
    wish(&mut browser, "sms", MOBILE, "On the road").await;
    let before = newest(&world, KATRIN).await;
    world.advance(60);
    world.letters().await;
    let done = enter(&world, &mut ada, KATRIN, STEFAN).await;
    assert!(done.tells("manager_saved"), "{}", done.body);
    let letters = world.letters().await;
    let stefan = ("stefan.dorn@agents.example".to_owned(), false);
    assert_eq!(asked(&letters), [stefan]);
    let heard = told(&letters);
    let [(to, Told::Asked { .. })] = heard.as_slice() else {
        panic!("{heard:?}");
    };
    assert_eq!(to, "katrin.wolf@agents.example");
    let now = newest(&world, KATRIN).await;
    assert_eq!((&now.wish, &now.stage), (&before.wish, &Stage::Waiting));
    assert!(now.due_at > before.due_at);
    // The old one decides nothing any more, and does not see it either.
    let mut old = renate(&world).await;
    let gone = decide(&mut old, &now, "approve", "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let page = browser.page("/agents/request/sms").await;
    let last = &screen(&page, "request_approval")["last"];
    assert_eq!(last["by"], "Stefan Dorn");
    let mut new = signed_in(&world, STEFAN, FactorKind::Sms).await;
    let given = decide(&mut new, &now, "approve", "").await;
    assert!(given.tells("approval_given"), "{}", given.body);
    // What was decided stays, whoever comes next: nobody is asked.
    world.letters().await;
    enter(&world, &mut ada, KATRIN, MIRIAM).await;
    let letters = world.letters().await;
    assert_eq!(notices(&letters).len(), 1);
    assert!(asked(&letters).is_empty());
    let kept = newest(&world, KATRIN).await;
    assert!(matches!(kept.stage, Stage::Approved { .. }), "{kept:?}");
}

#[tokio::test]
async fn where_nobody_is_on_record_any_more_it_waits_and_then_it_is_over() {
    let world = World::demo().await;
    let mut admin = ada(&world).await;
    let mut browser = katrin(&world).await;
    wish(&mut browser, "sms", MOBILE, "On the road").await;
    let before = newest(&world, KATRIN).await;
    world.letters().await;
    enter(&world, &mut admin, KATRIN, "").await;
    let letters = world.letters().await;
    assert_eq!(notices(&letters).len(), 1);
    assert!(asked(&letters).is_empty() && told(&letters).is_empty());
    assert_eq!(newest(&world, KATRIN).await, before, "as it was");
    let page = browser.page("/agents/request/sms").await;
    let seen = screen(&page, "request_approval");
    assert_eq!(seen["last"]["stage"], "waiting");
    assert_eq!(seen["last"]["by"], "", "nobody decides");
    let mut old = renate(&world).await;
    let gone = decide(&mut old, &before, "approve", "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    // Somebody who is entered in time is asked.
    enter(&world, &mut admin, KATRIN, MIRIAM).await;
    let miriam = ("miriam.berg@agents.example".to_owned(), false);
    assert_eq!(asked(&world.letters().await), [miriam]);
    // Nobody again, and nobody comes: the person hears when the time is over.
    enter(&world, &mut admin, KATRIN, "").await;
    world.letters().await;
    world.advance(7 * DAY + 1);
    flows::approval::remind::round(&world.services)
        .await
        .expect("looks");
    assert_eq!(newest(&world, KATRIN).await.stage, Stage::Lapsed);
    let heard = told(&world.letters().await);
    assert_eq!(
        heard,
        [("katrin.wolf@agents.example".to_owned(), Told::Lapsed)]
    );
}

#[tokio::test]
async fn who_cannot_be_their_manager_is_refused_at_the_field_and_kept_there() {
    let world = World::demo().await;
    let mut admin = ada(&world).await;
    for (who, typed, code) in [
        (KATRIN, "nobody", "no_such_manager"),
        // Of another realm.
        (KATRIN, "Q100001", "no_such_manager"),
        (KATRIN, KATRIN, "not_their_manager"),
        // She reports to her: they would decide for each other.
        (RENATE, KATRIN, "not_their_manager"),
    ] {
        let refused = enter(&world, &mut admin, who, typed).await;
        assert!(refused.refuses(code), "{typed}: {}", refused.body);
        let page: Value = serde_json::from_str(&refused.body).expect("JSON");
        assert_eq!(page["show"]["refusals"][0]["field"], "manager");
        assert_eq!(screen(&refused, "admin_person")["manager_login"], typed);
    }
    let stefan = world.person("agents", STEFAN).await;
    let fields = [
        ("realm", "agents"),
        ("id", stefan.id.as_str()),
        ("change", "disabled"),
    ];
    admin.post("admin/person", &fields).await;
    let refused = enter(&world, &mut admin, KATRIN, STEFAN).await;
    assert!(refused.refuses("no_such_manager"), "{}", refused.body);
    // Nobody puts themselves there, and nobody changes their own.
    let refused = enter_at(&world, &mut admin, "workforce", "Q200001", "Q100001").await;
    assert!(refused.refuses("not_their_manager"), "{}", refused.body);
    let own = enter_at(&world, &mut admin, "workforce", "Q100001", "Q200001").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let mut katrins = renate(&world).await;
    let theirs = enter(&world, &mut katrins, KATRIN, MIRIAM).await;
    assert!(!theirs.tells("manager_saved"), "{}", theirs.body);
    let kept = world.person("agents", KATRIN).await.manager;
    assert_eq!(kept, Some(world.person("agents", RENATE).await.id));
    assert!(remarks(&world).await.is_empty());
}
