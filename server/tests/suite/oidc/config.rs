//! The conditions of `oidcc-config-certification-test-plan`, by the names of their classes.

use crate::oidc::{
    checks::flow,
    client::{ISSUER, json, jwks, program, tess, world, world_on},
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;
use std::collections::BTreeSet;
use testkit::{Answer, World};

const THERE: &str = "/customers/.well-known/openid-configuration";

async fn asked(world: &World) -> Answer {
    program(world, "GET", THERE, &[], None).await
}

async fn discovery() -> Value {
    json(&asked(&world().await).await)
}

/// A list of texts.
fn list<'a>(found: &'a Value, name: &str) -> Vec<&'a str> {
    let list = found[name].as_array().expect(name);
    list.iter().map(|v| v.as_str().expect(name)).collect()
}

async fn keys() -> Vec<Value> {
    let found = jwks(&world().await).await;
    found["keys"].as_array().expect("keys").clone()
}

#[tokio::test]
async fn ensure_discovery_endpoint_response_status_code_is200() {
    assert_eq!(asked(&world().await).await.status.as_u16(), 200);
}

#[tokio::test]
async fn check_discovery_endpoint_returned_json_content_type() {
    let answer = asked(&world().await).await;
    assert_eq!(answer.header("content-type"), "application/json");
}

#[tokio::test]
async fn oidcc_check_disc_endpoint_response_types_supported() {
    let found = discovery().await;
    assert_eq!(list(&found, "response_types_supported"), ["code"]);
    assert_eq!(list(&found, "response_modes_supported"), ["query"]);
}

/// It is found where its issuer says (Discovery 1.0, 4).
#[tokio::test]
async fn check_disc_endpoint_discovery_url() {
    let found = discovery().await;
    let issuer = found["issuer"].as_str().expect("an issuer");
    let path = issuer.strip_prefix("http://localhost:8080").expect("here");
    assert_eq!(format!("{path}/.well-known/openid-configuration"), THERE);
}

#[tokio::test]
async fn check_disc_endpoint_issuer() {
    let world = world().await;
    let found = json(&asked(&world).await);
    assert_eq!(found["issuer"], ISSUER);
    // To the letter the one that speaks in tokens (Discovery 1.0, 4.3).
    let flow = flow(&world, &mut tess(&world).await, &[]).await;
    assert_eq!(flow.claims["iss"], found["issuer"]);
}

#[tokio::test]
async fn check_disc_endpoint_issuer_is_valid_url() {
    let found = discovery().await;
    let text = found["issuer"].as_str().expect("an issuer");
    let url = url::Url::parse(text).expect("an address");
    assert!(url.query().is_none() && url.fragment().is_none());
    assert_eq!(url.as_str(), text, "written as everybody would write it");
}

#[tokio::test]
async fn check_disc_endpoint_subject_types_supported() {
    let found = discovery().await;
    assert_eq!(list(&found, "subject_types_supported"), ["public"]);
}

/// RS256 has to be there (Discovery 1.0, 3), and whatever is there has a key: also where
/// no application signs with it.
#[tokio::test]
async fn oidcc_check_disc_endpoint_id_token_signing_alg_values_supported() {
    for realm in ["customers", "agents"] {
        let world = World::demo().await;
        let path = format!("/{realm}/.well-known/openid-configuration");
        let found = json(&program(&world, "GET", &path, &[], None).await);
        let algs = list(&found, "id_token_signing_alg_values_supported");
        assert!(
            algs.contains(&"RS256") && !algs.contains(&"none"),
            "{algs:?}"
        );
        let path = format!("/{realm}/oidc/jwks");
        let keys = json(&program(&world, "GET", &path, &[], None).await);
        let keys = keys["keys"].as_array().expect("keys");
        let of_keys: BTreeSet<_> = keys.iter().filter_map(|k| k["alg"].as_str()).collect();
        assert_eq!(of_keys, algs.into_iter().collect(), "{realm}");
    }
}

/// Userinfo is JSON and nothing else, so no algorithm is named.
#[tokio::test]
async fn oidcc_check_disc_endpoint_userinfo_signing_alg_values_supported() {
    let found = discovery().await;
    assert_eq!(found.get("userinfo_signing_alg_values_supported"), None);
}

