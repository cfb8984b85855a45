//! The phone that approves: what it signs, what it does not, and what nobody
//! learns (`security.md`, E).

use axum::http::StatusCode;
use domain::{
    FactorKind,
    message::{Message, Notice},
    phone::{Decision, LIFE, MOST_IN_DAY, MOST_IN_PERIOD, MOST_WRONG, PERIOD, Purpose},
};
use testkit::{
    Answer, World,
    phone::{JONAS, PETRA, PIN, Phone, ask, digits, go_on, jonas, link},
};

/// A world in which Jonas has a phone.
async fn with_phone() -> (World, Phone) {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    let phone = Phone::of(&world, &mut owner, 7).await;
    (world, phone)
}

/// The digits that are none of these.
fn others(digits: &str) -> &'static str {
    if digits == "11" { "22" } else { "11" }
}

fn asks_for_the_pin(answer: &Answer) -> bool {
    answer.body.contains(r#""kind":"pin""#)
}

#[tokio::test]
async fn the_phone_then_the_pin_open_a_session() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    assert_eq!(shown.len(), 2);
    let asked = phone.asked().await.expect("asked");
    assert_eq!(asked.purpose, Purpose::SignIn);
    // Nobody answered yet: the page stays, and nothing is counted.
    assert_eq!(digits(&go_on(&mut browser, "sign_in").await), shown);
    let answer = phone.answer(&world, &asked, Decision::Accept, &shown).await;
    assert!(answer.tells("phone_answered"), "{}", answer.body);
    assert!(phone.asked().await.is_none());
    let next = go_on(&mut browser, "sign_in").await;
    assert!(asks_for_the_pin(&next), "{}", next.body);
    let fields = [
        ("realm", "workforce"),
        ("purpose", "sign_in"),
        ("code", PIN),
    ];
    let done = browser.post("prove/code", &fields).await;
    assert!(done.cookies().contains_key("__Host-session-workforce"));
}

#[tokio::test]
async fn a_phone_alone_opens_nothing() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    phone.answer(&world, &asked, Decision::Accept, &shown).await;
    let next = go_on(&mut browser, "sign_in").await;
    assert!(next.cookies().is_empty(), "{}", next.body);
    let overview = browser.page("/workforce/overview").await;
    assert_eq!(overview.status, StatusCode::UNAUTHORIZED);
    // What let one ceremony go on lets no other one.
    let mut second = browser.clone();
    second.cookies.remove("__Host-browser");
    assert!(!asks_for_the_pin(&go_on(&mut second, "sign_in").await));
}

#[tokio::test]
async fn xe02_xe04_only_the_digits_of_this_very_request_count() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    let first = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    let bare = phone.answer(&world, &asked, Decision::Accept, "").await;
    assert!(bare.refuses("missing"), "{}", bare.body);
    let wrong = phone
        .answer(&world, &asked, Decision::Accept, others(&first))
        .await;
    assert!(wrong.refuses("wrong_code"), "{}", wrong.body);
    assert!(!asks_for_the_pin(&go_on(&mut browser, "sign_in").await));
    // A newer request voids the older one, and its digits are of no use there.
    let second = ask(&mut browser, JONAS).await;
    let newer = phone.asked().await.expect("asked");
    assert_ne!(asked.id, newer.id);
    let old = phone.answer(&world, &asked, Decision::Accept, &first).await;
    assert!(old.refuses("phone_silent"), "{}", old.body);
    if first != second {
        let mixed = phone.answer(&world, &newer, Decision::Accept, &first).await;
        assert!(mixed.refuses("wrong_code"), "{}", mixed.body);
    }
    // Tries in a row have to wait for one another.
    world.advance(2);
    let good = phone
        .answer(&world, &newer, Decision::Accept, &second)
        .await;
    assert!(good.tells("phone_answered"), "{}", good.body);
    let twice = phone
        .answer(&world, &newer, Decision::Accept, &second)
        .await;
    assert!(twice.refuses("phone_silent"), "{}", twice.body);
}

#[tokio::test]
async fn xe04_after_a_minute_it_is_over() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    world.advance(LIFE);
    assert!(phone.asked().await.is_none());
    let late = phone.answer(&world, &asked, Decision::Accept, &shown).await;
    assert!(late.refuses("phone_silent"), "{}", late.body);
    let page = go_on(&mut browser, "sign_in").await;
    assert!(page.refuses("phone_silent"), "{}", page.body);
}

