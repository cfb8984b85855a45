//! Modules of `oidcc-basic-certification-test-plan`, by their names: what works once, and
//! what leads on.

use crate::oidc::{
    checks::{agrees, id_token_of, tokens_of, userinfo_of},
    client::{
        SECRET, basic, code, json, program, refresh, refusal, request, tess, token, tokens,
        userinfo, world, world_with,
    },
};
use testkit::TESS;

/// A code works once; used again, what it gave is void (RFC 6749, 4.1.2).
async fn is_refused_again_after(seconds: i64) {
    let world = world().await;
    let mut tess = tess(&world).await;
    let code = code(&mut tess, &[("scope", "openid offline_access")]).await;
    let first = tokens_of(&token(&world, &[("code", &code)]).await);
    assert_eq!(userinfo(&world, &first).await.status.as_u16(), 200);
    world.advance(seconds);
    let again = token(&world, &[("code", &code)]).await;
    assert_eq!(again.status.as_u16(), 400);
    assert_eq!(again.header("content-type"), "application/json");
    assert_eq!(refusal(&again), "invalid_grant");
    let dead = userinfo(&world, &first).await;
    assert_eq!(dead.status.as_u16(), 401, "revoked");
    assert!(dead.header("www-authenticate").contains("invalid_token"));
    let again = refresh(&world, &first).await;
    assert_eq!(refusal(&again), "invalid_grant");
}

#[tokio::test]
async fn oidcc_codereuse() {
    is_refused_again_after(0).await;
}

#[tokio::test]
async fn oidcc_codereuse_30seconds() {
    is_refused_again_after(30).await;
}

/// `offline_access` with `prompt=consent`, as Core 1.0, 11 wants it, and `scope` in the
/// refresh.
#[tokio::test]
async fn oidcc_refresh_token() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let scope = "openid email offline_access";
    let asked = [("scope", scope), ("prompt", "consent")];
    let page = tess.get(&request(&asked)).await;
    let carried = agrees(&tess, &page).await;
    let first = tokens_of(&token(&world, &[("code", &carried["code"])]).await);
    let (_, before) = id_token_of(&world, &first).await;
    userinfo_of(&userinfo(&world, &first).await, &before);
    world.advance(5);
    let held = first["refresh_token"].as_str().expect("a refresh token");
    let fields = |scope| {
        [
            ("grant_type", "refresh_token"),
            ("refresh_token", held),
            ("scope", scope),
        ]
    };
    let there = "/customers/oidc/token";
    // Not by another client, which uses nothing up.
    let auth = basic("old", SECRET);
    let headers = [("authorization", auth.as_str())];
    let answer = program(&world, "POST", there, &headers, Some(&fields(scope))).await;
    assert_eq!(refusal(&answer), "invalid_grant");
    let auth = basic("portal", SECRET);
    let headers = [("authorization", auth.as_str())];
    let answer = program(&world, "POST", there, &headers, Some(&fields(scope))).await;
    let second = tokens_of(&answer);
    assert_eq!(second["scope"], scope);
    for name in ["access_token", "refresh_token", "id_token"] {
        assert_ne!(first[name], second[name], "{name}");
    }
    // Core 1.0, 12.2.
    let (_, after) = id_token_of(&world, &second).await;
    for name in ["iss", "sub", "aud", "azp", "auth_time", "sid", "acr", "amr"] {
        assert_eq!(before[name], after[name], "{name}");
    }
    assert!(after["iat"].as_i64() > before["iat"].as_i64());
    assert_eq!(after.get("nonce"), None);
    userinfo_of(&userinfo(&world, &second).await, &after);
    // Less than was given is given; the family keeps what it had.
    let held = second["refresh_token"].as_str().expect("a refresh token");
    let less = [
        ("grant_type", "refresh_token"),
        ("refresh_token", held),
        ("scope", "openid"),
    ];
    let third = tokens_of(&program(&world, "POST", there, &headers, Some(&less)).await);
    assert_eq!(third["scope"], "openid");
    let said = json(&userinfo(&world, &third).await);
    assert_eq!(said.get("email"), None);
    let fourth = tokens_of(&refresh(&world, &third).await);
    assert_eq!(fourth["scope"], scope);
}

