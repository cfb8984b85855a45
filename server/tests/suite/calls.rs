//! Calls to the desk: what was found out belongs to one of them; and the code by which
//! somebody finds out that it is the desk who calls.

use axum::http::StatusCode;
use domain::{
    call::{CODE_LIFE, CODE_TRIES, LASTS},
    phone::Decision,
};
use serde_json::Value;
use testkit::{
    Answer, Browser, World,
    desk::{MARA, TOMASZ, agent, check, issue, look, shown, verify},
    phone::{JONAS, PETRA, Phone},
};

async fn call(world: &World, agent: &mut Browser, login: &str, change: &str) -> Answer {
    let id = world.person("workforce", login).await.id;
    let fields = [("id", id.as_str()), ("change", change)];
    agent.post("desk/call", &fields).await
}

async fn type_code(world: &World, agent: &mut Browser, code: &str) -> Answer {
    let id = world.person("workforce", PETRA).await.id;
    let fields = [("id", id.as_str()), ("proof", code)];
    agent.post("desk/code", &fields).await
}

/// The first account on a phone.
fn account(answer: &Answer) -> Value {
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    page["show"]["screen"]["phone"]["accounts"][0].clone()
}

/// Shows a code on a phone; gives it.
async fn show(phone: &mut Phone) -> String {
    let page = account(&phone.browser.page("/phone").await);
    let factor = page["factor"].as_str().expect("a phone").to_owned();
    let fields = [("factor", factor.as_str())];
    let page = account(&phone.browser.post("phone/show-code", &fields).await);
    page["code"]["digits"].as_str().expect("a code").to_owned()
}

#[tokio::test]
async fn what_was_checked_counts_in_its_own_call() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    let page = look(&world, &mut mara, PETRA).await;
    let name = page["call"]["name"].as_str().expect("goes on").to_owned();
    assert!(name.starts_with("CL-"), "{name}");
    assert_eq!(page["evidence"][0]["call"], name.as_str());
    assert_eq!(page["emergency"]["stage"], "open");
    // A colleague sees that it goes on, and that it is not theirs.
    let mut tomasz = agent(&world, TOMASZ).await;
    let theirs = look(&world, &mut tomasz, PETRA).await;
    assert_eq!(
        (&theirs["call"], &theirs["calls"][0]["open"]),
        (&Value::Null, &true.into())
    );
    let ended = shown(&call(&world, &mut mara, PETRA, "end").await);
    assert_eq!(
        (&ended["call"], &ended["evidence"][0]["holds"]),
        (&Value::Null, &false.into())
    );
    let refused = issue(&world, &mut mara, PETRA, "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    // Another call is another one.
    let begun = shown(&call(&world, &mut mara, PETRA, "start").await);
    assert_ne!(begun["call"]["name"], name.as_str());
    assert_eq!(begun["evidence"][0]["holds"], false);
    let again = shown(&call(&world, &mut mara, PETRA, "start").await);
    assert_eq!(again["call"]["name"], begun["call"]["name"]);
    world.advance(LASTS);
    let mut mara = agent(&world, MARA).await;
    let later = look(&world, &mut mara, PETRA).await;
    assert_eq!(later["call"], Value::Null);
}

#[tokio::test]
async fn the_phone_names_agent_purpose_and_case() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut mara = agent(&world, MARA).await;
    let sent = shown(&check(&world, &mut mara, PETRA).await);
    let page = phone.browser.page("/phone").await;
    let page: Value = serde_json::from_str(&page.body).expect("JSON");
    let asked = &page["show"]["screen"]["phone"]["asks"][0];
    assert_eq!(asked["agent"], "Mara Lindqvist");
    assert_eq!(asked["purpose"], "caller_check");
    assert_eq!(asked["call"], sent["call"]["name"]);
}

#[tokio::test]
async fn a_code_on_the_phone_tells_the_desk_from_a_stranger() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let code = show(&mut phone).await;
    let mut mara = agent(&world, MARA).await;
    let wrong = type_code(&world, &mut mara, "000000").await;
    assert!(wrong.refuses("wrong_code"), "{}", wrong.body);
    assert!(type_code(&world, &mut mara, "").await.refuses("missing"));
    let typed = type_code(&world, &mut mara, &code).await;
    assert!(typed.tells("desk_code_typed"), "{}", typed.body);
    let seen = account(&phone.browser.page("/phone").await)["code"].clone();
    assert_eq!(
        (&seen["agent"], &seen["digits"]),
        (&"Mara Lindqvist".into(), &"".into())
    );
    let page = look(&world, &mut mara, PETRA).await;
    assert_eq!(seen["call"], page["call"]["name"]);
    // It says who calls, and proves nobody to the desk.
    assert_eq!(page["emergency"]["stage"]["refused"], "not_verified");
    let again = type_code(&world, &mut mara, &code).await;
    assert!(again.refuses("wrong_code"), "{}", again.body);
    world.advance(CODE_LIFE);
    let seen = account(&phone.browser.page("/phone").await)["code"].clone();
    assert_eq!(seen, Value::Null);
}

#[tokio::test]
async fn who_guesses_the_code_is_cut_off_and_the_phone_shows_it_no_more() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let code = show(&mut phone).await;
    let other = if code == "000-000" {
        "111111"
    } else {
        "000000"
    };
    let mut mara = agent(&world, MARA).await;
    for _ in 0..CODE_TRIES {
        assert!(
            type_code(&world, &mut mara, other)
                .await
                .refuses("wrong_code")
        );
    }
    assert!(
        type_code(&world, &mut mara, &code)
            .await
            .refuses("wrong_code")
    );
    let seen = account(&phone.browser.page("/phone").await)["code"].clone();
    assert_eq!(seen, Value::Null);
    let anew = show(&mut phone).await;
    assert!(
        type_code(&world, &mut mara, &anew)
            .await
            .tells("desk_code_typed")
    );
}

#[tokio::test]
async fn a_code_is_shown_on_ones_own_phone_and_calls_are_not_ones_own() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let page = account(&phone.browser.page("/phone").await);
    let factor = page["factor"].as_str().expect("a phone").to_owned();
    let fields = [("factor", factor.as_str())];
    let stranger = world.browser().post("phone/show-code", &fields).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let mut mara = agent(&world, MARA).await;
    let own = call(&world, &mut mara, MARA, "start").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let mut jonas = agent(&world, JONAS).await;
    let refused = call(&world, &mut jonas, PETRA, "start").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let odd = call(&world, &mut mara, PETRA, "perhaps").await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
}
