//! What must fail.

use crate::oidc::client::{
    SECRET, VERIFIER, basic, challenge, code, error, program, refresh, refusal, request, tess,
    token, tokens, userinfo, world,
};
use data_encoding::BASE64URL_NOPAD;
use testkit::{TESS, World};

async fn lives(world: &World, tokens: &serde_json::Value) -> bool {
    userinfo(world, tokens).await.status.as_u16() == 200
}

#[tokio::test]
async fn a_code_in_many_hands_at_once_gives_tokens_once() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let code = code(&mut tess, &[]).await;
    let fields = [("code", code.as_str())];
    let (a, b, c, d) = tokio::join!(
        token(&world, &fields),
        token(&world, &fields),
        token(&world, &fields),
        token(&world, &fields)
    );
    let good = [&a, &b, &c, &d]
        .iter()
        .filter(|x| x.status.as_u16() == 200)
        .count();
    assert_eq!(good, 1);
}

#[tokio::test]
async fn an_expired_code_gives_nothing() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let code = code(&mut tess, &[]).await;
    world.advance(61);
    let answer = token(&world, &[("code", &code)]).await;
    assert_eq!(refusal(&answer), "invalid_grant");
}

/// Wrong verifier, mixed-up address, another client: nothing, and the code is still good
/// for whom it was made.
#[tokio::test]
async fn a_code_is_bound_to_verifier_address_and_client() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let code = code(&mut tess, &[]).await;
    let other = "another-verifier-that-is-as-long-as-it-has-to-be-43";
    for changed in [
        ("code_verifier", other),
        ("code_verifier", challenge().as_str()),
        ("redirect_uri", "https://portal.example/other?x=1"),
        ("redirect_uri", "https://evil.example/"),
    ] {
        let answer = token(&world, &[("code", &code), changed]).await;
        assert_eq!(refusal(&answer), "invalid_grant", "{changed:?}");
    }
    for missing in ["code_verifier", "redirect_uri", "code", "grant_type"] {
        let answer = token(&world, &[("code", &code), (missing, "")]).await;
        assert_eq!(refusal(&answer), "invalid_request", "{missing}");
    }
    // Another client with a secret of its own, and one without any.
    let fields = |id| {
        vec![
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", "https://portal.example/callback"),
            ("code_verifier", VERIFIER),
            ("client_id", id),
        ]
    };
    let there = "/customers/oidc/token";
    let auth = basic("old", SECRET);
    let headers = [("authorization", auth.as_str())];
    let answer = program(&world, "POST", there, &headers, Some(&fields("old"))).await;
    assert_eq!(refusal(&answer), "invalid_grant");
    let answer = program(&world, "POST", there, &[], Some(&fields("spa"))).await;
    assert_eq!(refusal(&answer), "invalid_grant");
    let answer = program(&world, "POST", there, &[], Some(&fields("portal"))).await;
    assert_eq!(refusal(&answer), "invalid_client", "it has a secret");
    // And in another realm there is no such thing.
    let answer = program(
        &world,
        "POST",
        "/cloud/oidc/token",
        &headers,
        Some(&fields("old")),
    )
    .await;
    assert_eq!(answer.status.as_u16(), 404);
    let good = token(&world, &[("code", &code)]).await;
    assert_eq!(good.status.as_u16(), 200, "{}", good.body);
}

#[tokio::test]
async fn pkce_is_asked_of_everybody_and_only_by_s256() {
    let world = world().await;
    let mut tess = tess(&world).await;
    for changed in [
        vec![("code_challenge", ""), ("code_challenge_method", "")],
        vec![("code_challenge", "")],
        vec![("code_challenge_method", "")],
        vec![("code_challenge_method", "plain")],
        vec![("code_challenge_method", "s256")],
        vec![
            ("code_challenge", VERIFIER),
            ("code_challenge_method", "plain"),
        ],
        vec![("code_challenge", "AAAA")],
    ] {
        assert_eq!(
            error(&mut tess, &changed).await,
            "invalid_request",
            "{changed:?}"
        );
    }
}

