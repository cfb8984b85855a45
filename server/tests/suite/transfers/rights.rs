//! Who sees what of a transfer, and what a lost right ends.

use super::*;
use domain::role::Role;

#[tokio::test]
async fn another_administrator_sees_that_it_is_there_and_not_what_is_in_it() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let people = export(&mut ada).await;
    let report = import(&mut ada, &rows(100)).await;
    let fields = [REALM, ("format", "csv")];
    let audit = page_of(&ada.post("admin/audit/export", &fields).await);
    world.work().await;
    world
        .staff("Q900001", Role::Administrator, "customers")
        .await;
    world.staff("Q900002", Role::Auditor, "customers").await;
    world.staff("Q900003", Role::Administrator, "cloud").await;
    let mut bert = staff(&world, "Q900001").await;
    let mut auditor = staff(&world, "Q900002").await;
    let mut stranger = staff(&world, "Q900003").await;

    let list = bert.page(LIST).await;
    for page in [&people, &report, &audit] {
        assert!(list.body.contains(id_of(page).as_str()));
        let seen = shown(&mut bert, page).await;
        assert_eq!(
            (&seen["row"]["downloads"], &seen["row"]["mine"]),
            (&false.into(), &false.into())
        );
        assert_eq!(seen["report"].as_array().map(Vec::len), Some(0));
        assert_eq!(seen["row"]["starter"], "Ada Brandt");
        let file = bert.get(&format!("{page}/file")).await;
        assert_eq!(file.status, StatusCode::FORBIDDEN);
        assert!(!file.body.contains('@'));
    }
    let page = bert.page(&report).await;
    assert!(
        !page.body.contains("broken-30"),
        "addresses are for the starter"
    );

    // An auditor: the trail alone, by list, page, file and cancelling.
    let list = auditor.page(LIST).await;
    assert!(list.body.contains(id_of(&audit).as_str()));
    assert!(!list.body.contains(id_of(&people).as_str()));
    assert_eq!(auditor.get(&audit).await.status, StatusCode::OK);
    for path in [
        people.clone(),
        format!("{people}/file"),
        format!("{audit}/file"),
    ] {
        assert_eq!(
            auditor.get(&path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let id = id_of(&people);
    let fields = [REALM, ("id", id.as_str())];
    let answer = auditor.post("admin/transfer/cancel", &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let own = [REALM, ("format", "json")];
    let own = page_of(&auditor.post("admin/audit/export", &own).await);
    world.work().await;
    assert_eq!(
        auditor.get(&format!("{own}/file")).await.status,
        StatusCode::OK
    );

    // Ids of other realms are not there.
    let foreign = people.replace("/customers/", "/cloud/");
    for path in [foreign.clone(), format!("{foreign}/file")] {
        assert_eq!(
            stranger.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let fields = [("realm", "cloud"), ("id", id.as_str())];
    let answer = stranger.post("admin/transfer/cancel", &fields).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    for path in [people.clone(), format!("{people}/file"), LIST.to_owned()] {
        assert_eq!(
            stranger.get(&path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
        let nobody = world.browser().get(&path).await;
        assert_eq!(nobody.header("location"), "/workforce/sign-in", "{path}");
    }
    // Whoever lost the role has lost the file.
    let who = world.person(paths::STAFF_REALM, "Q100001").await;
    let mut db = database(&world).await;
    sqlx::query("DELETE FROM grant_of WHERE person = $1 AND realm = 'customers'")
        .bind(who.id.as_str())
        .execute(&mut db)
        .await
        .expect("deletes");
    assert_eq!(
        ada.get(&format!("{people}/file")).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn who_loses_the_right_while_it_runs_gets_no_further() {
    let world = World::demo().await;
    world
        .staff("Q900001", Role::Administrator, "customers")
        .await;
    let mut bert = staff(&world, "Q900001").await;
    let page = import(&mut bert, &rows(200)).await;
    assert!(turn(&world.services, 2, || false).await.expect("works"));
    let who = world.person(paths::STAFF_REALM, "Q900001").await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    tx.person_disable(&who.id, Some(now))
        .await
        .expect("disables");
    tx.commit().await.expect("commits");
    world.work().await;
    let mut ada = ada(&world).await;
    let seen = shown(&mut ada, &page).await;
    assert_eq!(seen["row"]["state"], "failed");
    assert_eq!(seen["fault"], "right_lost");
    assert_eq!(seen["row"]["done"], 50);
    assert_eq!(recipients(&world).await.len(), 49);
    let trail = ada
        .page("/admin/customers/audit?action=transfer_finished&result=refused")
        .await;
    assert!(trail.body.contains("invitations, csv, 50 rows"));
}