#[tokio::test]
async fn an_answer_is_as_short_lived_as_the_question() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    phone.answer(&world, &asked, Decision::Accept, &shown).await;
    world.advance(2 * LIFE);
    let page = go_on(&mut browser, "sign_in").await;
    assert!(!asks_for_the_pin(&page), "{}", page.body);
}

#[tokio::test]
async fn wrong_digits_void_a_request() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    for _ in 0..MOST_WRONG {
        // Tries in a row have to wait for one another.
        let wrong = others(&shown);
        let answer = phone.answer(&world, &asked, Decision::Accept, wrong).await;
        assert!(answer.refuses("wrong_code"), "{}", answer.body);
        world.advance(2);
    }
    let right = phone.answer(&world, &asked, Decision::Accept, &shown).await;
    assert!(!right.tells("phone_answered"), "{}", right.body);
    assert!(!asks_for_the_pin(&go_on(&mut browser, "sign_in").await));
}

#[tokio::test]
async fn xe05_forged_and_replayed_answers_are_refused() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    let decline = phone.answer_to(&world, &asked, Decision::Decline, "");
    let elsewhere = {
        let mut bent = asked.clone();
        bent.purpose = Purpose::Confirm;
        phone.answer_to(&world, &bent, Decision::Accept, &shown)
    };
    let unsealed = {
        let mut bent = asked.clone();
        bent.challenge = "another".to_owned();
        phone.answer_to(&world, &bent, Decision::Accept, &shown)
    };
    let stranger = Phone::new(&world, 8).answer_to(&world, &asked, Decision::Accept, &shown);
    for signature in ["", "AAAA", &decline, &elsewhere, &unsealed, &stranger] {
        let answer = phone
            .post(&asked, Decision::Accept, &shown, signature)
            .await;
        assert!(
            answer.refuses("phone_unknown"),
            "{signature}: {}",
            answer.body
        );
    }
    assert!(!asks_for_the_pin(&go_on(&mut browser, "sign_in").await));
    // None of it was a wrong try of the owner.
    let good = phone.answer(&world, &asked, Decision::Accept, &shown).await;
    assert!(good.tells("phone_answered"), "{}", good.body);
}

#[tokio::test]
async fn xe05_the_phone_of_somebody_else_finds_no_request() {
    let (world, mut phone) = with_phone().await;
    let mut other = world
        .signed_in(
            "workforce",
            "Q200001",
            &[FactorKind::Passkey, FactorKind::Pin],
        )
        .await;
    let mut stranger = Phone::of(&world, &mut other, 9).await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    assert!(stranger.asked().await.is_none());
    let answer = stranger
        .answer(&world, &asked, Decision::Accept, &shown)
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let mut nobody = Phone::new(&world, 7);
    let answer = nobody
        .answer(&world, &asked, Decision::Accept, &shown)
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!asks_for_the_pin(&go_on(&mut browser, "sign_in").await));
}

#[tokio::test]
async fn xe01_nobody_is_asked_on_and_on_and_acceptance_clears_the_count() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    for n in 1..=MOST_IN_PERIOD + 3 {
        assert_eq!(ask(&mut browser, JONAS).await.len(), 2);
        assert_eq!(phone.asked().await.is_some(), n <= MOST_IN_PERIOD, "{n}");
        world.advance(LIFE);
    }
    // The owner hears of it with the last one.
    let peace = |what: &Message| {
        matches!(
            what,
            Message::Notice {
                what: Notice::PhoneLeftInPeace,
                ..
            }
        )
    };
    let told = world.letters().await;
    assert_eq!(
        told.iter().filter(|l| peace(&l.message)).count(),
        1,
        "{told:?}"
    );
    let mut asked_in_all = MOST_IN_PERIOD;
    for _ in 0..40 {
        world.advance(PERIOD / 2);
        ask(&mut browser, JONAS).await;
        asked_in_all += i64::from(phone.asked().await.is_some());
    }
    assert_eq!(asked_in_all, MOST_IN_DAY);
    world.advance(86_400);
    let shown = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("the next day");
    phone.answer(&world, &asked, Decision::Accept, &shown).await;
    for _ in 0..MOST_IN_PERIOD {
        ask(&mut browser, JONAS).await;
    }
    assert!(phone.asked().await.is_some());
}

