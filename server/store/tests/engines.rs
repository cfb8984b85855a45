//! Every promise of the store, on both engines by the same tests. PostgreSQL
//! runs where `REKEY_TEST_POSTGRES` names a cluster (`cargo x test` starts one);
//! each test gets a database of its own there.

mod common;

use common::{at, factor, insert, realm, somebody, stores};
use domain::{
    FactorKind, Lang,
    audit::{Action, Entry},
    ids::{PersonId, RealmSlug, SessionId},
    link::Purpose,
    records::{Challenge, Factor, Link, OutboxRow, Person, Session},
    role::{Grant, Role},
    throttle::Limit,
};

#[tokio::test]
async fn people_come_back_as_they_went_in_and_logins_are_unique() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let mut conn = store.read().await.unwrap();
        assert_eq!(
            conn.person_by_login(&realm(), &ada.login).await.unwrap(),
            Some(ada.clone())
        );
        assert_eq!(conn.person(&PersonId::new("nobody")).await.unwrap(), None);
        drop(conn);
        let mut tx = store.begin().await.unwrap();
        let twin = Person {
            id: PersonId::new("twin"),
            ..ada.clone()
        };
        assert!(
            tx.person_insert(&twin, &ada.login, "x")
                .await
                .unwrap_err()
                .is_duplicate()
        );
    }
}

#[tokio::test]
async fn what_is_not_committed_did_not_happen() {
    for store in stores().await {
        let ada = somebody("ada");
        let mut tx = store.begin().await.unwrap();
        tx.person_insert(&ada, &ada.login, "ada").await.unwrap();
        drop(tx);
        assert_eq!(
            store.read().await.unwrap().person(&ada.id).await.unwrap(),
            None
        );
    }
}

#[tokio::test]
async fn people_are_paged_by_name_and_searched_by_part() {
    for store in stores().await {
        for name in ["cleo", "ada", "ben", "al_x", "alex"] {
            insert(&store, &somebody(name)).await;
        }
        let mut conn = store.read().await.unwrap();
        let names = |page: Vec<Person>| page.into_iter().map(|p| p.name).collect::<Vec<_>>();
        let first = conn.people_page(&realm(), "", None, 2).await.unwrap();
        let after = first
            .last()
            .map(|p| (p.name.clone(), p.id.as_str().to_owned()));
        assert_eq!(names(first), ["ada", "al_x"]);
        let second = conn
            .people_page(&realm(), "", after.as_ref(), 9)
            .await
            .unwrap();
        assert_eq!(names(second), ["alex", "ben", "cleo"]);
        assert_eq!(
            names(conn.people_page(&realm(), "eo", None, 9).await.unwrap()),
            ["cleo"]
        );
        // A wildcard that somebody typed is a letter like any other.
        assert_eq!(
            names(conn.people_page(&realm(), "al_", None, 9).await.unwrap()),
            ["al_x"]
        );
        assert!(
            conn.people_page(&realm(), "%", None, 9)
                .await
                .unwrap()
                .is_empty()
        );
    }
}

