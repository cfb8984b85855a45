//! What works once, for a while and in its newest version.

use crate::common::{at, factor, insert, realm, somebody, stores};
use domain::{
    FactorKind,
    link::Purpose,
    records::{Challenge, Link},
};

#[tokio::test]
async fn a_ceremony_that_has_ended_does_not_come_back() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        let (browser, kind) = ("b", "k");
        let saved = tx
            .ceremony_save(browser, &realm(), kind, b"one", 0, at(60), at(0))
            .await;
        assert!(saved.unwrap());
        let ended = tx.ceremony_finish(browser, &realm(), kind, 2).await;
        assert!(!ended.unwrap(), "another version");
        let ended = tx.ceremony_finish(browser, &realm(), kind, 1).await;
        assert!(ended.unwrap());
        let ended = tx.ceremony_finish(browser, &realm(), kind, 1).await;
        assert!(!ended.unwrap(), "only once");
        let saved = tx
            .ceremony_save(browser, &realm(), kind, b"late", 1, at(60), at(1))
            .await;
        assert!(!saved.unwrap());
    }
}

#[tokio::test]
async fn what_works_once_works_once_in_parallel_too() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let totp = factor(&ada, FactorKind::Totp);
        let challenge = Challenge {
            kind: domain::FactorKind::Sms,
            id: "c".into(),
            address: "a@b.de".into(),
            created_at: at(0),
            sent_at: at(0),
            expires_at: at(600),
            sends: 1,
            tries: 0,
            message: String::new(),
        };
        let link = Link {
            id: "l".into(),
            person: ada.id.clone(),
            purpose: Purpose::ResetPassword,
            created_at: at(0),
            expires_at: at(600),
            used_at: None,
            voided_at: None,
            opened_at: None,
            subject: String::new(),
        };
        let mut tx = store.begin().await.unwrap();
        tx.factor_insert(&totp).await.unwrap();
        tx.challenge_insert(&ada.id, "sign_in", &challenge, "hash")
            .await
            .unwrap();
        tx.link_insert(&link, &realm(), "token", "code", "")
            .await
            .unwrap();
        tx.recovery_replace(&ada.id, &["r".to_owned()], at(0))
            .await
            .unwrap();
        assert!(
            tx.ceremony_save(
                "browser",
                &realm(),
                "discovery",
                b"state",
                0,
                at(600),
                at(0)
            )
            .await
            .unwrap()
        );
        tx.commit().await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let (store, ada, totp) = (store.clone(), ada.clone(), totp.clone());
            tasks.spawn(async move {
                let mut won = [0_u32; 5];
                let mut tx = store.begin().await.unwrap();
                won[0] += u32::from(tx.factor_take_step(&totp.id, 7).await.unwrap());
                won[1] += u32::from(tx.challenge_take("c", at(1)).await.unwrap());
                won[2] += u32::from(tx.link_take("l", at(1)).await.unwrap());
                won[3] += u32::from(tx.recovery_take(&ada.id, "r", at(1)).await.unwrap());
                won[4] += u32::from(
                    tx.ceremony_take("browser", &realm(), "discovery", at(1))
                        .await
                        .unwrap()
                        .is_some(),
                );
                tx.commit().await.unwrap();
                won
            });
        }
        let won = tasks
            .join_all()
            .await
            .into_iter()
            .fold([0; 5], |mut sum, one| {
                sum.iter_mut().zip(one).for_each(|(s, o)| *s += o);
                sum
            });
        assert_eq!(won, [1; 5]);
        let mut tx = store.begin().await.unwrap();
        // A used code differs from an unknown one and from somebody else's.
        let bea = somebody("bea");
        tx.recovery_replace(&ada.id, &["r".to_owned(), "s".to_owned()], at(2))
            .await
            .unwrap();
        assert!(tx.recovery_take(&ada.id, "r", at(3)).await.unwrap());
        for (who, hash, used) in [
            (&ada, "r", Some(true)),
            (&ada, "s", Some(false)),
            (&ada, "t", None),
            (&bea, "r", None),
        ] {
            let found = tx.recovery_used(&who.id, hash).await.unwrap();
            assert_eq!(found, used, "{hash} of {}", who.login);
        }
        // An older step never counts again (RFC 6238, 5.2).
        assert!(!tx.factor_take_step(&totp.id, 6).await.unwrap());
        assert!(tx.factor_take_step(&totp.id, 8).await.unwrap());
    }
}

