//! Modules of `oidcc-basic-certification-test-plan`, by their names: the request and what
//! comes of it.

use crate::oidc::{
    checks::{agrees, finished, flow, id_token_of, signs_in, tokens_of},
    client::{
        ISSUER, SECRET, STATE, VERIFIER, basic, challenge, code, error, json, jwks, program,
        redirect, refusal, request, tess, token, verified, world, world_with,
    },
};
use serde_json::Value;
use testkit::TESS;

#[tokio::test]
async fn oidcc_server() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let flow = flow(&world, &mut tess, &[]).await;
    assert_eq!(flow.tokens["scope"], "openid");
    assert!(flow.tokens.get("refresh_token").is_none(), "not asked for");
    let who = world.person("customers", TESS).await;
    assert_eq!(flow.claims["sub"], who.id.as_str());
    assert_eq!(flow.claims["acr"], "password+totp");
    assert_eq!(flow.claims["amr"].to_string(), r#"["pwd","otp","mfa"]"#);
    // An access token is one of RFC 9068, for whoever verifies without asking.
    let access = flow.tokens["access_token"].as_str().expect("a token");
    let (head, claims) = verified(&jwks(&world).await, access);
    assert_eq!(head["typ"], "at+jwt");
    assert_eq!(claims["client_id"], "portal");
}

#[tokio::test]
async fn oidcc_response_type_missing() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let of = [("response_type", "")];
    assert_eq!(error(&mut tess, &of).await, "invalid_request");
    // With a state as long as the suite's, and by who is not signed in.
    let long = "s".repeat(128);
    let of = [("response_type", ""), ("state", long.as_str())];
    assert_eq!(error(&mut tess, &of).await, "invalid_request");
    assert_eq!(error(&mut world.browser(), &of).await, "invalid_request");
    for other in ["token", "id_token", "code token", "none"] {
        let of = [("response_type", other)];
        assert_eq!(error(&mut tess, &of).await, "unsupported_response_type");
    }
}

/// The signature holds under the key that the header names, and under no other; each
/// application gets the algorithm that it is registered with.
#[tokio::test]
async fn oidcc_idtoken_signature() {
    for (line, alg) in [("", "ES256"), ("signing = \"RS256\"\n", "RS256")] {
        let world = world_with(line).await;
        let mut tess = tess(&world).await;
        let flow = flow(&world, &mut tess, &[]).await;
        assert_eq!(flow.head["alg"], alg);
        assert_eq!(flow.head["typ"], "JWT");
        let keys = jwks(&world).await;
        let of_kid = |key: &&Value| key["kid"] == flow.head["kid"];
        let keys: Vec<_> = keys["keys"].as_array().expect("keys").iter().collect();
        let named: Vec<_> = keys.into_iter().filter(of_kid).collect();
        assert_eq!(named.len(), 1, "one key, by name");
        assert_eq!(named[0]["alg"], alg);
    }
}

/// Nothing is unsigned: `none` is not offered, and nobody can register for it.
#[tokio::test]
async fn oidcc_idtoken_unsigned() {
    let world = world().await;
    let there = "/customers/.well-known/openid-configuration";
    let found = json(&program(&world, "GET", there, &[], None).await);
    let algs = &found["id_token_signing_alg_values_supported"];
    assert_eq!(algs.to_string(), r#"["ES256","RS256"]"#);
    let shipped = include_str!("../../../policies/customers.toml");
    let signing = |alg: &str| {
        let app = format!(
            "\n[[applications]]\nid = \"app\"\nname = {{ en = \"App\", de = \"App\" }}\nurl = \"https://app.example/\"\n\
             redirect_uris = [\"https://app.example/callback\"]\nclient = \"public\"\nscopes = [\"openid\"]\nsigning = \"{alg}\"\n"
        );
        domain::policy::parse(&format!("{shipped}{app}")).map(drop)
    };
    assert!(signing("RS256").is_ok());
    for alg in ["none", "HS256"] {
        let faults = signing(alg).expect_err("not for anybody");
        assert!(
            faults.iter().any(|f| f.to_string().contains("signing is")),
            "{alg}: {faults:?}"
        );
    }
}

#[tokio::test]
async fn oidcc_ensure_request_without_nonce_succeeds_for_code_flow() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let flow = flow(&world, &mut tess, &[("nonce", "")]).await;
    assert_eq!(flow.claims.get("nonce"), None);
}

/// Scopes and parameters in another order.
#[tokio::test]
async fn oidcc_alternate_happy_flow() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let asked = request(&[("scope", "email openid")]);
    let (path, fields) = asked.split_once('?').expect("a query");
    let mut fields: Vec<_> = fields.split('&').collect();
    fields.reverse();
    let answer = tess.get(&format!("{path}?{}", fields.join("&"))).await;
    let flow = finished(&world, &redirect(&answer).1, &[]).await;
    assert_eq!(flow.tokens["scope"], "openid email");
    assert!(flow.userinfo["email"].is_string());
}

