//! Modules of `oidcc-basic-certification-test-plan`, by their names: parameters that
//! change nothing, that help the person, or that are refused.

use crate::oidc::{
    checks::{Flow, finished, flow, question, signs_in},
    client::{code, error, json, post_own, program, request, tess, tokens, world, world_with},
};
use domain::FactorKind;
use std::net::TcpListener;
use testkit::TESS;

/// The request succeeds as if the parameter were not there.
async fn succeeds_with(name: &str, value: &str) -> Flow {
    let world = world().await;
    let mut tess = tess(&world).await;
    flow(&world, &mut tess, &[(name, value)]).await
}

#[tokio::test]
async fn oidcc_display_page() {
    succeeds_with("display", "page").await;
}

#[tokio::test]
async fn oidcc_display_popup() {
    succeeds_with("display", "popup").await;
}

#[tokio::test]
async fn oidcc_ensure_request_with_unknown_parameter_succeeds() {
    succeeds_with("extra", "foobar").await;
}

#[tokio::test]
async fn oidcc_claims_locales() {
    succeeds_with("claims_locales", "se").await;
}

/// Without a state none comes back.
#[tokio::test]
async fn a_request_without_state_succeeds() {
    succeeds_with("state", "").await;
}

/// All of `acr_values_supported`, as the suite asks: the one that is told is of them, and
/// of those that the application does not have none is.
#[tokio::test]
async fn oidcc_ensure_request_with_acr_values_succeeds() {
    let world = world().await;
    let there = "/customers/.well-known/openid-configuration";
    let found = json(&program(&world, "GET", there, &[], None).await);
    let offered = found["acr_values_supported"].as_array().expect("a list");
    let offered: Vec<_> = offered.iter().filter_map(|acr| acr.as_str()).collect();
    assert!(offered.contains(&"password+totp") && offered.contains(&"phr"));
    let mut tess = tess(&world).await;
    let all = offered.join(" ");
    let told = flow(&world, &mut tess, &[("acr_values", &all)]).await;
    let acr = told.claims["acr"].as_str().expect("an acr");
    assert!(offered.contains(&acr), "{acr}");
    assert_eq!(acr, "password+totp");
    let unknown = flow(&world, &mut tess, &[("acr_values", "1 2")]).await;
    assert_eq!(unknown.claims["acr"], "password+totp");
}

/// Whoever is not signed in finds the expected name in the form, signs in, and comes back
/// with what was asked for; with a script and without.
#[tokio::test]
async fn oidcc_login_hint() {
    let world = world().await;
    let mut nobody = world.browser();
    let asked = [("login_hint", TESS)];
    let answer = nobody.get(&request(&asked)).await;
    assert_eq!(answer.header("location"), "/customers/sign-in");
    let page = nobody.get("/customers/sign-in").await;
    assert!(page.body.contains(TESS), "the expected name");
    let carried = signs_in(&world, &mut nobody).await;
    finished(&world, &carried, &asked).await;
    // One sign-in for all: the next request asks nothing.
    let other = [("redirect_uri", "https://portal.example/other?x=1")];
    code(&mut nobody, &other).await;
    // It says who is expected, and decides nothing.
    code(&mut nobody, &[("login_hint", "somebody@else.example")]).await;
}

/// Without a script the answers are redirects, and the last page moves on by itself.
#[tokio::test]
async fn a_sign_in_without_script_leads_back() {
    let world = world().await;
    let mut nobody = world.browser();
    nobody.get(&request(&[])).await;
    nobody.password(TESS, testkit::PASSWORD).await;
    let app = crate::oidc::checks::app_of_tess(&world).await;
    let fields = [
        ("realm", "customers"),
        ("purpose", "sign_in"),
        ("code", &app),
    ];
    let answer = nobody.submit("prove/code", &fields).await;
    assert_eq!(answer.header("location"), "/customers/oidc/resume");
    // A page of ours, because `form-action` follows redirects after a post.
    let page = nobody.get("/customers/oidc/resume").await;
    assert_eq!(page.status.as_u16(), 200);
    let policy = page.header("content-security-policy");
    assert!(!policy.contains("script-src"), "{policy}");
    let carried = crate::oidc::client::moved(&page.body);
    finished(&world, &carried, &[]).await;
}

/// The suite asks for Swedish first, which there is not.
#[tokio::test]
async fn oidcc_ui_locales() {
    let world = world().await;
    let mut nobody = world.browser();
    let asked = [("ui_locales", "se de")];
    let answer = nobody.get(&request(&asked)).await;
    assert_eq!(answer.header("location"), "/customers/sign-in?lang=de");
    let answer = nobody.get("/customers/sign-in?lang=de").await;
    assert_eq!(answer.status.as_u16(), 303);
    let page = nobody.get("/customers/sign-in").await;
    assert!(page.body.contains("<html lang=\"de\""));
    let carried = signs_in(&world, &mut nobody).await;
    finished(&world, &carried, &asked).await;
}