#[tokio::test]
async fn a_link_works_from_its_moment_until_its_end() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let link = |id: &str| Link {
            id: id.to_owned(),
            person: ada.id.clone(),
            purpose: Purpose::Enroll,
            created_at: at(60),
            expires_at: at(600),
            used_at: None,
            voided_at: None,
            opened_at: None,
            subject: String::new(),
        };
        let mut tx = store.begin().await.unwrap();
        for id in ["first", "last"] {
            tx.link_insert(&link(id), &realm(), id, "code", "")
                .await
                .unwrap();
        }
        assert!(!tx.link_take("first", at(59)).await.unwrap());
        assert!(tx.link_take("first", at(60)).await.unwrap());
        assert!(!tx.link_take("last", at(600)).await.unwrap());
        assert!(tx.link_take("last", at(599)).await.unwrap());
    }
}

#[tokio::test]
async fn expiry_is_judged_at_use() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let challenge = Challenge {
            kind: domain::FactorKind::Sms,
            id: "c".into(),
            address: "a@b.de".into(),
            created_at: at(0),
            sent_at: at(0),
            expires_at: at(600),
            sends: 1,
            tries: 0,
            message: String::new(),
        };
        let mut tx = store.begin().await.unwrap();
        tx.challenge_insert(&ada.id, "sign_in", &challenge, "hash")
            .await
            .unwrap();
        assert_eq!(tx.challenge_try("c", 5, at(600)).await.unwrap(), None);
        assert!(!tx.challenge_take("c", at(600)).await.unwrap());
        assert!(
            tx.ceremony_save("b", &realm(), "k", b"s", 0, at(60), at(0))
                .await
                .unwrap()
        );
        assert!(
            tx.ceremony("b", &realm(), "k", at(59))
                .await
                .unwrap()
                .is_some()
        );
        assert!(
            tx.ceremony("b", &realm(), "k", at(60))
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn a_code_has_five_tries_and_a_new_one_voids_it() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let one = Challenge {
            kind: domain::FactorKind::Sms,
            id: "c1".into(),
            address: "a@b.de".into(),
            created_at: at(0),
            sent_at: at(0),
            expires_at: at(600),
            sends: 1,
            tries: 0,
            message: String::new(),
        };
        let two = Challenge {
            kind: domain::FactorKind::Sms,
            id: "c2".into(),
            sends: 2,
            ..one.clone()
        };
        let mut tx = store.begin().await.unwrap();
        tx.challenge_insert(&ada.id, "sign_in", &one, "h1")
            .await
            .unwrap();
        for n in 0..7 {
            assert_eq!(
                tx.challenge_try("c1", 5, at(1)).await.unwrap().is_some(),
                n < 5
            );
        }
        tx.challenge_insert(&ada.id, "sign_in", &two, "h2")
            .await
            .unwrap();
        assert!(!tx.challenge_take("c1", at(1)).await.unwrap());
        assert_eq!(
            tx.challenge_try("c2", 5, at(1)).await.unwrap().as_deref(),
            Some("h2")
        );
        assert_eq!(tx.challenges_since(&ada.id, at(-1)).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn who_saves_an_older_version_of_a_ceremony_loses() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        let mut save = async |state: &[u8], version| {
            tx.ceremony_save("b", &realm(), "k", state, version, at(60), at(0))
                .await
                .unwrap()
        };
        assert!(save(b"one", 0).await);
        assert!(
            !save(b"unread", 0).await,
            "a row that stands there is not overwritten unread"
        );
        assert!(save(b"two", 1).await);
        assert!(!save(b"late", 1).await);
        assert_eq!(
            tx.ceremony("b", &realm(), "k", at(0)).await.unwrap(),
            Some((b"two".to_vec(), 2))
        );
    }
}