/// A request by POST, of somebody who is signed in and of somebody who is not.
#[tokio::test]
async fn oidcc_ensure_post_request_succeeds() {
    let world = world().await;
    let asked = request(&[]);
    let (path, fields) = asked.split_once('?').expect("a query");
    let fields: Vec<_> = url::form_urlencoded::parse(fields.as_bytes())
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    let fields: Vec<_> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
    // From another site no cookie comes with a post: it is asked again by GET.
    let from = [("sec-fetch-site", "cross-site")];
    let answer = program(&world, "POST", path, &from, Some(&fields)).await;
    assert_eq!(answer.status.as_u16(), 303);
    let again = answer.header("location").to_owned();
    let mut tess = tess(&world).await;
    let (_, carried) = redirect(&tess.get(&again).await);
    finished(&world, &carried, &[]).await;
    let mut nobody = world.browser();
    let answer = nobody.get(&again).await;
    assert_eq!(answer.header("location"), "/customers/sign-in");
    let carried = signs_in(&world, &mut nobody).await;
    finished(&world, &carried, &[]).await;
}

#[tokio::test]
async fn oidcc_ensure_registered_redirect_uri() {
    let world = world().await;
    let mut tess = tess(&world).await;
    for wrong in [
        "",
        "https://portal.example/callback/",
        "https://portal.example/callback?x=1",
        "https://portal.example/other",
        "https://portal.example/other?x=1&y=2",
        "https://old.example/callback",
        "https://evil.example/",
        "http://portal.example/callback",
        "https://portal.example/callback#",
        "https://portal.example/callback%2F..%2F",
    ] {
        let answer = tess.get(&request(&[("redirect_uri", wrong)])).await;
        assert_eq!(answer.status.as_u16(), 400, "{wrong}");
        assert!(answer.header("location").is_empty());
        assert!(answer.body.contains("<h1"), "a page for the person");
        assert!(!answer.body.contains("evil.example"));
    }
    let answer = tess.get(&request(&[("client_id", "nobody")])).await;
    assert_eq!(answer.status.as_u16(), 400);
    assert!(answer.header("location").is_empty());
    // One with a query of its own keeps it.
    let other = [("redirect_uri", "https://portal.example/other?x=1")];
    let (to, carried) = redirect(&tess.get(&request(&other)).await);
    assert_eq!(to, "https://portal.example/other");
    assert_eq!(
        (carried["x"].as_str(), carried["iss"].as_str()),
        ("1", ISSUER)
    );
}

/// The example of RFC 7636, appendix B.
#[tokio::test]
async fn oidcc_ensure_request_with_valid_pkce_succeeds() {
    assert_eq!(challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let world = world().await;
    let mut tess = tess(&world).await;
    flow(&world, &mut tess, &[]).await;
    // It is read, and not merely passed over.
    let code = code(&mut tess, &[]).await;
    let wrong = "another-verifier-that-is-as-long-as-it-has-to-be-43";
    let fields = [("code", code.as_str()), ("code_verifier", wrong)];
    let answer = token(&world, &fields).await;
    assert_eq!(refusal(&answer), "invalid_grant");
}

fn posted<'a>(code: &'a str, id: &'a str, uri: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", uri),
        ("code_verifier", VERIFIER),
        ("client_id", id),
        ("client_secret", SECRET),
    ]
}

#[tokio::test]
async fn oidcc_server_client_secret_post() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let there = "/customers/oidc/token";
    let code = code(&mut tess, &[]).await;
    let fields = posted(&code, "portal", "https://portal.example/callback");
    let both = [("authorization", basic("portal", SECRET))];
    let both = both.each_ref().map(|(n, v)| (*n, v.as_str()));
    let answer = program(&world, "POST", there, &both, Some(&fields)).await;
    assert_eq!(refusal(&answer), "invalid_request", "two ways at once");
    let answer = program(&world, "POST", there, &[], Some(&fields)).await;
    let tokens = tokens_of(&answer);
    id_token_of(&world, &tokens).await;
}

/// A public client has no secret, and none may be sent for it.
#[tokio::test]
async fn a_public_client_sends_no_secret() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let (there, uri) = ("/customers/oidc/token", "https://spa.example/callback");
    let code = code(&mut tess, &[("client_id", "spa"), ("redirect_uri", uri)]).await;
    let mut fields = posted(&code, "spa", uri);
    let answer = program(&world, "POST", there, &[], Some(&fields)).await;
    assert_eq!(refusal(&answer), "invalid_client");
    assert!(!answer.header("www-authenticate").is_empty());
    assert_eq!(answer.status.as_u16(), 401);
    fields.pop();
    let answer = program(&world, "POST", there, &[], Some(&fields)).await;
    tokens_of(&answer);
}

/// Consent is asked, and a state of any letters comes back through all of it.
#[tokio::test]
async fn a_state_comes_back_as_it_went() {
    let world = world_with("consent = true\n").await;
    let mut tess = tess(&world).await;
    let long = format!("{}%20+\"'<{STATE}", "s".repeat(120));
    let asked = [("state", long.as_str())];
    let page = tess.get(&request(&asked)).await;
    let carried = agrees(&tess, &page).await;
    finished(&world, &carried, &asked).await;
}