/// All pages of ours on the way are in the language of the request: who goes on, may they
/// know, prove it anew, moving on, and what is wrong.
#[tokio::test]
async fn ui_locales_hold_for_every_page_on_the_way() {
    let world = world_with("consent = true\n").await;
    for (locales, html) in [
        ("de-AT en", "<html lang=\"de\""),
        ("fr en-GB", "<html lang=\"en\""),
    ] {
        let mut tess = tess(&world).await;
        let lang = ("ui_locales", locales);
        let page = tess
            .get(&request(&[lang, ("prompt", "select_account")]))
            .await;
        assert!(page.body.contains(html), "choose: {}", page.body);
        let on = [("id", question(&page.body)), ("answer", "go_on".to_owned())];
        let on = on.each_ref().map(|(n, v)| (*n, v.as_str()));
        let page = post_own(&tess, "choose", &on, "same-origin").await;
        assert!(page.body.contains(html), "consent: {}", page.body);
        let no = [
            ("id", question(&page.body)),
            ("answer", "decline".to_owned()),
        ];
        let no = no.each_ref().map(|(n, v)| (*n, v.as_str()));
        let page = post_own(&tess, "consent", &no, "same-origin").await;
        assert!(page.body.contains(html), "moving on: {}", page.body);
        let page = tess.get(&request(&[lang, ("client_id", "nobody")])).await;
        assert!(page.body.contains(html), "fault: {}", page.body);
        let answer = tess.get(&request(&[lang, ("prompt", "login")])).await;
        let code = if html.contains("de") { "de" } else { "en" };
        let confirm = format!("/customers/confirm?lang={code}");
        assert_eq!(answer.header("location"), confirm);
        // What the person chose on this browser goes before.
        let other = if code == "de" { "en" } else { "de" };
        tess.get(&format!("/customers/overview?lang={other}")).await;
        let page = tess
            .get(&request(&[lang, ("prompt", "select_account")]))
            .await;
        assert!(page.body.contains(&format!("<html lang=\"{other}\"")));
    }
}

/// However old it is; for its person alone.
#[tokio::test]
async fn oidcc_id_token_hint() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let first = flow(&world, &mut tess, &[]).await;
    let hint = first.tokens["id_token"].as_str().expect("a token");
    let asked = [("id_token_hint", hint), ("prompt", "none")];
    world.advance(700);
    let second = flow(&world, &mut tess, &asked).await;
    for name in ["sub", "auth_time"] {
        assert_eq!(first.claims[name], second.claims[name], "{name}");
    }
    let proven = [FactorKind::Passkey];
    let mut other = world.signed_in("customers", testkit::MAX, &proven).await;
    assert_eq!(error(&mut other, &asked).await, "login_required");
}

/// A hint that is none is no request: not one of another kind, and not one that is too
/// long to be read.
#[tokio::test]
async fn a_hint_that_cannot_be_read_is_refused() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let tokens = tokens(&world, &mut tess, "openid").await;
    let access = tokens["access_token"].as_str().expect("a token");
    let long = format!("{}.{}.x", "x".repeat(4096), "y".repeat(4096));
    for wrong in [access, "x.y.z", &long] {
        let asked = [("id_token_hint", wrong)];
        assert_eq!(error(&mut tess, &asked).await, "invalid_request");
    }
}

const UNSIGNED: &str = "eyJhbGciOiJub25lIn0.e30.";

#[tokio::test]
async fn oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let of = [("request", UNSIGNED)];
    assert_eq!(error(&mut tess, &of).await, "request_not_supported");
    assert_eq!(
        error(&mut world.browser(), &of).await,
        "request_not_supported"
    );
}

/// The address is not even looked at.
#[tokio::test]
async fn oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let uri = format!("http://{}/request", listener.local_addr().expect("one"));
    let of = [("request_uri", uri.as_str())];
    assert_eq!(error(&mut tess, &of).await, "request_uri_not_supported");
    listener.set_nonblocking(true).expect("does not wait");
    let called = listener.accept();
    assert!(called.is_err_and(|e| e.kind() == std::io::ErrorKind::WouldBlock));
}

/// What an object says of where to go is not believed: with a good address beside it the
/// application hears no, with a bad one the person does.
#[tokio::test]
async fn oidcc_ensure_request_object_with_redirect_uri() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let claims = r#"{"redirect_uri":"https://portal.example/other?x=1","client_id":"portal"}"#;
    let claims = data_encoding::BASE64URL_NOPAD.encode(claims.as_bytes());
    let object = format!("eyJhbGciOiJub25lIn0.{claims}.");
    let of = [("request", object.as_str())];
    assert_eq!(error(&mut tess, &of).await, "request_not_supported");
    let bad = ("redirect_uri", "https://portal.example/unregistered");
    let answer = tess.get(&request(&[of[0], bad])).await;
    assert_eq!(answer.status.as_u16(), 400);
    assert!(answer.header("location").is_empty());
}

#[tokio::test]
async fn registration_with_a_request_is_refused() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let of = [("registration", "{}")];
    assert_eq!(error(&mut tess, &of).await, "registration_not_supported");
}
