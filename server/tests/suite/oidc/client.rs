//! An application, as its programmer would write it from the standards.

use axum::{
    body::Body,
    http::{Request, header},
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use domain::FactorKind;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use testkit::{Answer, Browser, TESS, World, form, send};

pub const ISSUER: &str = "http://localhost:8080/customers";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// Neither survives an address unless it is written as it has to be.
pub const STATE: &str = "st&te";
pub const SECRET: &str = "portal-secret-of-256-bits-in-the-real-world";

/// A portal whose customers have these applications.
pub async fn world() -> World {
    world_with("").await
}

/// The same with more lines for the application `portal`.
pub async fn world_with(more: &str) -> World {
    World::demo_where("customers", "[look]", &applications(more)).await
}

/// The same, started with options: the demo only where they say so.
pub async fn world_on(options: &[&str]) -> World {
    World::started_where("customers", "[look]", &applications(""), options, &[]).await
}

fn applications(more: &str) -> String {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(SECRET.as_bytes()));
    format!(
        r#"
[[applications]]
id = "portal"
name = {{ en = "Portal", de = "Portal" }}
url = "https://portal.example/"
redirect_uris = ["https://portal.example/callback", "https://portal.example/other?x=1"]
post_logout_redirect_uris = ["https://portal.example/bye"]
client = "confidential"
secret_sha256 = ["{hash}"]
scopes = ["openid", "profile", "email", "offline_access"]
{more}
[[applications]]
id = "old"
name = {{ en = "Old", de = "Alt" }}
url = "https://old.example/"
redirect_uris = ["https://old.example/callback"]
client = "confidential"
secret_sha256 = ["{hash}"]
signing = "RS256"
scopes = ["openid", "email"]
consent = true

[[applications]]
id = "spa"
name = {{ en = "Page", de = "Seite" }}
url = "https://spa.example/"
redirect_uris = ["https://spa.example/callback"]
client = "public"
scopes = ["openid"]

[[applications]]
id = "vault"
name = {{ en = "Vault", de = "Tresor" }}
url = "https://vault.example/"
redirect_uris = ["https://vault.example/callback"]
client = "public"
scopes = ["openid"]
chains = [{{ factors = ["passkey"], acr = "phr" }}, {{ factors = ["password", "totp"], acr = "mfa" }}]

[look]"#
    )
}

/// Tess, signed in with password and code.
pub async fn tess(world: &World) -> Browser {
    let proven = [FactorKind::Password, FactorKind::Totp];
    world.signed_in("customers", TESS, &proven).await
}

pub fn challenge() -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(VERIFIER.as_bytes()))
}

/// A good authorization request of the application `portal`, with parameters changed:
/// an empty one is left out.
pub fn request(changed: &[(&str, &str)]) -> String {
    let challenge = challenge();
    let mut all: BTreeMap<&str, &str> = BTreeMap::from([
        ("client_id", "portal"),
        ("redirect_uri", "https://portal.example/callback"),
        ("response_type", "code"),
        ("scope", "openid"),
        ("state", STATE),
        ("nonce", "n0nce"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ]);
    all.extend(changed.iter().copied());
    all.retain(|_, value| !value.is_empty());
    let all: Vec<_> = all.into_iter().collect();
    format!("/customers/oidc/authorize?{}", form(&all))
}

/// The parameters of an address.
pub fn query(address: &str) -> BTreeMap<String, String> {
    let query = address.split_once('?').map_or("", |(_, q)| q);
    url::form_urlencoded::parse(query.as_bytes())
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect()
}

/// Where an answer leads, and what it carries there.
pub fn redirect(answer: &Answer) -> (String, BTreeMap<String, String>) {
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    let to = answer.header("location").to_owned();
    let base = to.split('?').next().unwrap_or_default().to_owned();
    (base, query(&to))
}

/// The error that goes to the application.
pub async fn error(browser: &mut Browser, changed: &[(&str, &str)]) -> String {
    let answer = browser.get(&request(changed)).await;
    let (to, carried) = redirect(&answer);
    assert_eq!(to, "https://portal.example/callback");
    assert_eq!(carried["iss"], ISSUER);
    let sent = changed.iter().find(|(name, _)| *name == "state");
    assert_eq!(carried["state"], sent.map_or(STATE, |(_, value)| value));
    assert!(!carried.contains_key("code"));
    carried.get("error").cloned().unwrap_or_default()
}

/// A code for a request.
pub async fn code(browser: &mut Browser, changed: &[(&str, &str)]) -> String {
    let answer = browser.get(&request(changed)).await;
    let (_, carried) = redirect(&answer);
    assert_eq!(carried.get("error"), None);
    carried["code"].clone()
}

/// A program's request: no browser, no cookie, no origin.
pub async fn program(
    world: &World,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&[(&str, &str)]>,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, world.browser().host);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = match body {
        Some(fields) => {
            let kind = "application/x-www-form-urlencoded";
            request = request.header(header::CONTENT_TYPE, kind);
            Body::from(form(fields))
        }
        None => Body::empty(),
    };
    send(world.router.clone(), request.body(body).expect("a request")).await
}