#[tokio::test]
async fn a_name_that_nobody_has_waits_just_the_same() {
    let (world, _) = with_phone().await;
    let keys = |answer: &Answer| {
        let page: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        let task = page["show"]["screen"]["await_phone"].clone();
        let task = task.as_object().expect("waits").clone();
        let names: Vec<_> = task.keys().cloned().collect();
        (names, task["stage"].clone(), task["seconds_left"].clone())
    };
    let mut pages = Vec::new();
    // Q100001 is there and has no phone.
    for login in [JONAS, "Q999999", "Q100001"] {
        let mut browser = world.browser();
        let fields = [("realm", "workforce"), ("login", login)];
        let page = browser.post("sign-in/phone", &fields).await;
        let waiting = go_on(&mut browser, "sign_in").await;
        pages.push((keys(&page), keys(&waiting)));
    }
    assert!(pages.windows(2).all(|p| p[0] == p[1]), "{pages:?}");
}

#[tokio::test]
async fn another_browser_that_asks_does_not_tell_whether_there_is_a_phone() {
    let (world, mut phone) = with_phone().await;
    for login in [JONAS, "Q100001"] {
        let (mut one, mut two) = (world.browser(), world.browser());
        let shown = ask(&mut one, login).await;
        ask(&mut two, login).await;
        assert_eq!(digits(&go_on(&mut one, "sign_in").await), shown, "{login}");
    }
    // What was voided lets nobody on, whatever its page shows.
    let mut first = world.browser();
    world.advance(PERIOD);
    let shown = ask(&mut first, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    ask(&mut world.browser(), JONAS).await;
    phone.answer(&world, &asked, Decision::Accept, &shown).await;
    assert!(!asks_for_the_pin(&go_on(&mut first, "sign_in").await));
}

#[tokio::test]
async fn a_page_that_is_only_looked_at_asks_no_phone() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let proven = [FactorKind::Smartphone, FactorKind::Pin];
    let mut petra = world.signed_in("workforce", PETRA, &proven).await;
    world.advance(400);
    for path in ["/workforce/pin", "/workforce/confirm", "/workforce/pin"] {
        petra.page(path).await;
        assert!(phone.asked().await.is_none(), "{path}");
    }
    let fields = [
        ("realm", "workforce"),
        ("purpose", "confirm"),
        ("kind", "smartphone"),
    ];
    let shown = digits(&petra.post("prove/another-way", &fields).await);
    let asked = phone.asked().await.expect("asked");
    assert_eq!(asked.purpose, Purpose::Confirm);
    phone.answer(&world, &asked, Decision::Accept, &shown).await;
    let done = go_on(&mut petra, "confirm").await;
    assert!(done.leads_to("/workforce/pin"), "{}", done.body);
}

#[tokio::test]
async fn the_same_browser_added_twice_answers_with_its_newer_key() {
    let (world, phone) = with_phone().await;
    let mut owner = jonas(&world).await;
    let mut again = Phone::new(&world, 8);
    again.browser = phone.browser.clone();
    again.name = "My phone, once more";
    let token = link(&mut owner).await;
    assert!(again.add(&world, &token).await.tells("factor_added"));
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let asked = again.asked().await.expect("asked");
    let answer = again.answer(&world, &asked, Decision::Accept, &shown).await;
    assert!(answer.tells("phone_answered"), "{}", answer.body);
    assert!(asks_for_the_pin(&go_on(&mut browser, "sign_in").await));
}