/// An endpoint that is named is there: asked by nobody in particular it says no, and not
/// that there is nothing.
async fn is_there(name: &str, path: &str, method: &str, status: u16) {
    let world = world().await;
    let found = json(&asked(&world).await);
    assert_eq!(found[name], format!("{ISSUER}/oidc/{path}"));
    let path = format!("/customers/oidc/{path}");
    let answer = program(&world, method, &path, &[], None).await;
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
}

#[tokio::test]
async fn check_disc_endpoint_authorization_endpoint() {
    is_there("authorization_endpoint", "authorize", "GET", 400).await;
}

#[tokio::test]
async fn check_disc_endpoint_token_endpoint() {
    is_there("token_endpoint", "token", "POST", 400).await;
}

#[tokio::test]
async fn check_disc_endpoint_userinfo_endpoint() {
    is_there("userinfo_endpoint", "userinfo", "GET", 401).await;
}

#[tokio::test]
async fn check_disc_endpoint_end_session_endpoint() {
    is_there("end_session_endpoint", "logout", "GET", 303).await;
}

/// Applications are registered by their realm, and not by themselves.
#[tokio::test]
async fn check_disc_endpoint_registration_endpoint() {
    let world = world().await;
    let found = json(&asked(&world).await);
    assert_eq!(found.get("registration_endpoint"), None);
    let answer = program(&world, "POST", "/customers/oidc/register", &[], Some(&[])).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}

#[tokio::test]
async fn check_jwks_uri() {
    is_there("jwks_uri", "jwks", "GET", 200).await;
}

#[tokio::test]
async fn fetch_server_keys() {
    let world = world().await;
    let answer = program(&world, "GET", "/customers/oidc/jwks", &[], None).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    let found = json(&answer);
    assert_eq!(found["keys"].as_array().expect("keys").len(), 2);
    assert_eq!(jwks(&world).await, found, "made once");
    assert_eq!(jwks(&world.twin().await).await, found, "for every node");
}

/// RFC 7517 and RFC 7518, 6: what a key is made of, unpadded base64url of its full length.
#[tokio::test]
async fn validate_server_jwks() {
    for key in keys().await {
        let part = |name: &str| {
            let text = key[name].as_str().expect(name);
            BASE64URL_NOPAD
                .decode(text.as_bytes())
                .expect("unpadded base64url")
        };
        assert_eq!(key["use"], "sig");
        match key["kty"].as_str() {
            Some("EC") => {
                assert_eq!(
                    (&key["alg"], &key["crv"]),
                    (&"ES256".into(), &"P-256".into())
                );
                let point = [vec![4], part("x"), part("y")].concat();
                assert_eq!((part("x").len(), part("y").len()), (32, 32));
                p256::PublicKey::from_sec1_bytes(&point).expect("a point of the curve");
            }
            Some("RSA") => {
                assert_eq!(key["alg"], "RS256");
                assert_eq!((part("n").len(), part("e")), (256, vec![1, 0, 1]));
                assert_ne!(part("n")[0], 0, "no zeros before it (RFC 7518, 2)");
            }
            other => panic!("a key of {other:?}"),
        }
    }
}

#[tokio::test]
async fn check_distinct_key_id_value_in_server_jwks() {
    let keys = keys().await;
    let ids: BTreeSet<_> = keys
        .iter()
        .map(|k| k["kid"].as_str().expect("a kid"))
        .collect();
    assert_eq!(ids.len(), keys.len());
    // Thumbprints (RFC 7638), so that nobody else's key has one of them.
    assert!(ids.iter().all(|kid| kid.len() == 43));
}

#[tokio::test]
async fn ensure_server_jwks_does_not_contain_private_or_symmetric_keys() {
    for key in keys().await {
        assert_ne!(key["kty"], "oct");
        for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert_eq!(key.get(private), None, "{private}");
        }
    }
}

#[tokio::test]
async fn check_disc_endpoint_request_parameter_supported() {
    let found = discovery().await;
    assert_eq!(found["request_parameter_supported"], false);
    assert_eq!(
        found.get("request_object_signing_alg_values_supported"),
        None
    );
}

/// It has to be said: what is left out means yes (Discovery 1.0, 3).
#[tokio::test]
async fn check_disc_endpoint_request_uri_parameter_supported() {
    assert_eq!(discovery().await["request_uri_parameter_supported"], false);
}

