//! Cases and reversals, on both engines by the same tests.

use crate::common::{at, factor, insert, realm, somebody, stores};
use domain::{
    FactorKind,
    cases::{Case, CaseKind, Form, Proof, Stage},
    ids::{CaseId, FactorId, PersonId, RealmSlug},
    records::{CaseFilter, Person, Reversal, WhoseCases},
};
use store::Store;

fn case(number: i64, who: &Person) -> Case {
    Case {
        id: CaseId::new(format!("case-{number}")),
        number,
        realm: realm(),
        kind: CaseKind::LostPhone,
        person: who.id.clone(),
        form: Form {
            given: "Ada <script>".into(),
            phone: "+491715550199".into(),
            ..Form::default()
        },
        proof: Some(Proof::RecoveryCode),
        protected: false,
        opened_at: at(number),
        due_at: at(number * 10),
        stage: Stage::Open,
        version: 1,
    }
}

async fn put(store: &Store, case: &Case) -> bool {
    let mut tx = store.begin().await.unwrap();
    let done = tx.case_insert(case).await.unwrap();
    tx.commit().await.unwrap();
    done
}

async fn move_to(store: &Store, case: &Case, stage: Stage) -> bool {
    let mut tx = store.begin().await.unwrap();
    let moved = Case {
        stage,
        ..case.clone()
    };
    let done = tx.case_save(&moved, at(99)).await.unwrap();
    tx.commit().await.unwrap();
    done
}

fn all() -> CaseFilter {
    CaseFilter {
        realms: vec![realm()],
        whose: WhoseCases::All,
        kind: None,
        number: None,
        search: String::new(),
    }
}

async fn numbers(store: &Store, filter: &CaseFilter) -> Vec<i64> {
    let mut conn = store.read().await.unwrap();
    let found = conn.cases_page(filter, None, 50).await.unwrap();
    found.iter().map(|listed| listed.case.number).collect()
}

#[tokio::test]
async fn a_case_comes_back_as_it_went_in_and_a_person_has_one() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let first = case(1, &ada);
        assert!(put(&store, &first).await);
        let mut conn = store.read().await.unwrap();
        assert_eq!(conn.case(&first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(
            conn.case_open_of(&ada.id).await.unwrap(),
            Some(first.clone())
        );
        assert_eq!(conn.case(&CaseId::new("x")).await.unwrap(), None);
        drop(conn);
        assert!(!put(&store, &case(2, &ada)).await, "one is not over");
        assert!(move_to(&store, &first, Stage::Withdrawn).await);
        assert!(put(&store, &case(3, &ada)).await);
        let mut conn = store.read().await.unwrap();
        let cases = conn.cases_of(&ada.id, 10).await.unwrap();
        let cases: Vec<_> = cases.iter().map(|l| l.case.number).collect();
        assert_eq!(cases, [3, 1]);
    }
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_does() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let read = case(1, &ada);
        assert!(put(&store, &read).await);
        let agent = PersonId::new("agent");
        let no = Stage::Declined {
            reason: "No.".into(),
        };
        assert!(move_to(&store, &read, Stage::Claimed { agent }).await);
        assert!(!move_to(&store, &read, no).await, "read before");
        let mut conn = store.read().await.unwrap();
        let now = conn.case(&read.id).await.unwrap();
        let now = now.expect("it was read before");
        assert_eq!((now.stage.slug(), now.version), ("claimed", 2));
    }
}

#[tokio::test]
async fn the_queue_has_the_most_urgent_first_and_goes_on_where_it_ended() {
    for store in stores().await {
        let agent = somebody("agent");
        insert(&store, &agent).await;
        for n in 1..=7 {
            let who = somebody(&format!("p{n}"));
            insert(&store, &who).await;
            let mut one = case(n, &who);
            if n == 7 {
                one.realm = RealmSlug::parse("cloud").unwrap();
            }
            assert!(put(&store, &one).await);
            match n {
                2 => {
                    let agent = agent.id.clone();
                    assert!(move_to(&store, &one, Stage::Claimed { agent }).await);
                }
                3 => assert!(move_to(&store, &one, Stage::Vetoed).await),
                _ => {}
            }
        }
        assert_eq!(numbers(&store, &all()).await, [1, 2, 4, 5, 6]);
        let only = |whose| CaseFilter { whose, ..all() };
        let mine = only(WhoseCases::Mine(agent.id.clone()));
        assert_eq!(numbers(&store, &mine).await, [2]);
        assert_eq!(
            numbers(&store, &only(WhoseCases::Nobodys)).await,
            [1, 4, 5, 6]
        );
        assert_eq!(
            numbers(&store, &only(WhoseCases::Late(at(41)))).await,
            [1, 2, 4]
        );
        assert_eq!(numbers(&store, &only(WhoseCases::Done)).await, [3]);
        let of_kind = CaseFilter {
            kind: Some(CaseKind::WrongAddress),
            ..all()
        };
        assert!(numbers(&store, &of_kind).await.is_empty());
        let by_number = CaseFilter {
            number: Some(5),
            ..all()
        };
        assert_eq!(numbers(&store, &by_number).await, [5]);
        for (search, found) in [("p4", vec![4]), ("%", vec![]), ("_4", vec![])] {
            let by_name = CaseFilter {
                search: search.into(),
                ..all()
            };
            assert_eq!(numbers(&store, &by_name).await, found, "{search}");
        }
        let mut conn = store.read().await.unwrap();
        let first = conn.cases_page(&all(), None, 2).await.unwrap();
        let last = &first.last().unwrap().case;
        assert_eq!(first[1].agent, agent.name);
        let key = (last.due_at.millis(), last.id.as_str().to_owned());
        let next = conn.cases_page(&all(), Some(&key), 2).await.unwrap();
        let next: Vec<_> = next.iter().map(|l| l.case.number).collect();
        assert_eq!(next, [4, 5]);
        let count = |most| (most, at(41));
        let (most, now) = count(1000);
        let counts = conn
            .cases_count(&[realm()], &agent.id, most, now)
            .await
            .unwrap();
        assert_eq!(counts, (5, 1, 4, 3));
        let (most, now) = count(2);
        let capped = conn
            .cases_count(&[realm()], &agent.id, most, now)
            .await
            .unwrap();
        assert_eq!(capped, (2, 1, 2, 2));
        let nowhere = conn.cases_count(&[], &agent.id, 10, now).await.unwrap();
        assert_eq!(nowhere, (0, 0, 0, 0));
    }
}

