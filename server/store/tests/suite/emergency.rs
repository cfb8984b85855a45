//! Emergency passwords, on both engines by the same test.

use crate::common::{at, call, factor, somebody, stores};
use domain::{
    FactorKind, Timestamp,
    caller::{CallerProof, Evidence},
    emergency::{Emergency, MOST_WRONG},
    ids::PersonId,
    phone::Decision,
    records::Person,
};
use store::Store;

/// A caller, an agent, and what the agent found out.
async fn called(store: &Store) -> (Person, PersonId) {
    let (mut who, mut agent) = (somebody("petra"), somebody("agent"));
    who.email = "petra@example.org".to_owned();
    agent.email = "agent@example.org".to_owned();
    let phone = factor(&who, FactorKind::Smartphone);
    let mut tx = store.begin().await.unwrap();
    for one in [&who, &agent] {
        tx.person_insert(one, &one.login, &one.name).await.unwrap();
    }
    tx.factor_insert(&phone).await.unwrap();
    let call = call("call", &who.id, &agent.id, at(0));
    assert!(tx.call_insert(&call).await.unwrap());
    let evidence = Evidence {
        call: call.id,
        id: "evidence".to_owned(),
        person: who.id.clone(),
        proof: CallerProof::Smartphone,
        factor: Some(phone.id),
        manager: None,
        decision: Decision::Accept,
        agent: agent.id.clone(),
        at: at(0),
    };
    tx.evidence_insert(&evidence).await.unwrap();
    tx.commit().await.unwrap();
    (who, agent.id)
}

fn spoken(id: &str, who: &Person, agent: &PersonId, now: Timestamp) -> Emergency {
    Emergency {
        id: id.to_owned(),
        person: who.id.clone(),
        hash: "hash".to_owned(),
        request: String::new(),
        issued_by: Some(agent.clone()),
        at: now,
        expires_at: now.plus_seconds(900),
        wrong: 0,
    }
}

#[tokio::test]
async fn one_stands_and_works_once() {
    for store in stores().await {
        let (who, agent) = called(&store).await;
        let insert = async |one: &Emergency, evidence| {
            let mut tx = store.begin().await.unwrap();
            let done = tx.emergency_insert(one, &who.realm, evidence).await;
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done.is_ok()
        };
        let first = spoken("1", &who, &agent, at(1));
        assert!(!insert(&first, None).await, "without evidence");
        assert!(insert(&first, Some("evidence")).await);
        let second = spoken("2", &who, &agent, at(2));
        assert!(!insert(&second, Some("evidence")).await, "two at once");
        let mut tx = store.begin().await.unwrap();
        assert!(tx.emergency_void(&who.id, at(2)).await.unwrap());
        assert!(!tx.emergency_void(&who.id, at(2)).await.unwrap());
        tx.commit().await.unwrap();
        assert!(insert(&second, Some("evidence")).await);

        let mut tx = store.begin().await.unwrap();
        let stands = tx.emergency_standing(&who.id).await.unwrap();
        assert_eq!(stands, Some(second.clone()));
        assert!(!tx.emergency_take("1", at(3)).await.unwrap(), "void");
        assert!(!tx.emergency_take("2", at(902)).await.unwrap(), "too old");
        assert!(tx.emergency_take("2", at(901)).await.unwrap());
        assert!(!tx.emergency_take("2", at(901)).await.unwrap(), "once");
        assert_eq!(tx.emergency_standing(&who.id).await.unwrap(), None);
        let issued = tx
            .emergency_issued(&agent, &who.id, &who.realm, at(10))
            .await
            .unwrap();
        assert_eq!(
            (issued.by_agent, issued.to_person, issued.in_realm),
            (2, 2, 2)
        );
        tx.emergencies_sweep(at(1000)).await.unwrap();
        let issued = tx
            .emergency_issued(&agent, &who.id, &who.realm, at(10))
            .await
            .unwrap();
        assert_eq!(issued.by_agent, 0);
    }
}

#[tokio::test]
async fn its_tries_are_few() {
    for store in stores().await {
        let (who, agent) = called(&store).await;
        let one = spoken("1", &who, &agent, at(1));
        let mut tx = store.begin().await.unwrap();
        tx.emergency_insert(&one, &who.realm, Some("evidence"))
            .await
            .unwrap();
        for n in 1..=MOST_WRONG {
            let taken = tx.emergency_try("1", MOST_WRONG, at(2)).await.unwrap();
            assert_eq!(taken, Some(n));
        }
        let more = tx.emergency_try("1", MOST_WRONG, at(2)).await.unwrap();
        assert_eq!(more, None);
    }
}

#[tokio::test]
async fn what_waits_for_an_agent_works_from_then_on() {
    for store in stores().await {
        let (who, agent) = called(&store).await;
        let asked = Emergency {
            hash: String::new(),
            request: "K7Q4MP".to_owned(),
            issued_by: None,
            ..spoken("1", &who, &agent, at(1))
        };
        let mut tx = store.begin().await.unwrap();
        tx.emergency_insert(&asked, &who.realm, None).await.unwrap();
        assert!(
            !tx.emergency_take("1", at(2)).await.unwrap(),
            "nobody approved"
        );
        tx.emergency_misread("1", MOST_WRONG, at(2)).await.unwrap();
        let until = at(1000);
        for first in [true, false] {
            let done = tx
                .emergency_approve("1", &agent, "evidence", until, at(3))
                .await;
            assert_eq!(done.unwrap(), first);
        }
        assert!(tx.emergency_take("1", at(999)).await.unwrap());

        let again = Emergency {
            id: "2".to_owned(),
            ..asked
        };
        tx.emergency_insert(&again, &who.realm, None).await.unwrap();
        for _ in 0..MOST_WRONG {
            tx.emergency_misread("2", MOST_WRONG, at(4)).await.unwrap();
        }
        let done = tx
            .emergency_approve("2", &agent, "evidence", until, at(5))
            .await;
        assert!(!done.unwrap(), "misread too often");
    }
}
