//! A browser where somebody else is signed in: the ceremony decides whose account it is.

use super::{account, choose, code, enroll_app, factors, is_in, password, shown};
use domain::FactorKind;
use testkit::{PASSWORD, TESS, World};

/// A customer with no second factor yet.
const NORA: &str = "nora.new@customers.example";

#[tokio::test]
async fn who_sets_up_a_first_app_gets_it_whoever_was_signed_in_at_this_browser() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut shared = world.signed_in("customers", TESS, &proven).await;
    let tess = world.person("customers", TESS).await.id;
    let nora = world.person("customers", NORA).await.id;
    let before = factors(&world, &tess).await;

    let answer = shared.password(NORA, PASSWORD).await;
    assert!(answer.shows("choose_method"), "{}", answer.body);
    assert!(answer.shows_news("signed_out_here"), "{}", answer.body);
    assert_eq!(account(&answer), NORA);
    assert!(!is_in(&mut shared, "customers").await, "tess is out");
    let answer = choose(&mut shared, "customers", "totp").await;
    assert_eq!(account(&answer), NORA);
    let key = shown(&answer, "enroll_totp", "key");
    let answer = enroll_app(&world, &mut shared, "customers", &key, "").await;
    assert!(answer.lets_in(), "{}", answer.body);

    assert_eq!(factors(&world, &tess).await, before);
    let kinds = factors(&world, &nora).await;
    assert!(kinds.iter().any(|f| f.kind == FactorKind::Totp));
}

#[tokio::test]
async fn the_address_that_one_dealer_names_is_not_that_of_another() {
    let world = World::demo().await;
    let mut shared = world.browser();
    password(&mut shared, "dealers", "lenz01", PASSWORD).await;
    let sent = world.mailed_code().await;
    assert!(
        code(&mut shared, "dealers", &sent)
            .await
            .leads_to("/dealers/overview")
    );
    let old = factors(&world, &world.person("dealers", "lenz01").await.id).await;

    let answer = password(&mut shared, "dealers", "lenz02", PASSWORD).await;
    assert_eq!(account(&answer), "lenz02", "{}", answer.body);
    let mine = "zweiter@autohaus-lenz.example";
    let fields = [
        ("realm", "dealers"),
        ("email", mine),
        ("repeat", mine),
        ("sure", ""),
        ("code", ""),
    ];
    shared.post("capture-address", &fields).await;
    let sent = world.mailed_code().await;
    let fields = [("realm", "dealers"), ("code", sent.as_str())];
    shared.post("enroll-email", &fields).await;

    let first = world.person("dealers", "lenz01").await;
    assert_eq!(factors(&world, &first.id).await.len(), old.len());
    assert_ne!(first.email, mine);
    let second = world.person("dealers", "lenz02").await;
    assert_eq!(second.email, mine);
}

#[tokio::test]
async fn a_page_that_was_left_open_does_nothing_in_the_account_of_who_came_after() {
    let world = World::demo().await;
    let mut shared = world.browser();
    // One tab: the second dealer is asked for an address.
    let answer = password(&mut shared, "dealers", "lenz02", PASSWORD).await;
    assert!(answer.shows("capture_address"), "{}", answer.body);
    // Another tab: the first one signs in.
    password(&mut shared, "dealers", "lenz01", PASSWORD).await;
    let sent = world.mailed_code().await;
    code(&mut shared, "dealers", &sent).await;
    let mine = "zweiter@autohaus-lenz.example";
    let fields = [
        ("realm", "dealers"),
        ("email", mine),
        ("repeat", mine),
        ("sure", ""),
        ("code", ""),
        ("about", "dealers/lenz02"),
    ];
    let answer = shared.post("capture-address", &fields).await;
    assert!(answer.leads_to("/dealers/sign-in"), "{}", answer.body);
    assert!(answer.tells("other_account"), "{}", answer.body);
    assert!(world.letters().await.is_empty(), "no code went out");
    assert!(is_in(&mut shared, "dealers").await, "the first one stays");
}

#[tokio::test]
async fn an_enrol_link_is_for_its_owner_at_the_browser_of_another_one_too() {
    let world = World::demo().await;
    let link = world.secrets("Q200001").await["enroll_link"]
        .as_str()
        .expect("a link")
        .to_owned();
    let token = link.rsplit('/').next().expect("a token");
    let staff = super::STAFF;
    let mut shared = world.signed_in("workforce", "Q200002", staff).await;
    let fields = [
        ("realm", "workforce"),
        ("purpose", "enroll"),
        ("token", token),
    ];
    let answer = shared.post("reset-password/open", &fields).await;
    assert!(answer.leads_to("/workforce/enroll"), "{}", answer.body);
    let page = shared.page("/workforce/enroll").await;
    assert_eq!(account(&page), "Q200001", "{}", page.body);
    assert!(page.shows_news("signed_out_here"), "{}", page.body);
    let answer = choose(&mut shared, "workforce", "passkey").await;
    assert!(answer.shows("enroll_passkey"), "{}", answer.body);
    assert_eq!(account(&answer), "Q200001");
}

#[tokio::test]
async fn a_reset_says_whose_password_was_set() {
    let world = World::demo().await;
    let token = world.reset_token(TESS).await;
    let mut shared = world
        .signed_in(
            "customers",
            testkit::EMIL,
            &[FactorKind::Password, FactorKind::Email],
        )
        .await;
    shared.open("reset_password", &token).await;
    let page = shared.page("/customers/set-password").await;
    assert_eq!(account(&page), TESS, "{}", page.body);
    let set = shared.set_password("copper-lantern-58-meadow").await;
    assert!(set.tells("password_set"), "{}", set.body);
    assert!(set.body.contains("tess.totp"), "{}", set.body);
}
