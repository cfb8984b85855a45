//! The desk checks a caller by their phone: the number is the agent's alone, a new
//! phone verifies nobody, and what came of it is kept (`security.md`, XG13).

use axum::http::StatusCode;
use domain::{
    caller::COUNTS,
    phone::{Decision, LIFE, MOST_IN_PERIOD, PERIOD, Purpose},
};
use serde_json::Value;
use testkit::{
    Answer, Browser, World,
    desk::{agent, check},
    phone::{JONAS, PETRA, Phone, ask, go_on, jonas},
};

/// The check and the evidence as a page of the desk shows them.
fn shown(answer: &Answer) -> (Value, Value) {
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    let person = &page["show"]["screen"]["desk_person"];
    (person["check"].clone(), person["evidence"].clone())
}

async fn page(world: &World, agent: &mut Browser, login: &str) -> (Value, Value) {
    let id = world.person("workforce", login).await.id;
    shown(&agent.page(&format!("/desk/people/{id}")).await)
}

#[tokio::test]
async fn the_caller_types_the_number_that_only_the_agent_sees() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut mara = agent(&world, "Q200001").await;
    let mut tomasz = agent(&world, "Q200002").await;
    let sent = check(&world, &mut mara, PETRA).await;
    let (under_way, evidence) = shown(&sent);
    assert_eq!(
        (&under_way["stage"], evidence),
        (&"waiting".into(), serde_json::json!([]))
    );
    let digits = under_way["digits"].as_str().expect("digits").to_owned();
    assert_eq!(digits.len(), 2);
    let (elsewhere, _) = page(&world, &mut tomasz, PETRA).await;
    assert_eq!(
        (&elsewhere["stage"], &elsewhere["digits"]),
        (&"waiting".into(), &"".into())
    );

    let asked = phone.asked().await.expect("asked");
    assert_eq!(asked.purpose, Purpose::CallerCheck);
    let seen = phone.browser.page("/phone").await;
    assert!(seen.body.contains("Mara Lindqvist"), "{}", seen.body);
    assert!(
        !seen.body.contains(&format!("\"{digits}\"")),
        "{}",
        seen.body
    );
    let answer = phone
        .answer(&world, &asked, Decision::Accept, &digits)
        .await;
    assert!(answer.tells("phone_answered"), "{}", answer.body);
    // Both see it; it counts for who asked.
    for (agent, counts) in [(&mut mara, true), (&mut tomasz, false)] {
        let (check, evidence) = page(&world, agent, PETRA).await;
        assert_eq!(
            (&check["stage"], &check["digits"]),
            (&"accepted".into(), &"".into())
        );
        assert_eq!(evidence[0]["decision"], "accept");
        assert_eq!(evidence[0]["holds"], counts);
        assert_eq!(evidence[0]["by"], "Q200001");
    }
    world.advance(COUNTS);
    let mut mara = agent(&world, "Q200001").await;
    let (check, evidence) = page(&world, &mut mara, PETRA).await;
    assert_eq!((check, &evidence[0]["holds"]), (Value::Null, &false.into()));
}

#[tokio::test]
async fn an_answer_to_the_desk_signs_nobody_in_and_the_other_way_round() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut mara = agent(&world, "Q200001").await;
    let mut thief = world.browser();
    let theirs = ask(&mut thief, PETRA).await;
    let (under_way, _) = shown(&check(&world, &mut mara, PETRA).await);
    let digits = under_way["digits"].as_str().expect("digits").to_owned();
    let asked = phone.asked().await.expect("asked");
    phone
        .answer(&world, &asked, Decision::Accept, &digits)
        .await;
    let page = go_on(&mut thief, "sign_in").await;
    assert!(
        !page.body.contains(r#""kind":"pin""#),
        "{theirs}: {}",
        page.body
    );
}

