//! Sessions, the outbox and the audit trail.

use crate::common::{at, insert, realm, somebody, stores};
use domain::{
    FactorKind, Lang,
    audit::{Action, Entry},
    ids::{PersonId, RealmSlug, SessionId},
    message::Way,
    records::{OutboxRow, Session},
    role::{Grant, Role},
};

#[tokio::test]
async fn sessions_carry_person_and_roles_and_end() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let session = Session {
            id: SessionId::new("s"),
            realm: realm(),
            person: ada.clone(),
            proven: vec![FactorKind::Password, FactorKind::Totp],
            opened_at: at(0),
            fresh_at: at(0),
            seen_at: at(0),
            expires_at: at(3600),
            agent: "a browser".into(),
            address: "192.0.2.1".into(),
            grants: vec![
                Grant {
                    role: Role::Administrator,
                    realm: RealmSlug::parse("cloud").unwrap(),
                },
                Grant {
                    role: Role::Administrator,
                    realm: realm(),
                },
            ],
        };
        let mut tx = store.begin().await.unwrap();
        for grant in &session.grants {
            tx.grant(&ada.id, grant).await.unwrap();
        }
        tx.session_insert(&session, "hash").await.unwrap();
        let mut found = tx
            .session_by_hash(&realm(), "hash")
            .await
            .unwrap()
            .expect("there");
        found.grants.sort_by(|a, b| a.realm.cmp(&b.realm));
        assert_eq!(found, session);
        let other = RealmSlug::parse("cloud").unwrap();
        assert!(
            tx.session_by_hash(&other, "hash").await.unwrap().is_none(),
            "another realm's cookie is worthless"
        );
        assert!(tx.session_refresh(&session.id, "new", at(5)).await.unwrap());
        assert!(
            tx.session_by_hash(&realm(), "hash")
                .await
                .unwrap()
                .is_none(),
            "the old secret is dead"
        );
        assert_eq!(tx.sessions_end(&ada.id, None, at(6)).await.unwrap(), 1);
        assert!(tx.session_by_hash(&realm(), "new").await.unwrap().is_none());
        assert!(!tx.session_end(&session.id, &ada.id, at(7)).await.unwrap());
    }
}

#[tokio::test]
async fn the_outbox_claims_once_and_wipes_what_was_sent() {
    for store in stores().await {
        let row = OutboxRow {
            id: "m".into(),
            realm: realm(),
            person: None,
            recipient: "a@b.de".into(),
            lang: Lang::En,
            way: Way::Voice,
            sealed: vec![9; 40],
            created_at: at(0),
            useless_after: Some(at(600)),
            attempts: 0,
            send_at: at(0),
        };
        let mut tx = store.begin().await.unwrap();
        tx.outbox_insert(&row, "notice").await.unwrap();
        assert_eq!(tx.outbox_next(None).await.unwrap(), Some(at(0)));
        let claimed = tx.outbox_claim(None, 10, 60, at(0)).await.unwrap();
        assert_eq!(
            claimed,
            [OutboxRow {
                attempts: 1,
                ..row.clone()
            }]
        );
        assert!(
            tx.outbox_claim(None, 10, 60, at(1))
                .await
                .unwrap()
                .is_empty(),
            "somebody has it"
        );
        assert_eq!(
            tx.outbox_claim(None, 10, 60, at(61)).await.unwrap().len(),
            1,
            "its node died"
        );
        tx.outbox_later("m", "no route", at(120)).await.unwrap();
        assert!(
            tx.outbox_claim(None, 10, 60, at(119))
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            tx.outbox_claim(None, 10, 60, at(120)).await.unwrap().len(),
            1
        );
        tx.outbox_sent("m", "", at(121)).await.unwrap();
        assert_eq!(tx.outbox_next(None).await.unwrap(), None);
        assert!(
            tx.outbox_claim(None, 10, 60, at(9999))
                .await
                .unwrap()
                .is_empty()
        );
    }
}

#[tokio::test]
async fn audit_entries_get_their_place_once() {
    for store in stores().await {
        let entry = |id: &str| Entry {
            seq: None,
            id: id.into(),
            at: at(0),
            realm: realm(),
            actor: "cli".into(),
            action: Action::SignIn.slug().into(),
            outcome: "done".into(),
            target: Some("p".into()),
            factor: None,
            detail: String::new(),
            address: String::new(),
            agent: String::new(),
            hash: String::new(),
        };
        let mut tx = store.begin().await.unwrap();
        for id in ["a", "b"] {
            tx.audit_insert(&entry(id)).await.unwrap();
        }
        assert_eq!(tx.audit_head().await.unwrap(), None);
        assert_eq!(tx.audit_unsealed(10).await.unwrap().len(), 2);
        tx.audit_seal("a", 1, "h1").await.unwrap();
        tx.audit_seal("b", 2, "h2").await.unwrap();
        assert_eq!(tx.audit_head().await.unwrap(), Some((2, "h2".to_owned())));
        let chain = tx.audit_from(1, 10).await.unwrap();
        assert_eq!(
            chain
                .iter()
                .map(|e| (e.seq, e.id.as_str()))
                .collect::<Vec<_>>(),
            [(Some(1), "a"), (Some(2), "b")]
        );
        assert_eq!(tx.audit_of(&PersonId::new("p"), 10).await.unwrap().len(), 2);
    }
}
