//! Conditions of the basic profile: authorization code flow.

use crate::client::{
    ISSUER, SECRET, basic, code, error, json, jwks, moved, program, redirect, refresh, refusal,
    request, tess, token, tokens, userinfo, verified, world,
};
use domain::FactorKind;
use testkit::{PASSWORD, TESS};

#[tokio::test]
async fn oidcc_server() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let answer = tess.get(&request(&[])).await;
    let (to, carried) = redirect(&answer);
    assert_eq!(to, "https://portal.example/callback");
    assert_eq!(carried["state"], "st&te");
    assert_eq!(carried["iss"], ISSUER);
    let answer = token(&world, &[("code", &carried["code"])]).await;
    assert_eq!(answer.header("content-type"), "application/json");
    let tokens = json(&answer);
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["scope"], "openid");
    assert!(tokens.get("refresh_token").is_none(), "not asked for");
    let keys = jwks(&world).await;
    let (head, claims) = verified(&keys, tokens["id_token"].as_str().expect("a token"));
    assert_eq!(head["alg"], "ES256");
    assert_eq!(claims["iss"], ISSUER);
    assert_eq!(claims["aud"], "portal");
    assert_eq!(claims["azp"], "portal");
    assert_eq!(claims["nonce"], "n0nce");
    assert_eq!(claims["acr"], "password+totp");
    assert_eq!(claims["amr"].to_string(), r#"["pwd","otp","mfa"]"#);
    let now = world.services.now().seconds();
    let number = |name: &str| claims[name].as_i64().expect("a number");
    assert!((now - 60..=now).contains(&number("iat")));
    assert!(number("exp") > now && number("auth_time") <= number("iat"));
    let who = world.person("customers", TESS).await;
    assert_eq!(claims["sub"], who.id.as_str());
    assert!(claims["sid"].as_str().is_some_and(|sid| !sid.is_empty()));
    // at_hash binds the access token to it (3.1.3.6).
    let access = tokens["access_token"].as_str().expect("a token");
    let hash = <sha2::Sha256 as sha2::Digest>::digest(access.as_bytes());
    let half = data_encoding::BASE64URL_NOPAD.encode(&hash[..16]);
    assert_eq!(claims["at_hash"], half);
    let (head, claims) = verified(&keys, access);
    assert_eq!(head["typ"], "at+jwt");
    assert_eq!(claims["client_id"], "portal");
    // The claims of scopes come from userinfo alone.
    assert!(claims.get("email").is_none());
}

#[tokio::test]
async fn oidcc_response_type_missing() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let of = [("response_type", "")];
    assert_eq!(error(&mut tess, &of).await, "invalid_request");
    for other in ["token", "id_token", "code token", "none"] {
        let of = [("response_type", other)];
        assert_eq!(error(&mut tess, &of).await, "unsupported_response_type");
    }
}

#[tokio::test]
async fn oidcc_userinfo_get_post_header_post_body() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let tokens = tokens(&world, &mut tess, "openid profile email").await;
    let by_get = json(&userinfo(&world, &tokens).await);
    let there = "/customers/oidc/userinfo";
    let access = tokens["access_token"].as_str().expect("a token");
    let auth = format!("Bearer {access}");
    let headers = [("authorization", auth.as_str())];
    let by_header = program(&world, "POST", there, &headers, None).await;
    assert_eq!(json(&by_header), by_get);
    let fields = [("access_token", access)];
    let by_body = program(&world, "POST", there, &[], Some(&fields)).await;
    assert_eq!(json(&by_body), by_get);
    let both = program(&world, "POST", there, &headers, Some(&fields)).await;
    assert_eq!(both.status.as_u16(), 400);
    let nobody = program(&world, "GET", there, &[], None).await;
    assert_eq!(nobody.status.as_u16(), 401);
    assert_eq!(nobody.header("www-authenticate"), "Bearer");
    // An address may end up in a log: no token is taken from there.
    let path = format!("{there}?access_token={access}");
    let by_query = program(&world, "GET", &path, &[], None).await;
    assert_eq!(by_query.status.as_u16(), 401);
    let wrong = [("authorization", "Bearer x.y.z")];
    let wrong = program(&world, "GET", there, &wrong, None).await;
    assert_eq!(wrong.status.as_u16(), 401);
    assert!(wrong.header("www-authenticate").contains("invalid_token"));
    // Nothing but an access token opens it.
    let id_token = tokens["id_token"].as_str().expect("a token");
    let auth = format!("Bearer {id_token}");
    let wrong = program(&world, "GET", there, &[("authorization", &auth)], None).await;
    assert_eq!(wrong.status.as_u16(), 401);
}

