//! Applications with ways of their own, and wishes.

use crate::oidc::client::{query, request, tess, world};
use domain::FactorKind;
use testkit::{MAX, TESS};

const VAULT: [(&str, &str); 2] = [
    ("client_id", "vault"),
    ("redirect_uri", "https://vault.example/callback"),
];

fn asked(more: &[(&'static str, &'static str)]) -> String {
    let all: Vec<_> = VAULT.iter().chain(more).copied().collect();
    request(&all)
}

/// A session of a remembered browser proved the password alone: an application with
/// chains of its own asks for the rest.
#[tokio::test]
async fn an_application_asks_for_what_is_missing_of_its_chains() {
    let world = world().await;
    let proven = [FactorKind::Password];
    let mut tess = world.signed_in("customers", TESS, &proven).await;
    let silent = tess.get(&asked(&[("prompt", "none")])).await;
    assert_eq!(query(silent.header("location"))["error"], "login_required");
    let answer = tess.get(&asked(&[])).await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let secrets = world.secrets(TESS).await;
    let app = world.app(secrets["totp_secret"].as_str().expect("a key"));
    let answer = tess.code("confirm", &app).await;
    assert!(answer.leads_to("/customers/oidc/resume"), "{}", answer.body);
    let page = tess.get("/customers/oidc/resume").await;
    assert!(
        page.body
            .contains("0;url=https://vault.example/callback?code=")
    );
    // It is proven for good: the next time nothing is asked.
    let answer = tess.get(&asked(&[("prompt", "none")])).await;
    assert!(query(answer.header("location")).contains_key("code"));
}

#[tokio::test]
async fn acr_values_trigger_step_up() {
    let world = world().await;
    let phr = [("acr_values", "phr")];
    // Tess has no passkey, so nothing that she does would be one.
    let mut tess = tess(&world).await;
    let answer = tess.get(&asked(&phr)).await;
    let error = &query(answer.header("location"))["error"];
    assert_eq!(error, "unmet_authentication_requirements");
    // Max has one, and did not use it.
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut max = world.signed_in("customers", MAX, &proven).await;
    let answer = max.get(&asked(&phr)).await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let silent = max
        .get(&asked(&[("acr_values", "phr"), ("prompt", "none")]))
        .await;
    assert_eq!(query(silent.header("location"))["error"], "login_required");
    let mut max = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    let answer = max.get(&asked(&phr)).await;
    assert!(query(answer.header("location")).contains_key("code"));
}
