//! "Forgot your PIN?" (workforce guide, I.6 to II.5): the phone, the emergency password,
//! and a session that sets the PIN and reaches nothing else.

use axum::http::StatusCode;
use domain::{
    FactorKind,
    emergency::MOST_WRONG,
    message::{Message, Notice},
    phone::{Decision, LIFE, Purpose},
    place::{CALLS, Rule},
};
use serde_json::Value;
use testkit::{
    ARGUMENTS, Answer, Browser, World,
    desk::{MARA, agent, issue, password, verify},
    phone::{PETRA, Phone, ask, digits, go_on},
};

const NEW: &str = "740518";
const CHAIN: &str = "smartphone,emergency";

fn screen(answer: &Answer) -> Value {
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    page["show"]["screen"].clone()
}

/// A name and a chain; gives the page that waits for the phone.
async fn begin(browser: &mut Browser, login: &str) -> Answer {
    let fields = [("realm", "workforce"), ("login", login)];
    let chains = screen(&browser.post("reset-pin/ask", &fields).await);
    assert_eq!(
        chains["choose_chain"]["chains"],
        serde_json::json!([["smartphone", "emergency"], ["passkey", "emergency"]])
    );
    let fields = [("realm", "workforce"), ("method", CHAIN)];
    browser.post("reset-pin/chain", &fields).await
}

/// The phone says yes; gives the page after it.
async fn approve(world: &World, browser: &mut Browser, phone: &mut Phone) -> Answer {
    let digits = digits(&begin(browser, PETRA).await);
    let asked = phone.asked().await.expect("asked");
    assert_eq!(asked.purpose, Purpose::ResetPin);
    phone.answer(world, &asked, Decision::Accept, &digits).await;
    go_on(browser, "reset_pin").await
}

async fn give(browser: &mut Browser, password: &str) -> Answer {
    let fields = [("realm", "workforce"), ("code", password)];
    browser.post("reset-pin/emergency", &fields).await
}

/// An emergency password, from a call.
async fn called(world: &World, phone: &mut Phone) -> String {
    let mut mara = agent(world, MARA).await;
    verify(world, &mut mara, phone, PETRA, Decision::Accept).await;
    let password = password(&issue(world, &mut mara, PETRA, "").await);
    assert!(!password.is_empty());
    password
}

/// A browser that is signed in to set the PIN.
async fn resetting(world: &World, phone: &mut Phone) -> Browser {
    let password = called(world, phone).await;
    let mut browser = world.browser();
    approve(world, &mut browser, phone).await;
    let opened = give(&mut browser, &password).await;
    assert!(opened.leads_to("/workforce/overview"), "{}", opened.body);
    browser
}

async fn set(browser: &mut Browser, pin: &str) -> Answer {
    let fields = [("realm", "workforce"), ("pin", pin), ("repeat", pin)];
    browser.post("change-pin", &fields).await
}