#[tokio::test]
async fn check_disc_endpoint_claims_parameter_supported() {
    assert_eq!(discovery().await["claims_parameter_supported"], false);
}

/// Every claim that is told is listed.
#[tokio::test]
async fn oidcc_check_disc_endpoint_claims_supported() {
    let world = world().await;
    let found = json(&asked(&world).await);
    let listed: BTreeSet<_> = list(&found, "claims_supported").into_iter().collect();
    let scope = [("scope", "openid profile email")];
    let flow = flow(&world, &mut tess(&world).await, &scope).await;
    let told = [&flow.claims, &flow.userinfo].map(|v| v.as_object().expect("claims"));
    let told: BTreeSet<_> = told
        .iter()
        .flat_map(|v| v.keys())
        .map(String::as_str)
        .collect();
    assert_eq!(told, listed);
}

#[tokio::test]
async fn oidcc_check_disc_endpoint_grant_types_supported() {
    let found = discovery().await;
    let both = ["authorization_code", "refresh_token"];
    assert_eq!(list(&found, "grant_types_supported"), both);
}

#[tokio::test]
async fn check_disc_endpoint_scopes_supported_contains_open_id() {
    assert!(list(&discovery().await, "scopes_supported").contains(&"openid"));
}

/// RFC 6749, 3.3.
#[tokio::test]
async fn check_disc_endpoint_scopes_supported_syntax() {
    for scope in list(&discovery().await, "scopes_supported") {
        let fits = |b: u8| b.is_ascii_graphic() && !b"\"\\".contains(&b);
        assert!(!scope.is_empty() && scope.bytes().all(fits), "{scope}");
    }
}

/// RFC 5646: two small letters, and nothing after them that would have a case.
#[tokio::test]
async fn check_disc_endpoint_locales_syntax() {
    let found = discovery().await;
    assert_eq!(found.get("claims_locales_supported"), None);
    for tag in list(&found, "ui_locales_supported") {
        assert!(
            tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase()),
            "{tag}"
        );
        assert!(domain::Lang::parse(tag).is_some_and(|lang| lang.code() == tag));
    }
}

#[tokio::test]
async fn check_disc_endpoint_locales_canonical_casing() {
    let found = discovery().await;
    assert_eq!(list(&found, "ui_locales_supported"), ["en", "de"]);
}

/// On a portal as an operator starts it.
#[tokio::test]
async fn check_disc_endpoint_all_endpoints_are_https() {
    let world = world_on(&["--public-url", "https://id.example.com"]).await;
    let found = json(&asked(&world).await);
    let mut seen = 0;
    for (name, value) in found.as_object().expect("metadata") {
        if name == "issuer" || name.ends_with("_endpoint") || name.ends_with("_uri") {
            let text = value.as_str().expect("an address");
            assert!(
                text.starts_with("https://id.example.com/customers"),
                "{text}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 6);
}

#[tokio::test]
async fn ensure_server_configuration_code_challenge_methods_supported_is_an_array() {
    let found = discovery().await;
    assert_eq!(list(&found, "code_challenge_methods_supported"), ["S256"]);
}

#[tokio::test]
async fn token_endpoint_auth_methods_and_acr_are_what_there_is() {
    let found = discovery().await;
    let methods = ["client_secret_basic", "client_secret_post", "none"];
    assert_eq!(
        list(&found, "token_endpoint_auth_methods_supported"),
        methods
    );
    assert_eq!(
        found["authorization_response_iss_parameter_supported"],
        true
    );
    let acr = list(&found, "acr_values_supported");
    assert!(
        acr.contains(&"phr") && acr.contains(&"password+totp"),
        "{acr:?}"
    );
    let prompts = ["none", "login", "consent", "select_account"];
    assert_eq!(list(&found, "prompt_values_supported"), prompts);
}

/// Realms without applications have no provider, and neither has what is no realm.
#[tokio::test]
async fn a_realm_without_applications_has_no_provider() {
    let world = world().await;
    for realm in ["cloud", "nothing"] {
        for path in [".well-known/openid-configuration", "oidc/jwks"] {
            let answer = program(&world, "GET", &format!("/{realm}/{path}"), &[], None).await;
            assert_eq!(answer.status.as_u16(), 404, "{realm} {path}");
        }
    }
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
