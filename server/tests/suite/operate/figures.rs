//! Figures: counted where facts commit, shown to operators alone, and naming nobody.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::FactorKind;
use server::{admin_listener, jobs};
use std::sync::Arc;
use testkit::{Answer, EMIL, PASSWORD, TESS, World, options, send};
use tokio::sync::watch;

async fn figures(world: &World, path: &str, draining: bool) -> Answer {
    let (_, told) = watch::channel(draining);
    let router = admin_listener::router(Arc::clone(&world.services), told);
    let request = Request::get(path).body(Body::empty()).expect("a request");
    send(router, request).await
}

#[tokio::test]
async fn sign_ins_are_counted_once_each_and_name_nobody() {
    let world = World::demo().await;
    let mut tess = world.browser();
    assert!(
        tess.password(TESS, "wrong")
            .await
            .refuses("wrong_credentials")
    );
    assert!(tess.password(TESS, PASSWORD).await.asks_for("totp"));
    tess.code("sign_in", "000000").await;
    let key = world.secrets(TESS).await["totp_secret"]
        .as_str()
        .expect("a key")
        .to_owned();
    let code = world.app(&key);
    assert!(tess.code("sign_in", &code).await.lets_in());
    tess.get("/customers/overview").await;
    let mut emil = world.browser();
    assert!(emil.password(EMIL, PASSWORD).await.asks_for("email"));
    let answer = figures(&world, "/metrics", false).await;
    assert_eq!(answer.status, StatusCode::OK);
    let kind = answer.header("content-type");
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    for line in [
        r#"rekey_logins_total{result="done",method="password+totp"} 1"#,
        r#"rekey_logins_total{result="refused",method="password"} 1"#,
        r#"rekey_logins_total{result="refused",method="totp"} 1"#,
        r#"rekey_otp_sent_total{channel="mail",result="queued"} 1"#,
        r#"rekey_audit_entries_total{action="sign_in",outcome="done"} 1"#,
        "rekey_outbox_depth 1.0",
        r#"http_request_duration_seconds_count{place="overview",method="GET",status="2xx"} 1"#,
        r#"http_request_duration_seconds_count{place="sign-in/password",method="POST",status="2xx"} 3"#,
    ] {
        assert!(answer.body.contains(line), "{line}\n{}", answer.body);
    }
    let who = world.person("customers", TESS).await;
    for name in [TESS, "tess", who.id.as_str(), "192.0.2.1", "customers"] {
        assert!(!answer.body.contains(name), "{name}");
    }
    world.advance(90);
    let later = figures(&world, "/metrics", false).await;
    let oldest = later
        .body
        .lines()
        .find_map(|line| line.strip_prefix("rekey_oldest_outbox_seconds "));
    let oldest: f64 = oldest.expect("there").parse().expect("a number");
    assert!((90.0..150.0).contains(&oldest), "{oldest}");
}

#[tokio::test]
async fn a_lock_counts_and_what_never_happened_does_not() {
    let world = World::demo().await;
    let mut thief = world.browser();
    for _ in 0..10 {
        thief.password(TESS, "wrong").await;
        world.advance(61);
    }
    let body = figures(&world, "/metrics", false).await.body;
    let locked = r#"rekey_lockouts_total{method="password"} 1"#;
    assert!(body.contains(locked), "{body}");
    assert!(!body.contains("rekey_logins_total{result=\"done\""));
}

#[tokio::test]
async fn the_public_listener_shows_no_figures() {
    let world = World::demo().await;
    assert_eq!(
        world.browser().get("/metrics").await.status,
        StatusCode::NOT_FOUND
    );
    let mut admin = world
        .signed_in("workforce", "Q100001", &[FactorKind::Passkey])
        .await;
    assert_eq!(admin.get("/metrics").await.status, StatusCode::NOT_FOUND);
    for path in ["/", "/customers/sign-in", "/api/sign-in/password"] {
        let elsewhere = figures(&world, path, false).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn ready_says_no_while_the_node_drains_and_alive_says_yes() {
    let world = World::demo().await;
    for (path, draining, status) in [
        ("/readyz", false, StatusCode::OK),
        ("/readyz", true, StatusCode::SERVICE_UNAVAILABLE),
        ("/livez", true, StatusCode::OK),
    ] {
        let answer = figures(&world, path, draining).await;
        assert_eq!(answer.status, status, "{path}");
    }
}

#[test]
fn only_this_machine_reaches_it_unless_somebody_says_so() {
    let address = |more: &[&str]| admin_listener::address(&options(more));
    assert!(address(&[]).expect("none").is_none());
    let here = address(&["--admin-listen", "127.0.0.1:9090"]);
    assert!(here.expect("loopback").is_some());
    let away = ["--admin-listen", "0.0.0.0:9090"];
    let refused = address(&away).expect_err("other machines").to_string();
    assert!(refused.contains("--admin-anywhere"), "{refused}");
    let meant = [&away[..], &["--admin-anywhere"]].concat();
    assert!(address(&meant).expect("meant").is_some());
}

/// A node that stops lets go of the messages that it had claimed.
#[tokio::test]
async fn a_worker_that_stops_sends_no_more_and_holds_nothing() {
    let world = World::demo().await;
    let mut emil = world.browser();
    assert!(emil.password(EMIL, PASSWORD).await.asks_for("email"));
    let (_, stop) = watch::channel(true);
    let key = courier::push::VapidKey::from_secret(
        &world.services.vault.push_key(),
        "mailto:nobody@demo.example",
    );
    let carriers = jobs::Carriers {
        smtp: None,
        gateway: None,
        push: jobs::push_sender(&world.services, key.expect("a key")),
    };
    jobs::send_messages(Arc::clone(&world.services), carriers, stop).await;
    let letters = world.letters().await;
    assert_eq!(letters.len(), 1, "free for the next one at once");
    assert!(letters[0].code().is_some());
}
