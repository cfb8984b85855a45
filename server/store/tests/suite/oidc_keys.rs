//! Keys for tokens: one follows another, whoever is faster, on both engines by the same
//! tests.

use crate::common::{at, realm, stores};
use domain::{
    Timestamp,
    oidc::{Alg, SigningKey},
};
use store::Store;

fn key(id: &str, alg: Alg, made: Timestamp, signs_from: Timestamp) -> SigningKey {
    SigningKey {
        id: id.to_owned(),
        realm: realm(),
        alg,
        public: "{}".to_owned(),
        sealed: vec![1, 2],
        created_at: made,
        signs_from,
        retired_at: None,
    }
}

async fn is_kept(store: &Store, key: &SigningKey) -> bool {
    let mut tx = store.begin().await.unwrap();
    let kept = tx.oidc_key_insert(key).await.unwrap();
    tx.commit().await.unwrap();
    kept
}

/// Name and end of each, the newest first.
async fn kept(store: &Store) -> Vec<(String, Option<Timestamp>)> {
    let mut conn = store.read().await.unwrap();
    let keys = conn.oidc_keys(&realm()).await.unwrap();
    keys.into_iter().map(|k| (k.id, k.retired_at)).collect()
}

#[tokio::test]
async fn one_key_follows_another() {
    for store in stores().await {
        assert!(is_kept(&store, &key("1", Alg::Es256, at(0), at(0))).await);
        assert!(!is_kept(&store, &key("2", Alg::Es256, at(1), at(1))).await);
        assert!(is_kept(&store, &key("3", Alg::Rs256, at(1), at(1))).await);
        let mut tx = store.begin().await.unwrap();
        // Not before its time, and once.
        let due = tx
            .oidc_key_retire_due(&realm(), Alg::Rs256, at(0), at(60))
            .await;
        assert!(!due.unwrap());
        for first in [true, false] {
            let due = tx
                .oidc_key_retire_due(&realm(), Alg::Es256, at(0), at(60))
                .await;
            assert_eq!(due.unwrap(), first);
        }
        tx.commit().await.unwrap();
        assert!(is_kept(&store, &key("4", Alg::Es256, at(50), at(60))).await);
        let text = |id: &str| id.to_owned();
        let (one, three, four) = (text("1"), text("3"), text("4"));
        let all = [
            (four.clone(), None),
            (three.clone(), None),
            (one.clone(), Some(at(60))),
        ];
        assert_eq!(kept(&store).await, all);
        let mut conn = store.read().await.unwrap();
        let keys = conn.oidc_keys(&realm()).await.unwrap();
        drop(conn);
        assert_eq!((keys[0].signs_from, &keys[0].sealed), (at(60), &vec![1, 2]));
        assert!(!keys[0].signs(at(59)) && keys[2].signs(at(59)));
        assert!(keys[0].signs(at(60)) && !keys[2].signs(at(60)));
        // By hand: the one that was to come goes as well; what ended before keeps its end.
        let mut tx = store.begin().await.unwrap();
        let ended = tx.oidc_key_retire(&realm(), Alg::Es256, at(70)).await;
        assert!(ended.unwrap());
        tx.commit().await.unwrap();
        let all = [(four, Some(at(70))), (three, None), (one, Some(at(60)))];
        assert_eq!(kept(&store).await, all);
        let mut tx = store.begin().await.unwrap();
        let ended = tx.oidc_key_retire(&realm(), Alg::Es256, at(80)).await;
        assert!(!ended.unwrap(), "nothing would have signed then");
    }
}

/// Two nodes that look at the same moment, each in a transaction of its own.
#[tokio::test]
async fn of_two_nodes_one_replaces_a_key() {
    for store in stores().await {
        assert!(is_kept(&store, &key("1", Alg::Es256, at(0), at(0))).await);
        let turn = async |id: &str| {
            let mut tx = store.begin().await.unwrap();
            let due = tx
                .oidc_key_retire_due(&realm(), Alg::Es256, at(0), at(60))
                .await;
            let won = due.unwrap();
            if won {
                let next = key(id, Alg::Es256, at(50), at(60));
                assert!(tx.oidc_key_insert(&next).await.unwrap());
            }
            tx.commit().await.unwrap();
            won
        };
        let (a, b) = tokio::join!(turn("2"), turn("3"));
        assert!(a != b, "one of them");
        assert_eq!(kept(&store).await.len(), 2);
    }
}