#[tokio::test]
async fn oidcc_scope_profile_email_all_and_other_order() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let who = world.person("customers", TESS).await;
    for (scope, given, keys) in [
        ("openid", "openid", vec!["sub"]),
        (
            "openid profile",
            "openid profile",
            vec!["locale", "name", "preferred_username", "sub"],
        ),
        (
            "email openid",
            "openid email",
            vec!["email", "email_verified", "sub"],
        ),
        (
            "openid profile email address phone",
            "openid profile email",
            vec![
                "email",
                "email_verified",
                "locale",
                "name",
                "preferred_username",
                "sub",
            ],
        ),
    ] {
        let tokens = tokens(&world, &mut tess, scope).await;
        assert_eq!(tokens["scope"], given);
        let claims = json(&userinfo(&world, &tokens).await);
        let found: Vec<_> = claims.as_object().expect("claims").keys().collect();
        assert_eq!(found, keys, "{scope}");
        assert_eq!(claims["sub"], who.id.as_str());
        if given.contains("email") {
            // On record, and no code ever reached it.
            assert_eq!(claims["email_verified"], false);
        }
    }
    let of = [("scope", "profile")];
    assert_eq!(error(&mut tess, &of).await, "invalid_scope");
}

#[tokio::test]
async fn oidcc_ensure_request_without_nonce_succeeds_for_code_flow() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let code = code(&mut tess, &[("nonce", "")]).await;
    let tokens = json(&token(&world, &[("code", &code)]).await);
    let keys = jwks(&world).await;
    let (_, claims) = verified(&keys, tokens["id_token"].as_str().expect("a token"));
    assert!(claims.get("nonce").is_none());
}

