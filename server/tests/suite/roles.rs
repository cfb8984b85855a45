//! Roles given and taken by administrators of a realm, and by nobody else.

use axum::http::StatusCode;
use domain::{
    FactorKind,
    message::{Message, Notice},
    role::Role,
};
use testkit::{Answer, Browser, World};

const PAGE: &str = "/admin/dealers/roles";

async fn staff(world: &World, login: &str, role: Role, realm: &str) -> Browser {
    world.staff(login, role, realm).await;
    world
        .signed_in("workforce", login, &[FactorKind::Passkey])
        .await
}

async fn give(browser: &mut Browser, realm: &str, login: &str, role: &str) -> Answer {
    let fields = [("realm", realm), ("login", login), ("role", role)];
    browser.post("admin/roles/give", &fields).await
}

async fn take(browser: &mut Browser, realm: &str, id: &str, role: &str) -> Answer {
    let fields = [("realm", realm), ("id", id), ("role", role)];
    browser.post("admin/roles/take", &fields).await
}

#[tokio::test]
async fn a_role_is_given_told_and_taken_and_its_sessions_end_with_it() {
    let world = World::demo().await;
    let mut admin = staff(&world, "Q9-a", Role::Administrator, "dealers").await;
    let mut holder = staff(&world, "Q9-h", Role::Agent, "customers").await;
    assert_eq!(
        holder.get("/admin/dealers/audit").await.status,
        StatusCode::FORBIDDEN
    );
    assert!(
        give(&mut admin, "dealers", " q9-H ", "auditor")
            .await
            .tells("role_given")
    );
    // Another set of rights is another session.
    let gone = holder.get("/desk").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let told = world.letters().await;
    let heard = |what: &Message| {
        matches!(
            what,
            Message::Notice {
                what: Notice::RoleGiven {
                    role: Role::Auditor,
                    ..
                },
                ..
            }
        )
    };
    assert!(told.iter().any(|l| heard(&l.message)), "nobody was told");
    let mut holder = world
        .signed_in("workforce", "Q9-h", &[FactorKind::Passkey])
        .await;
    assert_eq!(
        holder.get("/admin/dealers/audit").await.status,
        StatusCode::OK
    );
    let trail = holder.page("/admin/dealers/audit").await;
    assert!(trail.body.contains("role_given") && trail.body.contains("auditor"));

    let page = admin.page(PAGE).await;
    assert!(page.body.contains("Q9-h"), "{}", page.body);
    let id = world.person("workforce", "Q9-h").await.id;
    assert!(
        take(&mut admin, "dealers", id.as_str(), "auditor")
            .await
            .tells("role_taken")
    );
    assert_eq!(
        holder.get("/admin/dealers/audit").await.status,
        StatusCode::SEE_OTHER
    );
    // What was taken already is taken: the same answer, and no second notice.
    assert_eq!(world.letters().await.len(), 1);
    assert!(
        take(&mut admin, "dealers", id.as_str(), "auditor")
            .await
            .tells("role_taken")
    );
    assert!(world.letters().await.is_empty());
}

#[tokio::test]
async fn what_cannot_be_given_is_said_at_its_field_and_kept() {
    let world = World::demo().await;
    let mut admin = staff(&world, "Q9-a", Role::Administrator, "dealers").await;
    for (login, code) in [
        ("", "missing"),
        ("Q000000", "not_staff"),
        ("lenz01", "not_staff"),
        ("Q9-a", "own_role"),
    ] {
        let answer = give(&mut admin, "dealers", login, "agent").await;
        assert!(answer.refuses(code), "{login}: {}", answer.body);
        assert!(login.is_empty() || answer.body.contains(login));
    }
    staff(&world, "Q9-h", Role::Agent, "dealers").await;
    assert!(
        give(&mut admin, "dealers", "Q9-h", "agent")
            .await
            .refuses("role_there")
    );
    let answer = give(&mut admin, "dealers", "Q9-h", "king").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn xg07_only_administrators_of_the_realm_reach_it_and_never_their_own() {
    let world = World::demo().await;
    let mut admin = staff(&world, "Q9-a", Role::Administrator, "dealers").await;
    let own = world.person("workforce", "Q9-a").await.id;
    let answer = take(&mut admin, "dealers", own.as_str(), "administrator").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    for realm in ["customers", "cloud"] {
        let answer = give(&mut admin, realm, "Q200002", "lead").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{realm}");
    }
    for (n, role) in Role::ALL.into_iter().enumerate() {
        if role == Role::Administrator {
            continue;
        }
        let mut other = staff(&world, &format!("Q9-{n}"), role, "dealers").await;
        let answer = give(&mut other, "dealers", "Q200002", "lead").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?}");
        let answer = take(&mut other, "dealers", own.as_str(), "administrator").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?}");
    }
}
