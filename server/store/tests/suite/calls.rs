//! Calls and the codes that phones show, on both engines by the same test.

use crate::common::{at, call, factor, somebody, stores};
use domain::{
    FactorKind,
    call::{CODE_TRIES, DeskCode, LASTS},
};

#[tokio::test]
async fn one_goes_on_between_two_people() {
    for store in stores().await {
        let (who, agent) = (somebody("petra"), somebody("agent"));
        crate::common::insert(&store, &who).await;
        crate::common::insert(&store, &agent).await;
        let (who, agent) = (who.id, agent.id);
        let mut tx = store.begin().await.unwrap();
        let first = call("1", &who, &agent, at(0));
        assert!(tx.call_insert(&first).await.unwrap());
        let second = call("2", &who, &agent, at(1));
        assert!(!tx.call_insert(&second).await.unwrap(), "two at once");
        let open = tx.call_open(&who, &agent, at(1)).await.unwrap();
        assert_eq!(open.as_ref(), Some(&first));
        assert!(tx.call_close(&first.id, at(2)).await.unwrap());
        assert!(!tx.call_close(&first.id, at(2)).await.unwrap());
        assert_eq!(tx.call_open(&who, &agent, at(2)).await.unwrap(), None);
        let third = call("3", &who, &agent, at(3));
        assert!(tx.call_insert(&third).await.unwrap());
        // Nobody ended it: another one may begin all the same.
        let late = at(3 + LASTS);
        assert_eq!(tx.call_open(&who, &agent, late).await.unwrap(), None);
        let fourth = call("4", &who, &agent, late);
        assert!(tx.call_insert(&fourth).await.unwrap());
        let all = tx.calls_of(&who, 10).await.unwrap();
        let all: Vec<_> = all.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(all, ["4", "3", "1"]);
        let ended = tx.call(&third.id).await.unwrap().expect("is there");
        assert_eq!(ended.closed_at, Some(late));
    }
}

#[tokio::test]
async fn a_code_is_typed_once_and_guessed_a_few_times() {
    for store in stores().await {
        let (who, agent) = (somebody("petra"), somebody("agent"));
        crate::common::insert(&store, &who).await;
        crate::common::insert(&store, &agent).await;
        let phone = factor(&who, FactorKind::Smartphone);
        let mut tx = store.begin().await.unwrap();
        tx.factor_insert(&phone).await.unwrap();
        let talk = call("1", &who.id, &agent.id, at(0));
        assert!(tx.call_insert(&talk).await.unwrap());
        let mut code = DeskCode {
            id: "a".to_owned(),
            person: who.id.clone(),
            phone: phone.id,
            digits: "481930".to_owned(),
            created_at: at(1),
            wrong: 0,
            typed: None,
        };
        tx.desk_code_set(&code).await.unwrap();
        assert_eq!(tx.desk_code(&who.id).await.unwrap(), Some(code.clone()));
        for _ in 0..CODE_TRIES {
            assert!(tx.desk_code_try("a", CODE_TRIES).await.unwrap());
        }
        assert!(!tx.desk_code_try("a", CODE_TRIES).await.unwrap());
        code.id = "b".to_owned();
        tx.desk_code_set(&code).await.unwrap();
        assert!(!tx.desk_code_typed("a", &agent.id, &talk.id).await.unwrap());
        assert!(tx.desk_code_typed("b", &agent.id, &talk.id).await.unwrap());
        assert!(!tx.desk_code_typed("b", &agent.id, &talk.id).await.unwrap());
        let kept = tx.desk_code(&who.id).await.unwrap().expect("is there");
        assert_eq!(kept.typed, Some((agent.id.clone(), talk.id)));
        code.id = "c".to_owned();
        tx.desk_code_set(&code).await.unwrap();
        let kept = tx.desk_code(&who.id).await.unwrap().expect("is there");
        assert_eq!((kept.typed, kept.wrong), (None, 0));
    }
}
