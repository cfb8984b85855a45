//! Applications of which their people are asked: may they know, and who goes on.

use crate::oidc::{
    checks::question,
    client::{code, error, json, jwks, moved, request, tess, token, verified, world, world_with},
};
use domain::FactorKind;
use testkit::MAX;

/// RS256, and a person who is asked first.
#[tokio::test]
async fn a_person_is_asked_once_and_may_say_no() {
    let world = world_with("signing = \"RS256\"\nconsent = true\n").await;
    let mut tess = tess(&world).await;
    let none = [("prompt", "none")];
    assert_eq!(error(&mut tess, &none).await, "consent_required");
    let page = tess.get(&request(&[("scope", "openid email")])).await;
    assert_eq!(page.status.as_u16(), 200);
    let id = question(&page.body);
    let foreign = [("id", "another"), ("answer", "allow")];
    assert_eq!(
        answer_form(&tess, "consent", &foreign)
            .await
            .status
            .as_u16(),
        400
    );
    let yes = [("id", id.as_str()), ("answer", "allow")];
    let page = answer_form(&tess, "consent", &yes).await;
    let carried = moved(&page.body);
    let tokens = json(&token(&world, &[("code", &carried["code"])]).await);
    let (head, _) = verified(
        &jwks(&world).await,
        tokens["id_token"].as_str().expect("one"),
    );
    assert_eq!(head["alg"], "RS256");
    // Remembered for this, not for more.
    code(&mut tess, &[("scope", "openid email")]).await;
    let more = [("scope", "openid profile"), ("prompt", "none")];
    assert_eq!(error(&mut tess, &more).await, "consent_required");
    // Asked again where the application wants it, and a no is told.
    let page = tess.get(&request(&[("prompt", "consent")])).await;
    let id = question(&page.body);
    let no = [("id", id.as_str()), ("answer", "decline")];
    let page = answer_form(&tess, "consent", &no).await;
    assert_eq!(moved(&page.body)["error"], "access_denied");
}

/// Whoever agrees to something else still agrees to what they agreed to before.
#[tokio::test]
async fn consents_add_up() {
    let world = world_with("consent = true\n").await;
    let mut tess = tess(&world).await;
    for scope in ["openid email", "openid profile"] {
        let page = tess.get(&request(&[("scope", scope)])).await;
        crate::oidc::checks::agrees(&tess, &page).await;
    }
    for scope in ["openid email", "openid profile email"] {
        code(&mut tess, &[("scope", scope), ("prompt", "none")]).await;
    }
}

/// What was agreed to stands on the page of sessions and is taken back there, together
/// with what the application has by it; nobody takes back what another one agreed to.
#[tokio::test]
async fn consent_is_taken_back() {
    let world = world_with("consent = true\n").await;
    let mut tess = tess(&world).await;
    let page = tess.get("/customers/sessions").await;
    assert!(!page.body.contains("Applications that may know"));
    let scope = [("scope", "openid email offline_access")];
    let page = tess.get(&request(&scope)).await;
    let carried = crate::oidc::checks::agrees(&tess, &page).await;
    let given = json(&token(&world, &[("code", &carried["code"])]).await);
    let page = tess.get("/customers/sessions").await;
    assert!(page.body.contains("Applications that may know who you are"));
    assert!(page.body.contains("your e-mail address"), "{}", page.body);
    let fields = [("realm", "customers"), ("id", "portal")];
    let call = "sessions/withdraw-consent";
    let proven = [FactorKind::Passkey];
    let mut max = world.signed_in("customers", MAX, &proven).await;
    assert_eq!(max.post(call, &fields).await.status.as_u16(), 404);
    let lives = async || {
        crate::oidc::client::userinfo(&world, &given)
            .await
            .status
            .as_u16()
            == 200
    };
    assert!(lives().await);
    let answer = tess.post(call, &fields).await;
    assert!(answer.tells("consent_withdrawn"), "{}", answer.body);
    assert!(!lives().await);
    let answer = crate::oidc::client::refresh(&world, &given).await;
    assert_eq!(crate::oidc::client::refusal(&answer), "invalid_grant");
    let page = tess.get("/customers/sessions").await;
    assert!(!page.body.contains("Applications that may know"));
    let none = [scope[0], ("prompt", "none")];
    assert_eq!(error(&mut tess, &none).await, "consent_required");
    assert_eq!(tess.post(call, &fields).await.status.as_u16(), 404);
    // The trail tells of both.
    let who = world.person("customers", testkit::TESS).await;
    let mut conn = world.services.store.read().await.expect("reads");
    for action in ["application_allowed", "application_forbidden"] {
        let since = domain::Timestamp::default();
        let count = conn.audit_count(&who.id, action, since).await;
        assert_eq!(count.expect("counts"), 1, "{action}");
    }
}

/// Posts one of our own forms, as the browser would.
async fn answer_form(
    browser: &testkit::Browser,
    call: &str,
    fields: &[(&str, &str)],
) -> testkit::Answer {
    crate::oidc::client::post_own(browser, call, fields, "same-origin").await
}

#[tokio::test]
async fn prompt_select_account_asks_who_goes_on() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let page = tess.get(&request(&[("prompt", "select_account")])).await;
    assert_eq!(page.status.as_u16(), 200);
    let id = question(&page.body);
    let other = [("id", id.as_str()), ("answer", "other")];
    let evil = crate::oidc::client::post_own(&tess, "choose", &other, "cross-site").await;
    assert_eq!(evil.status.as_u16(), 403);
    let answer = answer_form(&tess, "choose", &[("id", &id), ("answer", "go_on")]).await;
    assert!(moved(&answer.body).contains_key("code"));
}

/// The answer of somebody else is none: they are asked themselves.
#[tokio::test]
async fn consent_is_of_who_was_asked() {
    let world = world_with("consent = true\n").await;
    let mut tess = tess(&world).await;
    let page = tess.get(&request(&[])).await;
    assert!(page.body.contains("Tess"), "{}", page.body);
    let id = question(&page.body);
    let max = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    let name = testkit::SESSION.to_owned();
    tess.cookies
        .insert(name, max.cookies[testkit::SESSION].clone());
    let yes = [("id", id.as_str()), ("answer", "allow")];
    let page = answer_form(&tess, "consent", &yes).await;
    assert!(page.body.contains("Max"), "{}", page.body);
    assert_ne!(question(&page.body), "");
    assert!(!page.body.contains("0;url="));
}

/// What a frozen account opens elsewhere stays shut.
#[tokio::test]
async fn a_frozen_account_opens_no_application() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let who = world.person("customers", testkit::TESS).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    tx.person_freeze(&who.id, Some(now)).await.expect("freezes");
    tx.commit().await.expect("commits");
    assert_eq!(error(&mut tess, &[]).await, "access_denied");
}

/// The tiles of the overview: those of the realm, in the reader's language.
#[tokio::test]
async fn applications_stand_on_the_overview() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let page = tess.get("/customers/overview").await;
    assert!(page.body.contains("href=\"http://localhost:9090/\""));
    assert!(page.body.contains("Learning"), "{}", page.body);
}
