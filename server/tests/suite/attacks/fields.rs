//! Fields that no form has, and text that no field expects.

use axum::http::StatusCode;
use domain::{FactorKind, place::CALLS, records::Person};
use testkit::{ARGUMENTS, MAX, TESS, World, form};

/// Fields that no form has are ignored (Zitadel CVE-2026-27946).
#[tokio::test]
async fn xb20_fields_that_nobody_asked_for_change_nothing() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut browser = world.signed_in("customers", TESS, &proven).await;
    let before = world.person("customers", TESS).await;
    let max = world.person("customers", MAX).await;
    let fields = [
        ("realm", "customers"),
        ("name", "Tessa Tollmann"),
        ("lang", "en"),
        ("id", max.id.as_str()),
        ("person", max.id.as_str()),
        ("email", "eve@evil.example"),
        ("login", "eve@evil.example"),
        ("verified", "true"),
        ("aal", "3"),
        ("role", "administrator"),
        ("epoch", "9"),
        ("disabled_at", "1"),
        ("locked_until", "0"),
    ];
    let answer = browser.post("profile/save", &fields).await;
    assert!(answer.status.is_success(), "{}", answer.body);
    let expected = Person {
        name: "Tessa Tollmann".to_owned(),
        ..before
    };
    assert_eq!(world.person("customers", TESS).await, expected);
    assert_eq!(world.person("customers", MAX).await, max);
    let mut conn = world.services.store.read().await.expect("reads");
    assert!(conn.grants(&expected.id).await.expect("reads").is_empty());
}

/// Hostile text in every argument of every call, from who may call everything:
/// refused or taken as text, never a failure.
#[tokio::test]
async fn xl08_no_text_in_any_argument_is_a_failure() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut browser = world.signed_in("customers", TESS, &proven).await;
    let ada = world.signed_in("workforce", "Q100001", &staff).await;
    browser.cookies.extend(
        ada.cookies
            .into_iter()
            .filter(|(name, _)| name.starts_with("__Host-session-")),
    );
    let long = "a".repeat(50_000);
    let deep = "{\"a\":[".repeat(5_000);
    let hostile = [
        "' OR 1=1; DROP TABLE person --",
        "%",
        "_\\",
        "*)(uid=*",
        "\u{0}\u{7}\r\nx: y",
        "\u{202e}\u{fdfa}\u{1f511}",
        "<script>alert(1)</script>{{7*7}}",
        "../../etc/passwd",
        &long,
        &deep,
    ];
    let arguments: Vec<&str> = ARGUMENTS
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .filter(|name| *name != "realm")
        .collect();
    for text in hostile {
        let shown: String = text.chars().take(20).collect();
        for (call, _) in CALLS {
            // They would end what the next calls need.
            if matches!(*call, "sign-out" | "sessions/end-others") {
                continue;
            }
            for realm in ["customers", text] {
                let mut fields = vec![("realm", realm)];
                fields.extend(arguments.iter().map(|name| (*name, text)));
                let answer = browser.post(call, &fields).await;
                let cell = format!("{call} with {shown:?}: {}", answer.status);
                assert!(!answer.status.is_server_error(), "{cell}");
                // PostgreSQL takes none in a text: no call gets that far.
                if text.contains('\0') {
                    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{cell}");
                }
            }
        }
        let searched = format!("/admin/customers/people?{}", form(&[("q", text)]));
        let answer = browser.page(&searched).await;
        assert_eq!(answer.status, StatusCode::OK, "searching {shown:?}");
        assert!(!answer.body.contains(TESS), "searching {shown:?}");
    }
    let answer = browser.page("/customers/overview").await;
    assert_eq!(answer.status, StatusCode::OK, "she is still signed in");
}
