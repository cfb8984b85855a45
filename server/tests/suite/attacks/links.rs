//! Links by mail: to whom they go, how often and for what they work.

use super::GOOD;
use axum::http::StatusCode;
use domain::{FactorKind, Timestamp};
use std::collections::BTreeSet;
use testkit::{DORA, PASSWORD, TESS, World, form, new_password};
use tokio::task::JoinSet;

/// One recipient, the address on record, however the name is spelled; whatever
/// is odd is answered like a name that nobody has (GitLab CVE-2023-7028, Django
/// CVE-2019-19844).
#[tokio::test]
async fn xa02_xc02_a_reset_goes_to_the_address_on_record_and_nowhere_else() {
    let world = World::demo().await;
    let mut faces = BTreeSet::new();
    for login in [TESS, "nobody@customers.example", DORA] {
        let fields = [("realm", "customers"), ("login", login)];
        let answer = world.browser().post("reset-password/ask", &fields).await;
        let names: BTreeSet<_> = answer.headers.keys().map(ToString::to_string).collect();
        let cookies: Vec<_> = answer.cookies().into_keys().collect();
        let mut body = answer.body.replace(login, "…");
        // Seconds until it may be asked for again.
        body.retain(|c| !c.is_ascii_digit());
        faces.insert(format!("{} {names:?} {cookies:?} {body}", answer.status));
    }
    assert_eq!(faces.len(), 1, "{faces:#?}");
    let letters = world.letters().await;
    assert_eq!(letters.iter().map(|l| &l.to).collect::<Vec<_>>(), [TESS]);

    let shouted = TESS.to_uppercase();
    let fields = [("realm", "customers"), ("login", shouted.as_str())];
    world.browser().post("reset-password/ask", &fields).await;
    let letters = world.letters().await;
    assert_eq!(letters.iter().map(|l| &l.to).collect::<Vec<_>>(), [TESS]);

    for odd in [
        "tess.totp@customers.example,eve@evil.example",
        "tess.totp@customers.example;eve@evil.example",
        "tess.totp@customers.example eve@evil.example",
        "tess.totp@customers.example\ncc:eve@evil.example",
        "tess.totp@customers.example\u{7f}",
        "tess.totp@customers.examp\u{4cf}e",
        "tess.totp@customers.example\u{200b}",
        "\u{ff54}ess.totp@customers.example",
        "\"tess.totp\"@customers.example",
        "[\"tess.totp@customers.example\"]",
        "%",
    ] {
        let fields = [("realm", "customers"), ("login", odd)];
        let answer = world.browser().post("reset-password/ask", &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd:?}");
        assert!(world.letters().await.is_empty(), "{odd:?}");
    }
    for twice in [
        "realm=customers&login=tess.totp%40customers.example&login=eve%40evil.example",
        "realm=customers&login=eve%40evil.example&login=tess.totp%40customers.example",
        "realm=customers&login[]=tess.totp%40customers.example&login[]=eve%40evil.example",
        "realm=customers&login[0]=tess.totp%40customers.example",
    ] {
        let answer = world.browser().raw("reset-password/ask", twice).await;
        assert!(!answer.status.is_server_error(), "{twice}");
        let letters = world.letters().await;
        assert!(letters.iter().all(|l| l.to == TESS), "{twice}");
    }
}

/// One link, one password, whoever of many is first (Mattermost CVE-2026-3590).
#[tokio::test]
async fn xc04_a_link_used_in_many_places_at_once_sets_one_password() {
    let world = World::demo().await;
    let token = world.reset_token(TESS).await;
    let mut tasks = JoinSet::new();
    for n in 0..6 {
        let mut browser = world.browser();
        browser.open("reset_password", &token).await;
        let new = format!("{GOOD}-{n}");
        let request = browser.request("reset-password/set", form(&new_password(&new)));
        let router = world.router.clone();
        tasks.spawn(async move { (new, testkit::send(router, request).await) });
    }
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(|(_, a)| !a.status.is_server_error()));
    let set: Vec<_> = answers
        .iter()
        .filter(|(_, answer)| answer.tells("password_set"))
        .map(|(new, _)| new)
        .collect();
    assert_eq!(set.len(), 1);
    for (new, _) in &answers {
        let answer = world.browser().password(TESS, new).await;
        assert_eq!(answer.asks_for("totp"), set[0] == new, "{new}");
        world.advance(61);
    }
    let again = world.browser().open("reset_password", &token).await;
    assert!(again.is_dead("used"), "{}", again.body);
}

