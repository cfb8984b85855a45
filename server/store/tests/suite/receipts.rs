//! Receipts, rations, and codes that are sent once more, on both engines.

use crate::common::{at, insert, realm, somebody, stores};
use domain::{
    FactorKind, Lang,
    delivery::{Delivery, Receipt, Told, Why},
    message::Way,
    records::{Challenge, OutboxRow, OutboxSeen},
};
use store::{Conn, Store};

fn row(id: &str, way: Way) -> OutboxRow {
    OutboxRow {
        id: id.into(),
        realm: realm(),
        person: None,
        recipient: "+491713920012".into(),
        lang: Lang::En,
        way,
        sealed: vec![9; 40],
        created_at: at(0),
        useless_after: Some(at(600)),
        attempts: 0,
        send_at: at(0),
    }
}

fn receipt(id: &str, carrier: &str, told: Told) -> Receipt {
    Receipt {
        id: id.into(),
        carrier: carrier.into(),
        told,
    }
}

async fn seen(tx: &mut Conn, id: &str) -> OutboxSeen {
    tx.outbox_seen(id).await.unwrap().expect("a message")
}

#[tokio::test]
async fn the_statement_believes_what_the_rule_believes() {
    let every = [Told::Accepted, Told::Delivered, Told::Failed(Why::Blocked)];
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        for (n, before) in [None].into_iter().chain(every.map(Some)).enumerate() {
            for (m, told) in every.into_iter().enumerate() {
                let id = format!("m{n}{m}");
                tx.outbox_insert(&row(&id, Way::Sms), "sign_in_code")
                    .await
                    .unwrap();
                if let Some(before) = before {
                    let first = receipt(&id, "", before);
                    assert!(tx.outbox_receipt(&first, at(1)).await.unwrap().is_some());
                }
                let kept = tx.outbox_receipt(&receipt(&id, "", told), at(2)).await;
                assert_eq!(
                    kept.unwrap().is_some(),
                    told.follows(before),
                    "{told:?} after {before:?}"
                );
                let now = seen(&mut tx, &id).await.told;
                let expected = if told.follows(before) {
                    Some(told)
                } else {
                    before
                };
                assert_eq!(now, expected);
            }
        }
    }
}

#[tokio::test]
async fn a_message_is_found_by_our_name_and_by_the_gateways_and_by_no_other() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        for (id, way) in [
            ("a", Way::Sms),
            ("b", Way::Voice),
            ("c", Way::Sms),
            ("d", Way::Mail),
        ] {
            tx.outbox_insert(&row(id, way), "sign_in_code")
                .await
                .unwrap();
        }
        tx.outbox_sent("a", "SM1", at(1)).await.unwrap();
        tx.outbox_sent("d", "SM4", at(1)).await.unwrap();
        let mut told = async |id: &str, carrier: &str| {
            let one = receipt(id, carrier, Told::Accepted);
            tx.outbox_receipt(&one, at(2)).await.unwrap()
        };
        // What nobody knows, what has no name, and what goes by mail.
        for id in ["", "x", "d", "SM4"] {
            assert_eq!(told(id, "").await, None, "{id:?}");
        }
        // A copy of the message that an earlier try left behind.
        assert_eq!(told("a", "SM0").await, None);
        assert_eq!(told("SM1", "").await.as_deref(), Some("a"));
        // Faster than the answer that names it.
        assert_eq!(told("b", "CA7").await.as_deref(), Some("b"));
        assert_eq!(told("c", "").await.as_deref(), Some("c"));
        let ended = receipt("CA7", "", Told::Delivered);
        let found = tx.outbox_receipt(&ended, at(3)).await.unwrap();
        assert_eq!(found.as_deref(), Some("b"));
        assert_eq!(Delivery::of(&seen(&mut tx, "b").await), Delivery::Delivered);
    }
}

#[tokio::test]
async fn what_the_gateway_knows_of_is_sent_and_tried_no_more() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        tx.outbox_insert(&row("m", Way::Sms), "sign_in_code")
            .await
            .unwrap();
        let claimed = tx.outbox_claim(None, 10, 60, at(1)).await.unwrap();
        assert_eq!(claimed.len(), 1);
        // The try under way will run into its deadline; the receipt comes first.
        let early = receipt("m", "SM1", Told::Accepted);
        tx.outbox_receipt(&early, at(5)).await.unwrap();
        tx.outbox_later("m", "the gateway did not answer in time", at(20))
            .await
            .unwrap();
        tx.outbox_dead("m", "tried too often", at(21))
            .await
            .unwrap();
        assert_eq!(tx.outbox_next(None).await.unwrap(), None);
        assert!(
            tx.outbox_claim(None, 10, 60, at(600))
                .await
                .unwrap()
                .is_empty()
        );
        let kept = seen(&mut tx, "m").await;
        assert_eq!((kept.sent_at, kept.dead_at), (Some(at(5)), None));
        // The answer that came after all changes neither time nor name.
        tx.outbox_sent("m", "SM1", at(30)).await.unwrap();
        assert_eq!(seen(&mut tx, "m").await.sent_at, Some(at(5)));

        // What was given up stays so, and is delivered all the same.
        tx.outbox_insert(&row("n", Way::Sms), "sign_in_code")
            .await
            .unwrap();
        tx.outbox_dead("n", "tried too often", at(21))
            .await
            .unwrap();
        let late = receipt("n", "", Told::Delivered);
        tx.outbox_receipt(&late, at(40)).await.unwrap();
        let kept = seen(&mut tx, "n").await;
        assert_eq!((kept.sent_at, kept.dead_at), (None, Some(at(21))));
        assert_eq!(Delivery::of(&kept), Delivery::Delivered);
        let mut sent = async |since, most| {
            let sent = tx.outbox_to_number("+491713920012", at(since), most).await;
            sent.unwrap()
        };
        assert_eq!(sent(-1, 10).await, [at(0), at(0)]);
        assert_eq!(sent(-1, 1).await, [at(0)]);
        assert_eq!(sent(0, 10).await, []);
    }
}

