//! Phones of the demo: enrolled two days ago, their secret keys known. A page of the
//! demo puts such a key into the browser that opens it, so that anybody can play the
//! phone; the key works there like one that this browser made, and so do its codes.

use super::Demo;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD as B64};
use domain::{ids::FactorId, paths};
use flows::{Cookie, Services, request::token_hash};
use p256::{SecretKey, elliptic_curve::sec1::ToSec1Point};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The key of a phone that the demo knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoPhone {
    /// The factor.
    pub factor: String,
    /// The secret key as a JSON Web Key (RFC 7517).
    pub key: Value,
    /// The secret of the codes that it shows without network, base32; empty for none.
    #[serde(default)]
    pub codes: String,
    /// The page that puts it into a browser.
    #[serde(default)]
    pub link: String,
}

/// A key: its public half as the store keeps it, and all of it for the demo's page.
///
/// # Errors
/// These bytes are no key.
pub fn make(factor: &FactorId, bytes: [u8; 32]) -> Result<(Vec<u8>, DemoPhone), String> {
    let secret = SecretKey::from_slice(&bytes).map_err(|e| e.to_string())?;
    let point = secret.public_key().to_sec1_point(false).as_bytes().to_vec();
    let key = json!({
        "kty": "EC",
        "crv": "P-256",
        "d": B64.encode(&bytes),
        "x": B64.encode(&point[1..33]),
        "y": B64.encode(&point[33..65]),
    });
    let phone = DemoPhone {
        factor: factor.as_str().to_owned(),
        key,
        codes: String::new(),
        link: String::new(),
    };
    Ok((point, phone))
}

/// The address of the page for a phone.
pub fn link(services: &Services, phone: &DemoPhone) -> String {
    services.url(&format!("/demo/phone/{}", phone.factor))
}

/// Whose phone it is: the realm's name and the login.
struct Whose {
    realm: String,
    login: String,
}

async fn find(demo: &Demo, id: &str) -> store::Result<Option<(DemoPhone, Whose)>> {
    let people = super::people::list(&demo.services, &demo.links).await?;
    let held = people.people.into_iter();
    let mut phones = held.filter_map(|p| {
        let realm = demo.services.realm(&p.realm).ok()?.name.en.clone();
        let login = p.login;
        Some((p.phone?, Whose { realm, login }))
    });
    Ok(phones.find(|(phone, _)| phone.factor == id))
}

/// Asks before it puts the key there. The script is the page's own and allowed by
/// its nonce alone.
pub async fn page(State(demo): State<Demo>, Path(id): Path<String>) -> Response {
    let (phone, Whose { realm, login }) = match find(&demo, &id).await {
        Ok(Some(found)) => found,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return super::broken(&error),
    };
    // Empty where there is none.
    let secret = BASE32_NOPAD.decode(phone.codes.as_bytes());
    let secret = secret.unwrap_or_default();
    let nonce = demo.services.random.token();
    let nonce = nonce.reveal();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let page = format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Demo phone</title></head><body><main><h1>Phone of {login}</h1><p>This browser becomes the phone that was enrolled two days ago.</p><form method="post"><button>Use this browser as the phone</button></form></main>
<script nonce="{nonce}">
document.forms[0].addEventListener('submit', async (event) => {{
  event.preventDefault();
  const jwk = {key};
  const kind = {{ name: 'ECDSA', namedCurve: 'P-256' }};
  const key = await crypto.subtle.importKey('jwk', jwk, kind, false, ['sign']);
  const bytes = (text) => atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const name = btoa('\x04' + bytes(jwk.x) + bytes(jwk.y)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const secret = new Uint8Array({secret});
  const hash = {{ name: 'HMAC', hash: 'SHA-1' }};
  const codes = secret.length && {{ key: await crypto.subtle.importKey('raw', secret, hash, false, ['sign']), ...{account} }};
  const open = indexedDB.open('rekey-phone', 2);
  open.onupgradeneeded = () => {{
    const there = open.result.objectStoreNames;
    for (const table of ['keys', 'codes']) if (!there.contains(table)) open.result.createObjectStore(table);
  }};
  open.onsuccess = () => {{
    const both = open.result.transaction(['keys', 'codes'], 'readwrite');
    both.objectStore('keys').put(key, name);
    if (codes) both.objectStore('codes').put(codes, name);
    both.oncomplete = () => {{ open.result.close(); document.forms[0].submit(); }};
  }};
}});
</script></body></html>"#,
        key = phone.key,
        secret = json!(secret),
        account = json!({ "realm": realm, "login": login }),
    );
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
}

/// The browser has the key: it is the phone now.
pub async fn take(State(demo): State<Demo>, Path(id): Path<String>) -> Response {
    let phone = match find(&demo, &id).await {
        Ok(Some((phone, _))) => phone,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return super::broken(&error),
    };
    let token = demo.services.random.token();
    let placed = place(&demo.services, &phone, &token_hash(token.reveal())).await;
    if let Err(error) = placed {
        return super::broken(&error);
    }
    let Cookie { name, value, .. } = flows::phone::device_cookie(token);
    let cookie = format!(
        "{name}={}; Path=/; Secure; HttpOnly; SameSite=Lax",
        value.reveal()
    );
    ([(header::SET_COOKIE, cookie)], Redirect::to(paths::PHONE)).into_response()
}

async fn place(services: &Services, phone: &DemoPhone, device: &str) -> store::Result<()> {
    let mut tx = services.store.begin().await?;
    tx.demo_phone_place(&FactorId::new(&phone.factor), device)
        .await?;
    tx.commit().await
}
