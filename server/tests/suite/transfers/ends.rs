//! How a transfer ends, what is left of it and for how long.

use super::*;
use domain::transfer::{FILE_SECONDS, LISTED_SECONDS};
use sqlx::Executor;

#[tokio::test]
async fn it_is_cancelled_between_two_chunks_and_what_was_done_stays() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let page = import(&mut ada, &rows(200)).await;
    assert!(turn(&world.services, 2, || false).await.expect("works"));
    let id = id_of(&page);
    let fields = [REALM, ("id", id.as_str())];
    let answer = ada.post("admin/transfer/cancel", &fields).await;
    assert!(answer.tells("transfer_cancelled"), "{}", answer.body);
    assert!(!turn(&world.services, 2, || false).await.expect("looks"));
    let now = shown(&mut ada, &page).await;
    assert_eq!(now["row"]["state"], "cancelled");
    assert_eq!(
        (&now["row"]["done"], &now["row"]["skipped"]),
        (&50.into(), &1.into())
    );
    assert_eq!(now["report"].as_array().map(Vec::len), Some(1));
    assert_eq!(recipients(&world).await.len(), 49);
    // Once is enough, and says nothing new.
    let answer = ada.post("admin/transfer/cancel", &fields).await;
    assert!(!answer.tells("transfer_cancelled"), "{}", answer.body);
    assert_eq!(
        remarks(&mut ada, "transfer_cancelled").await,
        ["invitations, csv, 50 rows"]
    );
    assert!(remarks(&mut ada, "transfer_finished").await.is_empty());

    // A worker in the middle of a chunk does not bring it back.
    let page = export(&mut ada).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let claimed = tx.transfer_claim(60, world.services.now()).await;
    let (claimed, _) = claimed.expect("claims").expect("waits");
    tx.commit().await.expect("commits");
    let id = id_of(&page);
    let fields = [REALM, ("id", id.as_str())];
    ada.post("admin/transfer/cancel", &fields).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let until = world.services.now().plus_seconds(60);
    let ours = tx.transfer_advance(&claimed.id, 0, 5, "", until).await;
    assert!(!ours.expect("asks"));
    drop(tx);
    assert_eq!(
        ada.get(&format!("{page}/file")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_comes_no_further_is_given_up() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let page = export(&mut ada).await;
    // Five workers die with it.
    for _ in 0..5 {
        let mut tx = world.services.store.begin().await.expect("begins");
        let claimed = tx.transfer_claim(60, world.services.now()).await;
        assert!(claimed.expect("claims").is_some());
        tx.commit().await.expect("commits");
        world.advance(61);
    }
    world.work().await;
    let seen = shown(&mut ada, &page).await;
    assert_eq!(
        (&seen["row"]["state"], &seen["fault"]),
        (&"failed".into(), &"stuck".into())
    );

    // What was changed in the database is not worked on.
    let page = export(&mut ada).await;
    let mut db = database(&world).await;
    db.execute("UPDATE transfer SET input = (SELECT input FROM transfer WHERE finished_at IS NULL) || X'00' WHERE finished_at IS NULL")
        .await
        .expect("changes");
    world.work().await;
    let seen = shown(&mut ada, &page).await;
    assert_eq!(
        (&seen["row"]["state"], &seen["fault"]),
        (&"failed".into(), &"unreadable".into())
    );
}

#[tokio::test]
async fn the_file_is_kept_for_a_while_and_then_swept() {
    let world = World::demo().await;
    let page = export(&mut ada(&world).await).await;
    world.work().await;
    let id = id_of(&page);
    let there = async || {
        let mut conn = world.services.store.read().await.expect("reads");
        conn.transfer_part(&id, None).await.expect("asks").is_some()
    };
    let sweep = async || {
        server::jobs::sweep_once(&world.services)
            .await
            .expect("sweeps");
    };
    // The clock runs on while the test does: a minute on either side.
    world.advance(FILE_SECONDS - 60);
    sweep().await;
    assert!(there().await);
    let mut ada_later = ada(&world).await;
    let file = format!("{page}/file");
    assert_eq!(ada_later.get(&file).await.status, StatusCode::OK);
    world.advance(60);
    // Judged at use, before any sweeping.
    let mut ada_later = ada(&world).await;
    assert_eq!(ada_later.get(&file).await.status, StatusCode::NOT_FOUND);
    let seen = shown(&mut ada_later, &page).await;
    assert_eq!(seen["row"]["downloads"], false);
    assert_ne!(seen["row"]["until"], "");
    assert!(there().await);
    sweep().await;
    assert!(!there().await);
    assert_eq!(ada_later.get(&page).await.status, StatusCode::OK);
    world.advance(LISTED_SECONDS - FILE_SECONDS);
    sweep().await;
    let mut ada_later = ada(&world).await;
    assert_eq!(ada_later.get(&page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_list_goes_on_from_a_key() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    for _ in 0..52 {
        import(&mut ada, "email\na@import.example").await;
    }
    let ids = |page: &Answer| -> Vec<String> {
        let json: Value = serde_json::from_str(&page.body).expect("JSON");
        let rows = json["show"]["screen"]["admin_transfers"]["rows"].as_array();
        let rows = rows.expect("rows").iter();
        rows.map(|r| r["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let first = ids(&ada.page(LIST).await);
    assert_eq!(first.len(), 50);
    let last = first.last().expect("fifty");
    let second = ids(&ada.page(&format!("{LIST}?after={last}")).await);
    assert_eq!(second.len(), 2);
    assert!(second.iter().all(|id| !first.contains(id)));
}

#[tokio::test]
async fn without_the_script_forms_lead_to_the_page_and_it_can_be_loaded_anew() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let answer = ada.submit("admin/people/export", &[REALM]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = answer.header("location").to_owned();
    assert!(page.starts_with(LIST), "{page}");
    let before = ada.get(&page).await;
    assert!(before.body.contains("<progress"), "{}", before.body);
    assert!(before.body.contains("Look again"));
    let id = id_of(&page);
    let fields = [REALM, ("id", id.as_str())];
    let answer = ada.submit("admin/transfer/cancel", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let to = answer.header("location").to_owned();
    assert!(to.starts_with(&page));
    let after = ada.get(&to).await;
    assert!(after.body.contains("It is cancelled."));
    assert!(!after.body.contains("<progress"));
    let answer = ada.submit("admin/people/export", &[REALM]).await;
    let page = answer.header("location").to_owned();
    world.work().await;
    let after = ada.get(&page).await;
    assert!(after.body.contains(&format!("{page}/file")));
}
