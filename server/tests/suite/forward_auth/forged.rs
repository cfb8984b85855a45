//! What clients send in the place of proxies: refused, and written down.

use crate::forward_auth::proxy::{Ask, PROXY, Visitor, WIKI, known, refusals, tess, world};
use domain::audit::Action;
use std::net::IpAddr;
use testkit::World;

async fn status(world: &World, visitor: &mut Visitor, ask: &Ask) -> u16 {
    let answer = visitor.ask(world, ask).await;
    for name in ["remote-user", "remote-id", "remote-name", "remote-email"] {
        let told = answer.headers.contains_key(name);
        assert_eq!(told, answer.status.as_u16() == 200, "{name} {ask:?}");
    }
    answer.status.as_u16()
}

/// Who is no proxy of ours hears nothing, not even about themselves.
#[tokio::test]
async fn only_proxies_ask() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = known(&world, &mut tess, WIKI).await;
    for endpoint in ["check", "redirect"] {
        let mut ask = Ask::page(endpoint, WIKI, "/a");
        ask.peer = IpAddr::from([203, 0, 113, 5]);
        assert_eq!(status(&world, &mut visitor, &ask).await, 403);
        // Nor by saying that a proxy handed it on.
        for (name, value) in [
            ("x-forwarded-for", PROXY.to_string()),
            ("forwarded", format!("for={PROXY}")),
            ("x-real-ip", PROXY.to_string()),
        ] {
            let ask = ask.clone().with(name, &value);
            assert_eq!(status(&world, &mut visitor, &ask).await, 403, "{name}");
        }
    }
    let told = refusals(&world, Action::ApplicationRefused).await;
    // All eight are counted, and the first of them is written down.
    assert_eq!(told, ["forward-auth asked by no proxy of ours"]);
    let counted = "refused:customers:forward-auth asked by no proxy of ours";
    let now = world.services.now();
    let mut tx = world.services.store.begin().await.expect("begins");
    let next = tx.ration_take(counted, 1, 99, 3600, now).await;
    assert_eq!(next.expect("asks"), Some(9));
}

/// Identity that a client claims is nobody's: known by the cookie alone.
#[tokio::test]
async fn claimed_identity_counts_for_nothing() {
    let world = world().await;
    let claim = |ask: Ask| {
        ask.with("remote-user", "max.multi@customers.example")
            .with("remote-id", "1")
            .with("x-forwarded-user", "max")
            .with("authorization", "Basic bWF4Om1heA==")
    };
    let mut stranger = Visitor::default();
    let ask = claim(Ask::page("check", WIKI, "/a"));
    assert_eq!(status(&world, &mut stranger, &ask).await, 401);
    for cookie in ["", "x", "token-1", "../../etc", "%00"] {
        stranger
            .cookies
            .insert("__Host-rekey".to_owned(), cookie.to_owned());
        assert_eq!(status(&world, &mut stranger, &ask).await, 401, "{cookie}");
    }
    let mut tess = tess(&world).await;
    let mut visitor = known(&world, &mut tess, WIKI).await;
    let answer = visitor.ask(&world, &ask).await;
    assert_eq!(answer.header("remote-user"), testkit::TESS);
    assert_eq!(answer.headers.get_all("remote-user").iter().count(), 1);
}

