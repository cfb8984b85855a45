//! Somebody on the way to a recovery code, and the codes that they have.

use serde_json::Value;
use testkit::{Browser, PASSWORD, TESS};

/// Tess has typed her password and is about to type a recovery code.
pub(super) async fn at_recovery(mut browser: Browser) -> Browser {
    assert!(browser.password(TESS, PASSWORD).await.asks_for("totp"));
    let fields = [
        ("realm", "customers"),
        ("purpose", "sign_in"),
        ("kind", "recovery"),
    ];
    let answer = browser.post("prove/another-way", &fields).await;
    assert!(answer.asks_for("recovery"), "{}", answer.body);
    browser
}

pub(super) fn recovery_code(person: &Value, n: usize) -> String {
    let code = person["recovery_codes"][n].as_str();
    code.expect("a recovery code").to_owned()
}
