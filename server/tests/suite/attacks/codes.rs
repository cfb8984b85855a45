//! Codes: what is none, what a new one changes, and what one is good for.

use axum::http::StatusCode;
use domain::FactorKind;
use testkit::{EMIL, PASSWORD, TESS, World};

/// A new code is a new code and no new tries (Zitadel CVE-2024-32868).
#[tokio::test]
async fn xb05_a_new_code_by_mail_resets_no_counter() {
    let world = World::demo().await;
    let mut browser = world.browser();
    browser.password(EMIL, PASSWORD).await;
    let other = |code: &str| {
        if code == "12345678" {
            "87654321"
        } else {
            "12345678"
        }
    };
    let mut code = world.mailed_code().await;
    for n in 0..5 {
        if n == 3 {
            let fields = [("realm", "customers"), ("purpose", "sign_in")];
            browser.post("prove/resend", &fields).await;
            let fresh = world.mailed_code().await;
            assert_ne!(fresh, code);
            code = fresh;
        }
        let answer = browser.code("sign_in", other(&code)).await;
        assert!(answer.refuses("wrong_code"), "{n}: {}", answer.body);
        world.advance(61);
    }
    let answer = browser.code("sign_in", &code).await;
    assert!(answer.refuses("wait"), "{}", answer.body);
    assert!(!answer.lets_in());
}

/// What is no code is refused in words, uses a try up and is never a failure.
#[tokio::test]
async fn xb08_what_is_no_code_is_refused_and_counted() {
    let world = World::demo().await;
    let mut browser = world.browser();
    assert!(browser.password(TESS, PASSWORD).await.asks_for("totp"));
    // Nothing was typed, or nothing that could be looked at: that costs no try.
    let answer = browser.code("sign_in", "").await;
    assert_eq!(answer.status, StatusCode::OK);
    let array = "realm=customers&purpose=sign_in&code[]=123456&code[]=234567";
    let answer = browser.raw("prove/code", array).await;
    assert!(!answer.status.is_server_error());
    let answer = browser.code("sign_in", &"1".repeat(10_000)).await;
    assert_eq!(answer.status, StatusCode::OK);
    for code in [
        "12345\u{7}6",
        "null",
        "\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}",
        "{\"code\":123456}",
        "1234567",
    ] {
        let answer = browser.code("sign_in", code).await;
        assert_eq!(answer.status, StatusCode::OK, "{code:?}");
        assert!(!answer.lets_in(), "{code:?}");
        world.advance(61);
    }
    assert!(browser.code("sign_in", "000000").await.refuses("wait"));
}

/// A code proves what it was sent for and nothing else, and a code of one
/// browser proves nothing in another.
#[tokio::test]
async fn xb10_a_code_for_one_purpose_fits_no_other() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Email];
    let mut inside = world.signed_in("customers", EMIL, &proven).await;
    let emil = world.person("customers", EMIL).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&emil.id).await.expect("reads");
    drop(conn);
    let mail = factors.iter().find(|f| f.kind == FactorKind::Email);
    let id = mail.expect("his mail factor").id.as_str();
    let fields = [("realm", "customers"), ("id", id)];
    inside.post("manage-factors/test", &fields).await;
    let to_test = world.mailed_code().await;
    let mut outside = world.browser();
    outside.password(EMIL, PASSWORD).await;
    let to_sign_in = world.mailed_code().await;
    assert_ne!(to_test, to_sign_in);

    let answer = outside.code("sign_in", &to_test).await;
    assert!(answer.refuses("wrong_code") && !answer.lets_in());
    assert!(inside.code("test", &to_sign_in).await.refuses("wrong_code"));
    assert!(inside.code("test", &to_test).await.tells("factor_works"));
    assert!(outside.code("sign_in", &to_sign_in).await.lets_in());
}