/// `display`, `claims_locales`, `claims` and what nobody knows are passed over.
#[tokio::test]
async fn oidcc_display_and_unknown_parameters_succeed() {
    let world = world().await;
    let mut tess = tess(&world).await;
    for (name, value) in [
        ("display", "page"),
        ("display", "popup"),
        ("claims_locales", "se"),
        ("ui_locales", "se de"),
        ("extra", "foobar"),
        ("claims", r#"{"userinfo":{"name":{"essential":true}}}"#),
        ("acr_values", "1 2"),
        ("login_hint", "somebody@else.example"),
        ("state", ""),
    ] {
        code(&mut tess, &[(name, value)]).await;
    }
}

#[tokio::test]
async fn oidcc_prompt_none_not_logged_in() {
    let world = world().await;
    let mut nobody = world.browser();
    let none = [("prompt", "none")];
    assert_eq!(error(&mut nobody, &none).await, "login_required");
    let with_more = [("prompt", "none login")];
    assert_eq!(error(&mut nobody, &with_more).await, "invalid_request");
}

#[tokio::test]
async fn oidcc_prompt_none_logged_in() {
    let world = world().await;
    let mut tess = tess(&world).await;
    code(&mut tess, &[("prompt", "none")]).await;
}

/// `prompt=login` asks a signed-in person anew, and the tokens say when.
#[tokio::test]
async fn oidcc_prompt_login_and_max_age_1() {
    for asks in [("prompt", "login"), ("max_age", "1")] {
        let world = world().await;
        let mut tess = tess(&world).await;
        let keys = jwks(&world).await;
        let before = tokens(&world, &mut tess, "openid").await;
        let (_, before) = verified(&keys, before["id_token"].as_str().expect("a token"));
        world.advance(45);
        let answer = tess.get(&request(&[asks])).await;
        assert_eq!(answer.header("location"), "/customers/confirm");
        let app = world.app(
            world.secrets(TESS).await["totp_secret"]
                .as_str()
                .expect("a key"),
        );
        let answer = tess.code("confirm", &app).await;
        assert!(
            answer.body.contains("/customers/oidc/resume"),
            "{}",
            answer.body
        );
        let page = tess.get("/customers/oidc/resume").await;
        let code = moved(&page.body);
        let after = json(&token(&world, &[("code", &code["code"])]).await);
        let (_, after) = verified(&keys, after["id_token"].as_str().expect("a token"));
        assert!(after["auth_time"].as_i64() > before["auth_time"].as_i64());
        assert_eq!(after["sid"], before["sid"]);
        // Taken once: the page does not give another code.
        let again = tess.get("/customers/oidc/resume").await;
        assert_eq!(again.header("location"), "/customers/overview");
    }
}

#[tokio::test]
async fn oidcc_max_age_10000() {
    let world = world().await;
    let mut tess = tess(&world).await;
    code(&mut tess, &[("max_age", "10000")]).await;
    for wrong in ["-1", "soon", "1e3"] {
        let of = [("max_age", wrong)];
        assert_eq!(error(&mut tess, &of).await, "invalid_request", "{wrong}");
    }
}

#[tokio::test]
async fn oidcc_id_token_hint() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let tokens = tokens(&world, &mut tess, "openid").await;
    let hint = tokens["id_token"].as_str().expect("a token");
    let asked = [("id_token_hint", hint), ("prompt", "none")];
    // However old it is.
    world.advance(700);
    code(&mut tess, &asked).await;
    let proven = [FactorKind::Passkey];
    let mut other = world.signed_in("customers", testkit::MAX, &proven).await;
    assert_eq!(error(&mut other, &asked).await, "login_required");
    // Not one of another application, and not what is no ID token.
    let access = tokens["access_token"].as_str().expect("a token");
    for wrong in [access, "x.y.z"] {
        let asked = [("id_token_hint", wrong)];
        assert_eq!(error(&mut tess, &asked).await, "invalid_request");
    }
}

/// Whoever is not signed in signs in, finds the expected name in the form, and comes
/// back with what was asked for; with a script and without.
#[tokio::test]
async fn oidcc_login_hint_and_ui_locales() {
    for plain in [false, true] {
        let world = world().await;
        let mut nobody = world.browser();
        let asked = [("login_hint", TESS), ("ui_locales", "se en")];
        let answer = nobody.get(&request(&asked)).await;
        assert_eq!(answer.header("location"), "/customers/sign-in?lang=en");
        let answer = nobody.get("/customers/sign-in?lang=en").await;
        assert_eq!(answer.status.as_u16(), 303);
        let page = nobody.get("/customers/sign-in").await;
        assert!(page.body.contains(TESS), "the expected name");
        assert!(page.body.contains("<html lang=\"en\""));
        nobody.password(TESS, PASSWORD).await;
        let app = world.app(
            world.secrets(TESS).await["totp_secret"]
                .as_str()
                .expect("a key"),
        );
        let fields = [
            ("realm", "customers"),
            ("purpose", "sign_in"),
            ("code", &app),
        ];
        if plain {
            let answer = nobody.submit("prove/code", &fields).await;
            assert_eq!(answer.header("location"), "/customers/oidc/resume");
        } else {
            let answer = nobody.post("prove/code", &fields).await;
            assert!(
                answer.body.contains("/customers/oidc/resume"),
                "{}",
                answer.body
            );
        }
        // A page of ours, because `form-action` follows redirects after a post.
        let page = nobody.get("/customers/oidc/resume").await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(
            !page
                .header("content-security-policy")
                .contains("script-src")
        );
        let carried = moved(&page.body);
        assert_eq!(carried["state"], "st&te");
        assert_eq!(carried["iss"], ISSUER);
        let tokens = token(&world, &[("code", &carried["code"])]).await;
        assert_eq!(tokens.status.as_u16(), 200, "{}", tokens.body);
        // One sign-in for all: the next application asks nothing.
        code(
            &mut nobody,
            &[("redirect_uri", "https://portal.example/other?x=1")],
        )
        .await;
    }
}