#[tokio::test]
async fn tries_are_counted_before_they_are_made_and_lock() {
    let limit = Limit {
        in_a_row: 4,
        lock_seconds: 900,
        per_day: 6,
        forgets: false,
    };
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        let mut waits = Vec::new();
        for _ in 0..6 {
            waits.push(tx.attempt_take("b", limit, at(0)).await.unwrap());
        }
        // Two are free, the third begins a pause of a second, and no more.
        assert_eq!(waits, [None, None, None, Some(1), Some(1), Some(1)]);
        assert_eq!(
            tx.attempt_take("b", limit, at(1)).await.unwrap(),
            None,
            "the fourth, after the pause"
        );
        assert_eq!(
            tx.attempt_take("b", limit, at(1)).await.unwrap(),
            Some(900),
            "locked"
        );
        assert!(tx.attempt_locked("b%", at(1)).await.unwrap());
        // A clock that goes back opens nothing.
        assert!(
            tx.attempt_take("b", limit, at(-3600))
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(
            tx.attempt_take("b", limit, at(902)).await.unwrap(),
            None,
            "the lock is over"
        );
        assert_eq!(
            tx.attempt_take("b", limit, at(903)).await.unwrap(),
            None,
            "the sixth of the day shuts it"
        );
        assert_eq!(
            tx.attempt_take("b", limit, at(200_000)).await.unwrap(),
            Some(86_400),
            "shut, for as long as it takes"
        );
        tx.attempts_unlock("b%").await.unwrap();
        assert_eq!(tx.attempt_take("b", limit, at(904)).await.unwrap(), None);
        tx.attempt_clear("b").await.unwrap();
        assert_eq!(tx.attempt_count("b").await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_last_try_of_a_day_shuts_nothing_when_it_was_right() {
    let limit = Limit {
        in_a_row: 9,
        lock_seconds: 900,
        per_day: 2,
        forgets: false,
    };
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        for second in 0..2 {
            assert_eq!(tx.attempt_take("b", limit, at(second)).await.unwrap(), None);
        }
        tx.attempt_clear("b").await.unwrap();
        assert_eq!(tx.attempt_take("b", limit, at(3)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn what_is_rationed_counts_anew_after_a_pause_and_is_never_shut() {
    let limit = Limit {
        in_a_row: 3,
        lock_seconds: 60,
        per_day: i64::MAX,
        forgets: true,
    };
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        for hour in 0..40 {
            let asked = tx.attempt_take("b", limit, at(hour * 600)).await.unwrap();
            assert_eq!(asked, None, "{hour}: ten minutes are a pause");
        }
        for (second, wait) in [(1, None), (2, None), (3, Some(59)), (62, None)] {
            let at = at(39 * 600 + second);
            assert_eq!(tx.attempt_take("b", limit, at).await.unwrap(), wait);
        }
    }
}

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
async fn parallel_tries_are_evaluated_at_most_as_often_as_allowed() {
    let limit = Limit {
        in_a_row: 10,
        lock_seconds: 900,
        per_day: 50,
        forgets: false,
    };
    for store in stores().await {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let store = store.clone();
            tasks.spawn(async move {
                let mut tx = store.begin().await.unwrap();
                let wait = tx.attempt_take("p", limit, at(0)).await.unwrap();
                tx.commit().await.unwrap();
                wait.is_none()
            });
        }
        let evaluated = tasks
            .join_all()
            .await
            .into_iter()
            .filter(|yes| *yes)
            .count();
        assert_eq!(evaluated, 3, "the third begins a pause: all others wait");
    }
}

#[tokio::test]
async fn what_works_once_works_once_in_parallel_too() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let totp = factor(&ada, FactorKind::Totp);
        let challenge = Challenge {
            id: "c".into(),
            address: "a@b.de".into(),
            created_at: at(0),
            expires_at: at(600),
            sends: 1,
            tries: 0,
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
        // An older step never counts again (RFC 6238, 5.2).
        let mut tx = store.begin().await.unwrap();
        assert!(!tx.factor_take_step(&totp.id, 6).await.unwrap());
        assert!(tx.factor_take_step(&totp.id, 8).await.unwrap());
    }
}

#[tokio::test]
async fn expiry_is_judged_at_use() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let challenge = Challenge {
            id: "c".into(),
            address: "a@b.de".into(),
            created_at: at(0),
            expires_at: at(600),
            sends: 1,
            tries: 0,
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
            id: "c1".into(),
            address: "a@b.de".into(),
            created_at: at(0),
            expires_at: at(600),
            sends: 1,
            tries: 0,
        };
        let two = Challenge {
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
            sealed: vec![9; 40],
            created_at: at(0),
            useless_after: Some(at(600)),
            attempts: 0,
            send_at: at(0),
        };
        let mut tx = store.begin().await.unwrap();
        tx.outbox_insert(&row, "notice").await.unwrap();
        assert_eq!(tx.outbox_next().await.unwrap(), Some(at(0)));
        let claimed = tx.outbox_claim(10, 60, at(0)).await.unwrap();
        assert_eq!(
            claimed,
            [OutboxRow {
                attempts: 1,
                ..row.clone()
            }]
        );
        assert!(
            tx.outbox_claim(10, 60, at(1)).await.unwrap().is_empty(),
            "somebody has it"
        );
        assert_eq!(
            tx.outbox_claim(10, 60, at(61)).await.unwrap().len(),
            1,
            "its node died"
        );
        tx.outbox_later("m", "no route", at(120)).await.unwrap();
        assert!(tx.outbox_claim(10, 60, at(119)).await.unwrap().is_empty());
        assert_eq!(tx.outbox_claim(10, 60, at(120)).await.unwrap().len(), 1);
        tx.outbox_sent("m", at(121)).await.unwrap();
        assert_eq!(tx.outbox_next().await.unwrap(), None);
        assert!(tx.outbox_claim(10, 60, at(9999)).await.unwrap().is_empty());
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

#[tokio::test]
async fn a_credential_belongs_to_one_person_for_ever() {
    for store in stores().await {
        let (ada, ben) = (somebody("ada"), somebody("ben"));
        insert(&store, &ada).await;
        insert(&store, &ben).await;
        let key = Factor {
            credential: Some("cred".into()),
            ..factor(&ada, FactorKind::Passkey)
        };
        let mut tx = store.begin().await.unwrap();
        tx.factor_insert(&key).await.unwrap();
        assert!(tx.factor_remove(&key.id, &ada.id, at(1)).await.unwrap());
        assert!(
            !tx.factor_remove(&key.id, &ada.id, at(1)).await.unwrap(),
            "once"
        );
        tx.commit().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let stolen = Factor {
            credential: Some("cred".into()),
            ..factor(&ben, FactorKind::Passkey)
        };
        assert!(tx.factor_insert(&stolen).await.unwrap_err().is_duplicate());
    }
}