/// A host that is not registered is refused, however it is spelled, and so is what
/// stands there twice or not at all.
#[tokio::test]
async fn a_host_that_is_not_registered_is_refused() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let mut visitor = known(&world, &mut tess, WIKI).await;
    for host in [
        "evil.example",
        "wiki.example.evil.example",
        "wiki.example:8443",
        "wiki.example@evil.example",
        "Wiki.example",
        "wiki.example.",
        "",
        "wiki.example, evil.example",
        "localhost:8080",
    ] {
        for endpoint in ["check", "redirect"] {
            let ask = Ask::page(endpoint, host, "/a");
            assert_eq!(status(&world, &mut visitor, &ask).await, 403, "{host}");
        }
    }
    let mut ask = Ask::page("check", WIKI, "/a");
    ask.scheme = "http";
    assert_eq!(status(&world, &mut visitor, &ask).await, 403);
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-host", WIKI),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-uri", "/b"),
        ("x-forwarded-method", "GET"),
    ] {
        let ask = Ask::page("check", WIKI, "/a").with(name, value);
        assert_eq!(
            status(&world, &mut visitor, &ask).await,
            403,
            "{name} twice"
        );
    }
    // Names that other proxies use are not read.
    for name in ["x-original-url", "x-original-uri", "x-rewrite-url"] {
        let ask = Ask::page("check", WIKI, "/a").with(name, "https://evil.example/");
        assert_eq!(status(&world, &mut visitor, &ask).await, 200, "{name}");
    }
    let told = refusals(&world, Action::ApplicationRefused).await;
    let of = |why: &str| told.iter().filter(|t| t.contains(why)).count();
    // All are counted; a flood is a few lines.
    assert_eq!(of("not registered"), 2, "{told:?}");
    assert!(of("10 in an hour") >= 1 && of("nothing that can be read") >= 1);
}

/// What somebody asked for goes into one address, and into nothing else: no header ends
/// in it, and no host comes out of it.
#[tokio::test]
async fn what_was_asked_for_leads_nowhere_else() {
    let world = world().await;
    for uri in [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "*",
        "",
    ] {
        let mut visitor = Visitor::default();
        let answer = visitor.ask(&world, &Ask::page("redirect", WIKI, uri)).await;
        let to = answer.header("location");
        let front = "http://localhost:8080/customers/forward-auth/start?app=wiki&to=%2F&challenge=";
        assert!(to.starts_with(front), "{uri}: {to}");
    }
    let long = format!("/{}", "a".repeat(4000));
    let mut visitor = Visitor::default();
    let answer = visitor
        .ask(&world, &Ask::page("redirect", WIKI, &long))
        .await;
    assert!(answer.header("location").contains("&to=%2F&"));
}

/// A realm without applications has nothing to ask for, nor has one that is none.
#[tokio::test]
async fn only_realms_with_applications_answer() {
    let world = world().await;
    let mut browser = world.browser();
    browser.address = PROXY;
    for (name, value) in [
        ("x-forwarded-method", "GET"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", WIKI),
        ("x-forwarded-uri", "/a"),
    ] {
        browser
            .headers
            .push((name, value.parse().expect("a value")));
    }
    for realm in ["dealers", "nobody", "%00"] {
        for endpoint in ["check", "redirect", "start", "stopped", "other"] {
            let answer = browser
                .get(&format!("/{realm}/forward-auth/{endpoint}"))
                .await;
            assert_eq!(answer.status.as_u16(), 404, "{realm} {endpoint}");
        }
    }
}

/// Whoever asks like a proxy and is none is slowed down like anybody who posts.
#[tokio::test]
async fn pretenders_are_limited() {
    let world = World::empty(&[]).await;
    let mut last = 0;
    for _ in 0..300 {
        let mut ask = Ask::page("check", WIKI, "/a");
        ask.peer = IpAddr::from([203, 0, 113, 5]);
        last = Visitor::default().ask(&world, &ask).await.status.as_u16();
    }
    assert_eq!(last, 429);
}

/// A proxy of ours hands on whatever anybody asks it for: what is refused of that makes
/// rows, so it has a limit as well, and what is let through has none.
#[tokio::test]
async fn what_is_refused_through_a_proxy_is_limited() {
    let world = World::empty_behind(&[PROXY]).await;
    let mut all = Vec::new();
    for _ in 0..80 {
        let ask = Ask::page("check", WIKI, "/a");
        all.push(Visitor::default().ask(&world, &ask).await.status.as_u16());
    }
    assert_eq!(all.first(), Some(&403));
    assert_eq!(all.last(), Some(&429));
}
