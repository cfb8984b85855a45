//! Who is told of, and who is not any more.

use crate::forward_auth::proxy::{Ask, Visitor, WIKI, known, path, tess, ticket, world};
use domain::FactorKind;
use testkit::{EMIL, MAX, TESS};

/// Who is known is told of with every request, and the page goes on with its query.
#[tokio::test]
async fn a_visitor_who_is_signed_in_is_told_of() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = known(&world, &mut tess, WIKI).await;
    for endpoint in ["check", "redirect"] {
        for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS"] {
            let mut ask = Ask::page(endpoint, WIKI, "/api?x=1");
            ask.method = method;
            let answer = visitor.ask(&world, &ask).await;
            assert_eq!(answer.status.as_u16(), 200, "{endpoint} {method}");
            let who = world.person("customers", TESS).await;
            assert_eq!(answer.header("remote-user"), TESS);
            assert_eq!(answer.header("remote-id"), who.id.as_str());
            assert_eq!(answer.header("remote-name"), who.called());
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(answer.body.is_empty());
        }
    }
    // Another page of the same host, and an address that nobody is brought back to.
    assert_eq!(visitor.open(&world, "//x").await.status.as_u16(), 200);
}

/// What the application may not know stands there empty: nothing that a client sent in
/// its place is left.
#[tokio::test]
async fn every_header_stands_in_every_answer() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = known(&world, &mut tess, "files.example").await;
    let answer = visitor
        .ask(&world, &Ask::page("check", "files.example", "/"))
        .await;
    assert_eq!(answer.header("remote-user"), TESS);
    for name in ["remote-name", "remote-email"] {
        let value = answer.headers.get(name).expect("stands there");
        assert!(value.is_empty(), "{name}");
    }
}

/// An address is told that a code reached, and no other.
#[tokio::test]
async fn an_address_is_told_that_proved_itself() {
    let world = world().await;
    let email = async |login: &str, proven: &[FactorKind]| {
        let mut browser = world.signed_in("customers", login, proven).await;
        let mut visitor = known(&world, &mut browser, WIKI).await;
        let answer = visitor.ask(&world, &Ask::page("check", WIKI, "/")).await;
        answer.header("remote-email").to_owned()
    };
    let proven = [FactorKind::Password, FactorKind::Email];
    assert_eq!(email(EMIL, &proven).await, EMIL);
    assert_eq!(
        email(TESS, &[FactorKind::Password, FactorKind::Totp]).await,
        ""
    );
}

/// Nobody: nginx hears 401, a browser that opens a page is led to the sign-in, a call
/// that opens none hears 401 as well.
#[tokio::test]
async fn who_is_not_known_signs_in_first() {
    let world = world().await;
    let mut visitor = Visitor::default();
    assert_eq!(visitor.check(&world, WIKI).await, 401);
    assert!(visitor.cookies.is_empty(), "a check keeps nothing");
    for (method, mode) in [("POST", "navigate"), ("GET", "cors"), ("GET", "websocket")] {
        let mut ask = Ask::page("redirect", WIKI, "/a").with("sec-fetch-mode", mode);
        ask.method = method;
        let answer = visitor.ask(&world, &ask).await;
        assert_eq!(answer.status.as_u16(), 401, "{method} {mode}");
    }
    let answer = visitor.open(&world, "/a?b=c").await;
    assert_eq!(answer.status.as_u16(), 303);
    // What goes to the host of an application says nothing about that host.
    assert_eq!(answer.header("strict-transport-security"), "");
    let start = path(answer.header("location"), "http://localhost:8080");
    let mut browser = world.browser();
    let answer = browser.get(&start).await;
    assert_eq!(answer.header("location"), "/customers/sign-in");
    let signed = browser.password(TESS, testkit::PASSWORD).await;
    assert!(signed.asks_for("totp"), "{}", signed.body);
    let secrets = world.secrets(TESS).await;
    let app = world.app(secrets["totp_secret"].as_str().expect("a key"));
    let answer = browser.code("sign_in", &app).await;
    assert!(answer.leads_to("/customers/oidc/resume"), "{}", answer.body);
    let page = browser.get("/customers/oidc/resume").await;
    let arrival = page.body.split("0;url=https://wiki.example").nth(1);
    let arrival = arrival
        .and_then(|rest| rest.split('"').next())
        .expect("moves on");
    let answer = visitor.open(&world, &arrival.replace("&amp;", "&")).await;
    assert_eq!(answer.header("location"), "https://wiki.example/a?b=c");
    assert_eq!(visitor.check(&world, WIKI).await, 200);
}