#[tokio::test]
async fn clients_are_who_they_say() {
    let world = world().await;
    let there = "/customers/oidc/token";
    let fields = [("grant_type", "authorization_code"), ("code", "x")];
    for auth in [
        basic("portal", "wrong"),
        basic("portal", ""),
        basic("nobody", SECRET),
        basic("spa", SECRET),
        "Basic %%%".to_owned(),
        "Bearer x".to_owned(),
    ] {
        let headers = [("authorization", auth.as_str())];
        let answer = program(&world, "POST", there, &headers, Some(&fields)).await;
        assert_eq!(answer.status.as_u16(), 401, "{auth}");
        assert_eq!(refusal(&answer), "invalid_client");
    }
    let answer = program(&world, "POST", there, &[], Some(&fields)).await;
    assert_eq!(refusal(&answer), "invalid_client");
    let auth = basic("portal", SECRET);
    let headers = [("authorization", auth.as_str())];
    for (kind, told) in [
        ("password", "unsupported_grant_type"),
        ("client_credentials", "unsupported_grant_type"),
        ("", "invalid_request"),
    ] {
        let fields = [("grant_type", kind)];
        let answer = program(&world, "POST", there, &headers, Some(&fields)).await;
        assert_eq!(refusal(&answer), told);
    }
    // No form, twice the same field, by GET.
    let answer = program(&world, "POST", there, &headers, None).await;
    assert_eq!(refusal(&answer), "invalid_request");
    let twice = [
        ("grant_type", "authorization_code"),
        ("code", "a"),
        ("code", "b"),
    ];
    let answer = program(&world, "POST", there, &headers, Some(&twice)).await;
    assert_eq!(refusal(&answer), "invalid_request");
    let answer = program(&world, "GET", there, &headers, None).await;
    assert_eq!(answer.status.as_u16(), 405);
}

/// Tokens die at once with the session, the account, or what protects it.
#[tokio::test]
async fn tokens_die_with_the_session_and_the_account() {
    for what in ["sign-out", "disabled", "frozen", "epoch", "ended"] {
        let world = world().await;
        let mut tess = tess(&world).await;
        let given = tokens(&world, &mut tess, "openid offline_access").await;
        let waiting = code(&mut tess, &[]).await;
        assert!(lives(&world, &given).await);
        let who = world.person("customers", TESS).await;
        let now = world.services.now();
        let mut tx = world.services.store.begin().await.expect("begins");
        match what {
            "disabled" => drop(tx.person_disable(&who.id, Some(now)).await.expect("does")),
            "frozen" => tx.person_freeze(&who.id, Some(now)).await.expect("does"),
            "epoch" => tx.person_bump(&who.id).await.expect("does"),
            "ended" => drop(tx.sessions_end(&who.id, None, now).await.expect("does")),
            _ => {}
        }
        tx.commit().await.expect("commits");
        if what == "sign-out" {
            tess.post("sign-out", &[("realm", "customers")]).await;
        }
        assert!(!lives(&world, &given).await, "{what}");
        let answer = refresh(&world, &given).await;
        assert_eq!(refusal(&answer), "invalid_grant", "{what}");
        let answer = token(&world, &[("code", &waiting)]).await;
        assert_eq!(refusal(&answer), "invalid_grant", "{what}");
    }
}

/// `alg` in a token chooses nothing: `none`, HS256 with the public key, another typ.
#[tokio::test]
async fn an_id_token_hint_with_another_alg_is_none() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let given = tokens(&world, &mut tess, "openid").await;
    let real = given["id_token"].as_str().expect("a token").to_owned();
    let parts: Vec<_> = real.split('.').collect();
    let kid = {
        let head = BASE64URL_NOPAD.decode(parts[0].as_bytes()).expect("base64");
        let head: serde_json::Value = serde_json::from_slice(&head).expect("JSON");
        head["kid"].as_str().expect("a kid").to_owned()
    };
    let head = |alg: &str, typ: &str| {
        let head = serde_json::json!({ "alg": alg, "typ": typ, "kid": kid });
        BASE64URL_NOPAD.encode(head.to_string().as_bytes())
    };
    let mut claims: serde_json::Value =
        serde_json::from_slice(&BASE64URL_NOPAD.decode(parts[1].as_bytes()).expect("base64"))
            .expect("JSON");
    claims["sub"] = serde_json::json!("somebody-else");
    let claims = BASE64URL_NOPAD.encode(claims.to_string().as_bytes());
    for forged in [
        format!("{}.{}.", head("none", "JWT"), parts[1]),
        format!("{}.{}.{}", head("none", "JWT"), parts[1], parts[2]),
        format!("{}.{}.{}", head("HS256", "JWT"), parts[1], parts[2]),
        format!("{}.{}.{}", head("RS256", "JWT"), parts[1], parts[2]),
        format!("{}.{}.{}", head("ES256", "at+jwt"), parts[1], parts[2]),
        format!("{}.{claims}.{}", parts[0], parts[2]),
        format!("{}.{}", parts[0], parts[1]),
        format!("{real}A"),
    ] {
        let asked = [("id_token_hint", forged.as_str()), ("prompt", "none")];
        assert_eq!(
            error(&mut tess, &asked).await,
            "invalid_request",
            "{forged}"
        );
    }
    code(&mut tess, &[("id_token_hint", &real), ("prompt", "none")]).await;
}