#[tokio::test]
async fn a_phone_of_today_verifies_nobody() {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    let mut phone = Phone::of(&world, &mut owner, 7).await;
    let mut mara = agent(&world, "Q200001").await;
    let refused = check(&world, &mut mara, JONAS).await;
    assert!(refused.refuses("no_phone_to_check"), "{}", refused.body);
    assert!(phone.asked().await.is_none());
    assert!(
        refused.body.contains(r#""is_new":true"#),
        "{}",
        refused.body
    );
    // Nor does an account without any.
    let refused = check(&world, &mut mara, "Q300001").await;
    assert!(refused.refuses("no_phone_to_check"), "{}", refused.body);
    world.advance(24 * 3600);
    let mut mara = agent(&world, "Q200001").await;
    check(&world, &mut mara, JONAS).await;
    assert!(phone.asked().await.is_some());
}

#[tokio::test]
async fn a_new_phone_beside_an_old_one_verifies_nobody_either() {
    let world = World::demo().await;
    let mut old = Phone::petra(&world).await;
    let mut owner = agent(&world, PETRA).await;
    let mut new = Phone::of(&world, &mut owner, 9).await;
    let mut mara = agent(&world, "Q200001").await;
    let (now, _) = shown(&check(&world, &mut mara, PETRA).await);
    let digits = now["digits"].as_str().expect("digits").to_owned();
    let asked = new.asked().await.expect("asked");
    let refused = new.answer(&world, &asked, Decision::Accept, &digits).await;
    assert!(refused.refuses("no_phone_to_check"), "{}", refused.body);
    let (now, evidence) = page(&world, &mut mara, PETRA).await;
    assert_eq!(
        (&now["stage"], evidence),
        (&"waiting".into(), serde_json::json!([]))
    );
    old.answer(&world, &asked, Decision::Accept, &digits).await;
    let (now, _) = page(&world, &mut mara, PETRA).await;
    assert_eq!(now["stage"], "accepted");
    // What signs in next takes nothing of it back.
    ask(&mut world.browser(), PETRA).await;
    let (now, evidence) = page(&world, &mut mara, PETRA).await;
    assert_eq!(
        (&now["stage"], &evidence[0]["holds"]),
        (&"accepted".into(), &true.into())
    );
}

#[tokio::test]
async fn a_look_that_calls_itself_one_of_the_page_is_written_down_too() {
    let world = World::demo().await;
    let mut mara = agent(&world, "Q200001").await;
    let id = world.person("workforce", PETRA).await.id;
    let viewed = async || {
        let mut conn = world.services.store.read().await.expect("reads");
        let entries = conn.audit_of(&id, 30).await.expect("reads");
        entries.iter().filter(|e| e.action == "viewed").count()
    };
    for (path, in_all) in [("?live=1", 1), ("?live=1", 1), ("", 2)] {
        mara.page(&format!("/desk/people/{id}{path}")).await;
        assert_eq!(viewed().await, in_all, "{path}");
    }
}

#[tokio::test]
async fn declined_expired_and_did_not_call_are_told_apart() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut mara = agent(&world, "Q200001").await;
    check(&world, &mut mara, PETRA).await;
    let asked = phone.asked().await.expect("asked");
    phone.answer(&world, &asked, Decision::Decline, "").await;
    let (now, evidence) = page(&world, &mut mara, PETRA).await;
    assert_eq!(
        (&now["stage"], &evidence[0]["holds"]),
        (&"declined".into(), &false.into())
    );
    check(&world, &mut mara, PETRA).await;
    world.advance(LIFE);
    let (now, _) = page(&world, &mut mara, PETRA).await;
    assert_eq!(now["stage"], "over");
    check(&world, &mut mara, PETRA).await;
    let asked = phone.asked().await.expect("asked");
    phone.answer(&world, &asked, Decision::NotMe, "").await;
    let (now, evidence) = page(&world, &mut mara, PETRA).await;
    assert_eq!(
        (&now["stage"], &evidence[0]["decision"]),
        (&"not_me".into(), &"not_me".into())
    );
    // Frozen: nobody is asked until the lead lifts it.
    let refused = check(&world, &mut mara, PETRA).await;
    assert!(refused.refuses("frozen"), "{}", refused.body);
}

#[tokio::test]
async fn nobody_checks_themselves_or_without_the_right_or_on_and_on() {
    let world = World::demo().await;
    let _phone = Phone::petra(&world).await;
    let mut mara = agent(&world, "Q200001").await;
    let own = check(&world, &mut mara, "Q200001").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    for (login, status) in [
        (PETRA, StatusCode::FORBIDDEN),
        ("Q300001", StatusCode::FORBIDDEN),
    ] {
        let mut other = agent(&world, login).await;
        let refused = check(&world, &mut other, PETRA).await;
        assert_eq!(refused.status, status, "{login}");
    }
    let anybody = check(&world, &mut world.browser(), PETRA).await;
    assert_eq!(anybody.status, StatusCode::UNAUTHORIZED);
    for _ in 0..MOST_IN_PERIOD {
        let (now, _) = shown(&check(&world, &mut mara, PETRA).await);
        assert_eq!(now["stage"], "waiting");
    }
    let refused = check(&world, &mut mara, PETRA).await;
    assert!(
        refused.body.contains(&format!("\"seconds\":{PERIOD}")),
        "{}",
        refused.body
    );
}
