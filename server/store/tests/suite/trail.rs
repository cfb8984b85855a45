//! Reading the audit trail, on both engines by the same tests.

use crate::common::{at, insert, realm, somebody, stores};
use domain::{
    audit::{Action, Entry, Outcome},
    ids::RealmSlug,
    trail::{Filter, Who},
};
use store::Store;

/// A trail of two realms: entries 000 to 119 of one, in turn by Ada and the
/// command line, to Ben and to nobody, every tenth refused.
async fn trail(store: &Store) {
    insert(store, &somebody("ada")).await;
    insert(store, &somebody("ben")).await;
    let mut tx = store.begin().await.unwrap();
    for n in 0..120 {
        let even = n % 2 == 0;
        tx.audit_insert(&Entry {
            seq: None,
            id: format!("entry-{n:03}"),
            at: at(n),
            realm: realm(),
            actor: if even { "person-ada" } else { "cli" }.into(),
            action: if n % 3 == 0 {
                Action::SignIn
            } else {
                Action::CodeSent
            }
            .slug()
            .into(),
            outcome: if n % 10 == 0 { "refused" } else { "done" }.into(),
            target: even.then(|| "person-ben".into()),
            factor: None,
            detail: String::new(),
            address: String::new(),
            agent: String::new(),
            hash: String::new(),
        })
        .await
        .unwrap();
    }
    tx.audit_insert(&Entry {
        seq: None,
        id: "entry-060-elsewhere".into(),
        at: at(60),
        realm: RealmSlug::parse("cloud").unwrap(),
        actor: "person-ada".into(),
        action: Action::SignIn.slug().into(),
        outcome: "done".into(),
        target: Some("person-ada".into()),
        factor: None,
        detail: String::new(),
        address: String::new(),
        agent: String::new(),
        hash: String::new(),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Every id that a filter finds, drawn in pages of seven.
async fn drawn(store: &Store, filter: &Filter) -> Vec<String> {
    let mut conn = store.read().await.unwrap();
    let mut out: Vec<String> = Vec::new();
    loop {
        let before = out.last().map(String::as_str);
        let page = conn.trail_page(&realm(), filter, before, 7).await.unwrap();
        if page.is_empty() {
            return out;
        }
        assert!(page.len() <= 7);
        out.extend(page.into_iter().map(|line| line.entry.id));
    }
}

#[tokio::test]
async fn the_trail_is_read_newest_first_by_what_one_looks_for() {
    for store in stores().await {
        trail(&store).await;
        let expect = async |filter: Filter, holds: fn(i64) -> bool| {
            let ids: Vec<_> = (0..120_i64)
                .rev()
                .filter(|n| holds(*n))
                .map(|n| format!("entry-{n:03}"))
                .collect();
            assert!(!ids.is_empty());
            assert_eq!(drawn(&store, &filter).await, ids, "{filter:?}");
        };
        let who = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
        expect(Filter::default(), |_| true).await;
        let sign_in = Filter {
            action: Some(Action::SignIn),
            ..Filter::default()
        };
        expect(sign_in.clone(), |n| n % 3 == 0).await;
        let refused = Filter {
            outcome: Some(Outcome::Refused),
            ..Filter::default()
        };
        expect(refused.clone(), |n| n % 10 == 0).await;
        let ada = Filter {
            who: who(&["person-ada"]),
            ..Filter::default()
        };
        expect(ada, |n| n % 2 == 0).await;
        // Who acted and to whom are one look: no entry comes twice.
        let both = Filter {
            who: who(&["person-ada", "person-ben", "cli"]),
            ..Filter::default()
        };
        expect(both, |_| true).await;
        let all = Filter {
            who: who(&["cli"]),
            action: Some(Action::SignIn),
            outcome: Some(Outcome::Done),
        };
        expect(all, |n| n % 2 == 1 && n % 3 == 0).await;
        for ids in [&[][..], &["person-nobody"]] {
            let nobody = Filter {
                who: who(ids),
                ..Filter::default()
            };
            assert!(drawn(&store, &nobody).await.is_empty());
        }
    }
}

#[tokio::test]
async fn the_trail_names_the_people_in_it() {
    for store in stores().await {
        trail(&store).await;
        let mut conn = store.read().await.unwrap();
        let page = conn
            .trail_page(&realm(), &Filter::default(), Some("entry-119"), 2)
            .await
            .unwrap();
        let names: Vec<_> = page
            .iter()
            .map(|line| {
                let name = |who: &Option<Who>| who.as_ref().map(|w| w.name.clone());
                (
                    line.entry.id.as_str(),
                    name(&line.actor),
                    name(&line.target),
                )
            })
            .collect();
        assert_eq!(
            names,
            [
                ("entry-118", Some("ada".to_owned()), Some("ben".to_owned())),
                ("entry-117", None, None),
            ]
        );
        assert_eq!(page[0].actor.as_ref().unwrap().login, "ada@example.com");
    }
}

/// Gives places to what has none, ten at a time, until nothing is left.
async fn seal(store: Store) {
    loop {
        let mut tx = store.begin().await.unwrap();
        let entries = tx.audit_unsealed(10).await.unwrap();
        if entries.is_empty() {
            return;
        }
        let (mut seq, _) = tx.audit_head().await.unwrap().unwrap_or_default();
        for entry in entries {
            seq += 1;
            tx.audit_seal(&entry.id, seq, "hash").await.unwrap();
        }
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn nodes_that_seal_at_the_same_time_leave_no_place_out() {
    for store in stores().await {
        trail(&store).await;
        let nodes = [(); 3].map(|()| tokio::spawn(seal(store.clone())));
        for node in nodes {
            node.await.unwrap();
        }
        let mut conn = store.read().await.unwrap();
        let sealed = conn.audit_from(1, 1000).await.unwrap();
        let places: Vec<_> = sealed.iter().map(|entry| entry.seq).collect();
        let expected: Vec<_> = (1..=121).map(Some).collect();
        assert_eq!(places, expected);
    }
}
