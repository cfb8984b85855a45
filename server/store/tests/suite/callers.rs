//! Checks of callers and what came of them, on both engines by the same test.

use crate::common::{at, call, somebody, stores};
use domain::{
    Timestamp,
    call::Call,
    caller::{CallerCheck, CallerProof, Evidence, MOST_WRONG, PASSKEY_LIFE},
    ids::CallerCheckId,
    phone::Decision,
};
use store::Store;

async fn called(store: &Store) -> Call {
    let (mut who, agent) = (somebody("petra"), somebody("agent"));
    who.manager = Some(agent.id.clone());
    crate::common::insert(store, &agent).await;
    crate::common::insert(store, &who).await;
    let call = call("c", &who.id, &agent.id, at(0));
    let mut tx = store.begin().await.unwrap();
    tx.call_insert(&call).await.unwrap();
    tx.commit().await.unwrap();
    call
}

fn check(id: &str, call: &Call, proof: CallerProof, created_at: Timestamp) -> CallerCheck {
    CallerCheck {
        id: CallerCheckId::new(id),
        person: call.person.clone(),
        proof,
        code: "123456".to_owned(),
        call: call.id.clone(),
        agent: call.agent.clone(),
        created_at,
        wrong: 0,
        decision: None,
        voided: false,
    }
}

#[tokio::test]
async fn one_waits_and_is_answered_once() {
    for store in stores().await {
        let call = called(&store).await;
        let realm = somebody("petra").realm;
        let mut tx = store.begin().await.unwrap();
        let first = check("1", &call, CallerProof::Passkey, at(0));
        let second = check("2", &call, CallerProof::Passkey, at(1));
        let other = check("3", &call, CallerProof::Manager, at(2));
        for one in [&first, &second, &other] {
            assert!(tx.caller_check_insert(one, &realm).await.unwrap());
        }
        let kept = tx.caller_check(&first.id).await.unwrap().expect("is there");
        assert!(kept.voided, "a newer one took its place");
        let last = tx.caller_check_last(&call.person).await.unwrap();
        assert_eq!(last, Some(other.clone()));
        // The code leads to what waits for a passkey, in time, in its realm.
        let found = tx
            .caller_check_by_code(&realm, "123456", at(PASSKEY_LIFE))
            .await;
        assert_eq!(found.unwrap(), Some(second.clone()));
        let late = at(1 + PASSKEY_LIFE);
        for (code, now) in [("123456", late), ("123457", at(3))] {
            let found = tx.caller_check_by_code(&realm, code, now).await;
            assert_eq!(found.unwrap(), None);
        }
        let accept = Decision::Accept;
        for (one, now, counts) in [
            (&first, at(3), false),
            (&second, late, false),
            (&second, at(3), true),
            (&second, at(3), false),
        ] {
            let done = tx.caller_check_answer(one, accept, now).await.unwrap();
            assert_eq!(done, counts);
        }
        // A manager has to be reached: that one waits longer.
        let done = tx.caller_check_answer(&other, accept, late).await;
        assert!(done.unwrap());
        let since = tx.caller_checks_since(&call.person, at(-1)).await.unwrap();
        assert_eq!(since, 1, "what was accepted does not count against anybody");
        tx.caller_checks_sweep(at(1)).await.unwrap();
        assert_eq!(tx.caller_check(&second.id).await.unwrap(), None);
        assert!(tx.caller_check(&other.id).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn tries_and_challenges_are_used_up() {
    for store in stores().await {
        let call = called(&store).await;
        let realm = somebody("petra").realm;
        let mut tx = store.begin().await.unwrap();
        let one = check("1", &call, CallerProof::Passkey, at(0));
        tx.caller_check_insert(&one, &realm).await.unwrap();
        for n in 0..=MOST_WRONG {
            let may = tx.caller_check_try(&one.id, MOST_WRONG).await.unwrap();
            assert_eq!(may, n < MOST_WRONG);
        }
        assert!(tx.caller_check_seen(&one.id, at(1)).await.unwrap());
        assert!(!tx.caller_check_seen(&one.id, at(2)).await.unwrap(), "once");
        assert_eq!(tx.caller_check_state_take(&one.id).await.unwrap(), None);
        for state in ["first", "second"] {
            tx.caller_check_state(&one.id, state).await.unwrap();
        }
        let taken = tx.caller_check_state_take(&one.id).await.unwrap();
        assert_eq!(taken.as_deref(), Some("second"));
        assert_eq!(tx.caller_check_state_take(&one.id).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_managers_word_rests_on_no_factor() {
    for store in stores().await {
        let call = called(&store).await;
        let word = Evidence {
            id: "e".to_owned(),
            person: call.person.clone(),
            proof: CallerProof::Manager,
            factor: None,
            manager: Some(call.agent.clone()),
            decision: Decision::Accept,
            agent: call.agent.clone(),
            call: call.id.clone(),
            at: at(5),
        };
        let mut tx = store.begin().await.unwrap();
        tx.evidence_insert(&word).await.unwrap();
        let kept = tx.evidence_of(&call.person, 5).await.unwrap();
        assert_eq!(kept, [word]);
    }
}
