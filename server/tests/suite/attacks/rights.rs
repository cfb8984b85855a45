//! Who is half-way in, disabled or of another realm.

use super::is_refused;
use axum::http::StatusCode;
use domain::{
    FactorKind,
    place::{CALLS, Rule},
    role::{Grant, Role},
};
use testkit::{ARGUMENTS, DORA, MAX, PASSWORD, TESS, World, slug};

/// The cells that the matrix of `access.rs` does not have: who is half-way
/// through a ceremony, who was disabled, the export, and staff of one realm.
#[tokio::test]
async fn xl04_half_way_disabled_or_of_another_realm_is_not_in() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut before_second = world.browser();
    assert!(
        before_second
            .password(TESS, PASSWORD)
            .await
            .asks_for("totp")
    );
    let token = world.reset_token(MAX).await;
    let mut resetting = world.browser();
    resetting.open("reset_password", &token).await;
    let disabled = world.signed_in("customers", DORA, &proven).await;
    let callers = [
        ("before the second factor", before_second),
        ("resetting", resetting),
        ("disabled", disabled),
    ];
    for (who, caller) in callers {
        for (call, rule) in CALLS.iter().filter(|(_, rule)| *rule != Rule::Anyone) {
            let answer = caller.clone().raw(call, ARGUMENTS).await;
            let cell = format!("{call} ({rule:?}) {who}: {}", answer.status);
            assert!(is_refused(answer.status), "{cell}");
        }
    }

    // Jonas administrates customers and nothing else.
    let jonas = world.person("workforce", "Q471108").await;
    let customers = Grant {
        role: Role::Administrator,
        realm: slug("customers"),
    };
    let mut tx = world.services.store.begin().await.expect("begins");
    tx.grant(&jonas.id, &customers).await.expect("grants");
    tx.commit().await.expect("commits");
    let passkey = [FactorKind::Passkey, FactorKind::Pin];
    let weak = world
        .signed_in("workforce", "Q100001", &[FactorKind::Pin])
        .await;
    let mut strong = world.signed_in("workforce", "Q471108", &passkey).await;
    let customer = world.signed_in("customers", TESS, &proven).await;
    let export = "admin/people/export";
    let own = [("realm", "customers")];
    let answer = world.exported(&mut strong, export, &own).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains(TESS));
    for (mut browser, realm, status) in [
        (strong.clone(), "workforce", 403),
        (strong.clone(), "nowhere", 404),
        (weak, "customers", 403),
        (customer, "customers", 401),
        (world.browser(), "customers", 401),
    ] {
        let answer = browser.post(export, &[("realm", realm)]).await;
        assert_eq!(answer.status.as_u16(), status, "{realm}");
        assert!(!answer.body.contains('@'), "{realm}");
    }
    let sam = world.person("cloud", "sam.okafor@example.com").await;
    for (realm, status) in [
        ("cloud", StatusCode::FORBIDDEN),
        ("customers", StatusCode::NOT_FOUND),
    ] {
        let fields = [
            ("realm", realm),
            ("id", sam.id.as_str()),
            ("change", "disabled"),
        ];
        let answer = strong.post("admin/person", &fields).await;
        assert_eq!(answer.status, status, "{realm}");
    }
    let sam = world.person("cloud", "sam.okafor@example.com").await;
    assert!(sam.is_enabled());
}