#[tokio::test]
async fn declined_is_said_and_lets_nobody_in() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    let answer = phone.answer(&world, &asked, Decision::Decline, "").await;
    assert!(answer.tells("phone_answered"), "{}", answer.body);
    let page = go_on(&mut browser, "sign_in").await;
    assert!(page.refuses("phone_declined"), "{}", page.body);
    assert!(!asks_for_the_pin(&page));
    // It is over, and the page does not ask again by itself.
    assert!(page.body.contains(r#""stage":"over""#), "{}", page.body);
}

#[tokio::test]
async fn xe07_this_was_not_me_ends_everything_and_is_told() {
    let (world, mut phone) = with_phone().await;
    let mut owner = jonas(&world).await;
    let mut browser = world.browser();
    ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    world.letters().await;
    phone.answer(&world, &asked, Decision::NotMe, "").await;
    assert!(
        go_on(&mut browser, "sign_in")
            .await
            .refuses("phone_declined")
    );
    let overview = owner.page("/workforce/overview").await;
    assert_eq!(overview.status, StatusCode::UNAUTHORIZED);
    let told = world.letters().await;
    let is_told = |what: &Message| {
        matches!(
            what,
            Message::Notice {
                what: Notice::Frozen,
                ..
            }
        )
    };
    assert!(
        told.iter().any(|letter| is_told(&letter.message)),
        "{told:?}"
    );
    // The lead of the desk hears of it at once.
    let alerts = told
        .iter()
        .filter(|l| matches!(l.message, Message::Alert { .. }));
    let to: Vec<_> = alerts.map(|letter| letter.to.as_str()).collect();
    assert_eq!(to, ["helga.thoma@workforce.example"]);
    // Nobody is asked until the desk lifts the freeze.
    ask(&mut browser, JONAS).await;
    assert!(phone.asked().await.is_none());
}

#[tokio::test]
async fn xe08_a_link_adds_one_phone_within_ten_minutes() {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    let token = link(&mut owner).await;
    let (mut one, mut two) = (Phone::new(&world, 1), Phone::new(&world, 2));
    assert!(one.add(&world, &token).await.tells("factor_added"));
    assert!(!two.add(&world, &token).await.tells("factor_added"));
    // The page that showed it leads on.
    let page = owner.page("/workforce/add").await;
    assert!(page.tells("factor_added"), "{}", page.body);
    let late = link(&mut owner).await;
    let newer = link(&mut owner).await;
    assert!(!two.add(&world, &late).await.tells("factor_added"));
    world.advance(600);
    assert!(!two.add(&world, &newer).await.tells("factor_added"));
    assert!(!two.add(&world, "guessed").await.tells("factor_added"));
    assert_eq!(world.person("workforce", JONAS).await.epoch, 1);
    // What ends everything ends a link that is on its way to a phone as well.
    let voided = link(&mut jonas(&world).await).await;
    let who = world.person("workforce", JONAS).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    tx.person_freeze(&who.id, Some(world.services.now()))
        .await
        .expect("freezes");
    tx.commit().await.expect("commits");
    assert!(!two.add(&world, &voided).await.tells("factor_added"));
}

#[tokio::test]
async fn a_key_that_does_not_sign_for_itself_is_not_added() {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    let token = link(&mut owner).await;
    let (phone, other) = (Phone::new(&world, 1), Phone::new(&world, 2));
    let text = |key: &str| domain::phone::add_text(&world.services.public_url, &token, key, "");
    let key = phone.key();
    for (key, signature) in [
        (key.as_str(), ""),
        ("", ""),
        ("AAAA", "AAAA"),
        (&key, &other.sign(&text(&key))),
        (&other.key(), &phone.sign(&text(&key))),
    ] {
        let fields = [
            ("realm", "workforce"),
            ("token", token.as_str()),
            ("key", key),
            ("signature", signature),
        ];
        let answer = world.browser().post("enroll-phone", &fields).await;
        assert!(answer.refuses("phone_unknown"), "{}", answer.body);
    }
}

#[tokio::test]
async fn xe11_a_phone_that_was_removed_approves_nothing() {
    let (world, mut phone) = with_phone().await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let asked = phone.asked().await.expect("asked");
    phone.answer(&world, &asked, Decision::Accept, &shown).await;
    let who = world.person("workforce", JONAS).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let factors = tx.factors(&who.id).await.expect("reads");
    let mine = factors.iter().find(|f| f.kind == FactorKind::Smartphone);
    let now = world.services.now();
    tx.factor_remove(&mine.expect("a phone").id, &who.id, now)
        .await
        .expect("removes");
    tx.commit().await.expect("commits");
    let page = go_on(&mut browser, "sign_in").await;
    assert!(!asks_for_the_pin(&page), "{}", page.body);
    // Looked at once: the page does not ask on and on.
    assert!(page.body.contains(r#""stage":"over""#), "{}", page.body);
    let gone = phone.answer(&world, &asked, Decision::Accept, &shown).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn two_nodes_are_one_portal() {
    let (world, phone) = with_phone().await;
    let twin = world.twin().await;
    let mut browser = world.browser();
    let shown = ask(&mut browser, JONAS).await;
    let mut there = phone.at(&twin);
    let asked = there.asked().await.expect("asked");
    there.answer(&world, &asked, Decision::Accept, &shown).await;
    assert!(asks_for_the_pin(&go_on(&mut browser, "sign_in").await));
}

#[tokio::test]
async fn a_new_phone_takes_the_place_of_the_old_one_which_works_until_then() {
    let world = World::demo().await;
    let mut old = Phone::petra(&world).await;
    let proven = [FactorKind::Smartphone, FactorKind::Pin];
    let mut owner = world.signed_in("workforce", PETRA, &proven).await;
    let who = world.person("workforce", PETRA).await.id;
    let phones = async || {
        let mut conn = world.services.store.read().await.expect("reads");
        let factors = conn.factors(&who).await.expect("reads");
        let phones = factors
            .into_iter()
            .filter(|f| f.kind == FactorKind::Smartphone);
        phones.map(|f| f.id.as_str().to_owned()).collect::<Vec<_>>()
    };
    let before = phones().await;
    let fields = [("realm", "workforce"), ("id", before[0].as_str())];
    let answer = owner.post("enroll-phone/replace", &fields).await;
    let page: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let link = page["show"]["screen"]["enroll_phone"]["link"].as_str();
    let token = link
        .and_then(|l| l.rsplit('/').next())
        .expect("a link")
        .to_owned();
    // Both screens say which one goes.
    assert_eq!(page["show"]["screen"]["enroll_phone"]["goes"], "Demo phone");
    let mut elsewhere = world.signed_in("workforce", PETRA, &proven).await;
    // It still answers.
    let digits = ask(&mut world.browser(), PETRA).await;
    let asked = old.asked().await.expect("asked");
    let answered = old.answer(&world, &asked, Decision::Accept, &digits).await;
    assert!(answered.tells("phone_answered"), "{}", answered.body);
    world.letters().await;
    let mut new = Phone::new(&world, 9);
    new.add(&world, &token).await;
    let after = phones().await;
    assert_eq!(after.len(), 1);
    assert_ne!(before, after);
    // The page that showed the link goes on by itself.
    let on = owner.page("/workforce/add?live=1").await;
    assert!(on.tells("factor_added"), "{}", on.body);
    ask(&mut world.browser(), PETRA).await;
    assert!(new.asked().await.is_some());
    assert!(old.asked().await.is_none());
    let told = world.letters().await;
    let removed = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::FactorRemoved { .. },
                ..
            }
        )
    };
    assert!(told.iter().any(|l| removed(&l.message)));
    // Other sessions ended with it; the one that asked goes on.
    assert_eq!(
        elsewhere.get("/workforce/overview").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        owner.get("/workforce/overview").await.status,
        StatusCode::OK
    );
    let fields = [("realm", "workforce"), ("id", before[0].as_str())];
    let gone = owner.post("enroll-phone/replace", &fields).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_move_to_a_new_phone_that_was_left_adds_no_phone_in_another_s_place() {
    let world = World::demo().await;
    let _old = Phone::petra(&world).await;
    let proven = [FactorKind::Smartphone, FactorKind::Pin];
    let mut owner = world.signed_in("workforce", PETRA, &proven).await;
    let who = world.person("workforce", PETRA).await.id;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&who).await.expect("reads");
    drop(conn);
    let phone = factors.iter().find(|f| f.kind == FactorKind::Smartphone);
    let phone = phone.expect("has one").id.clone();
    let fields = [("realm", "workforce"), ("id", phone.as_str())];
    owner.post("enroll-phone/replace", &fields).await;
    let left = owner
        .post("choose-method/cancel", &[("realm", "workforce")])
        .await;
    assert!(left.leads_to("/workforce/overview"), "{}", left.body);
    let token = link(&mut owner).await;
    Phone::new(&world, 9).add(&world, &token).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&who).await.expect("reads");
    let phones = factors.iter().filter(|f| f.kind == FactorKind::Smartphone);
    assert_eq!(phones.count(), 2);
}
