//! A ticket works once, at the host that it is for, in the browser that asked for it.

use crate::forward_auth::proxy::{Ask, PROXY, Visitor, WIKI, path, refusals, tess, ticket, world};
use domain::audit::Action;
use testkit::World;

/// A second use is refused, and takes back what the first one gave.
#[tokio::test]
async fn a_replayed_ticket_ends_what_it_gave() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = Visitor::default();
    let arrival = ticket(&world, &mut visitor, &mut tess, WIKI, "/a").await;
    let secret = visitor.cookies["__Host-rekey-start"].clone();
    visitor.open(&world, &arrival).await;
    assert_eq!(visitor.check(&world, WIKI).await, 200);
    assert!(!visitor.cookies.contains_key("__Host-rekey-start"));
    let mut thief = Visitor::default();
    thief
        .cookies
        .insert("__Host-rekey-start".to_owned(), secret);
    let answer = thief.open(&world, &arrival).await;
    let stopped = "http://localhost:8080/customers/forward-auth/stopped?app=wiki";
    assert_eq!(answer.header("location"), stopped);
    assert!(!thief.cookies.contains_key("__Host-rekey"));
    assert_eq!(visitor.check(&world, WIKI).await, 401);
    assert_eq!(
        refusals(&world, Action::TokenReplayed).await,
        ["wiki ticket"]
    );
    let page = world
        .browser()
        .get(&path(stopped, "http://localhost:8080"))
        .await;
    assert_eq!(page.status.as_u16(), 400);
    assert!(
        page.body.contains("href=\"https://wiki.example/start\""),
        "{}",
        page.body
    );
}

/// Somebody else's ticket signs nobody in as somebody else (login CSRF), and one's own
/// does not work elsewhere.
#[tokio::test]
async fn a_ticket_is_for_one_browser_and_one_host() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = Visitor::default();
    let arrival = ticket(&world, &mut visitor, &mut tess, WIKI, "/a").await;
    let mut victim = Visitor::default();
    let refused = async |world: &World, visitor: &mut Visitor, host: &str| {
        let ask = Ask::page("redirect", host, &arrival);
        let answer = visitor.ask(world, &ask).await;
        assert!(answer.header("location").contains("/stopped"), "{host}");
        assert!(!visitor.cookies.contains_key("__Host-rekey"), "{host}");
    };
    // A browser without a secret, and one with another.
    refused(&world, &mut victim, WIKI).await;
    victim.open(&world, "/b").await;
    refused(&world, &mut victim, WIKI).await;
    let mut elsewhere = visitor.clone();
    refused(&world, &mut elsewhere, "files.example").await;
    let told = refusals(&world, Action::ApplicationRefused).await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("wiki: a ticket without what belongs to it"));
    assert!(told[1].contains("wiki: a ticket that was given to another"));
    // None of that used it up.
    let answer = visitor.open(&world, &arrival).await;
    assert_eq!(answer.header("location"), "https://wiki.example/a");
}

#[tokio::test]
async fn a_ticket_works_for_a_minute() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = Visitor::default();
    let arrival = ticket(&world, &mut visitor, &mut tess, WIKI, "/a").await;
    world.advance(61);
    let answer = visitor.open(&world, &arrival).await;
    assert!(answer.header("location").contains("/stopped"));
    assert_eq!(visitor.check(&world, WIKI).await, 401);
}

/// The cookie of one application is none at another, and no token of OpenID Connect.
#[tokio::test]
async fn a_cookie_opens_its_own_application_and_nothing_else() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = crate::forward_auth::proxy::known(&world, &mut tess, WIKI).await;
    assert_eq!(visitor.check(&world, "files.example").await, 401);
    let token = visitor.cookies["__Host-rekey"].clone();
    let mut browser = world.browser();
    browser.headers.push((
        "authorization",
        format!("Bearer {token}").parse().expect("a value"),
    ));
    let answer = browser.get("/customers/oidc/userinfo").await;
    assert_eq!(answer.status.as_u16(), 401);
    // Nor does a session of the portal say anything at an application.
    let mut mixed = Visitor::default();
    mixed.cookies.extend(tess.cookies.clone());
    assert_eq!(mixed.check(&world, WIKI).await, 401);
}

/// The way back leads to the host of the application, whatever stands in the address.
#[tokio::test]
async fn nobody_is_led_away() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    for (app, to) in [
        ("wiki", "https://evil.example/"),
        ("wiki", "//evil.example/"),
        ("wiki", "/\\evil.example"),
        ("wiki", "/a\r\nx: y"),
        ("wiki", "/.rekey/arrive"),
        ("wiki", ""),
        ("nobody", "/"),
        ("", "/"),
    ] {
        let fields = [("app", app), ("to", to), ("challenge", challenge)];
        let address = format!("/customers/forward-auth/start?{}", testkit::form(&fields));
        let answer = tess.get(&address).await;
        assert_eq!(answer.status.as_u16(), 400, "{app} {to}");
        assert_eq!(answer.header("location"), "", "{app} {to}");
    }
    let fields = [("app", "wiki"), ("to", "/"), ("challenge", "short")];
    let address = format!("/customers/forward-auth/start?{}", testkit::form(&fields));
    assert_eq!(tess.get(&address).await.status.as_u16(), 400);
    // The address with the ticket, its way back changed on the way.
    let mut visitor = Visitor::default();
    let arrival = ticket(&world, &mut visitor, &mut tess, WIKI, "/a").await;
    for evil in [
        "%2F%2Fevil.example",
        "https%3A%2F%2Fevil.example",
        "%2F%5Cevil.example",
    ] {
        let changed = arrival.replace("state=%2Fa", &format!("state={evil}"));
        assert_ne!(changed, arrival);
        let answer = visitor.open(&world, &changed).await;
        assert!(answer.header("location").contains("/stopped"), "{evil}");
    }
}

/// A proxied application is no client of OpenID Connect.
#[tokio::test]
async fn a_proxied_application_speaks_no_protocol() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let fields = [
        ("client_id", "wiki"),
        ("redirect_uri", "https://wiki.example/.rekey/arrive"),
        ("response_type", "code"),
        ("scope", "openid"),
        (
            "code_challenge",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        ),
        ("code_challenge_method", "S256"),
    ];
    let address = format!("/customers/oidc/authorize?{}", testkit::form(&fields));
    assert_eq!(tess.get(&address).await.status.as_u16(), 400);
    let mut visitor = Visitor::default();
    let arrival = ticket(&world, &mut visitor, &mut tess, WIKI, "/a").await;
    let code = arrival
        .split("code=")
        .nth(1)
        .and_then(|c| c.split('&').next());
    let secret = visitor.cookies["__Host-rekey-start"].clone();
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", "wiki"),
        ("code", code.expect("a ticket")),
        ("code_verifier", &secret),
        ("redirect_uri", "https://wiki.example/.rekey/arrive"),
    ];
    let mut request = tess.request("x", testkit::form(&fields));
    *request.uri_mut() = "/customers/oidc/token".parse().expect("a path");
    let answer = testkit::send(world.router.clone(), request).await;
    assert!(answer.body.contains("invalid_client"), "{}", answer.body);
    assert_ne!(PROXY, tess.address);
}