#[tokio::test]
async fn numbers_count_on() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.counter_next("case", 20_001).await.unwrap(), 20_001);
        assert_eq!(tx.counter_next("case", 20_001).await.unwrap(), 20_002);
        assert_eq!(tx.counter_next("other", 1).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_removed_factor_comes_back_with_its_secret() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let mut old = factor(&ada, FactorKind::Totp);
        old.probation_until = Some(at(50));
        let mut tx = store.begin().await.unwrap();
        tx.factor_insert(&old).await.unwrap();
        assert!(tx.factor_remove(&old.id, &ada.id, at(5)).await.unwrap());
        assert!(tx.factors(&ada.id).await.unwrap().is_empty());
        let other = PersonId::new("other");
        assert!(!tx.factor_restore(&old.id, &other).await.unwrap());
        assert!(tx.factor_restore(&old.id, &ada.id).await.unwrap());
        assert!(!tx.factor_restore(&old.id, &ada.id).await.unwrap());
        assert_eq!(tx.factors(&ada.id).await.unwrap(), [old.clone()]);
        let reversal = Reversal {
            id: "r".into(),
            person: ada.id.clone(),
            kind: FactorKind::Totp,
            case: Some(CaseId::new("c")),
            added: FactorId::new("new"),
            removed: vec![old.id.clone(), FactorId::new("older")],
            email: Some("ada@example.com".into()),
            until: at(60),
        };
        tx.reversal_insert(&reversal).await.unwrap();
        assert_eq!(tx.reversal("r").await.unwrap(), Some(reversal));
        assert_eq!(tx.reversal("s").await.unwrap(), None);
    }
}

#[tokio::test]
async fn other_nodes_hear_of_it_with_the_commit() {
    for store in stores().await {
        let Some(mut nodes) = store.nodes().await.unwrap() else {
            assert_eq!(store.engine(), "sqlite");
            continue;
        };
        let mut tx = store.begin().await.unwrap();
        tx.tell_nodes("lost").await.unwrap();
        drop(tx);
        let mut tx = store.begin().await.unwrap();
        tx.tell_nodes("kept").await.unwrap();
        tx.commit().await.unwrap();
        // The one that was taken back is never heard, this one is.
        assert_eq!(nodes.told().await.unwrap(), "kept");
    }
}

#[tokio::test]
async fn realms_share_one_queue_in_the_order_of_their_promises() {
    let cloud = RealmSlug::parse("cloud").unwrap();
    for store in stores().await {
        for number in 1..=7 {
            let mut who = somebody(&format!("q{number}"));
            let mut case = case(number, &who);
            if number % 3 == 0 {
                who.realm = cloud.clone();
                case.realm = cloud.clone();
                case.kind = CaseKind::WrongAddress;
            }
            insert(&store, &who).await;
            assert!(put(&store, &case).await);
        }
        let both = CaseFilter {
            realms: vec![cloud.clone(), realm()],
            ..all()
        };
        assert_eq!(numbers(&store, &both).await, [1, 2, 3, 4, 5, 6, 7]);
        let mut conn = store.read().await.unwrap();
        let mut seen = Vec::new();
        let mut key = None;
        loop {
            let page = conn.cases_page(&both, key.as_ref(), 3).await.unwrap();
            let Some(last) = page.last() else { break };
            key = Some((last.case.due_at.millis(), last.case.id.as_str().to_owned()));
            seen.extend(page.iter().map(|listed| listed.case.number));
        }
        assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
        drop(conn);
        let of_kind = CaseFilter {
            kind: Some(CaseKind::WrongAddress),
            ..both.clone()
        };
        assert_eq!(numbers(&store, &of_kind).await, [3, 6]);
        let by_name = CaseFilter {
            search: "q6".into(),
            ..both.clone()
        };
        assert_eq!(numbers(&store, &by_name).await, [6]);
        let nowhere = CaseFilter {
            realms: Vec::new(),
            ..both
        };
        assert!(numbers(&store, &nowhere).await.is_empty());
    }
}
