//! Phones and what they are asked, on both engines by the same test.

use crate::common::{at, call, factor, somebody, stores};
use domain::{
    FactorKind, Timestamp,
    caller::{CallerProof, Evidence},
    ids::{FactorId, PersonId, PhoneRequestId},
    phone::{Decision, LIFE, MOST_WRONG, Purpose, Request, Stage},
};
use store::Store;

fn asked(id: &str, person: &PersonId, created_at: Timestamp) -> Request {
    Request {
        id: PhoneRequestId::new(id),
        person: person.clone(),
        purpose: Purpose::SignIn,
        digits: "47".to_owned(),
        challenge: "challenge".to_owned(),
        browser: "Firefox".to_owned(),
        address: "192.0.2.7".to_owned(),
        created_at,
        wrong: 0,
        stage: Stage::Waiting,
        asked_by: None,
        call: None,
        phone: None,
    }
}

/// A person with a phone.
async fn with_phone(store: &Store) -> (PersonId, FactorId) {
    let who = somebody("jonas");
    let phone = factor(&who, FactorKind::Smartphone);
    let mut tx = store.begin().await.unwrap();
    tx.person_insert(&who, &who.login, &who.name).await.unwrap();
    tx.factor_insert(&phone).await.unwrap();
    tx.phone_insert(&phone.id, "device", None).await.unwrap();
    tx.commit().await.unwrap();
    (who.id, phone.id)
}

#[tokio::test]
async fn a_device_has_its_phones_until_they_are_removed() {
    for store in stores().await {
        let (person, phone) = with_phone(&store).await;
        let mut tx = store.begin().await.unwrap();
        let found = tx.phones_of_device("device").await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0].factor, &found[0].person), (&phone, &person));
        assert!(tx.phones_of_device("another").await.unwrap().is_empty());
        tx.factor_disable(&phone, Some(at(1))).await.unwrap();
        assert!(tx.phones_of_device("device").await.unwrap().is_empty());
        tx.factor_disable(&phone, None).await.unwrap();
        tx.factor_remove(&phone, &person, at(1)).await.unwrap();
        assert!(tx.phones_of_device("device").await.unwrap().is_empty());
    }
}

/// What a phone's codes do, its owner's list says.
async fn codes_of(tx: &mut store::Conn, person: &PersonId) -> Option<domain::records::Factor> {
    let all = tx.factors(person).await.unwrap();
    all.into_iter().find(|f| f.kind == FactorKind::Totp)
}

