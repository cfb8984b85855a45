//! Modules of `oidcc-basic-certification-test-plan`, by their names: who is there, since
//! when, and by which proofs.

use crate::oidc::{
    checks::{Flow, finished, flow, proves},
    client::{error, redirect, request, tess, world},
};
use domain::FactorKind;
use testkit::{TESS, World};

#[tokio::test]
async fn oidcc_prompt_none_not_logged_in() {
    let world = world().await;
    let mut nobody = world.browser();
    let none = [("prompt", "none")];
    assert_eq!(error(&mut nobody, &none).await, "login_required");
    let with_more = [("prompt", "none login")];
    assert_eq!(error(&mut nobody, &with_more).await, "invalid_request");
}

/// Both ID tokens speak of one sign-in.
fn is_the_same_sign_in(first: &Flow, second: &Flow) {
    for name in ["sub", "auth_time", "acr", "amr", "sid"] {
        assert_eq!(first.claims[name], second.claims[name], "{name}");
    }
}

#[tokio::test]
async fn oidcc_prompt_none_logged_in() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let first = flow(&world, &mut tess, &[]).await;
    world.advance(5);
    let second = flow(&world, &mut tess, &[("prompt", "none")]).await;
    is_the_same_sign_in(&first, &second);
    assert_ne!(first.claims["iat"], second.claims["iat"]);
}

#[tokio::test]
async fn oidcc_max_age_10000() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let asked = [("max_age", "10000")];
    let first = flow(&world, &mut tess, &asked).await;
    world.advance(5);
    let second = flow(&world, &mut tess, &asked).await;
    is_the_same_sign_in(&first, &second);
}

#[tokio::test]
async fn max_age_is_a_number_of_seconds() {
    let world = world().await;
    let mut tess = tess(&world).await;
    for wrong in ["-1", "soon", "1e3"] {
        let of = [("max_age", wrong)];
        assert_eq!(error(&mut tess, &of).await, "invalid_request", "{wrong}");
    }
}

/// A signed-in person is asked anew, and the second ID token speaks of that proof.
async fn asks_anew(world: &World, asks: (&str, &str)) -> (Flow, Flow) {
    let mut tess = tess(world).await;
    let before = flow(world, &mut tess, &[]).await;
    world.advance(45);
    let carried = proves(world, &mut tess, &[asks]).await;
    let after = finished(world, &carried, &[asks]).await;
    for name in ["sub", "sid"] {
        assert_eq!(before.claims[name], after.claims[name], "{name}");
    }
    // Taken once: the page does not give another code.
    let again = tess.get("/customers/oidc/resume").await;
    assert_eq!(again.header("location"), "/customers/overview");
    (before, after)
}

fn auth_time(flow: &Flow) -> i64 {
    flow.claims["auth_time"].as_i64().expect("a number")
}

#[tokio::test]
async fn oidcc_prompt_login() {
    let world = world().await;
    let (before, after) = asks_anew(&world, ("prompt", "login")).await;
    assert!(auth_time(&after) >= auth_time(&before) + 45);
}

#[tokio::test]
async fn oidcc_max_age_1() {
    let world = world().await;
    let (before, after) = asks_anew(&world, ("max_age", "1")).await;
    assert!(auth_time(&after) > auth_time(&before));
    let now = world.services.now().seconds();
    assert!(now - auth_time(&after) <= 2, "just now");
}

/// What is told after a new proof is that proof: neither its age nor its strength is
/// borrowed from what the session proved before.
#[tokio::test]
async fn a_new_proof_is_told_by_itself() {
    for asks in [("prompt", "login"), ("max_age", "1"), ("max_age", "0")] {
        let world = world().await;
        let (before, after) = asks_anew(&world, asks).await;
        assert_eq!(before.claims["acr"], "password+totp");
        assert_eq!(before.claims["amr"].to_string(), r#"["pwd","otp","mfa"]"#);
        assert_eq!(after.claims["acr"], "totp", "{asks:?}");
        assert_eq!(after.claims["amr"].to_string(), r#"["otp"]"#, "{asks:?}");
    }
}

/// Who asks for a chain and for new proofs gets the whole chain anew, proof by proof.
#[tokio::test]
async fn a_chain_that_is_asked_for_anew_is_walked_whole() {
    let world = world().await;
    let mut tess = tess(&world).await;
    world.advance(45);
    let asked = [("prompt", "login"), ("acr_values", "password+totp")];
    let answer = tess.get(&request(&asked)).await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let begun = world.services.now().seconds();
    let fields = |code| {
        [
            ("realm", "customers"),
            ("purpose", "confirm"),
            ("code", code),
        ]
    };
    let answer = tess.post("prove/code", &fields(testkit::PASSWORD)).await;
    assert!(answer.leads_to("/customers/oidc/resume"), "{}", answer.body);
    // The password alone is not the chain.
    let answer = tess.get("/customers/oidc/resume").await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let code = crate::oidc::checks::app_of_tess(&world).await;
    let answer = tess.post("prove/code", &fields(&code)).await;
    assert!(answer.leads_to("/customers/oidc/resume"), "{}", answer.body);
    let page = tess.get("/customers/oidc/resume").await;
    let carried = crate::oidc::client::moved(&page.body);
    let after = finished(&world, &carried, &asked).await;
    assert_eq!(after.claims["acr"], "password+totp");
    assert_eq!(after.claims["amr"].to_string(), r#"["pwd","otp","mfa"]"#);
    assert!(auth_time(&after) >= begun);
}

/// A step up does not make the proof before it new: `auth_time` is of the oldest proof
/// that `amr` names.
#[tokio::test]
async fn a_step_up_keeps_the_time_of_the_first_proof() {
    let world = world().await;
    let proven = [FactorKind::Password];
    let mut tess = world.signed_in("customers", TESS, &proven).await;
    let then = world.services.now().seconds();
    let alone = flow(&world, &mut tess, &[]).await;
    assert_eq!(alone.claims["acr"], "password");
    world.advance(300);
    let carried = proves(&world, &mut tess, &[("acr_values", "password+totp")]).await;
    let both = finished(&world, &carried, &[]).await;
    assert_eq!(both.claims["acr"], "password+totp");
    assert_eq!(auth_time(&both), auth_time(&alone));
    assert!((then - 5..=then).contains(&auth_time(&both)));
    // So whoever wants both to be new says so, and is not put off with one.
    let asked = [("acr_values", "password+totp"), ("max_age", "60")];
    let answer = tess.get(&request(&asked)).await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let asked = [("acr_values", "password+totp"), ("max_age", "10000")];
    let (_, carried) = redirect(&tess.get(&request(&asked)).await);
    finished(&world, &carried, &asked).await;
}
