//! What depends on an account being what it was.

use crate::common::{at, factor, insert, realm, somebody, stores};
use domain::{FactorKind, ids::SessionId, records::Session};

#[tokio::test]
async fn a_passkey_that_is_gone_or_suspended_takes_no_answer() {
    for store in stores().await {
        let who = somebody("anna");
        insert(&store, &who).await;
        let key = factor(&who, FactorKind::Passkey);
        let mut tx = store.begin().await.unwrap();
        tx.factor_insert(&key).await.unwrap();
        assert!(tx.factor_secret(&key.id, b"one").await.unwrap());
        tx.factor_disable(&key.id, Some(at(1))).await.unwrap();
        assert!(!tx.factor_secret(&key.id, b"two").await.unwrap());
        tx.factor_disable(&key.id, None).await.unwrap();
        tx.factor_remove(&key.id, &who.id, at(2)).await.unwrap();
        assert!(!tx.factor_secret(&key.id, b"three").await.unwrap());
    }
}

#[tokio::test]
async fn the_end_of_all_sessions_moves_the_epoch_on_and_spares_one() {
    for store in stores().await {
        let who = somebody("anna");
        insert(&store, &who).await;
        let mut tx = store.begin().await.unwrap();
        for id in ["own", "other"] {
            let session = Session {
                id: SessionId::new(id),
                realm: realm(),
                person: who.clone(),
                proven: vec![FactorKind::Password],
                opened_at: at(0),
                fresh_at: at(0),
                seen_at: at(0),
                expires_at: at(3600),
                agent: String::new(),
                address: String::new(),
                grants: Vec::new(),
            };
            tx.session_insert(&session, id).await.unwrap();
        }
        let own = SessionId::new("own");
        tx.sessions_end(&who.id, Some(&own), at(1)).await.unwrap();
        assert!(tx.session_lives(&own).await.unwrap());
        assert!(!tx.session_lives(&SessionId::new("other")).await.unwrap());
        let epoch = tx.person(&who.id).await.unwrap().map(|who| who.epoch);
        assert_eq!(epoch, Some(1));
    }
}
