//! Signing out, from here and from there.

use crate::oidc::client::{
    code, json, jwks, post_own, program, redirect, tess, token, tokens, userinfo, verified, world,
    world_with,
};
use std::io::{Read, Write};
use testkit::form;

fn logout(fields: &[(&str, &str)]) -> String {
    format!("/customers/oidc/logout?{}", form(fields))
}

#[tokio::test]
async fn oidcc_rp_initiated_logout() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let given = tokens(&world, &mut tess, "openid").await;
    let hint = given["id_token"].as_str().expect("a token");
    let bye = "https://portal.example/bye";
    let asked = [
        ("id_token_hint", hint),
        ("post_logout_redirect_uri", bye),
        ("state", "s&t"),
    ];
    let answer = tess.get(&logout(&asked)).await;
    let (to, carried) = redirect(&answer);
    assert_eq!((to.as_str(), carried["state"].as_str()), (bye, "s&t"));
    assert_eq!(tess.get("/customers/overview").await.status.as_u16(), 303);
    assert_eq!(userinfo(&world, &given).await.status.as_u16(), 401);
    // Again: nothing to end, and they still come back.
    let (to, _) = redirect(&tess.get(&logout(&asked)).await);
    assert_eq!(to, bye);
    // A post of the application comes back as a GET, because no cookie came with it.
    let answer = program(&world, "POST", "/customers/oidc/logout", &[], Some(&asked)).await;
    assert_eq!(answer.header("location"), logout(&asked));
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_no_redirect_and_bad_redirect() {
    for bad in [
        "",
        "https://portal.example/bye/",
        "https://portal.example/callback",
        "https://evil.example/",
    ] {
        let world = world().await;
        let mut tess = tess(&world).await;
        let given = tokens(&world, &mut tess, "openid").await;
        let hint = given["id_token"].as_str().expect("a token");
        let asked = [("id_token_hint", hint), ("post_logout_redirect_uri", bad)];
        let answer = tess.get(&logout(&asked)).await;
        assert!(
            answer
                .header("location")
                .starts_with("/customers/sign-in?news=")
        );
    }
}

/// Without a token of just this session the person is asked: anybody can link here.
#[tokio::test]
async fn oidcc_rp_initiated_logout_without_a_good_hint_asks() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let given = tokens(&world, &mut tess, "openid").await;
    let mut other = crate::oidc::client::tess(&world).await;
    let foreign = tokens(&world, &mut other, "openid").await;
    let foreign = foreign["id_token"].as_str().expect("a token");
    let bye = ("post_logout_redirect_uri", "https://portal.example/bye");
    for asked in [
        vec![],
        vec![("client_id", "portal"), bye],
        vec![("id_token_hint", foreign), bye],
        vec![("id_token_hint", "x.y.z"), ("client_id", "portal"), bye],
    ] {
        let page = tess.get(&logout(&asked)).await;
        assert_eq!(page.status.as_u16(), 200, "{asked:?}");
        assert!(page.body.contains("action=\"/customers/oidc/end\""));
        assert_eq!(userinfo(&world, &given).await.status.as_u16(), 200);
    }
    let fields = [("client_id", "portal"), bye];
    let evil = post_own(&tess, "end", &fields, "cross-site").await;
    assert_eq!(evil.status.as_u16(), 403);
    assert_eq!(userinfo(&world, &given).await.status.as_u16(), 200);
    // After the post a page of ours moves on.
    let page = post_own(&tess, "end", &fields, "same-origin").await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.body.contains("0;url=https://portal.example/bye"));
    assert_eq!(userinfo(&world, &given).await.status.as_u16(), 401);
}

/// One request of an application's server, and what it says to it.
fn hears(listener: &std::net::TcpListener, status: &str) -> String {
    let (mut stream, _) = listener.accept().expect("called");
    let mut text = Vec::new();
    let mut part = [0; 4096];
    loop {
        let n = stream.read(&mut part).expect("reads");
        text.extend(&part[..n]);
        let seen = String::from_utf8_lossy(&text);
        if let Some((head, body)) = seen.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|l| {
                    l.to_ascii_lowercase()
                        .strip_prefix("content-length: ")
                        .map(str::to_owned)
                })
                .and_then(|l| l.parse::<usize>().ok())
                .expect("a length");
            if body.len() >= length {
                break;
            }
        }
    }
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).expect("answers");
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn oidcc_backchannel_logout() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let line = format!("backchannel_logout_uri = \"http://127.0.0.1:{port}/logout\"\n");
    let world = world_with(&line).await;
    let mut tess = tess(&world).await;
    let given = tokens(&world, &mut tess, "openid").await;
    let keys = jwks(&world).await;
    let (_, id) = verified(&keys, given["id_token"].as_str().expect("a token"));
    let caller = courier::backchannel::Caller::new();
    let tell = async || {
        server::jobs::tell_applications(&world.services, &caller, || false)
            .await
            .expect("tells")
    };
    assert_eq!(tell().await, 0, "nobody signed out");
    tess.post("sign-out", &[("realm", "customers")]).await;
    // It fails once, and is told again.
    let listener = std::sync::Arc::new(listener);
    let busy = std::sync::Arc::clone(&listener);
    let heard = tokio::task::spawn_blocking(move || hears(&busy, "503 Busy"));
    assert_eq!(tell().await, 1);
    heard.await.expect("heard");
    assert_eq!(tell().await, 0, "not at once");
    world.advance(600);
    let good = std::sync::Arc::clone(&listener);
    let heard = tokio::task::spawn_blocking(move || hears(&good, "200 OK"));
    assert_eq!(tell().await, 1);
    let heard = heard.await.expect("heard");
    assert!(heard.starts_with("POST /logout HTTP/1.1\r\n"), "{heard}");
    assert!(
        heard
            .to_ascii_lowercase()
            .contains("content-type: application/x-www-form-urlencoded")
    );
    let token_ = heard.split("logout_token=").nth(1).expect("a token");
    let (head, claims) = verified(&keys, token_);
    assert_eq!(head["typ"], "logout+jwt");
    assert_eq!(claims["aud"], "portal");
    assert_eq!(claims["sid"], id["sid"]);
    assert_eq!(claims["sub"], id["sub"]);
    assert_eq!(claims["iss"], id["iss"]);
    assert!(claims.get("nonce").is_none(), "forbidden (2.4)");
    let event = "http://schemas.openid.net/event/backchannel-logout";
    assert!(claims["events"][event].is_object());
    assert!(claims["jti"].is_string() && claims["exp"].is_i64());
    world.advance(6000);
    assert_eq!(tell().await, 0, "told once");
}

/// A logout token is no hint: it says that a session ended, not who somebody is.
#[tokio::test]
async fn an_application_that_wants_to_hear_nothing_is_done_with() {
    let world = world().await;
    let mut tess = tess(&world).await;
    let code = code(&mut tess, &[]).await;
    let _ = json(&token(&world, &[("code", &code)]).await);
    tess.post("sign-out", &[("realm", "customers")]).await;
    let caller = courier::backchannel::Caller::new();
    let tell = async || server::jobs::tell_applications(&world.services, &caller, || false).await;
    assert_eq!(tell().await.expect("tells"), 1);
    world.advance(600);
    assert_eq!(tell().await.expect("tells"), 0);
}
