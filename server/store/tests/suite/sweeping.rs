//! What is over goes, a few rows at a time; what still matters stays.

use crate::common::{at, insert, realm, somebody, stores};
use domain::{
    FactorKind, Timestamp,
    ids::SessionId,
    link::Purpose,
    records::{Link, Person, Session},
    throttle::Limit,
};
use store::{Conn, Store, Swept};

const DAY: i64 = 86_400;

async fn sweep(store: &Store, what: Swept, now: Timestamp, limit: i64) -> u64 {
    let mut tx = store.begin().await.unwrap();
    let before = now.plus_seconds(-DAY * what.days());
    let gone = tx.sweep(what, before, limit).await.unwrap();
    tx.commit().await.unwrap();
    gone
}

async fn session(tx: &mut Conn, who: &Person, id: &str, until: Timestamp) {
    let session = Session {
        id: SessionId::new(id),
        realm: realm(),
        person: who.clone(),
        proven: vec![FactorKind::Password],
        opened_at: at(0),
        fresh_at: at(0),
        seen_at: at(0),
        expires_at: until,
        agent: String::new(),
        address: String::new(),
        grants: Vec::new(),
    };
    tx.session_insert(&session, id).await.unwrap();
    tx.session_proof_put(&session.id, FactorKind::Totp, at(0))
        .await
        .unwrap();
}

fn link(who: &Person, id: &str, purpose: Purpose) -> Link {
    Link {
        id: id.to_owned(),
        person: who.id.clone(),
        purpose,
        created_at: at(0),
        expires_at: at(3600),
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: String::new(),
    }
}

#[tokio::test]
async fn sessions_go_a_month_after_their_end_with_what_they_proved() {
    for store in stores().await {
        let who = somebody("anna");
        insert(&store, &who).await;
        let mut tx = store.begin().await.unwrap();
        session(&mut tx, &who, "over", at(3600)).await;
        session(&mut tx, &who, "lives", at(60 * DAY)).await;
        tx.commit().await.unwrap();
        let early = at(29 * DAY);
        assert_eq!(sweep(&store, Swept::Sessions, early, 10).await, 0);
        let late = at(31 * DAY);
        assert_eq!(sweep(&store, Swept::Sessions, late, 10).await, 1);
        let mut conn = store.read().await.unwrap();
        assert!(conn.session_lives(&SessionId::new("lives")).await.unwrap());
        let proofs = conn.session_proofs(&SessionId::new("over")).await.unwrap();
        assert_eq!(proofs, []);
    }
}

#[tokio::test]
async fn tries_go_after_two_days_and_what_is_shut_stays_shut() {
    let limit = Limit {
        in_a_row: 3,
        lock_seconds: 900,
        per_day: 2,
        forgets: false,
    };
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        for bucket in ["p:anna:password", "u:customers:nobody"] {
            for _ in 0..2 {
                tx.attempt_take(bucket, limit, at(0)).await.unwrap();
            }
        }
        tx.attempt_take("p:ben:password", limit, at(0))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(sweep(&store, Swept::Attempts, at(DAY), 10).await, 0);
        let later = at(3 * DAY);
        assert_eq!(sweep(&store, Swept::Attempts, later, 10).await, 1);
        let mut tx = store.begin().await.unwrap();
        for bucket in ["p:anna:password", "u:customers:nobody"] {
            let denied = tx.attempt_take(bucket, limit, later).await;
            assert!(denied.unwrap().is_some(), "{bucket} is still shut");
        }
    }
}

#[tokio::test]
async fn links_go_and_invitations_stay_and_no_batch_is_larger_than_it_may_be() {
    for store in stores().await {
        let who = somebody("anna");
        insert(&store, &who).await;
        let mut tx = store.begin().await.unwrap();
        for n in 0..5 {
            let id = format!("reset-{n}");
            let one = link(&who, &id, Purpose::ResetPassword);
            tx.link_insert(&one, &realm(), &id, "", "").await.unwrap();
        }
        let one = link(&who, "invited", Purpose::Invitation);
        tx.link_insert(&one, &realm(), "invited", "", "")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let later = at(91 * DAY);
        assert_eq!(sweep(&store, Swept::Links, at(89 * DAY), 10).await, 0);
        assert_eq!(sweep(&store, Swept::Links, later, 3).await, 3);
        assert_eq!(sweep(&store, Swept::Links, later, 3).await, 2);
        assert_eq!(sweep(&store, Swept::Links, later, 3).await, 0);
        let mut conn = store.read().await.unwrap();
        assert!(conn.link("invited").await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_browser_is_a_new_one_after_more_than_a_year() {
    for store in stores().await {
        let who = somebody("anna");
        insert(&store, &who).await;
        let mut tx = store.begin().await.unwrap();
        tx.browser_note("old", &who.id, at(0)).await.unwrap();
        tx.browser_note("new", &who.id, at(DAY)).await.unwrap();
        tx.commit().await.unwrap();
        let later = at(400 * DAY + 1);
        assert_eq!(sweep(&store, Swept::Browsers, later, 10).await, 1);
        let mut conn = store.read().await.unwrap();
        assert!(conn.browser_known("new", &who.id).await.unwrap());
        assert!(!conn.browser_known("old", &who.id).await.unwrap());
    }
}