/// A session that is over by itself leaves refresh tokens alone, and they end some day.
#[tokio::test]
async fn refresh_tokens_lead_on_for_ninety_days() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut given = tokens(&world, &mut tess, "openid offline_access").await;
    world.advance(9 * 3600);
    assert_eq!(tess.get("/customers/overview").await.status.as_u16(), 303);
    given = tokens_of(&refresh(&world, &given).await);
    for _ in 0..3 {
        assert_eq!(userinfo(&world, &given).await.status.as_u16(), 200);
        world.advance(29 * 86_400);
        given = tokens_of(&refresh(&world, &given).await);
    }
    world.advance(3 * 86_400);
    let answer = refresh(&world, &given).await;
    assert_eq!(refusal(&answer), "invalid_grant");
}

/// A refresh token that is used twice ends its whole family (RFC 9700, 4.14.2).
#[tokio::test]
async fn a_refresh_token_used_twice_ends_the_family() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let first = tokens(&world, &mut tess, "openid offline_access").await;
    let second = json(&refresh(&world, &first).await);
    assert_eq!(userinfo(&world, &second).await.status.as_u16(), 200);
    let thief = refresh(&world, &first).await;
    assert_eq!(refusal(&thief), "invalid_grant");
    assert_eq!(userinfo(&world, &second).await.status.as_u16(), 401);
    let answer = refresh(&world, &second).await;
    assert_eq!(refusal(&answer), "invalid_grant");
    // It is written down.
    let who = world.person("customers", TESS).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let since = domain::Timestamp::default();
    let count = conn.audit_count(&who.id, "token_replayed", since).await;
    assert_eq!(count.expect("counts"), 1);
}

/// An application that asks for more than it did is not renewed with less (D01).
#[tokio::test]
async fn a_refresh_token_ends_where_its_application_asks_for_more() {
    let today = world().await;
    let realm = today.services.realm("customers").expect("a realm");
    let tomorrow = today.services.now().plus_seconds(24 * 3600);
    let tomorrow = flows::when::day(&realm, tomorrow);
    let world = world_with(&format!(
        "chains = [{{ factors = [\"passkey\"], acr = \"phr\" }}]\nsince = \"{tomorrow}\""
    ))
    .await;
    let mut tess = tess(&world).await;
    let first = tokens(&world, &mut tess, "openid offline_access").await;
    let second = json(&refresh(&world, &first).await);
    world.advance(24 * 3600);
    let answer = refresh(&world, &second).await;
    assert_eq!(refusal(&answer), "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_is_bound_to_its_client_and_scope() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let first = tokens(&world, &mut tess, "openid offline_access").await;
    let held = first["refresh_token"].as_str().expect("a token");
    let there = "/customers/oidc/token";
    let fields = [("grant_type", "refresh_token"), ("refresh_token", held)];
    let auth = basic("old", SECRET);
    let answer = program(
        &world,
        "POST",
        there,
        &[("authorization", &auth)],
        Some(&fields),
    )
    .await;
    assert_eq!(refusal(&answer), "invalid_grant");
    let more = [
        ("grant_type", "refresh_token"),
        ("refresh_token", held),
        ("scope", "openid email"),
    ];
    let auth = basic("portal", SECRET);
    let answer = program(
        &world,
        "POST",
        there,
        &[("authorization", &auth)],
        Some(&more),
    )
    .await;
    assert_eq!(refusal(&answer), "invalid_scope");
    // An access token is none, and what failed used nothing up.
    let access = first["access_token"].as_str().expect("a token");
    let fields = [("grant_type", "refresh_token"), ("refresh_token", access)];
    let answer = program(
        &world,
        "POST",
        there,
        &[("authorization", &auth)],
        Some(&fields),
    )
    .await;
    assert_eq!(refusal(&answer), "invalid_grant");
    assert_eq!(refresh(&world, &first).await.status.as_u16(), 200);
}