#[tokio::test]
async fn codes_rest_go_come_back_and_are_called_like_their_phone() {
    for store in stores().await {
        let who = somebody("petra");
        let (phone, codes) = (
            factor(&who, FactorKind::Smartphone),
            factor(&who, FactorKind::Totp),
        );
        let mut tx = store.begin().await.unwrap();
        tx.person_insert(&who, &who.login, &who.name).await.unwrap();
        tx.factor_insert(&phone).await.unwrap();
        tx.factor_insert(&codes).await.unwrap();
        let found = codes_of(&mut tx, &who.id).await.expect("there");
        assert_eq!(found.shown_by, None);
        tx.phone_insert(&phone.id, "device", Some(&codes.id))
            .await
            .unwrap();
        let found = codes_of(&mut tx, &who.id).await.expect("there");
        assert_eq!(found.shown_by.as_ref(), Some(&phone.id));
        assert!(tx.phones_of_device("device").await.unwrap()[0].codes);
        let all = tx.factors(&who.id).await.unwrap();
        let held = all.iter().find(|f| f.id == phone.id).expect("there");
        assert_eq!(held.shown_by, None);
        assert_eq!(held.codes(&all).map(|f| &f.id), Some(&codes.id));

        tx.factor_disable(&phone.id, Some(at(1))).await.unwrap();
        let found = codes_of(&mut tx, &who.id).await.expect("there");
        assert_eq!(found.disabled_at, Some(at(1)));
        // A code that was judged a moment ago is not used up any more.
        assert!(!tx.factor_take_step(&codes.id, 7).await.unwrap());
        tx.factor_disable(&phone.id, None).await.unwrap();
        assert!(tx.factor_take_step(&codes.id, 7).await.unwrap());
        assert!(!tx.factor_take_step(&codes.id, 7).await.unwrap());

        let renamed = tx.factor_rename(&phone.id, &who.id, "Mine").await.unwrap();
        let found = codes_of(&mut tx, &who.id).await.expect("there");
        assert!(renamed && found.name == "Mine");

        assert!(tx.factor_remove(&phone.id, &who.id, at(2)).await.unwrap());
        assert!(codes_of(&mut tx, &who.id).await.is_none());
        assert!(!tx.factor_remove(&phone.id, &who.id, at(3)).await.unwrap());
        assert!(!tx.factor_take_step(&codes.id, 8).await.unwrap());
        assert!(tx.factor_restore(&phone.id, &who.id).await.unwrap());
        assert!(codes_of(&mut tx, &who.id).await.is_some());
        // In the other direction nothing is taken along.
        assert!(tx.factor_remove(&codes.id, &who.id, at(4)).await.unwrap());
        assert_eq!(tx.phones_of_device("device").await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn one_waits_is_answered_once_and_used_once() {
    for store in stores().await {
        let (person, phone) = with_phone(&store).await;
        let (first, second) = (asked("a", &person, at(0)), asked("b", &person, at(10)));
        let mut tx = store.begin().await.unwrap();
        tx.phone_request_insert(&first).await.unwrap();
        tx.phone_request_insert(&second).await.unwrap();
        let waiting = tx.phone_requests_waiting(&person, at(11)).await.unwrap();
        assert_eq!(waiting, std::slice::from_ref(&second));
        let gone = tx.phone_request(&first.id).await.unwrap().expect("a row");
        assert_eq!(gone.stage, Stage::Voided);
        // Too late, of a void one, in time, twice.
        for (id, seconds, done) in [
            (&second.id, 10 + LIFE, false),
            (&first.id, 11, false),
            (&second.id, 11, true),
            (&second.id, 12, false),
        ] {
            let stage = Stage::Accepted;
            let answered = tx.phone_request_answer(id, stage, &phone, at(seconds));
            assert_eq!(answered.await.unwrap(), done, "{id} {seconds}");
        }
        let kept = tx.phone_request(&second.id).await.unwrap().expect("a row");
        assert_eq!((kept.stage, kept.phone), (Stage::Accepted, Some(phone)));
        assert!(tx.phone_request_take(&second.id).await.unwrap());
        assert!(!tx.phone_request_take(&second.id).await.unwrap());
    }
}

#[tokio::test]
async fn a_phone_that_is_taken_away_accepted_nothing() {
    for store in stores().await {
        let (person, phone) = with_phone(&store).await;
        let one = asked("a", &person, at(0));
        let mut tx = store.begin().await.unwrap();
        tx.phone_request_insert(&one).await.unwrap();
        let accepted = tx.phone_request_answer(&one.id, Stage::Accepted, &phone, at(1));
        assert!(accepted.await.unwrap());
        tx.factor_remove(&phone, &person, at(2)).await.unwrap();
        assert!(!tx.phone_request_take(&one.id).await.unwrap());
    }
}

#[tokio::test]
async fn wrong_digits_use_it_up_and_acceptance_clears_the_count() {
    for store in stores().await {
        let (person, phone) = with_phone(&store).await;
        let mut tx = store.begin().await.unwrap();
        let one = asked("a", &person, at(0));
        tx.phone_request_insert(&one).await.unwrap();
        for wrong in 1..=MOST_WRONG {
            tx.phone_request_wrong(&one.id, MOST_WRONG).await.unwrap();
            let kept = tx.phone_request(&one.id).await.unwrap().expect("a row");
            assert_eq!(kept.wrong, wrong);
            assert_eq!(kept.stage == Stage::Voided, wrong == MOST_WRONG);
        }
        let two = asked("b", &person, at(5));
        tx.phone_request_insert(&two).await.unwrap();
        let since = |seconds| at(seconds);
        assert_eq!(
            tx.phone_requests_since(&person, false, since(-1))
                .await
                .unwrap(),
            2
        );
        assert_eq!(
            tx.phone_requests_since(&person, false, since(0))
                .await
                .unwrap(),
            1
        );
        let accepted = tx.phone_request_answer(&two.id, Stage::Accepted, &phone, at(6));
        assert!(accepted.await.unwrap());
        assert_eq!(
            tx.phone_requests_since(&person, false, since(-1))
                .await
                .unwrap(),
            0
        );
        tx.phone_request_insert(&asked("c", &person, at(7)))
            .await
            .unwrap();
        // The newer one voided what was accepted and not used: it counts again.
        assert_eq!(
            tx.phone_requests_since(&person, false, since(-1))
                .await
                .unwrap(),
            3
        );
        tx.phone_requests_sweep(at(5)).await.unwrap();
        assert!(tx.phone_request(&two.id).await.unwrap().is_none());
        assert_eq!(
            tx.phone_requests_since(&person, false, since(-1))
                .await
                .unwrap(),
            1
        );
    }
}

#[tokio::test]
async fn what_came_of_a_check_is_kept() {
    for store in stores().await {
        let (person, phone) = with_phone(&store).await;
        let mut tx = store.begin().await.unwrap();
        let talk = call("call", &person, &person, at(0));
        assert!(tx.call_insert(&talk).await.unwrap());
        let check = Request {
            purpose: Purpose::CallerCheck,
            asked_by: Some(person.clone()),
            call: Some(talk.id.clone()),
            ..asked("a", &person, at(0))
        };
        tx.phone_request_insert(&check).await.unwrap();
        tx.phone_request_insert(&asked("b", &person, at(1)))
            .await
            .unwrap();
        let last = tx.phone_request_last(&person, Purpose::CallerCheck);
        let last = last.await.unwrap().expect("a check");
        assert_eq!(
            (last.id, last.asked_by, last.call),
            (check.id, check.asked_by, check.call)
        );
        for (id, seconds, decision) in [("x", 5, Decision::Decline), ("y", 6, Decision::Accept)] {
            let evidence = Evidence {
                id: id.to_owned(),
                person: person.clone(),
                proof: CallerProof::Smartphone,
                factor: Some(phone.clone()),
                manager: None,
                decision,
                agent: person.clone(),
                call: talk.id.clone(),
                at: at(seconds),
            };
            tx.evidence_insert(&evidence).await.unwrap();
        }
        let kept = tx.evidence_of(&person, 10).await.unwrap();
        let kept: Vec<_> = kept.iter().map(|e| (e.id.as_str(), e.decision)).collect();
        assert_eq!(kept, [("y", Decision::Accept), ("x", Decision::Decline)]);
    }
}
