//! What managers approve, on both engines by the same test.

use crate::common::{at, insert, somebody, stores};
use domain::{
    FactorKind, Timestamp,
    approval::{Approval, Deputy, Stage, Wish},
    ids::{ApprovalId, PersonId},
};
use store::Store;

fn asked(id: &str, number: i64, person: &str) -> Approval {
    let who = somebody(person);
    Approval {
        id: ApprovalId::new(id),
        number,
        realm: who.realm,
        person: who.id,
        wish: Wish {
            kind: FactorKind::Sms,
            address: "+491713920077".to_owned(),
            reason: "On the road".to_owned(),
            application: String::new(),
            ticket: String::new(),
        },
        stage: Stage::Waiting,
        version: 1,
        asked_at: at(0),
        due_at: at(700),
    }
}

/// Two people who report to one manager, and one who may stand in.
async fn team(store: &Store) -> PersonId {
    let boss = somebody("boss");
    insert(store, &boss).await;
    for name in ["ann", "ben"] {
        let mut who = somebody(name);
        who.manager = Some(boss.id.clone());
        insert(store, &who).await;
    }
    insert(store, &somebody("deputy")).await;
    boss.id
}

#[tokio::test]
async fn one_at_a_time_and_the_faster_one_wins() {
    for store in stores().await {
        let boss = team(&store).await;
        let mut tx = store.begin().await.unwrap();
        let first = asked("a", 1, "ann");
        assert!(tx.approval_insert(&first, at(200)).await.unwrap());
        assert!(
            !tx.approval_insert(&asked("b", 2, "ann"), at(200))
                .await
                .unwrap()
        );
        assert_eq!(tx.approval(&first.id).await.unwrap(), Some(first.clone()));
        let approved = Approval {
            stage: Stage::Approved {
                by: boss.clone(),
                until: at(900),
                released: false,
            },
            ..first.clone()
        };
        assert!(tx.approval_save(&approved, None).await.unwrap());
        // Read before that: too late.
        assert!(!tx.approval_save(&first, None).await.unwrap());
        let now = tx.approval(&first.id).await.unwrap();
        let now = now.expect("it was just saved");
        assert_eq!((now.version, &now.stage), (2, &approved.stage));
        let over = Approval {
            stage: Stage::Withdrawn,
            ..now
        };
        assert!(tx.approval_save(&over, None).await.unwrap());
        assert!(
            tx.approval_insert(&asked("b", 2, "ann"), at(200))
                .await
                .unwrap()
        );
        let all = tx.approvals_of(&first.person, 9).await.unwrap();
        let names: Vec<_> = all.iter().map(|a| a.number).collect();
        assert_eq!(names, [2, 1]);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn nobody_decides_for_themselves_not_even_in_the_table() {
    for store in stores().await {
        team(&store).await;
        let mut tx = store.begin().await.unwrap();
        let own = asked("a", 1, "ann");
        let own = Approval {
            stage: Stage::Approved {
                by: own.person.clone(),
                until: at(900),
                released: false,
            },
            ..own
        };
        assert!(tx.approval_insert(&own, at(200)).await.is_err());
    }
}

#[tokio::test]
async fn managers_and_who_stands_in_see_what_waits() {
    for store in stores().await {
        let boss = team(&store).await;
        let deputy = somebody("deputy").id;
        let mut tx = store.begin().await.unwrap();
        for (id, number, who) in [("a", 1, "ann"), ("b", 2, "ben")] {
            assert!(
                tx.approval_insert(&asked(id, number, who), at(200))
                    .await
                    .unwrap()
            );
        }
        let numbers = |list: Vec<Approval>| list.iter().map(|a| a.number).collect::<Vec<_>>();
        let seen = tx.approvals_for(&boss, true, None, 9, at(1)).await.unwrap();
        assert_eq!(numbers(seen), [2, 1]);
        let page = tx
            .approvals_for(&boss, true, Some(2), 9, at(1))
            .await
            .unwrap();
        assert_eq!(numbers(page), [1]);
        assert!(
            tx.approvals_for(&boss, false, None, 9, at(1))
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            tx.approvals_for(&deputy, true, None, 9, at(1))
                .await
                .unwrap()
                .is_empty()
        );
        assert!(!tx.approves_anybody(&deputy, at(1)).await.unwrap());
        let stands_in = Deputy {
            person: deputy.clone(),
            until: at(100),
        };
        tx.deputy_put(&boss, Some(&stands_in)).await.unwrap();
        tx.deputy_put(&boss, Some(&stands_in)).await.unwrap();
        assert_eq!(tx.deputy(&boss).await.unwrap(), Some(stands_in));
        let seen = tx
            .approvals_for(&deputy, true, None, 9, at(99))
            .await
            .unwrap();
        assert_eq!(numbers(seen), [2, 1]);
        assert!(tx.approves_anybody(&deputy, at(99)).await.unwrap());
        let late = tx
            .approvals_for(&deputy, true, None, 9, at(100))
            .await
            .unwrap();
        assert!(late.is_empty());
        // One of the team stands in, and does not see their own.
        let ben = Deputy {
            person: somebody("ben").id,
            until: at(100),
        };
        tx.deputy_put(&boss, Some(&ben)).await.unwrap();
        let seen = tx
            .approvals_for(&ben.person, true, None, 9, at(1))
            .await
            .unwrap();
        assert_eq!(numbers(seen), [1]);
        tx.deputy_put(&boss, None).await.unwrap();
        assert_eq!(tx.deputy(&boss).await.unwrap(), None);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn who_is_on_record_now_sees_what_waits() {
    for store in stores().await {
        let boss = team(&store).await;
        let next = somebody("deputy").id;
        let ann = somebody("ann").id;
        let mut tx = store.begin().await.unwrap();
        let one = asked("a", 1, "ann");
        assert!(tx.approval_insert(&one, at(200)).await.unwrap());
        assert!(!tx.approves_anybody(&next, at(1)).await.unwrap());
        for (manager, sees) in [(Some(&next), &next), (Some(&boss), &boss), (None, &ann)] {
            tx.person_manager(&ann, manager).await.unwrap();
            let now = tx.person(&ann).await.unwrap().expect("is there");
            assert_eq!(now.manager.as_ref(), manager);
            for who in [&boss, &next] {
                let seen = tx.approvals_for(who, true, None, 9, at(1)).await.unwrap();
                assert_eq!(!seen.is_empty(), who == sees, "{who:?}");
            }
        }
        // Nobody else's changed, and nobody is put there who is not.
        let ben = tx.person(&somebody("ben").id).await.unwrap();
        assert_eq!(ben.expect("is there").manager, Some(boss));
        let ghost = somebody("ghost").id;
        assert!(tx.person_manager(&ann, Some(&ghost)).await.is_err());
    }
}

#[tokio::test]
async fn reminders_come_once_and_the_end_is_found() {
    for store in stores().await {
        team(&store).await;
        let mut tx = store.begin().await.unwrap();
        let one = asked("a", 1, "ann");
        assert!(tx.approval_insert(&one, at(200)).await.unwrap());
        let due = |now: Timestamp| now;
        assert!(
            tx.approvals_remind(9, due(at(199)))
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            tx.approvals_remind(9, at(200)).await.unwrap(),
            std::slice::from_ref(&one)
        );
        assert!(tx.approvals_remind(9, at(300)).await.unwrap().is_empty());
        // Asked anew: a reminder of its own.
        assert!(tx.approval_save(&one, Some(at(400))).await.unwrap());
        assert_eq!(tx.approvals_remind(9, at(400)).await.unwrap().len(), 1);
        assert!(tx.approvals_ended(9, at(699)).await.unwrap().is_empty());
        assert_eq!(tx.approvals_ended(9, at(700)).await.unwrap().len(), 1);
        tx.commit().await.unwrap();
    }
}
