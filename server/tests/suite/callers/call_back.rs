//! The portal calls the number on record and speaks digits that the agent does not see.

use crate::callers::{counting, say_number};
use domain::{
    caller::{CALL_BACK_LIFE, CallerProof, MOST_WRONG},
    message::{Message, Notice},
};
use testkit::{
    Answer, Browser, World,
    desk::{MARA, TOMASZ, agent, ask, look, shown},
    phone::JONAS,
};

/// Has the number called; gives the digits that are spoken there.
async fn called(world: &World, mara: &mut Browser) -> String {
    world.letters().await;
    let answer = ask(world, mara, JONAS, CallerProof::CallBack).await;
    let check = shown(&answer)["check"].clone();
    assert_eq!(check["number"], "••••• 08", "{}", answer.body);
    assert_eq!(check["digits"], "", "the agent sees none");
    let letters = world.letters().await;
    let mut calls = letters.iter().filter_map(|l| match &l.message {
        Message::CallBack { code, agent, .. } => Some((l.to.as_str(), code, agent.as_str())),
        _ => None,
    });
    let (to, code, who) = calls.next().expect("a call");
    assert!(calls.next().is_none(), "one call");
    assert_eq!((to, who), ("+491713920008", "Mara Lindqvist"));
    assert!(!answer.body.contains(code.reveal()), "not on the page");
    code.reveal().to_owned()
}

async fn told(world: &World, mara: &mut Browser, digits: &str) -> Answer {
    let id = world.person("workforce", JONAS).await.id;
    let fields = [("id", id.as_str()), ("told", digits)];
    mara.post("desk/call-back", &fields).await
}

fn other(digits: &str) -> &'static str {
    if digits == "000000" {
        "000001"
    } else {
        "000000"
    }
}

#[tokio::test]
async fn the_digits_of_the_call_are_a_proof_once() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let digits = called(&world, &mut mara).await;
    let refused = told(&world, &mut mara, other(&digits)).await;
    assert!(refused.refuses("wrong_code"), "{}", refused.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    // As people read them out.
    let spaced = format!("{} {}", &digits[..3], &digits[3..]);
    told(&world, &mut mara, &spaced).await;
    let seen = look(&world, &mut mara, JONAS).await;
    assert_eq!(seen["messages"].as_array().map(Vec::len), Some(2), "{seen}");
    assert!(!seen.to_string().contains("3920008"), "{seen}");
    assert_eq!(counting(&world, &mut mara, JONAS).await, 1);
    assert_eq!(look(&world, &mut mara, JONAS).await["changes"], "second");
    let letters = world.letters().await;
    let heard = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::CalledBack { .. },
                ..
            }
        )
    };
    assert_eq!(letters.iter().filter(|l| heard(&l.message)).count(), 1);
    let again = told(&world, &mut mara, &digits).await;
    assert!(again.refuses("expired_code"), "{}", again.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 1);
}

#[tokio::test]
async fn guesses_void_the_call() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let digits = called(&world, &mut mara).await;
    for tries in 1..=MOST_WRONG {
        let refused = told(&world, &mut mara, other(&digits)).await;
        let code = if tries < MOST_WRONG {
            "wrong_code"
        } else {
            "new_code_needed"
        };
        assert!(refused.refuses(code), "{tries}: {}", refused.body);
    }
    let late = told(&world, &mut mara, &digits).await;
    assert!(late.refuses("expired_code"), "{}", late.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
}

#[tokio::test]
async fn the_digits_count_for_who_asked_and_for_five_minutes() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let mut tomasz = agent(&world, TOMASZ).await;
    let digits = called(&world, &mut mara).await;
    let refused = told(&world, &mut tomasz, &digits).await;
    assert!(refused.refuses("expired_code"), "{}", refused.body);
    world.advance(CALL_BACK_LIFE);
    let late = told(&world, &mut mara, &digits).await;
    assert!(late.refuses("expired_code"), "{}", late.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
}

#[tokio::test]
async fn no_number_of_today_is_called_and_a_change_takes_the_proof_away() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let digits = called(&world, &mut mara).await;
    told(&world, &mut mara, &digits).await;
    assert_eq!(counting(&world, &mut mara, JONAS).await, 1);
    say_number(&world, JONAS, "0171 3920077").await;
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    let answer = ask(&world, &mut mara, JONAS, CallerProof::CallBack).await;
    assert!(answer.refuses("no_proof_to_check"), "{}", answer.body);
    // A protected account takes more than a voice at a number.
    let ask_lead = ask(&world, &mut mara, "Q200003", CallerProof::CallBack).await;
    assert_eq!(ask_lead.status, 400, "{}", ask_lead.body);
}

#[tokio::test]
async fn who_said_that_they_did_not_call_is_confirmed_by_no_call_from_before() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let digits = called(&world, &mut mara).await;
    world.advance(10);
    let who = world.person("workforce", JONAS).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    tx.person_freeze(&who.id, Some(now)).await.expect("freezes");
    tx.commit().await.expect("commits");
    let seen = look(&world, &mut mara, JONAS).await;
    assert_eq!(seen["check"], serde_json::Value::Null, "{seen}");
    let late = told(&world, &mut mara, &digits).await;
    assert!(late.refuses("frozen"), "{}", late.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    assert_eq!(shown(&late)["evidence"], serde_json::json!([]));
}

#[tokio::test]
async fn wrong_digits_stand_in_the_history() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let digits = called(&world, &mut mara).await;
    told(&world, &mut mara, other(&digits)).await;
    let history = look(&world, &mut mara, JONAS).await["history"].clone();
    let rows = history.as_array().expect("a list");
    let refused =
        |row: &&serde_json::Value| row["action"] == "caller_answered" && row["done"] == false;
    assert_eq!(rows.iter().filter(refused).count(), 1, "{history}");
}