#[tokio::test]
async fn the_guide_from_the_call_to_the_new_pin() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut browser = resetting(&world, &mut phone).await;
    world.letters().await;
    let page = screen(&browser.page("/workforce/overview").await);
    let overview = &page["overview"];
    assert_eq!(overview["resets_pin"], "before");
    assert_eq!(overview["offers"], serde_json::json!([]));
    let done = set(&mut browser, NEW).await;
    assert!(done.tells("pin_changed"), "{}", done.body);
    let page = screen(&browser.page("/workforce/overview").await);
    assert_eq!(page["overview"]["resets_pin"], "after");
    // Once: what it was opened for is done.
    let again = set(&mut browser, "918264").await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED, "{}", again.body);
    let told = world.letters().await;
    let changed = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::PinChanged,
                ..
            }
        )
    };
    assert!(told.iter().any(|l| changed(&l.message)));
    // The new PIN works at once, after the phone.
    let mut anew = world.browser();
    let digits = ask(&mut anew, PETRA).await;
    let asked = phone.asked().await.expect("asked");
    phone
        .answer(&world, &asked, Decision::Accept, &digits)
        .await;
    go_on(&mut anew, "sign_in").await;
    let prove = async |browser: &mut Browser, pin: &str| {
        let fields = [
            ("realm", "workforce"),
            ("purpose", "sign_in"),
            ("code", pin),
        ];
        browser.post("prove/code", &fields).await
    };
    assert!(
        prove(&mut anew, testkit::phone::PIN)
            .await
            .refuses("wrong_code")
    );
    let opened = prove(&mut anew, NEW).await;
    assert!(opened.leads_to("/workforce/overview"), "{}", opened.body);
    world.advance(301);
    let gone = browser.get("/workforce/overview").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_session_reaches_nothing_else() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut browser = resetting(&world, &mut phone).await;
    let id = world.person("workforce", PETRA).await.id;
    let mut conn = world.services.store.read().await.expect("reads");
    let before = conn.factors(&id).await.expect("reads");
    drop(conn);
    let of = |kind: FactorKind| {
        let found = before.iter().find(|f| f.kind == kind);
        found.expect("has one").id.as_str().to_owned()
    };
    let (smartphone, pin) = (of(FactorKind::Smartphone), of(FactorKind::Pin));
    // Its own end is tried last.
    for (call, rule) in CALLS.iter().filter(|(call, _)| *call != "sign-out") {
        let arguments = ARGUMENTS
            .replace("realm=customers", "realm=workforce")
            .replace("&id=x", &format!("&id={smartphone}"));
        let answer = browser.raw(call, &arguments).await;
        let is_open = matches!(
            rule,
            Rule::Anyone | Rule::SignedInOrReset | Rule::FreshOrReset
        );
        let refused = matches!(
            answer.status,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        );
        assert!(
            is_open || refused,
            "{call}: {} {}",
            answer.status,
            answer.body
        );
    }
    let mut conn = world.services.store.read().await.expect("reads");
    assert_eq!(conn.factors(&id).await.expect("reads"), before);
    drop(conn);
    // The phone's page is not its business; the PIN's is, with its test.
    let other = browser
        .get(&format!("/workforce/factor/{smartphone}"))
        .await;
    assert_eq!(other.header("location"), "/workforce/sign-in");
    let fields = [("realm", "workforce"), ("id", smartphone.as_str())];
    let test = browser.post("manage-factors/test", &fields).await;
    assert_eq!(test.status, StatusCode::UNAUTHORIZED);
    for place in ["sessions", "profile", "add", "recovery-codes", "confirm"] {
        let answer = browser.get(&format!("/workforce/{place}")).await;
        let to = answer.header("location");
        let kept_out = to == "/workforce/sign-in" || to == "/workforce/overview";
        assert!(kept_out, "{place}: {to}");
    }
    for place in ["/desk", "/admin"] {
        assert_eq!(
            browser.get(place).await.header("location"),
            "/workforce/sign-in"
        );
    }
    let own = browser.get(&format!("/workforce/factor/{pin}")).await;
    assert_eq!(own.status, StatusCode::OK);
    let fields = [("realm", "workforce"), ("id", pin.as_str())];
    browser.post("manage-factors/test", &fields).await;
    let fields = [
        ("realm", "workforce"),
        ("purpose", "test"),
        ("code", testkit::phone::PIN),
    ];
    assert!(
        browser
            .post("prove/code", &fields)
            .await
            .tells("factor_works")
    );
    let fields = [("realm", "workforce")];
    let out = browser.post("sign-out", &fields).await;
    assert!(out.tells("signed_out"), "{}", out.body);
}

#[tokio::test]
async fn names_that_nobody_has_see_the_same_screens() {
    let world = World::demo().await;
    let mut pages = Vec::new();
    for login in ["Q999999", "Q300001"] {
        let mut browser = world.browser();
        let mut page = screen(&begin(&mut browser, login).await)["await_phone"].clone();
        assert_eq!(page["stage"], "waiting");
        assert_eq!(page["digits"].as_str().map(str::len), Some(2));
        page["digits"] = Value::Null;
        world.advance(LIFE);
        let over = go_on(&mut browser, "reset_pin").await;
        assert!(over.refuses("phone_silent"), "{}", over.body);
        let over = screen(&over);
        assert_eq!(over["await_phone"]["stage"], "over");
        pages.push((page, over));
        // What comes after the phone is for nobody who has not answered on one.
        let refused = give(&mut browser, "AAAA-AAAA-AAAA").await;
        assert!(refused.refuses("start_again"), "{}", refused.body);
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn xg01_xg02_it_is_never_alone_and_few_tries_make_it_void() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let password = called(&world, &mut phone).await;
    // Alone, or where a code is asked for.
    let mut browser = world.browser();
    assert!(give(&mut browser, &password).await.refuses("start_again"));
    begin(&mut browser, PETRA).await;
    assert!(give(&mut browser, &password).await.refuses("start_again"));
    let mut browser = world.browser();
    let page = screen(&approve(&world, &mut browser, &mut phone).await);
    assert_eq!(page["emergency"]["login"], PETRA);
    assert!(give(&mut browser, "").await.refuses("missing"));
    assert!(give(&mut browser, "too short").await.refuses("wrong_code"));
    for n in 1..=MOST_WRONG {
        let refused = give(&mut browser, "0000-0000-0000").await;
        let code = if n < MOST_WRONG {
            "wrong_code"
        } else {
            "emergency_gone"
        };
        assert!(refused.refuses(code), "{n}: {}", refused.body);
    }
    assert!(
        give(&mut browser, &password)
            .await
            .refuses("emergency_gone")
    );
    let told = world.letters().await;
    let voided = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::EmergencyVoided,
                ..
            }
        )
    };
    assert!(told.iter().any(|l| voided(&l.message)));
}

