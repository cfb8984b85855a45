//! People, what they hold and what they agreed to.

use crate::common::{at, factor, insert, realm, somebody, stores};
use domain::{
    FactorKind,
    ids::PersonId,
    records::{Factor, Person},
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

#[tokio::test]
async fn what_was_agreed_to_is_kept_with_its_time() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.person_agreed(&ada.id).await.unwrap(), None);
        tx.person_agree(&ada.id, "2026-01", at(5)).await.unwrap();
        let agreed = tx.person_agreed(&ada.id).await.unwrap();
        assert_eq!(agreed, Some(("2026-01".into(), at(5))));
    }
}