/// The very next request is refused, whatever it was that ended.
#[tokio::test]
async fn what_ends_the_session_ends_the_visit() {
    for what in ["sign-out", "disabled", "frozen", "epoch", "ended", "over"] {
        let world = world().await;
        let mut tess = tess(&world).await;
        let mut visitor = known(&world, &mut tess, WIKI).await;
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
        match what {
            "sign-out" => drop(tess.post("sign-out", &[("realm", "customers")]).await),
            "over" => world.advance(9 * 3600),
            _ => {}
        }
        assert_eq!(visitor.check(&world, WIKI).await, 401, "{what}");
        let answer = visitor.open(&world, "/a").await;
        assert_eq!(answer.status.as_u16(), 303, "{what}");
    }
}

/// A look at the cookie changes nothing: it keeps no session alive.
#[tokio::test]
async fn a_check_keeps_no_session_alive() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = known(&world, &mut tess, WIKI).await;
    let who = world.person("customers", TESS).await.id;
    let seen = async || {
        let mut conn = world.services.store.read().await.expect("reads");
        let all = conn.sessions_of(&who, world.services.now()).await;
        all.expect("reads")[0].seen_at
    };
    let before = seen().await;
    world.advance(5 * 60);
    assert_eq!(visitor.check(&world, WIKI).await, 200);
    assert_eq!(seen().await, before);
}

/// Signing out at the application signs out at the portal, which asks first.
#[tokio::test]
async fn signing_out_at_the_application_leads_to_the_portal() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = known(&world, &mut tess, WIKI).await;
    let answer = visitor.open(&world, "/.rekey/sign-out").await;
    let to = path(answer.header("location"), "http://localhost:8080");
    assert_eq!(to, "/customers/oidc/logout?client_id=wiki");
    assert_eq!(visitor.check(&world, WIKI).await, 401);
    let page = tess.get(&to).await;
    assert!(
        page.body.contains("Wiki möchte Sie abmelden."),
        "{}",
        page.body
    );
}

/// An application with chains of its own asks for what is missing, and opens for nobody
/// who cannot give it.
#[tokio::test]
async fn an_application_behind_a_proxy_asks_for_what_is_missing() {
    let world = world().await;
    let host = "vault.example";
    let mut poor = world
        .signed_in("customers", TESS, &[FactorKind::Password])
        .await;
    let mut visitor = Visitor::default();
    let answer = visitor
        .ask(&world, &Ask::page("redirect", host, "/a"))
        .await;
    let start = path(answer.header("location"), "http://localhost:8080");
    let answer = poor.get(&start).await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let secrets = world.secrets(TESS).await;
    let app = world.app(secrets["totp_secret"].as_str().expect("a key"));
    poor.code("confirm", &app).await;
    let page = poor.get("/customers/oidc/resume").await;
    assert!(
        page.body
            .contains("0;url=https://vault.example/.rekey/arrive?code=")
    );
    // Emil has neither a passkey nor an app: the page says so, and the host is told
    // nothing.
    let proven = [FactorKind::Password, FactorKind::Email];
    let mut emil = world.signed_in("customers", EMIL, &proven).await;
    let answer = emil.get(&start).await;
    assert_eq!(answer.status.as_u16(), 403);
    assert!(
        answer.body.contains("verlangt einen Anmeldeweg"),
        "{}",
        answer.body
    );
    assert!(!answer.body.contains("vault.example"), "{}", answer.body);
    let mut max = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    known(&world, &mut max, host).await;
}

/// What the account opens elsewhere stays shut while it is frozen.
#[tokio::test]
async fn a_frozen_account_gets_no_ticket() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let who = world.person("customers", TESS).await;
    let mut visitor = Visitor::default();
    ticket(&world, &mut visitor, &mut tess, WIKI, "/a").await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    tx.person_freeze(&who.id, Some(now)).await.expect("freezes");
    tx.commit().await.expect("commits");
    let answer = visitor.open(&world, "/a").await;
    let start = path(answer.header("location"), "http://localhost:8080");
    let answer = tess.get(&start).await;
    assert_eq!(answer.status.as_u16(), 403);
    assert!(
        answer.body.contains("Ihr Konto ist eingefroren"),
        "{}",
        answer.body
    );
}
