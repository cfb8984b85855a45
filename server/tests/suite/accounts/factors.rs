//! How many factors, under which names, and what is told of the last good one.

use super::{STAFF, choose, enroll_app, factors, shown};
use domain::{FactorKind, factor::MOST_OF_A_KIND};
use serde_json::Value;
use testkit::{Browser, MAX, TESS, World};

const PROVEN: &[FactorKind] = &[FactorKind::Password, FactorKind::Totp];

async fn add(world: &World, browser: &mut Browser, name: &str) -> testkit::Answer {
    let answer = choose(browser, "customers", "totp").await;
    let key = shown(&answer, "enroll_totp", "key");
    if key.is_empty() {
        return answer;
    }
    enroll_app(world, browser, "customers", &key, name).await
}

#[tokio::test]
async fn ten_of_a_kind_are_enough() {
    let world = World::demo().await;
    let mut tess = world.signed_in("customers", TESS, PROVEN).await;
    let id = world.person("customers", TESS).await.id;
    for n in 2..=MOST_OF_A_KIND {
        let answer = add(&world, &mut tess, &format!("app {n}")).await;
        assert!(answer.tells("factor_added"), "{n}: {}", answer.body);
    }
    let answer = add(&world, &mut tess, "one too many").await;
    assert!(answer.refuses("enough_factors"), "{}", answer.body);
    let apps = factors(&world, &id).await;
    let apps = apps.iter().filter(|f| f.kind == FactorKind::Totp);
    assert_eq!(apps.count(), MOST_OF_A_KIND);
}

#[tokio::test]
async fn a_name_that_is_taken_is_refused_at_its_field() {
    let world = World::demo().await;
    let mut tess = world.signed_in("customers", TESS, PROVEN).await;
    let answer = add(&world, &mut tess, "Phone").await;
    assert!(answer.tells("factor_added"), "{}", answer.body);
    let answer = add(&world, &mut tess, "Phone").await;
    assert!(answer.refuses_at("name", "name_taken"), "{}", answer.body);
    // What was begun goes on under another name.
    let key = shown(&answer, "enroll_totp", "key");
    let answer = enroll_app(&world, &mut tess, "customers", &key, "Phone 2").await;
    assert!(answer.tells("factor_added"), "{}", answer.body);
}

#[tokio::test]
async fn who_removes_the_last_passkey_is_told_what_it_was_good_for() {
    let world = World::demo().await;
    for (realm, login, proven) in [
        ("customers", MAX, &[FactorKind::Passkey][..]),
        ("workforce", super::JONAS, STAFF),
    ] {
        let mut browser = world.signed_in(realm, login, proven).await;
        let page = browser.page(&format!("/{realm}/overview")).await;
        let page: Value = serde_json::from_str(&page.body).expect("JSON");
        let shown = page["show"]["screen"]["overview"]["factors"]
            .as_array()
            .expect("factors")
            .clone();
        for one in shown {
            assert_eq!(one["guards"], one["kind"] == "passkey", "{one}");
        }
    }
}
