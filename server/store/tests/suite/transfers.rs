//! Imports and exports, on both engines by the same tests: claimed once, what was
//! done and how far it came commit together, and another worker goes on.

use crate::common::{at, insert, realm, somebody, stores};
use domain::{
    ids::{PersonId, RealmSlug, TransferId},
    transfer::{Format, Transfer, TransferFault, TransferKind, TransferState},
};
use store::Store;

fn one(id: &str, kind: TransferKind) -> Transfer {
    Transfer {
        id: TransferId::new(id),
        realm: realm(),
        kind,
        format: Format::Csv,
        about: format!("about {id}"),
        starter: somebody("ada").id,
        state: TransferState::Waiting,
        fault: None,
        done: 0,
        total: Some(100),
        skipped: 0,
        reached: String::new(),
        created_at: at(0),
        started_at: None,
        finished_at: None,
        tries: 0,
    }
}

async fn put(store: &Store, t: &Transfer) {
    let mut tx = store.begin().await.unwrap();
    tx.transfer_insert(t, b"input").await.unwrap();
    tx.commit().await.unwrap();
}

async fn claim(store: &Store, now: i64) -> Option<(Transfer, Vec<u8>)> {
    let mut tx = store.begin().await.unwrap();
    let claimed = tx.transfer_claim(60, at(now)).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

async fn load(store: &Store, id: &str) -> Option<Transfer> {
    let mut conn = store.read().await.unwrap();
    conn.transfer(&realm(), &TransferId::new(id)).await.unwrap()
}

#[tokio::test]
async fn one_is_claimed_once_and_another_worker_goes_on_when_the_claim_is_over() {
    for store in stores().await {
        insert(&store, &somebody("ada")).await;
        let a = one("a", TransferKind::ExportPeople);
        put(&store, &a).await;
        assert_eq!(load(&store, "a").await, Some(a.clone()));
        let workers = (0..8).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { claim(&store, 10).await.is_some() })
        });
        let mut claims = 0;
        for worker in workers.collect::<Vec<_>>() {
            claims += u32::from(worker.await.unwrap());
        }
        assert_eq!(claims, 1, "{}", store.engine());
        let running = load(&store, "a").await.unwrap();
        assert_eq!(
            (running.state, running.started_at, running.tries),
            (TransferState::Running, Some(at(10)), 1)
        );
        // The worker died: nobody until its claim is over, then anybody.
        assert!(claim(&store, 69).await.is_none());
        let mut conn = store.read().await.unwrap();
        assert!(!conn.transfer_waits(at(69)).await.unwrap());
        assert!(conn.transfer_waits(at(70)).await.unwrap());
        drop(conn);
        let (again, input) = claim(&store, 70).await.unwrap();
        assert_eq!((again.tries, again.started_at), (2, Some(at(10))));
        assert_eq!(input, b"input");
    }
}

#[tokio::test]
async fn what_was_done_commits_with_how_far_it_came_or_not_at_all() {
    for store in stores().await {
        insert(&store, &somebody("ada")).await;
        put(&store, &one("a", TransferKind::ImportInvitations)).await;
        let id = TransferId::new("a");
        claim(&store, 0).await.unwrap();
        let chunk = async |from: i64, to: i64, who: &str, commit: bool| {
            let who = somebody(who);
            let mut tx = store.begin().await.unwrap();
            let ours = tx.transfer_advance(&id, from, to, who.id.as_str(), at(90));
            if !ours.await.unwrap() {
                return false;
            }
            let new = tx.person_insert_new(&who, &who.login, &who.name).await;
            assert!(new.unwrap());
            // The same login again fails nothing: the transaction goes on.
            let twin = domain::records::Person {
                id: PersonId::new("twin"),
                ..who.clone()
            };
            let new = tx.person_insert_new(&twin, &who.login, &who.name).await;
            assert!(!new.unwrap());
            tx.transfer_part_insert(&id, from, who.name.as_bytes())
                .await
                .unwrap();
            tx.transfer_skip(&id, 1).await.unwrap();
            if commit {
                tx.commit().await.unwrap();
            }
            true
        };
        // A node that dies in the middle of a chunk did nothing of it.
        assert!(chunk(0, 10, "first", false).await);
        let t = load(&store, "a").await.unwrap();
        assert_eq!((t.done, t.skipped, t.tries), (0, 0, 1));
        assert!(chunk(0, 10, "first", true).await);
        // Another that believes to be at the start does nothing at all.
        assert!(!chunk(0, 10, "never", true).await);
        assert!(chunk(10, 20, "second", true).await);
        let t = load(&store, "a").await.unwrap();
        assert_eq!((t.done, t.skipped, t.tries), (20, 2, 0));
        assert_eq!(t.reached, "person-second");
        let mut conn = store.read().await.unwrap();
        assert_eq!(conn.people_count(&realm()).await.unwrap(), 3);
        let mut parts = Vec::new();
        let mut after = None;
        while let Some((from, sealed)) = conn.transfer_part(&id, after).await.unwrap() {
            parts.push((from, String::from_utf8(sealed).unwrap()));
            after = Some(from);
        }
        assert_eq!(parts, [(0, "first".to_owned()), (10, "second".to_owned())]);
    }
}

#[tokio::test]
async fn two_workers_at_the_same_rows_do_them_once() {
    for store in stores().await {
        insert(&store, &somebody("ada")).await;
        put(&store, &one("a", TransferKind::ExportPeople)).await;
        let workers = (0..6).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let id = TransferId::new("a");
                let mut tx = store.begin().await.unwrap();
                if !tx.transfer_advance(&id, 0, 5, "key", at(90)).await.unwrap() {
                    return false;
                }
                tx.transfer_part_insert(&id, 0, b"rows").await.unwrap();
                tx.commit().await.unwrap();
                true
            })
        });
        let mut won = 0;
        for worker in workers.collect::<Vec<_>>() {
            won += u32::from(worker.await.unwrap());
        }
        assert_eq!(won, 1, "{}", store.engine());
    }
}

