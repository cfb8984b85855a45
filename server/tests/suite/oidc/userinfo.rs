//! Modules of `oidcc-basic-certification-test-plan`, by their names: userinfo, and what
//! scopes and claims open there.

use crate::oidc::{
    checks::{Flow, flow, userinfo_of},
    client::{error, json, program, tess, tokens, userinfo, world},
};
use serde_json::Value;
use testkit::{TESS, World};

const THERE: &str = "/customers/oidc/userinfo";
const ALL: &str = "openid profile email";

fn bearer(tokens: &Value) -> String {
    let access = tokens["access_token"].as_str().expect("an access token");
    format!("Bearer {access}")
}

/// The names of what userinfo says, and that it is of Tess.
async fn names(world: &World, flow: &Flow) -> Vec<String> {
    let who = world.person("customers", TESS).await;
    assert_eq!(flow.userinfo["sub"], who.id.as_str());
    let said = flow.userinfo.as_object().expect("claims");
    said.keys().cloned().collect()
}

#[tokio::test]
async fn oidcc_userinfo_get() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let flow = flow(&world, &mut tess, &[("scope", ALL)]).await;
    // Each claim as it is written (Core 1.0, 5.1).
    let who = world.person("customers", TESS).await;
    assert_eq!(flow.userinfo["name"], who.name);
    assert_eq!(flow.userinfo["preferred_username"], TESS);
    assert_eq!(flow.userinfo["locale"], who.lang.code());
    assert_eq!(flow.userinfo["email"], who.email);
    assert!(flow.userinfo["email_verified"].is_boolean());
}

#[tokio::test]
async fn oidcc_userinfo_post_header() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let flow = flow(&world, &mut tess, &[("scope", ALL)]).await;
    let auth = bearer(&flow.tokens);
    let headers = [("authorization", auth.as_str())];
    let answer = program(&world, "POST", THERE, &headers, None).await;
    assert_eq!(userinfo_of(&answer, &flow.claims), flow.userinfo);
}

#[tokio::test]
async fn oidcc_userinfo_post_body() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let flow = flow(&world, &mut tess, &[("scope", ALL)]).await;
    let access = flow.tokens["access_token"].as_str().expect("a token");
    let fields = [("access_token", access)];
    let answer = program(&world, "POST", THERE, &[], Some(&fields)).await;
    assert_eq!(userinfo_of(&answer, &flow.claims), flow.userinfo);
}

/// RFC 6750, 2 and 3.1.
#[tokio::test]
async fn nothing_but_an_access_token_opens_userinfo() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let tokens = tokens(&world, &mut tess, ALL).await;
    let access = tokens["access_token"].as_str().expect("a token");
    let auth = bearer(&tokens);
    let headers = [("authorization", auth.as_str())];
    let fields = [("access_token", access)];
    let both = program(&world, "POST", THERE, &headers, Some(&fields)).await;
    assert_eq!(both.status.as_u16(), 400);
    let nobody = program(&world, "GET", THERE, &[], None).await;
    assert_eq!(nobody.status.as_u16(), 401);
    assert_eq!(nobody.header("www-authenticate"), "Bearer");
    // An address may end up in a log: no token is taken from there.
    let path = format!("{THERE}?access_token={access}");
    let by_query = program(&world, "GET", &path, &[], None).await;
    assert_eq!(by_query.status.as_u16(), 401);
    let wrong = [("authorization", "Bearer x.y.z")];
    let wrong = program(&world, "GET", THERE, &wrong, None).await;
    assert_eq!(wrong.status.as_u16(), 401);
    assert!(wrong.header("www-authenticate").contains("invalid_token"));
    let id_token = tokens["id_token"].as_str().expect("a token");
    let auth = format!("Bearer {id_token}");
    let wrong = program(&world, "GET", THERE, &[("authorization", &auth)], None).await;
    assert_eq!(wrong.status.as_u16(), 401);
    // It works for as long as it says.
    world.advance(599);
    assert_eq!(userinfo(&world, &tokens).await.status.as_u16(), 200);
    world.advance(2);
    assert_eq!(userinfo(&world, &tokens).await.status.as_u16(), 401);
}

#[tokio::test]
async fn oidcc_scope_profile() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let flow = flow(&world, &mut tess, &[("scope", "openid profile")]).await;
    assert_eq!(flow.tokens["scope"], "openid profile");
    let names = names(&world, &flow).await;
    assert_eq!(names, ["locale", "name", "preferred_username", "sub"]);
}

#[tokio::test]
async fn oidcc_scope_email() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let flow = flow(&world, &mut tess, &[("scope", "openid email")]).await;
    assert_eq!(flow.tokens["scope"], "openid email");
    let names = names(&world, &flow).await;
    assert_eq!(names, ["email", "email_verified", "sub"]);
    // On record, and no code ever reached it.
    assert_eq!(flow.userinfo["email_verified"], false);
}

/// A scope that is not offered is passed over, and the answer says so by what it gives
/// (RFC 6749, 3.3).
async fn is_passed_over(scope: &str) {
    let world = world().await;
    let there = "/customers/.well-known/openid-configuration";
    let found = json(&program(&world, "GET", there, &[], None).await);
    let offered = found["scopes_supported"].as_array().expect("a list");
    assert!(!offered.contains(&Value::from(scope)), "{scope}");
    let mut tess = tess(&world).await;
    let asked = format!("openid {scope}");
    let flow = flow(&world, &mut tess, &[("scope", &asked)]).await;
    assert_eq!(flow.tokens["scope"], "openid");
    assert_eq!(names(&world, &flow).await, ["sub"]);
}

#[tokio::test]
async fn oidcc_scope_address() {
    is_passed_over("address").await;
}

#[tokio::test]
async fn oidcc_scope_phone() {
    is_passed_over("phone").await;
}

#[tokio::test]
async fn oidcc_scope_all() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let all = [("scope", "openid profile email address phone")];
    let flow = flow(&world, &mut tess, &all).await;
    assert_eq!(flow.tokens["scope"], ALL);
    let names = names(&world, &flow).await;
    let expected = [
        "email",
        "email_verified",
        "locale",
        "name",
        "preferred_username",
        "sub",
    ];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn without_openid_there_is_no_sign_in() {
    let world = world().await;
    let mut tess = tess(&world).await;
    for scope in ["profile", "", "OpenID"] {
        let of = [("scope", scope)];
        assert_eq!(error(&mut tess, &of).await, "invalid_scope", "{scope}");
    }
}

/// `claims` is not offered, so that a request with it is one without it.
#[tokio::test]
async fn oidcc_claims_essential() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let claims = r#"{"userinfo":{"name":{"essential":true}}}"#;
    let flow = flow(&world, &mut tess, &[("claims", claims)]).await;
    assert_eq!(names(&world, &flow).await, ["sub"]);
}
