//! What stands around a page: its headers, and the news in its address.

use axum::http::StatusCode;
use std::collections::BTreeSet;
use testkit::{Answer, EMIL, PASSWORD, TESS, World};

/// News in an address are shown where the portal vouches for them, for a moment;
/// a made-up link frightens nobody.
#[tokio::test]
async fn xl05_news_in_a_made_up_link_are_not_told() {
    let world = World::demo().await;
    let ended = "Sie sind abgemeldet.";
    for link in [
        "/customers/sign-in?news=%22signed_out%22",
        "/customers/sign-in?news=%22signed_out%22&stamp=1.x",
        "/customers/sign-in?news=%22signed_out%22&stamp=",
    ] {
        let page = world.browser().get(link).await;
        assert_eq!(page.status, StatusCode::OK, "{link}");
        assert!(!page.body.contains(ended), "{link}");
    }
    let mut tess = world.signed_in("customers", TESS, &[]).await;
    let answer = tess.post("sign-out", &[("realm", "customers")]).await;
    let path = answer.body.split('"').find(|part| part.contains("?news="));
    let path = path.expect("an address").replace("\\u0026", "&");
    assert!(world.browser().get(&path).await.body.contains(ended));
    // Vouched for this news, not for another.
    let other = path.replace("signed_out", "frozen");
    assert!(
        !world
            .browser()
            .get(&other)
            .await
            .body
            .contains("eingefroren")
    );
    world.advance(60);
    assert!(!world.browser().get(&path).await.body.contains(ended));
}

/// A page that asks for a code may take it out of a message; no other may.
#[tokio::test]
async fn xl02_codes_may_be_taken_out_of_messages_on_code_pages_alone() {
    let world = World::demo().await;
    let mut browser = world.browser();
    let allowed = |answer: &Answer| {
        let permissions = answer.header("permissions-policy");
        permissions.contains("otp-credentials=(self)")
    };
    assert!(!allowed(&browser.get("/customers/sign-in").await));
    browser.password(EMIL, PASSWORD).await;
    let code = browser.get("/customers/sign-in").await;
    assert_eq!(code.status, StatusCode::OK);
    assert!(allowed(&code), "{}", code.header("permissions-policy"));
    assert!(code.header("x-rekey-asks-code").is_empty());
    assert!(!allowed(&browser.get("/customers/forgot").await));
}

/// The headers of `security.md`, 2.6, to the letter, on a portal as it stands in
/// the world.
#[tokio::test]
async fn xl02_every_answer_of_an_https_portal_carries_the_headers() {
    let world = World::empty(&["--public-url", "https://id.example.com"]).await;
    let every = [
        (
            "strict-transport-security",
            "max-age=63072000; includeSubDomains",
        ),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        (
            "permissions-policy",
            "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), usb=(), payment=(), clipboard-read=()",
        ),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cache-control", "no-store"),
        ("x-frame-options", "DENY"),
    ];
    let mut nonces = BTreeSet::new();
    for (path, host, status, is_page) in [
        ("/", "id.example.com", 200, true),
        ("/customers/sign-in", "id.example.com", 200, true),
        ("/customers/forgot", "id.example.com", 200, true),
        ("/customers/reset/abc", "id.example.com", 200, true),
        ("/nothing/here", "id.example.com", 404, true),
        ("/customers/overview", "id.example.com", 303, false),
        ("/customers/sign-in?lang=de", "id.example.com", 303, false),
        (
            "/admin/customers/transfers/t/file",
            "id.example.com",
            303,
            false,
        ),
        ("/api/sign-out", "id.example.com", 403, false),
        ("/favicon.ico", "id.example.com", 308, false),
        ("/readyz", "id.example.com", 200, false),
        ("/", "evil.example", 421, false),
    ] {
        let mut browser = world.browser();
        browser.host = host.to_owned();
        let answer = browser.get(path).await;
        let cell = format!("{host}{path}");
        assert_eq!(answer.status.as_u16(), status, "{cell}");
        for (name, value) in every {
            assert_eq!(answer.header(name), value, "{cell}: {name}");
        }
        let policy = answer.header("content-security-policy");
        if is_page {
            let nonce = policy.split("'nonce-").nth(1).unwrap_or_default();
            let nonce = nonce.split('\'').next().unwrap_or_default();
            assert!(nonce.len() >= 16, "{cell}: {policy}");
            assert!(answer.body.contains(nonce), "{cell}");
            assert_eq!(
                policy,
                format!(
                    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; frame-src 'none'; manifest-src 'self'; worker-src 'self'"
                ),
                "{cell}"
            );
            assert!(nonces.insert(nonce.to_owned()), "{cell}: used before");
        } else {
            assert!(policy.starts_with("default-src 'none'"), "{cell}: {policy}");
            assert!(
                policy.contains("frame-ancestors 'none'"),
                "{cell}: {policy}"
            );
            assert!(!policy.contains("script-src"), "{cell}: {policy}");
        }
    }
}