/// Nobody is led away by an address of ours.
#[tokio::test]
async fn no_open_redirect() {
    let world = world().await;
    let mut tess = tess(&world).await;
    for path in [
        "/customers/oidc/logout?post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F",
        "/customers/oidc/logout?client_id=portal&post_logout_redirect_uri=https%3A%2F%2Fevil.example",
        "/customers/oidc/authorize?client_id=portal&redirect_uri=%2F%2Fevil.example&response_type=x",
        "/customers/oidc/authorize",
        "/customers/oidc/resume?to=https%3A%2F%2Fevil.example",
        "/%2F%2Fevil.example/oidc/logout",
    ] {
        for browser in [&mut tess, &mut world.browser()] {
            let answer = browser.get(path).await;
            assert!(!answer.header("location").contains("evil"), "{path}");
            assert!(!answer.body.contains("url=https"), "{path}");
        }
    }
    // Nor without any token of ours by an address that is registered: who is not signed
    // in stays here.
    let path = "/customers/oidc/logout?client_id=portal&post_logout_redirect_uri=https%3A%2F%2Fportal.example%2Fbye";
    let answer = world.browser().get(path).await;
    assert_eq!(answer.header("location"), "/customers/sign-in");
}

/// A request waits for the browser that brought it, and for no other.
#[tokio::test]
async fn a_waiting_request_belongs_to_its_browser() {
    let world = world().await;
    let mut victim = world.browser();
    victim.get(&request(&[])).await;
    let mut tess = tess(&world).await;
    let answer = tess.get("/customers/oidc/resume").await;
    assert_eq!(answer.header("location"), "/customers/overview");
    // Whoever signs out and in again goes where they want themselves.
    let mut again = victim.clone();
    again.post("sign-out", &[("realm", "customers")]).await;
    let answer = again.get("/customers/oidc/resume").await;
    assert_eq!(answer.header("location"), "/customers/overview");
    victim.get(&request(&[])).await;
    // In its own it waits for a sign-in, a quarter of an hour.
    let answer = victim.get("/customers/oidc/resume").await;
    assert!(answer.header("location").starts_with("/customers/sign-in"));
    world.advance(16 * 60);
    let answer = victim.get("/customers/oidc/resume").await;
    assert_eq!(answer.header("location"), "/customers/overview");
}

/// What is refused stands in the trail, so that it can be counted: a changed address, an
/// unknown client, PKCE that is left out or weakened, and a code in the wrong hands.
#[tokio::test]
async fn what_is_refused_is_written_down() {
    let world = world().await;
    let mut tess = tess(&world).await;
    for changed in [
        ("redirect_uri", "https://evil.example/"),
        ("client_id", "nobody"),
        ("code_challenge", ""),
        ("code_challenge_method", "plain"),
    ] {
        tess.get(&request(&[changed])).await;
    }
    let mixed_up = code(&mut tess, &[]).await;
    let other = "https://portal.example/other?x=1";
    let answer = token(&world, &[("code", &mixed_up), ("redirect_uri", other)]).await;
    assert_eq!(refusal(&answer), "invalid_grant");
    let unbound = code(&mut tess, &[]).await;
    let verifier = "another-verifier-of-at-least-forty-three-characters";
    let answer = token(&world, &[("code", &unbound), ("code_verifier", verifier)]).await;
    assert_eq!(refusal(&answer), "invalid_grant");
    // A guess is no code, and leaves nothing behind.
    let answer = token(&world, &[("code", "guessed")]).await;
    assert_eq!(refusal(&answer), "invalid_grant");
    assert_eq!(
        token(&world, &[("code", &unbound)]).await.status.as_u16(),
        200
    );
    // A copy is one, whatever is left out beside it.
    let answer = token(&world, &[("code", &unbound), ("code_verifier", "")]).await;
    assert_eq!(refusal(&answer), "invalid_request");
    let mut conn = world.services.store.read().await.expect("reads");
    let trail = conn.audit_unsealed(1000).await.expect("reads");
    let of = |action: domain::audit::Action| -> Vec<_> {
        let found = trail.iter().filter(|e| e.action == action.slug());
        found.map(|e| e.detail.as_str()).collect()
    };
    assert_eq!(
        of(domain::audit::Action::ApplicationRefused),
        [
            "an address that is not registered",
            "a client that is not registered",
            "code_challenge is missing (RFC 7636)",
            "code_challenge_method is S256",
            // The second of an hour is counted and not written.
            "portal: a code without what belongs to it",
        ]
    );
    assert_eq!(of(domain::audit::Action::TokenReplayed), ["portal code"]);
}
