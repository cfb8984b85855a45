//! The page of a realm's policy: who reads it, and what it says.

use axum::http::StatusCode;
use domain::{FactorKind, role::Role};
use serde_json::Value;
use testkit::{Browser, World};

const PAGE: &str = "/admin/dealers/policy";

async fn reader(world: &World, role: Role) -> Browser {
    let login = format!("Q9-{}", role.slug());
    world.staff(&login, role, "dealers").await;
    world
        .signed_in("workforce", &login, &[FactorKind::Passkey])
        .await
}

/// Name, value and line of a setting on the page.
fn setting(page: &str, section: &str, name: &str) -> (String, Option<u64>) {
    let json: Value = serde_json::from_str(page).expect("JSON");
    let sections = json["show"]["screen"]["admin_policy"]["sections"].as_array();
    let section = sections
        .expect("a policy")
        .iter()
        .find(|s| s["title"] == section)
        .expect("the section");
    let value = section["values"]
        .as_array()
        .expect("values")
        .iter()
        .find(|v| v["name"] == name)
        .expect("the setting");
    (
        value["value"].as_str().expect("a text").to_owned(),
        value["line"].as_u64(),
    )
}

#[tokio::test]
async fn a_policy_administrator_reads_the_policy_of_the_realm_and_nothing_else() {
    let world = World::demo().await;
    let mut reader = reader(&world, Role::PolicyAdministrator).await;
    assert_eq!(reader.get(PAGE).await.status, StatusCode::OK);
    let home = reader.get("/admin").await;
    assert!(home.body.contains(PAGE));
    assert!(!home.body.contains("/admin/dealers/people"));
    assert!(!home.body.contains("/admin/dealers/audit"));
    for closed in [
        "/admin/customers/policy",
        "/admin/dealers/audit",
        "/admin/dealers/transfers",
        "/admin/dealers/people",
        "/admin/dealers/transfers/t/file",
    ] {
        let answer = reader.get(closed).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{closed}");
    }
    // No user actions either.
    let fields = [("realm", "dealers"), ("id", "p"), ("change", "disabled")];
    let posted = reader.post("admin/person", &fields).await;
    assert_eq!(posted.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn others_with_a_role_do_not_read_it() {
    let world = World::demo().await;
    for role in [Role::Auditor, Role::Agent, Role::Reviewer, Role::Lead] {
        let mut other = reader(&world, role).await;
        let answer = other.get(PAGE).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let mut ada = world
        .signed_in("workforce", "Q100001", &[FactorKind::Passkey])
        .await;
    assert_eq!(ada.get(PAGE).await.status, StatusCode::OK);
}

#[tokio::test]
async fn it_says_every_value_and_where_it_comes_from() {
    let world = World::demo().await;
    let text = include_str!("../../policies/dealers.toml");
    let line = |part: &str| {
        let at = text.find(part).expect("stands in the file");
        Some(text[..at].matches('\n').count() as u64 + 1)
    };
    let mut reader = reader(&world, Role::PolicyAdministrator).await;
    let page = reader.page(PAGE).await.body;
    assert_eq!(
        setting(&page, "Passwords", "At least"),
        ("8 characters".to_owned(), line("min_length"))
    );
    assert_eq!(
        setting(&page, "Passwords", "At most"),
        ("256 characters".to_owned(), None)
    );
    assert_eq!(
        setting(&page, "Codes by e-mail", "Valid for"),
        ("15 minutes".to_owned(), line("minutes = 15"))
    );
    assert_eq!(
        setting(&page, "Invitations", "The link works for"),
        ("nobody is invited".to_owned(), None)
    );
    let html = reader.get(PAGE).await.body;
    assert!(html.contains("preset default") && html.contains("policy file, line"));
    assert!(html.contains("mailbox has the whole account"));
    assert!(html.contains("Dealers hold nothing but a work mailbox"));

    reader.cookies.insert("lang".to_owned(), "de".to_owned());
    let html = reader.get(PAGE).await.body;
    assert!(html.contains("Hingenommene Risiken") && html.contains("hat das ganze Konto"));
    assert!(html.contains("Der Handel hat nichts als ein dienstliches Postfach"));
    assert!(html.contains("Regeldatei, Zeile") && html.contains("Voreinstellung"));
    for english in [
        "policy file, line",
        "preset default",
        "At least",
        "Accepted risks",
    ] {
        assert!(!html.contains(english), "{english}");
    }
}