#[tokio::test]
async fn a_ration_is_used_up_and_begins_anew() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        let mut take = async |amount, second| {
            tx.ration_take("r", amount, 10, 3600, at(second))
                .await
                .unwrap()
        };
        assert_eq!(take(11, 0).await, None, "more than there is");
        assert_eq!(take(4, 0).await, Some(4));
        assert_eq!(take(6, 100).await, Some(10));
        assert_eq!(take(1, 3599).await, None);
        assert_eq!(take(0, 3599).await, Some(10), "what costs nothing");
        assert_eq!(take(1, 3600).await, Some(1));
        assert_eq!(take(11, 9000).await, None);
        assert_eq!(take(9, 3601).await, Some(10));
        tx.ration_give_back("r", 9).await.unwrap();
        assert!(tx.ration_tell("r").await.unwrap());
        assert!(!tx.ration_tell("r").await.unwrap(), "once in its time");
        assert_eq!(
            tx.ration_take("r", 2, 10, 3600, at(7200)).await.unwrap(),
            Some(2)
        );
        assert!(tx.ration_tell("r").await.unwrap(), "and in the next one");
        assert!(!tx.ration_tell("nobody's").await.unwrap());
        tx.rations_sweep(at(7201)).await.unwrap();
        assert_eq!(
            tx.ration_take("r", 3, 10, 3600, at(7202)).await.unwrap(),
            Some(3)
        );
    }
}

async fn takes(store: Store) -> bool {
    let mut tx = store.begin().await.unwrap();
    let taken = tx.ration_take("r", 3, 10, 3600, at(0)).await.unwrap();
    tx.commit().await.unwrap();
    taken.is_some()
}

#[tokio::test]
async fn requests_that_come_at_once_take_no_more_than_there_is() {
    for store in stores().await {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..20 {
            tasks.spawn(takes(store.clone()));
        }
        let taken = tasks.join_all().await;
        assert_eq!(taken.into_iter().filter(|yes| *yes).count(), 3);
    }
}

#[tokio::test]
async fn a_code_is_sent_once_more_as_long_as_it_is_worth_it() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let one = Challenge {
            id: "c1".into(),
            kind: FactorKind::Sms,
            address: "+491713920012".into(),
            created_at: at(0),
            sent_at: at(0),
            expires_at: at(300),
            sends: 1,
            tries: 0,
            message: String::new(),
        };
        let mut tx = store.begin().await.unwrap();
        tx.challenge_insert(&ada.id, "sign_in", &one, "h1")
            .await
            .unwrap();
        tx.challenge_carried("c1", "m1").await.unwrap();
        let mut again = async |until, now| {
            tx.challenge_again("c1", 2, 5, at(until), at(now))
                .await
                .unwrap()
        };
        assert_eq!(again(301, 241).await, None, "too late");
        let same = again(300, 240).await.expect("the same");
        let sent_again = Challenge {
            sent_at: at(240),
            sends: 2,
            message: "m1".into(),
            ..one.clone()
        };
        assert_eq!(same, sent_again);
        for _ in 0..5 {
            tx.challenge_try("c1", 5, at(1)).await.unwrap();
        }
        let tried = tx.challenge_again("c1", 3, 5, at(10), at(1)).await.unwrap();
        assert_eq!(tried, None, "it had its tries");
        let two = Challenge {
            id: "c2".into(),
            ..one.clone()
        };
        let three = Challenge {
            id: "c3".into(),
            ..one.clone()
        };
        for next in [&two, &three] {
            tx.challenge_insert(&ada.id, "sign_in", next, "h")
                .await
                .unwrap();
        }
        let void = tx.challenge_again("c2", 2, 5, at(10), at(1)).await.unwrap();
        assert_eq!(void, None, "a newer one took its place");
        assert!(tx.challenge_take("c3", at(1)).await.unwrap());
        let used = tx.challenge_again("c3", 2, 5, at(10), at(2)).await.unwrap();
        assert_eq!(used, None, "it was used");
    }
}
