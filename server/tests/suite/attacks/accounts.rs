//! Accounts that have no factor yet, and portals that have no account.

use super::{GOOD, WRONG, is_refused};
use axum::http::StatusCode;
use domain::FactorKind;
use server::start;
use testkit::{
    ARGUMENTS, DORA, PASSWORD, SESSION, TESS, World, folder, form, new_password, options,
};
use tokio::task::JoinSet;

/// An account without a factor opens by its own unused invitation and by nothing
/// that somebody can make up (Zitadel CVE-2026-119128).
#[tokio::test]
async fn xk01_xk02_an_account_without_factors_opens_by_its_invitation_once() {
    const ZOE: &str = "zoe@mail.example";
    let world = World::demo().await;
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut ada = world.signed_in("workforce", "Q100001", &staff).await;
    let invite = [
        ("realm", "customers"),
        ("email", ZOE),
        ("name", "Zoe"),
        ("lang", "en"),
    ];
    assert!(ada.post("admin/invite", &invite).await.tells("invited"));
    let token = world.mailed_token().await;
    let zoe = world.person("customers", ZOE).await;

    for password in ["x", PASSWORD, ZOE] {
        let answer = world.browser().password(ZOE, password).await;
        assert!(answer.refuses("wrong_credentials"), "{}", answer.body);
        world.advance(61);
    }
    let mut forger = world.browser();
    for name in [SESSION, "__Host-browser"] {
        let value = zoe.id.as_str().to_owned();
        forger.cookies.insert(name.to_owned(), value);
    }
    for call in ["choose-method", "enroll-totp", "recovery-codes/make"] {
        let answer = forger.raw(call, ARGUMENTS).await;
        assert!(is_refused(answer.status), "{call}: {}", answer.status);
    }
    assert!(!forger.set_password(GOOD).await.tells("password_set"));
    let mut conn = world.services.store.read().await.expect("reads");
    assert!(conn.factors(&zoe.id).await.expect("reads").is_empty());
    drop(conn);

    let mut tasks = JoinSet::new();
    for n in 0..4 {
        let mut browser = world.browser();
        browser.open("invitation", &token).await;
        let new = format!("{GOOD}-{n}");
        let request = browser.request("reset-password/set", form(&new_password(&new)));
        let router = world.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    let set = answers.iter().filter(|a| a.tells("password_set"));
    assert_eq!(set.count(), 1);
    let again = world.browser().open("invitation", &token).await;
    assert!(again.is_dead("used"), "{}", again.body);
}

/// The time of an answer must not reveal whether a name exists. Counts the work instead of
/// timing it: every refused sign-in computes as much as that of a known name.
#[tokio::test]
async fn xa01_a_refused_sign_in_computes_the_same_hash_for_every_name() {
    const ZOE: &str = "zoe@mail.example";
    let world = World::demo().await;
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut ada = world.signed_in("workforce", "Q100001", &staff).await;
    let invite = [
        ("realm", "customers"),
        ("email", ZOE),
        ("name", "Zoe"),
        ("lang", "en"),
    ];
    assert!(ada.post("admin/invite", &invite).await.tells("invited"));
    let computed = async |login: &str, password: &str| {
        let before = world.services.hasher.computed();
        let answer = world.browser().password(login, password).await;
        assert!(answer.refuses("wrong_credentials"), "{login}");
        world.advance(61);
        world.services.hasher.computed() - before
    };
    let known = computed(TESS, WRONG).await;
    assert!(known > 0);
    for (who, login, password) in [
        ("nobody", "nobody@customers.example", WRONG),
        ("nobody with an apostrophe", "' OR 1=1 --", WRONG),
        ("no password yet", ZOE, WRONG),
        ("disabled", DORA, WRONG),
        ("disabled, with the right password", DORA, PASSWORD),
        ("known, once more", TESS, WRONG),
    ] {
        assert_eq!(computed(login, password).await, known, "{who}");
    }
}

/// Nobody is there before somebody was made, no password is known, and nothing
/// of the demo answers; the demo itself refuses to be reached from outside.
#[tokio::test]
async fn xk04_outside_of_the_demo_nothing_of_it_is_there() {
    let world = World::empty(&[]).await;
    for path in [
        "/demo/people.json",
        "/demo/outbox.json",
        "/demo/outbox",
        "/demo/clock",
    ] {
        let answer = world.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains(PASSWORD), "{path}");
    }
    let answer = world.browser().password(TESS, PASSWORD).await;
    assert!(answer.refuses("wrong_credentials"), "{}", answer.body);
    let mut conn = world.services.store.read().await.expect("reads");
    for realm in world.services.realms.iter() {
        let people = conn.people_page(&realm.slug, "", None, 1).await;
        assert!(people.expect("reads").is_empty(), "{}", realm.slug);
    }
    let data = folder().display().to_string();
    let open = ["--demo", "--listen", "0.0.0.0:8080", "--data", &data];
    assert!(start::services(&options(&open)).await.is_err());
}
