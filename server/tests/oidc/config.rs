//! Conditions of the config profile.

use crate::client::{ISSUER, json, jwks, program, world};

#[tokio::test]
async fn oidcc_discovery_endpoint_verification() {
    let world = world().await;
    let there = "/customers/.well-known/openid-configuration";
    let answer = program(&world, "GET", there, &[], None).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header("content-type"), "application/json");
    let found = json(&answer);
    assert_eq!(found["issuer"], ISSUER);
    for (name, path) in [
        ("authorization_endpoint", "authorize"),
        ("token_endpoint", "token"),
        ("userinfo_endpoint", "userinfo"),
        ("jwks_uri", "jwks"),
        ("end_session_endpoint", "logout"),
    ] {
        assert_eq!(found[name], format!("{ISSUER}/oidc/{path}"), "{name}");
    }
    assert_eq!(found["response_types_supported"][0], "code");
    assert_eq!(found["subject_types_supported"][0], "public");
    assert_eq!(found["code_challenge_methods_supported"][0], "S256");
    assert_eq!(found["request_uri_parameter_supported"], false);
    assert_eq!(
        found["authorization_response_iss_parameter_supported"],
        true
    );
    let algs = found["id_token_signing_alg_values_supported"].to_string();
    assert!(algs.contains("RS256") && algs.contains("ES256"), "{algs}");
    assert!(!algs.contains("none"));
    let acr = found["acr_values_supported"].to_string();
    assert!(acr.contains("\"phr\"") && acr.contains("\"password+totp\""));
    // Realms without applications have no provider, and neither has what is no realm.
    for realm in ["cloud", "nothing"] {
        for path in [".well-known/openid-configuration", "oidc/jwks"] {
            let answer = program(&world, "GET", &format!("/{realm}/{path}"), &[], None).await;
            assert_eq!(answer.status.as_u16(), 404, "{realm} {path}");
        }
    }
}

#[tokio::test]
async fn oidcc_discovery_jwks_uri_keys() {
    let world = world().await;
    let found = jwks(&world).await;
    let keys = found["keys"].as_array().expect("keys");
    assert_eq!(keys.len(), 2, "one for each algorithm in use");
    for key in keys {
        assert_eq!(key["use"], "sig");
        assert!(key["kid"].as_str().is_some_and(|kid| kid.len() == 43));
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(key.get(private).is_none(), "{private}");
        }
    }
    assert_eq!(jwks(&world).await, found, "made once");
    let twin = world.twin().await;
    drop(twin);
}

/// Browser clients may call the four endpoints of programs, and no other (XL07).
#[tokio::test]
async fn xl07_four_endpoints_answer_every_origin() {
    let world = world().await;
    let from = [
        ("origin", "https://spa.example"),
        ("access-control-request-method", "POST"),
    ];
    for path in [
        ".well-known/openid-configuration",
        "oidc/jwks",
        "oidc/token",
        "oidc/userinfo",
    ] {
        let path = format!("/customers/{path}");
        let answer = program(&world, "OPTIONS", &path, &from, None).await;
        assert_eq!(answer.status.as_u16(), 204, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert!(answer.header("access-control-allow-credentials").is_empty());
    }
    for path in [
        "/customers/oidc/authorize",
        "/customers/oidc/logout",
        "/customers/oidc/end",
        "/customers/oidc/resume",
        "/customers/sign-in",
        "/api/sign-out",
    ] {
        for method in ["OPTIONS", "GET"] {
            let answer = program(&world, method, path, &from, None).await;
            let allowed = answer.header("access-control-allow-origin");
            assert!(allowed.is_empty(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn keys_rotate_and_old_tokens_still_verify() {
    let world = world().await;
    let mut tess = crate::client::tess(&world).await;
    let before = crate::client::tokens(&world, &mut tess, "openid").await;
    let realm = world.services.realm("customers").expect("a realm");
    let s = &world.services;
    let made = flows::oidc::keys::rotate(&s.store, &s.vault, &s.random, &realm, s.now()).await;
    let made = made.expect("rotates");
    assert_eq!(made.len(), 2);
    // The trail tells of both, to the auditors of the realm.
    let mut conn = s.store.read().await.expect("reads");
    let told = conn.audit_unsealed(1000).await.expect("reads");
    drop(conn);
    let told = told.iter().filter(|entry| entry.action == "key_rotated");
    let told: Vec<_> = told.map(|e| (e.actor.as_str(), &e.detail)).collect();
    assert_eq!(told.len(), 2);
    for (id, (actor, detail)) in made.iter().zip(told) {
        assert!(actor == "cli" && detail.ends_with(id), "{detail}");
    }
    let after = crate::client::tokens(&world, &mut tess, "openid").await;
    let keys = jwks(&world).await;
    let kid = |tokens: &serde_json::Value| {
        let token = tokens["id_token"].as_str().expect("a token");
        crate::client::verified(&keys, token).0["kid"].clone()
    };
    assert_ne!(kid(&before), kid(&after));
    // A week later the old one is published no more.
    world.advance(7 * 86_400 + 60);
    let keys = jwks(&world).await;
    assert_eq!(keys["keys"].as_array().expect("keys").len(), 2);
}