#[tokio::test]
async fn those_that_wait_take_turns() {
    for store in stores().await {
        insert(&store, &somebody("ada")).await;
        for id in ["a", "b"] {
            put(&store, &one(id, TransferKind::ExportPeople)).await;
        }
        let mut turns = Vec::new();
        for now in 1..6 {
            let (t, _) = claim(&store, now).await.unwrap();
            let mut tx = store.begin().await.unwrap();
            tx.transfer_release(&t.id, at(now)).await.unwrap();
            tx.commit().await.unwrap();
            turns.push(t.id.as_str().to_owned());
        }
        assert_eq!(turns, ["a", "b", "a", "b", "a"]);
    }
}

#[tokio::test]
async fn it_ends_once_and_keeps_what_is_to_be_kept_for_a_while() {
    for store in stores().await {
        insert(&store, &somebody("ada")).await;
        for (id, keep) in [("kept", true), ("gone", false)] {
            put(&store, &one(id, TransferKind::ExportPeople)).await;
            let id = TransferId::new(id);
            let mut tx = store.begin().await.unwrap();
            tx.transfer_part_insert(&id, 0, b"rows").await.unwrap();
            for first in [true, false] {
                let ended = tx
                    .transfer_finish(
                        &id,
                        TransferState::Failed,
                        Some(TransferFault::Stuck),
                        keep,
                        at(5),
                    )
                    .await;
                assert_eq!(ended.unwrap(), first);
            }
            // What is over is neither claimed nor moved.
            assert!(!tx.transfer_advance(&id, 0, 1, "", at(90)).await.unwrap());
            tx.commit().await.unwrap();
            let part = store.read().await.unwrap().transfer_part(&id, None).await;
            assert_eq!(part.unwrap().is_some(), keep);
        }
        let t = load(&store, "kept").await.unwrap();
        assert_eq!(
            (t.state, t.fault, t.finished_at),
            (
                TransferState::Failed,
                Some(TransferFault::Stuck),
                Some(at(5))
            )
        );
        assert!(claim(&store, 100).await.is_none());
        let id = TransferId::new("kept");
        for (files, rows, part, row) in [
            (4, 4, true, true),
            (5, 4, false, true),
            (5, 5, false, false),
        ] {
            let mut tx = store.begin().await.unwrap();
            tx.transfers_sweep(at(files), at(rows)).await.unwrap();
            tx.commit().await.unwrap();
            let mut conn = store.read().await.unwrap();
            assert_eq!(conn.transfer_part(&id, None).await.unwrap().is_some(), part);
            assert_eq!(conn.transfer(&realm(), &id).await.unwrap().is_some(), row);
        }
        // One that is not over is never swept.
        put(&store, &one("open", TransferKind::ExportAudit)).await;
        let mut tx = store.begin().await.unwrap();
        tx.transfers_sweep(at(9999), at(9999)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(load(&store, "open").await.is_some());
    }
}

#[tokio::test]
async fn they_are_listed_by_realm_and_kind_and_found_by_what_they_are_about() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let kinds = [
            ("a", TransferKind::ExportPeople),
            ("b", TransferKind::ExportAudit),
            ("c", TransferKind::ImportInvitations),
        ];
        for (id, kind) in kinds {
            put(&store, &one(id, kind)).await;
        }
        let mut conn = store.read().await.unwrap();
        let elsewhere = RealmSlug::parse("elsewhere").unwrap();
        let all = TransferKind::ALL;
        let audit = [TransferKind::ExportAudit];
        type Case<'a> = (
            &'a RealmSlug,
            &'a [TransferKind],
            Option<&'a str>,
            i64,
            &'a str,
        );
        let cases: [Case<'_>; 6] = [
            (&realm(), &all, None, 9, "cba"),
            (&realm(), &all, None, 2, "cb"),
            (&realm(), &all, Some("c"), 9, "ba"),
            (&realm(), &audit, None, 9, "b"),
            (&realm(), &[], None, 9, ""),
            (&elsewhere, &all, None, 9, ""),
        ];
        for (realm, kinds, before, limit, found) in cases {
            let rows = conn.transfers_page(realm, kinds, before, limit).await;
            let ids: String = rows.unwrap().iter().map(|(t, _)| t.id.as_str()).collect();
            assert_eq!(ids, found);
        }
        let (_, starter) = &conn.transfers_page(&realm(), &all, None, 1).await.unwrap()[0];
        assert_eq!(starter, "ada");
        let id = TransferId::new("a");
        assert_eq!(conn.transfer(&elsewhere, &id).await.unwrap(), None);
        let same = conn.transfer_same(&realm(), &ada.id, "about a").await;
        assert_eq!(same.unwrap().map(|t| t.id), Some(id.clone()));
        let other = PersonId::new("other");
        let same = conn.transfer_same(&realm(), &other, "about a").await;
        assert_eq!(same.unwrap(), None);
        drop(conn);
        let mut tx = store.begin().await.unwrap();
        tx.transfer_total(&id, 7).await.unwrap();
        tx.transfer_finish(&id, TransferState::Done, None, true, at(1))
            .await
            .unwrap();
        let same = tx.transfer_same(&realm(), &ada.id, "about a").await;
        assert_eq!(same.unwrap(), None, "what is over is done anew");
        let whole = tx.transfer(&realm(), &id).await.unwrap();
        assert_eq!(whole.and_then(|t| t.total), Some(7));
    }
}