/// Age and standing are judged where the password is set, whatever was true when
/// the link was opened.
#[tokio::test]
async fn xc05_a_reset_that_is_late_replaced_or_of_a_disabled_account_is_void() {
    let world = World::demo().await;
    // Opened in time, finished a second too late.
    let token = world.reset_token(TESS).await;
    world.advance(29 * 60);
    let mut late = world.browser();
    let answer = late.open("reset_password", &token).await;
    assert!(answer.body.contains("set-password"), "{}", answer.body);
    world.advance(60 + 1);
    assert!(!late.set_password(GOOD).await.tells("password_set"));
    assert!(
        world
            .browser()
            .password(TESS, PASSWORD)
            .await
            .asks_for("totp")
    );

    // Replaced by a newer one.
    let first = world.reset_token(TESS).await;
    let mut early = world.browser();
    early.open("reset_password", &first).await;
    let second = world.reset_token(TESS).await;
    let answer = world.browser().open("reset_password", &first).await;
    assert!(answer.is_dead("unknown"), "{}", answer.body);
    assert!(!early.set_password(GOOD).await.tells("password_set"));

    // The account was disabled meanwhile, and enabled again.
    let mut open = world.browser();
    open.open("reset_password", &second).await;
    let tess = world.person("customers", TESS).await;
    let at = async |disabled: Option<Timestamp>| {
        let mut tx = world.services.store.begin().await.expect("begins");
        tx.person_disable(&tess.id, disabled).await.expect("writes");
        tx.commit().await.expect("commits");
    };
    at(Some(world.services.now())).await;
    let answer = world.browser().open("reset_password", &second).await;
    assert!(answer.is_dead("unknown"), "{}", answer.body);
    assert!(!open.set_password(GOOD).await.tells("password_set"));
    at(None).await;
    assert!(!open.set_password(GOOD).await.tells("password_set"));
    assert!(
        world
            .browser()
            .password(TESS, PASSWORD)
            .await
            .asks_for("totp")
    );
}

/// A link is worth something for its own purpose in its own realm
/// (authentik CVE-2022-23555).
#[tokio::test]
async fn xc07_a_link_fits_no_other_purpose_and_no_other_realm() {
    let world = World::demo().await;
    let token = world.reset_token(TESS).await;
    for purpose in ["invitation", "enroll"] {
        let answer = world.browser().open(purpose, &token).await;
        assert!(answer.is_dead("unknown"), "{purpose}: {}", answer.body);
    }
    for purpose in ["not_me", "reset", "", "session"] {
        let answer = world.browser().open(purpose, &token).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{purpose}");
    }
    let fields = [
        ("realm", "cloud"),
        ("purpose", "reset_password"),
        ("token", token.as_str()),
    ];
    let answer = world.browser().post("reset-password/open", &fields).await;
    assert!(answer.is_dead("unknown"), "{}", answer.body);
    let fields = [("realm", "customers"), ("token", token.as_str())];
    let answer = world.browser().post("not-me", &fields).await;
    assert!(answer.is_dead("unknown"), "{}", answer.body);
    let tess = world.person("customers", TESS).await;
    assert_eq!(tess.frozen_at, None);

    // Nor does the link of a notice open anything.
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut browser = world.signed_in("customers", TESS, &proven).await;
    let fields = [("realm", "customers")];
    browser.post("recovery-codes/make", &fields).await;
    let notice = world.mailed_token().await;
    for purpose in ["reset_password", "invitation", "enroll"] {
        let answer = world.browser().open(purpose, &notice).await;
        assert!(answer.is_dead("unknown"), "{purpose}: {}", answer.body);
    }
    let answer = world.browser().open("reset_password", &token).await;
    assert!(answer.body.contains("set-password"), "{}", answer.body);
}
