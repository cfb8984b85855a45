//! People are found by words, in any order and spelling.

use crate::common::{insert, realm, somebody, stores};
use domain::{
    records::Person,
    text::{name_key, search_key},
};
use store::Store;

async fn add(store: &Store, id: &str, name: &str) {
    let who = Person {
        name: name.to_owned(),
        ..somebody(id)
    };
    let mut tx = store.begin().await.unwrap();
    tx.person_insert(&who, &who.login, &name_key(name))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn words_in_any_order_and_spelling_find_a_name() {
    for store in stores().await {
        add(&store, "a1", "Jörg Müller").await;
        add(&store, "a2", "René Strauß").await;
        add(&store, "a3", "Ayşe Gül").await;
        add(&store, "a4", "Jonas Bergmann").await;
        for (typed, name) in [
            ("bergmann, jonas", "Jonas Bergmann"),
            ("jon  ber", "Jonas Bergmann"),
            ("mueller jörg", "Jörg Müller"),
            ("muller", "Jörg Müller"),
            ("mu\u{308}ller", "Jörg Müller"),
            ("STRAUSS", "René Strauß"),
            ("rene", "René Strauß"),
            ("ayse gul", "Ayşe Gül"),
            ("a3@example.com", "Ayşe Gül"),
            ("ayse a3@", "Ayşe Gül"),
        ] {
            let words = search_key(typed);
            let mut conn = store.read().await.unwrap();
            let page = conn.people_page(&realm(), &words, None, 10).await.unwrap();
            let desk = conn.people_of(&[realm()], &words, 10).await.unwrap();
            for found in [page, desk] {
                let names: Vec<_> = found.iter().map(|who| who.name.as_str()).collect();
                assert_eq!(names, [name], "{typed}");
            }
        }
    }
}

#[tokio::test]
async fn a_key_is_made_anew_only_for_the_name_that_was_read() {
    for store in stores().await {
        add(&store, "a1", "New Name").await;
        let id = somebody("a1").id;
        let mut tx = store.begin().await.unwrap();
        tx.person_name_key(&id, "Old Name", "old name")
            .await
            .unwrap();
        for (words, found) in [("old", 0), ("new", 1)] {
            let people = tx.people_page(&realm(), words, None, 10).await.unwrap();
            assert_eq!(people.len(), found, "{words}");
        }
        tx.person_name_key(&id, "New Name", "other key")
            .await
            .unwrap();
        let people = tx.people_page(&realm(), "other", None, 10).await.unwrap();
        assert_eq!(people.len(), 1);
    }
}

#[tokio::test]
async fn what_a_pattern_would_mean_means_itself() {
    for store in stores().await {
        insert(&store, &somebody("anna")).await;
        add(&store, "b1", "100% Ltd_").await;
        let mut conn = store.read().await.unwrap();
        for (words, found) in [("100%", 1), ("%", 1), ("ltd_", 1), ("a_", 0), ("", 2)] {
            let page = conn.people_page(&realm(), words, None, 10).await.unwrap();
            assert_eq!(page.len(), found, "{words}");
        }
    }
}