pub fn basic(id: &str, secret: &str) -> String {
    format!(
        "Basic {}",
        BASE64.encode(format!("{id}:{secret}").as_bytes())
    )
}

/// The token endpoint, as the application `portal` calls it, with fields changed.
pub async fn token(world: &World, changed: &[(&str, &str)]) -> Answer {
    let mut all: BTreeMap<&str, &str> = BTreeMap::from([
        ("grant_type", "authorization_code"),
        ("redirect_uri", "https://portal.example/callback"),
        ("code_verifier", VERIFIER),
    ]);
    all.extend(changed.iter().copied());
    all.retain(|_, value| !value.is_empty());
    let all: Vec<_> = all.into_iter().collect();
    let auth = basic("portal", SECRET);
    let headers = [("authorization", auth.as_str())];
    program(world, "POST", "/customers/oidc/token", &headers, Some(&all)).await
}

pub fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
}

/// The error of the token endpoint.
pub fn refusal(answer: &Answer) -> String {
    assert!(answer.status.is_client_error(), "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = json(answer);
    assert!(body.get("access_token").is_none());
    body["error"].as_str().expect("an error").to_owned()
}

/// All the way to the tokens of `portal`.
pub async fn tokens(world: &World, browser: &mut Browser, scope: &str) -> Value {
    let code = code(browser, &[("scope", scope)]).await;
    let answer = token(world, &[("code", &code)]).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    json(&answer)
}

/// The next tokens.
pub async fn refresh(world: &World, token: &Value) -> Answer {
    let token = token["refresh_token"].as_str().expect("a refresh token");
    self::token(
        world,
        &[
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("redirect_uri", ""),
            ("code_verifier", ""),
        ],
    )
    .await
}

/// What userinfo says to an access token.
pub async fn userinfo(world: &World, tokens: &Value) -> Answer {
    let token = tokens["access_token"].as_str().expect("an access token");
    let auth = format!("Bearer {token}");
    let headers = [("authorization", auth.as_str())];
    program(world, "GET", "/customers/oidc/userinfo", &headers, None).await
}

pub async fn jwks(world: &World) -> Value {
    let answer = program(world, "GET", "/customers/oidc/jwks", &[], None).await;
    assert_eq!(answer.status.as_u16(), 200);
    json(&answer)
}

/// Header and claims of a token whose signature holds, judged by ring and not by the
/// hands that made it.
pub fn verified(jwks: &Value, token: &str) -> (Value, Value) {
    let part = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
    let (signed, signature) = token.rsplit_once('.').expect("three parts");
    let (head, claims) = signed.split_once('.').expect("three parts");
    let head: Value = serde_json::from_slice(&part(head)).expect("JSON");
    let claims: Value = serde_json::from_slice(&part(claims)).expect("JSON");
    let keys = jwks["keys"].as_array().expect("keys");
    let key = keys
        .iter()
        .find(|k| k["kid"] == head["kid"])
        .expect("a key");
    assert_eq!(key["alg"], head["alg"]);
    let of = |name: &str| part(key[name].as_str().expect("a part"));
    let holds = match key["kty"].as_str() {
        Some("EC") => {
            let point = [vec![4], of("x"), of("y")].concat();
            ring::signature::UnparsedPublicKey::new(
                &ring::signature::ECDSA_P256_SHA256_FIXED,
                point,
            )
            .verify(signed.as_bytes(), &part(signature))
        }
        _ => ring::signature::RsaPublicKeyComponents {
            n: of("n"),
            e: of("e"),
        }
        .verify(
            &ring::signature::RSA_PKCS1_2048_8192_SHA256,
            signed.as_bytes(),
            &part(signature),
        ),
    };
    holds.expect("the signature holds");
    (head, claims)
}

/// Posts one of the provider's own forms from somewhere.
pub async fn post_own(
    browser: &Browser,
    call: &str,
    fields: &[(&str, &str)],
    site: &'static str,
) -> Answer {
    let mut request = browser.request("x", form(fields));
    let path = format!("/customers/oidc/{call}");
    *request.uri_mut() = path.parse().expect("a path");
    let site = axum::http::HeaderValue::from_static(site);
    request.headers_mut().insert("sec-fetch-site", site);
    send(browser.router.clone(), request).await
}

/// What the page carries that moves on by itself.
pub fn moved(page: &str) -> BTreeMap<String, String> {
    let to = page.split("content=\"0;url=").nth(1).expect("moves on");
    let to = to.split('"').next().expect("an address");
    let to = to.replace("&amp;", "&");
    assert!(page.contains("<a class=\"button main wide\" rel=\"noreferrer\""));
    query(&to)
}