#[tokio::test]
async fn it_works_once_as_it_is_read_out_and_for_fifteen_minutes() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let password = called(&world, &mut phone).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    approve(&world, &mut first, &mut phone).await;
    approve(&world, &mut second, &mut phone).await;
    let spoken = password.to_lowercase().replace('-', " ").replace('0', "o");
    let opened = give(&mut first, &spoken).await;
    assert!(opened.leads_to("/workforce/overview"), "{}", opened.body);
    assert!(give(&mut second, &password).await.refuses("emergency_gone"));
    let password = called(&world, &mut phone).await;
    approve(&world, &mut second, &mut phone).await;
    world.advance(15 * 60);
    assert!(give(&mut second, &password).await.refuses("emergency_gone"));
}

#[tokio::test]
async fn declined_altered_and_foreign_answers_move_nothing() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut browser = world.browser();
    begin(&mut browser, PETRA).await;
    let asked = phone.asked().await.expect("asked");
    phone.answer(&world, &asked, Decision::Decline, "").await;
    let page = go_on(&mut browser, "reset_pin").await;
    assert!(page.refuses("phone_declined"), "{}", page.body);
    // What was accepted for a sign-in resets no PIN.
    let mut signs_in = world.browser();
    let digits = ask(&mut signs_in, PETRA).await;
    let asked = phone.asked().await.expect("asked");
    phone
        .answer(&world, &asked, Decision::Accept, &digits)
        .await;
    let page = go_on(&mut signs_in, "reset_pin").await;
    assert!(screen(&page)["forgot_pin"].is_object(), "{}", page.body);
    let fields = [("realm", "workforce"), ("method", "emergency")];
    let refused = browser.post("reset-pin/chain", &fields).await;
    assert!(refused.refuses("not_offered"), "{}", refused.body);
    let fields = [("realm", "customers"), ("login", PETRA)];
    let elsewhere = browser.post("reset-pin/ask", &fields).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn not_me_in_the_middle_ends_what_it_opened() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let mut browser = resetting(&world, &mut phone).await;
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut phone, PETRA, Decision::NotMe).await;
    let gone = browser.get("/workforce/overview").await;
    assert_eq!(gone.header("location"), "/workforce/sign-in");
    assert_eq!(
        set(&mut browser, NEW).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_node_goes_on_where_another_was_lost() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let password = called(&world, &mut phone).await;
    let mut browser = world.browser();
    let digits = digits(&begin(&mut browser, PETRA).await);
    let twin = world.twin().await;
    let asked = phone.asked().await.expect("asked");
    phone.browser.router = twin.router.clone();
    browser.router = twin.router.clone();
    phone
        .answer(&world, &asked, Decision::Accept, &digits)
        .await;
    let page = screen(&go_on(&mut browser, "reset_pin").await);
    assert_eq!(page["emergency"]["login"], PETRA);
    browser.router = world.router.clone();
    let opened = give(&mut browser, &password).await;
    assert!(opened.leads_to("/workforce/overview"), "{}", opened.body);
    browser.router = twin.router.clone();
    assert!(set(&mut browser, NEW).await.tells("pin_changed"));
}

#[tokio::test]
async fn blind_the_grant_lands_in_the_browser_that_asked_and_nowhere_else() {
    let world = World::demo_where("workforce", "\"spoken\"", "\"blind\"").await;
    let mut phone = Phone::petra(&world).await;
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    let nothing = issue(&world, &mut mara, PETRA, "K7Q-4MP").await;
    assert!(nothing.refuses("wrong_code"), "{}", nothing.body);
    let mut browser = world.browser();
    let page = screen(&approve(&world, &mut browser, &mut phone).await)["await_desk"].clone();
    assert_eq!(page["stage"], "waiting");
    let code = page["code"].as_str().expect("a code").to_owned();
    let approved = async |browser: &mut Browser| {
        browser
            .post("reset-pin/approved", &[("realm", "workforce")])
            .await
    };
    assert!(approved(&mut browser).await.shows("await_desk"));
    let wrong = issue(&world, &mut mara, PETRA, "AAA-AAA").await;
    assert!(wrong.refuses("wrong_code"), "{}", wrong.body);
    let done = issue(&world, &mut mara, PETRA, &code.to_lowercase()).await;
    assert!(done.tells("emergency_approved"), "{}", done.body);
    assert!(!done.body.contains(&code));
    // Another browser that knows the code is none the wiser.
    let mut thief = world.browser();
    assert!(approved(&mut thief).await.refuses("start_again"));
    assert!(give(&mut thief, &code).await.refuses("start_again"));
    assert!(
        give(&mut browser, "0000-0000-0000")
            .await
            .refuses("emergency_gone")
    );
    let opened = approved(&mut browser).await;
    assert!(opened.leads_to("/workforce/overview"), "{}", opened.body);
    assert!(set(&mut browser, NEW).await.tells("pin_changed"));
}
