//! What every answer has to be: the conditions that the conformance suite asks after in
//! all of its modules, once.

use crate::oidc::client::{
    ISSUER, STATE, json, jwks, moved, post_own, redirect, request, token, userinfo, verified,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use testkit::{Answer, Browser, PASSWORD, TESS, World};

/// What came of one way from the request to userinfo.
pub struct Flow {
    /// The answer of the token endpoint.
    pub tokens: Value,
    /// The header of the ID token.
    pub head: Value,
    /// The claims of the ID token.
    pub claims: Value,
    /// What userinfo says.
    pub userinfo: Value,
}

/// The whole way of somebody who is signed in and is asked nothing, every answer checked.
pub async fn flow(world: &World, browser: &mut Browser, changed: &[(&str, &str)]) -> Flow {
    let (to, carried) = redirect(&browser.get(&request(changed)).await);
    assert_eq!(to, "https://portal.example/callback");
    finished(world, &carried, changed).await
}

/// The rest of the way, from what came back to the application.
pub async fn finished(
    world: &World,
    carried: &BTreeMap<String, String>,
    changed: &[(&str, &str)],
) -> Flow {
    let sent = |name: &str, otherwise| {
        let found = changed.iter().find(|(n, _)| *n == name);
        found.map_or(otherwise, |(_, value)| *value)
    };
    let code = code_of(carried, sent("state", STATE));
    let answer = token(world, &[("code", &code)]).await;
    let tokens = tokens_of(&answer);
    let (head, claims) = id_token_of(world, &tokens).await;
    let nonce = Some(sent("nonce", "n0nce")).filter(|n| !n.is_empty());
    assert_eq!(claims.get("nonce").and_then(Value::as_str), nonce);
    let answer = userinfo(world, &tokens).await;
    let userinfo = userinfo_of(&answer, &claims);
    Flow {
        tokens,
        head,
        claims,
        userinfo,
    }
}

/// The code in an authorization response: it comes with the state and with who speaks,
/// with no error, and nobody guesses it (RFC 6749, 10.10).
pub fn code_of(carried: &BTreeMap<String, String>, state: &str) -> String {
    assert_eq!(carried.get("error"), None);
    let kept = Some(state).filter(|s| !s.is_empty());
    assert_eq!(carried.get("state").map(String::as_str), kept);
    assert_eq!(carried["iss"], ISSUER);
    let code = carried["code"].clone();
    assert!(code.len() >= 16, "128 bits at least: {code}");
    assert!(entropy(&code) > 96.0, "{code}");
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    assert!(code.bytes().all(plain), "{code}");
    code
}

/// The bits of a text, by how often its letters come.
fn entropy(text: &str) -> f64 {
    let mut counts: BTreeMap<char, f64> = BTreeMap::new();
    for letter in text.chars() {
        *counts.entry(letter).or_default() += 1.0;
    }
    let length: f64 = counts.values().sum();
    let bits = counts.values().map(|n| -n * (n / length).log2());
    bits.sum()
}

/// The answer of the token endpoint (RFC 6749, 5.1).
pub fn tokens_of(answer: &Answer) -> Value {
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    let tokens = json(answer);
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 600);
    let access = tokens["access_token"].as_str().expect("an access token");
    assert!(entropy(access) > 96.0, "{access}");
    tokens
}

/// Header and claims of the ID token, which is what Core 1.0, 3.1.3.7 wants of it.
pub async fn id_token_of(world: &World, tokens: &Value) -> (Value, Value) {
    let text = tokens["id_token"].as_str().expect("an ID token");
    let (head, claims) = verified(&jwks(world).await, text);
    assert_eq!(claims["iss"], ISSUER);
    assert_eq!(claims["aud"], "portal");
    assert_eq!(claims["azp"], "portal");
    let sub = claims["sub"].as_str().expect("somebody");
    assert!((1..=255).contains(&sub.len()) && sub.is_ascii());
    let now = world.services.now().seconds();
    let number = |name: &str| claims[name].as_i64().expect("a number");
    assert!((now - 60..=now).contains(&number("iat")));
    assert_eq!(number("exp") - number("iat"), 600);
    assert!(number("auth_time") <= number("iat"));
    assert!(claims["acr"].as_str().is_some_and(|acr| !acr.is_empty()));
    assert!(claims["amr"].as_array().is_some_and(|amr| !amr.is_empty()));
    assert!(claims["sid"].as_str().is_some_and(|sid| !sid.is_empty()));
    // at_hash binds the access token to it (3.1.3.6).
    let access = tokens["access_token"].as_str().expect("an access token");
    let half = &Sha256::digest(access.as_bytes())[..16];
    assert_eq!(
        claims["at_hash"],
        data_encoding::BASE64URL_NOPAD.encode(half)
    );
    // The claims of scopes come from userinfo alone (5.4).
    for name in [
        "name",
        "preferred_username",
        "locale",
        "email",
        "email_verified",
    ] {
        assert_eq!(claims.get(name), None, "{name}");
    }
    (head, claims)
}

/// What userinfo says: of the person of the ID token (Core 1.0, 5.3.2).
pub fn userinfo_of(answer: &Answer, claims: &Value) -> Value {
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json");
    let said = json(answer);
    assert_eq!(said["sub"], claims["sub"]);
    said
}

/// The code that Tess's app shows now.
pub async fn app_of_tess(world: &World) -> String {
    let secrets = world.secrets(TESS).await;
    world.app(secrets["totp_secret"].as_str().expect("a key"))
}

/// Tess signs in where an application led her, and what it carries goes back to it.
pub async fn signs_in(world: &World, browser: &mut Browser) -> BTreeMap<String, String> {
    browser.password(TESS, PASSWORD).await;
    let code = app_of_tess(world).await;
    let fields = [
        ("realm", "customers"),
        ("purpose", "sign_in"),
        ("code", &code),
    ];
    let answer = browser.post("prove/code", &fields).await;
    assert!(answer.leads_to("/customers/oidc/resume"), "{}", answer.body);
    moved(&browser.get("/customers/oidc/resume").await.body)
}

/// Tess is asked for a proof of a request, and gives the code of her app.
pub async fn proves(
    world: &World,
    tess: &mut Browser,
    changed: &[(&str, &str)],
) -> BTreeMap<String, String> {
    let answer = tess.get(&request(changed)).await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let code = app_of_tess(world).await;
    let answer = tess.code("confirm", &code).await;
    assert!(answer.leads_to("/customers/oidc/resume"), "{}", answer.body);
    moved(&tess.get("/customers/oidc/resume").await.body)
}

/// What names the question in a form of ours.
pub fn question(page: &str) -> String {
    let id = page.split("name=\"id\" value=\"").nth(1).expect("a form");
    id.split('"').next().expect("an id").to_owned()
}

/// The person agrees that the application may hear of them.
pub async fn agrees(browser: &Browser, page: &Answer) -> BTreeMap<String, String> {
    assert_eq!(page.status.as_u16(), 200, "{}", page.body);
    let id = question(&page.body);
    let yes = [("id", id.as_str()), ("answer", "allow")];
    moved(&post_own(browser, "consent", &yes, "same-origin").await.body)
}
