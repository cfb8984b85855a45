//! A proxy, as nginx, Caddy or Traefik ask, and a browser that opens pages behind it.

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, header},
};
use domain::{FactorKind, audit::Action};
use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
};
use testkit::{Answer, Browser, TESS, World, send};

pub const PROXY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 99));
pub const WIKI: &str = "wiki.example";

/// A portal with two applications behind a proxy, one of which asks for more.
pub async fn world() -> World {
    let apps = r#"
[[applications]]
id = "wiki"
name = { en = "Wiki", de = "Wiki" }
url = "https://wiki.example/start"
client = "proxied"

[[applications]]
id = "files"
name = { en = "Files", de = "Dateien" }
url = "https://files.example/"
client = "proxied"
scopes = ["openid"]

[[applications]]
id = "vault"
name = { en = "Vault", de = "Tresor" }
url = "https://vault.example/"
client = "proxied"
chains = [{ factors = ["passkey"], acr = "phr" }, { factors = ["password", "totp"], acr = "mfa" }]

[look]"#;
    World::demo_where_behind("customers", "[look]", apps, &[PROXY]).await
}

/// Tess, signed in at the portal with password and code.
pub async fn tess(world: &World) -> Browser {
    let proven = [FactorKind::Password, FactorKind::Totp];
    world.signed_in("customers", TESS, &proven).await
}

/// How a request reaches the portal.
#[derive(Clone, Debug)]
pub struct Ask {
    pub endpoint: &'static str,
    pub peer: IpAddr,
    pub method: &'static str,
    pub scheme: &'static str,
    pub host: String,
    pub uri: String,
    /// More headers, in the order in which they come.
    pub more: Vec<(&'static str, String)>,
}

impl Ask {
    /// Somebody opens a page, and its proxy asks.
    pub fn page(endpoint: &'static str, host: &str, uri: &str) -> Self {
        Self {
            endpoint,
            peer: PROXY,
            method: "GET",
            scheme: "https",
            host: host.to_owned(),
            uri: uri.to_owned(),
            more: Vec::new(),
        }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.more.push((name, value.to_owned()));
        self
    }
}

/// A browser's cookies on the host of one application, sent by its proxy.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    pub cookies: BTreeMap<String, String>,
}

impl Visitor {
    pub async fn ask(&mut self, world: &World, ask: &Ask) -> Answer {
        let mut request = Request::get(format!("/customers/forward-auth/{}", ask.endpoint))
            .header(header::HOST, "localhost:8080")
            .header("x-forwarded-for", "198.51.100.7")
            .header("x-forwarded-method", ask.method)
            .header("x-forwarded-proto", ask.scheme)
            .header("x-forwarded-host", &ask.host)
            .header("x-forwarded-uri", &ask.uri)
            .extension(ConnectInfo(SocketAddr::new(ask.peer, 40_000)));
        for (name, value) in &ask.more {
            request = request.header(*name, value);
        }
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let request = request.body(Body::empty()).expect("a request");
        let answer = send(world.router.clone(), request).await;
        for (name, value) in answer.cookies() {
            if value.is_empty() {
                self.cookies.remove(&name);
            } else {
                self.cookies.insert(name, value);
            }
        }
        answer
    }

    /// Opens a page of the wiki, at the endpoint that leads on.
    pub async fn open(&mut self, world: &World, uri: &str) -> Answer {
        self.ask(world, &Ask::page("redirect", WIKI, uri)).await
    }

    /// Asks as nginx does.
    pub async fn check(&mut self, world: &World, host: &str) -> u16 {
        self.ask(world, &Ask::page("check", host, "/a"))
            .await
            .status
            .as_u16()
    }
}

/// The part of an address after the host.
pub fn path(address: &str, origin: &str) -> String {
    let path = address.strip_prefix(origin);
    path.unwrap_or_else(|| panic!("{address} is not at {origin}"))
        .to_owned()
}

/// From a page of an application by the portal, where somebody is signed in, to the
/// address with the ticket.
pub async fn ticket(
    world: &World,
    visitor: &mut Visitor,
    browser: &mut Browser,
    host: &str,
    uri: &str,
) -> String {
    let answer = visitor.ask(world, &Ask::page("redirect", host, uri)).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    let start = path(answer.header("location"), "http://localhost:8080");
    let answer = browser.get(&start).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    path(answer.header("location"), &format!("https://{host}"))
}

/// A visitor whom the application knows.
pub async fn known(world: &World, browser: &mut Browser, host: &str) -> Visitor {
    let mut visitor = Visitor::default();
    let arrival = ticket(world, &mut visitor, browser, host, "/a?b=c").await;
    let answer = visitor
        .ask(world, &Ask::page("redirect", host, &arrival))
        .await;
    assert_eq!(answer.header("location"), format!("https://{host}/a?b=c"));
    assert_eq!(visitor.check(world, host).await, 200);
    visitor
}

/// The details of the refusals that stand in the trail.
pub async fn refusals(world: &World, action: Action) -> Vec<String> {
    let mut conn = world.services.store.read().await.expect("reads");
    let all = conn.audit_from(0, 1000).await.expect("reads");
    let unsealed = conn.audit_unsealed(1000).await.expect("reads");
    let of = all.into_iter().chain(unsealed);
    of.filter(|e| e.action == action.slug())
        .map(|e| e.detail)
        .collect()
}
