//! Sessions: on every node, and for how long.

use super::recovery::{at_recovery, recovery_code};
use axum::http::StatusCode;
use domain::FactorKind;
use testkit::{MAX, TESS, World, form};
use tokio::task::JoinSet;

/// What is used up at one node is used up at the other, and what is ended there
/// is ended here, at once.
#[tokio::test]
async fn xf01_xj07_two_nodes_agree() {
    let one = World::demo().await;
    let two = one.twin().await;
    let code = recovery_code(&one.secrets(TESS).await, 0);
    let mut tasks = JoinSet::new();
    for n in 0..6 {
        let node = if n % 2 == 0 { &one } else { &two };
        let browser = at_recovery(node.browser()).await;
        let fields = [
            ("realm", "customers"),
            ("purpose", "sign_in"),
            ("code", code.as_str()),
        ];
        let request = browser.request("prove/code", form(&fields));
        let router = node.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|a| a.lets_in()).count(), 1);

    let place = "/customers/overview";
    let proven = [FactorKind::Password, FactorKind::Totp];
    let tess = one.signed_in("customers", TESS, &proven).await;
    assert_eq!(tess.at(&one).page(place).await.status, StatusCode::OK);
    assert_eq!(tess.at(&two).page(place).await.status, StatusCode::OK);
    tess.at(&one)
        .post("sign-out", &[("realm", "customers")])
        .await;
    for node in [&one, &two] {
        let answer = tess.at(node).page(place).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }

    let max = one.signed_in("customers", MAX, &proven).await;
    let id = one.person("customers", MAX).await.id;
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut ada = two.signed_in("workforce", "Q100001", &staff).await;
    let fields = [
        ("realm", "customers"),
        ("id", id.as_str()),
        ("change", "disabled"),
    ];
    let answer = ada.post("admin/person", &fields).await;
    assert!(answer.status.is_success(), "{}", answer.body);
    for node in [&one, &two] {
        let answer = max.at(node).page(place).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
}

/// Fifteen minutes without a call, eight hours with any number of them.
#[tokio::test]
async fn xj08_a_session_ends_by_idling_and_by_age() {
    let world = World::demo().await;
    let tess = world.secrets(TESS).await;
    let place = "/customers/profile";
    let mut browser = at_recovery(world.browser()).await;
    let code = recovery_code(&tess, 0);
    assert!(browser.code("sign_in", &code).await.lets_in());
    for n in 1..48 {
        world.advance(10 * 60);
        let answer = browser.page(place).await;
        assert_eq!(answer.status, StatusCode::OK, "after {n}0 minutes");
    }
    world.advance(10 * 60);
    let answer = browser.page(place).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "after eight hours");

    let mut browser = at_recovery(world.browser()).await;
    let code = recovery_code(&tess, 1);
    assert!(browser.code("sign_in", &code).await.lets_in());
    world.advance(15 * 60 + 1);
    let answer = browser.page(place).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "idle");
}