#[tokio::test]
async fn oidcc_ensure_post_request_succeeds() {
    let world = world().await;
    let mut tess = tess(&world).await;
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
    let (_, carried) = redirect(&tess.get(&again).await);
    assert_eq!(carried["state"], "st&te");
    assert!(carried.contains_key("code"));
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
        assert!(!answer.body.contains("evil.example"));
    }
    let answer = tess.get(&request(&[("client_id", "nobody")])).await;
    assert_eq!(answer.status.as_u16(), 400);
    assert!(answer.header("location").is_empty());
}

#[tokio::test]
async fn oidcc_unsigned_request_object_and_request_uri_rejected_as_unsupported() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let of = [("request", "eyJhbGciOiJub25lIn0.e30.")];
    assert_eq!(error(&mut tess, &of).await, "request_not_supported");
    let of = [("request_uri", "https://portal.example/request")];
    assert_eq!(error(&mut tess, &of).await, "request_uri_not_supported");
    let of = [("registration", "{}")];
    assert_eq!(error(&mut tess, &of).await, "registration_not_supported");
}

#[tokio::test]
async fn oidcc_server_client_secret_post_and_none() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let there = "/customers/oidc/token";
    let code_ = code(&mut tess, &[]).await;
    let fields = |code, id, uri, secret| {
        vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", uri),
            ("code_verifier", crate::client::VERIFIER),
            ("client_id", id),
            ("client_secret", secret),
        ]
    };
    let uri = "https://portal.example/callback";
    let post = fields(code_.as_str(), "portal", uri, SECRET);
    let both = [("authorization", basic("portal", SECRET))];
    let both = both.each_ref().map(|(n, v)| (*n, v.as_str()));
    let answer = program(&world, "POST", there, &both, Some(&post)).await;
    assert_eq!(refusal(&answer), "invalid_request", "two ways at once");
    let answer = program(&world, "POST", there, &[], Some(&post)).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    // A public client has no secret, and none may be sent for it.
    let spa = [
        ("client_id", "spa"),
        ("redirect_uri", "https://spa.example/callback"),
    ];
    let code_ = code(&mut tess, &spa).await;
    let uri = "https://spa.example/callback";
    let mut fields = fields(code_.as_str(), "spa", uri, SECRET);
    let answer = program(&world, "POST", there, &[], Some(&fields)).await;
    assert_eq!(refusal(&answer), "invalid_client");
    assert!(!answer.header("www-authenticate").is_empty());
    assert_eq!(answer.status.as_u16(), 401);
    fields.pop();
    let answer = program(&world, "POST", there, &[], Some(&fields)).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
}

#[tokio::test]
async fn oidcc_refresh_token() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let first = tokens(&world, &mut tess, "openid email offline_access").await;
    let answer = refresh(&world, &first).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    let second = json(&answer);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    let keys = jwks(&world).await;
    let of = |tokens: &serde_json::Value| {
        verified(&keys, tokens["id_token"].as_str().expect("a token")).1
    };
    for name in ["iss", "sub", "aud", "auth_time", "sid", "acr"] {
        assert_eq!(of(&first)[name], of(&second)[name], "{name}");
    }
    assert_eq!(userinfo(&world, &second).await.status.as_u16(), 200);
    // The session is over by itself; refresh tokens lead on.
    world.advance(9 * 3600);
    assert_eq!(tess.get("/customers/overview").await.status.as_u16(), 303);
    let third = json(&refresh(&world, &second).await);
    assert_eq!(userinfo(&world, &third).await.status.as_u16(), 200);
    // Not for ever: a family ends after ninety days.
    world.advance(29 * 86_400);
    let fourth = json(&refresh(&world, &third).await);
    world.advance(29 * 86_400);
    let fifth = json(&refresh(&world, &fourth).await);
    world.advance(29 * 86_400);
    let sixth = json(&refresh(&world, &fifth).await);
    world.advance(3 * 86_400);
    let answer = refresh(&world, &sixth).await;
    assert_eq!(refusal(&answer), "invalid_grant");
}
