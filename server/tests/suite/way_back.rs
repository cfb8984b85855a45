//! Who is asked to sign in arrives where they wanted to go.

use axum::http::StatusCode;
use testkit::{Browser, EMIL, PASSWORD, World};

/// Emil signs in by his mail; where the last answer leads.
async fn sign_in(world: &World, browser: &mut Browser) -> String {
    browser.password(EMIL, PASSWORD).await;
    let code = world.mailed_code().await;
    let done = browser.code("sign_in", &code).await;
    let json: serde_json::Value = serde_json::from_str(&done.body).expect("JSON");
    let to = json["go"]["path"].as_str().expect("leads somewhere");
    to.to_owned()
}

#[tokio::test]
async fn a_page_that_asked_for_a_sign_in_comes_after_it() {
    let world = World::demo().await;
    for script in [false, true] {
        let mut browser = world.browser();
        let asked = if script {
            browser.page("/customers/profile").await
        } else {
            browser.get("/customers/profile").await
        };
        let status = if script {
            StatusCode::UNAUTHORIZED
        } else {
            StatusCode::SEE_OTHER
        };
        assert_eq!(asked.status, status);
        assert_eq!(sign_in(&world, &mut browser).await, "/customers/profile");
        // Once: the next sign-in leads home.
        let fields = [("realm", "customers")];
        browser.post("sign-out", &fields).await;
        assert_eq!(sign_in(&world, &mut browser).await, "/customers/overview");
    }
}

#[tokio::test]
async fn nobody_is_sent_where_this_sign_in_does_not_lead() {
    let world = World::demo().await;
    for forged in [
        "//evil.example",
        "/desk",
        "/cloud/profile",
        "javascript:alert(1)",
    ] {
        let mut browser = world.browser();
        let cookie = ("__Host-way-back".to_owned(), forged.to_owned());
        browser.cookies.extend([cookie]);
        let to = sign_in(&world, &mut browser).await;
        assert_eq!(to, "/customers/overview", "{forged}");
        world.advance(3600);
    }
}
