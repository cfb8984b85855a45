//! Codes that a phone shows where it has no network: they come with it, sign in with the
//! PIN, go with it, and tell nobody who is there.

use axum::http::StatusCode;
use domain::{FactorKind, message::Message, phone::add_text, records::Factor, role::Role};
use serde_json::Value;
use testkit::{
    Answer, Browser, World,
    phone::{JONAS, PETRA, PIN, Phone, ask, jonas, link},
};

/// A world in which Jonas has a phone.
async fn with_phone() -> (World, Phone) {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    let phone = Phone::of(&world, &mut owner, 7).await;
    (world, phone)
}

async fn factors(world: &World, login: &str) -> Vec<Factor> {
    let who = world.person("workforce", login).await.id;
    let mut conn = world.services.store.read().await.expect("reads");
    conn.factors(&who).await.expect("reads")
}

/// The one of this kind.
async fn the(world: &World, login: &str, kind: FactorKind) -> Factor {
    let all = factors(world, login).await;
    let mut those = all.into_iter().filter(|f| f.kind == kind);
    let one = those.next().expect("holds one");
    assert!(those.next().is_none(), "several");
    one
}

fn shown(answer: &Answer) -> Value {
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    page["show"].clone()
}

/// Another way than waiting for the phone; all of them for no kind.
async fn another_way(browser: &mut Browser, kind: &str) -> Answer {
    let fields = [
        ("realm", "workforce"),
        ("purpose", "sign_in"),
        ("kind", kind),
    ];
    browser.post("prove/another-way", &fields).await
}

/// Types a code, or the PIN, into the page that asks for one.
async fn typed(browser: &mut Browser, code: &str) -> Answer {
    let fields = [
        ("realm", "workforce"),
        ("purpose", "sign_in"),
        ("code", code),
    ];
    browser.post("prove/code", &fields).await
}

/// A browser at the page that asks for the code of somebody's phone.
async fn asked_for_code(world: &World, login: &str) -> Browser {
    let mut browser = world.browser();
    ask(&mut browser, login).await;
    another_way(&mut browser, "totp").await;
    browser
}

/// Whether the code that a phone shows now goes on to the PIN.
async fn opens(world: &World, phone: &Phone, login: &str) -> bool {
    // Of a step that was surely not used yet, and no try waits for another.
    world.advance(90);
    let mut browser = asked_for_code(world, login).await;
    let next = typed(&mut browser, &phone.code(world)).await;
    let opened = next.asks_for("pin");
    assert!(opened || next.refuses("wrong_code"), "{}", next.body);
    opened
}

#[tokio::test]
async fn a_phone_brings_codes_and_is_told_of_once() {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    world.letters().await;
    Phone::of(&world, &mut owner, 7).await;
    let phone = the(&world, JONAS, FactorKind::Smartphone).await;
    let codes = the(&world, JONAS, FactorKind::Totp).await;
    assert_eq!(codes.shown_by, Some(phone.id.clone()));
    assert_eq!(codes.name, phone.name);
    // Sealed: nothing of what was sent stands in the row.
    assert!(!codes.secret.windows(20).any(|part| part == [7; 20]));
    let told = world.letters().await;
    let notices = told
        .iter()
        .filter(|l| matches!(l.message, Message::Notice { .. }));
    assert_eq!(notices.count(), 1, "{told:?}");
    // On the overview they are the phone's, and nothing beside it.
    let page = shown(&owner.page("/workforce/overview").await);
    let cards = page["screen"]["overview"]["factors"].as_array();
    let cards = cards.expect("cards");
    assert!(cards.iter().all(|card| card["kind"] != "totp"), "{cards:?}");
    let card = cards.iter().find(|card| card["kind"] == "smartphone");
    assert_eq!(card.expect("a card")["codes"], "");
    let way = format!("/workforce/factors/{}", codes.id);
    assert_eq!(owner.get(&way).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_code_and_the_pin_sign_in_and_the_code_counts_once() {
    let (world, phone) = with_phone().await;
    let mut browser = world.browser();
    ask(&mut browser, JONAS).await;
    let ways = shown(&another_way(&mut browser, "").await);
    let kinds = &ways["screen"]["another_way"]["kinds"];
    assert_eq!(*kinds, serde_json::json!(["smartphone", "totp"]));
    another_way(&mut browser, "totp").await;
    let code = phone.code(&world);
    let next = typed(&mut browser, &code).await;
    assert!(next.asks_for("pin"), "{}", next.body);
    // A code alone opens nothing.
    assert!(next.cookies().keys().all(|name| !name.contains("session")));
    let done = typed(&mut browser, PIN).await;
    assert!(done.cookies().contains_key("__Host-session-workforce"));
    // The same code in another browser: somebody looked over a shoulder.
    world.advance(2);
    let mut second = asked_for_code(&world, JONAS).await;
    let again = typed(&mut second, &code).await;
    assert!(again.refuses("used_code"), "{}", again.body);
    let used = the(&world, JONAS, FactorKind::Totp).await.used_at;
    assert!(used.is_some());
}

#[tokio::test]
async fn the_phone_may_be_asked_after_all() {
    let (world, mut phone) = with_phone().await;
    let mut browser = asked_for_code(&world, JONAS).await;
    let back = another_way(&mut browser, "smartphone").await;
    let digits = testkit::phone::digits(&back);
    let asked = phone.asked().await.expect("asked, and once");
    let decision = domain::phone::Decision::Accept;
    phone.answer(&world, &asked, decision, &digits).await;
    let next = testkit::phone::go_on(&mut browser, "sign_in").await;
    assert!(next.asks_for("pin"), "{}", next.body);
    // What comes first without a name is none of these ways.
    let mut other = world.browser();
    ask(&mut other, JONAS).await;
    let refused = another_way(&mut other, "passkey").await;
    assert!(refused.refuses("not_offered"), "{}", refused.body);
}

#[tokio::test]
async fn xe01_a_name_that_nobody_has_is_asked_and_fails_just_the_same() {
    let (world, phone) = with_phone().await;
    let mut told = Vec::new();
    // Q100001 is there and has no phone.
    for login in [JONAS, "Q999999", "Q100001"] {
        let mut browser = world.browser();
        ask(&mut browser, login).await;
        let mut pages = vec![another_way(&mut browser, "").await];
        pages.push(another_way(&mut browser, "totp").await);
        for code in ["", " ", "12", "abcdef", "000000"] {
            pages.push(typed(&mut browser, code).await);
            world.advance(2);
        }
        // Counted alike: at some point everybody has to wait.
        for _ in 0..12 {
            pages.push(typed(&mut browser, "000000").await);
        }
        assert!(pages.last().expect("a page").refuses("wait"), "{login}");
        told.push(
            pages
                .iter()
                .map(|page| (page.status, shown(page)))
                .collect::<Vec<_>>(),
        );
        world.advance(86_400);
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
    // The right code of an account that was disabled is a wrong one.
    let who = world.person("workforce", JONAS).await.id;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    tx.person_disable(&who, Some(now)).await.expect("disables");
    tx.commit().await.expect("commits");
    assert!(!opens(&world, &phone, JONAS).await);
}

#[tokio::test]
async fn a_phone_that_goes_takes_its_codes_along() {
    let (world, phone) = with_phone().await;
    assert!(opens(&world, &phone, JONAS).await);
    let mut owner = jonas(&world).await;
    let id = the(&world, JONAS, FactorKind::Smartphone).await.id;
    let fields = [("realm", "workforce"), ("id", id.as_str())];
    let gone = owner.post("manage-factors/remove", &fields).await;
    assert!(gone.tells("factor_removed"), "{}", gone.body);
    let left = factors(&world, JONAS).await;
    assert!(left.iter().all(|f| f.kind != FactorKind::Totp), "{left:?}");
    assert!(!opens(&world, &phone, JONAS).await);
}

#[tokio::test]
async fn a_new_phone_has_codes_of_its_own() {
    let world = World::demo().await;
    let old = Phone::petra(&world).await;
    assert!(opens(&world, &old, PETRA).await);
    let proven = [FactorKind::Smartphone, FactorKind::Pin];
    let mut owner = world.signed_in("workforce", PETRA, &proven).await;
    let id = the(&world, PETRA, FactorKind::Smartphone).await.id;
    let fields = [("realm", "workforce"), ("id", id.as_str())];
    let page = shown(&owner.post("enroll-phone/replace", &fields).await);
    let link = page["screen"]["enroll_phone"]["link"].as_str();
    let token = link.and_then(|l| l.rsplit('/').next()).expect("a link");
    // Both work until the new one is there.
    assert!(opens(&world, &old, PETRA).await);
    let mut new = Phone::new(&world, 9);
    new.add(&world, token).await;
    assert!(!opens(&world, &old, PETRA).await);
    assert!(opens(&world, &new, PETRA).await);
}

#[tokio::test]
async fn a_phone_that_is_suspended_rests_with_its_codes() {
    let (world, phone) = with_phone().await;
    world.staff("Q9-1", Role::Lead, "workforce").await;
    let proven = [FactorKind::Passkey];
    let who = world.person("workforce", JONAS).await.id;
    let held = the(&world, JONAS, FactorKind::Smartphone).await.id;
    let codes = the(&world, JONAS, FactorKind::Totp).await.id;
    let switch = async |id: &str, change: &str| {
        let mut desk = world.signed_in("workforce", "Q9-1", &proven).await;
        let fields = [("id", who.as_str()), ("subject", id), ("change", change)];
        desk.post("desk/person", &fields).await
    };
    // The desk sees a phone, and switches nothing of it alone.
    let mut desk = world.signed_in("workforce", "Q9-1", &proven).await;
    let page = shown(&desk.page(&format!("/desk/people/{who}")).await);
    let rows = page["screen"]["desk_person"]["factors"].as_array();
    let rows = rows.expect("factors");
    assert!(rows.iter().all(|row| row["kind"] != "totp"), "{rows:?}");
    let alone = switch(codes.as_str(), "suspend").await;
    assert_eq!(alone.status, StatusCode::NOT_FOUND);
    switch(held.as_str(), "suspend").await;
    assert!(!opens(&world, &phone, JONAS).await);
    switch(held.as_str(), "resume").await;
    assert!(opens(&world, &phone, JONAS).await);
}

#[tokio::test]
async fn codes_are_no_factor_that_is_removed_tested_or_renamed_alone() {
    let (world, _) = with_phone().await;
    let mut owner = jonas(&world).await;
    let codes = the(&world, JONAS, FactorKind::Totp).await.id;
    for call in ["remove", "test", "rename"] {
        let fields = [
            ("realm", "workforce"),
            ("id", codes.as_str()),
            ("name", "Mine"),
        ];
        let answer = owner.post(&format!("manage-factors/{call}"), &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{call}");
    }
    // With the phone they change their name.
    let phone = the(&world, JONAS, FactorKind::Smartphone).await.id;
    let fields = [
        ("realm", "workforce"),
        ("id", phone.as_str()),
        ("name", "Mine"),
    ];
    owner.post("manage-factors/rename", &fields).await;
    assert_eq!(the(&world, JONAS, FactorKind::Totp).await.name, "Mine");
}

#[tokio::test]
async fn codes_do_not_make_their_phone_one_way_of_two() {
    let world = World::demo().await;
    let proven = [FactorKind::Smartphone, FactorKind::Pin];
    let mut owner = world.signed_in("workforce", PETRA, &proven).await;
    let id = the(&world, PETRA, FactorKind::Smartphone).await.id;
    let fields = [("realm", "workforce"), ("id", id.as_str())];
    let kept = owner.post("manage-factors/remove", &fields).await;
    assert!(kept.refuses("last_way_in"), "{}", kept.body);
}

#[tokio::test]
async fn a_code_is_weaker_than_its_phone_and_changes_nothing() {
    let world = World::demo().await;
    let proven = [FactorKind::Totp, FactorKind::Pin];
    let mut owner = world.signed_in("workforce", PETRA, &proven).await;
    world.advance(400);
    owner.page("/workforce/pin").await;
    let page = shown(&owner.page("/workforce/confirm").await);
    let kinds = &page["screen"]["another_way"]["kinds"];
    assert_eq!(*kinds, serde_json::json!(["smartphone"]), "{page}");
}

#[tokio::test]
async fn where_no_chain_takes_codes_none_are_kept() {
    let world = World::demo_where("workforce", "    [\"totp\", \"pin\"],\n", "").await;
    let mut owner = jonas(&world).await;
    let token = link(&mut owner).await;
    let mut phone = Phone::new(&world, 7);
    let asks = shown(
        &phone
            .browser
            .page(&format!("/workforce/phone/{token}"))
            .await,
    );
    assert_eq!(asks["screen"]["add_phone"]["codes"], false, "{asks}");
    // Sent all the same.
    assert!(phone.add(&world, &token).await.tells("factor_added"));
    let held = factors(&world, JONAS).await;
    assert!(held.iter().all(|f| f.kind != FactorKind::Totp), "{held:?}");
    let mut browser = world.browser();
    let fields = [("realm", "workforce"), ("login", JONAS)];
    let waits = shown(&browser.post("sign-in/phone", &fields).await);
    assert_eq!(waits["screen"]["await_phone"]["others"], false);
    let refused = another_way(&mut browser, "totp").await;
    assert!(refused.refuses("not_offered"), "{}", refused.body);
    let page = shown(&phone.browser.page("/phone").await);
    assert_eq!(page["screen"]["phone"]["accounts"][0]["codes"], false);
}

#[tokio::test]
async fn a_secret_that_the_phone_did_not_sign_is_not_kept() {
    let world = World::demo().await;
    let mut owner = jonas(&world).await;
    let token = link(&mut owner).await;
    let phone = Phone::new(&world, 7);
    let (key, codes) = (phone.key(), phone.codes());
    let origin = &world.services.public_url;
    let signed = phone.sign(&add_text(origin, &token, &key, &codes));
    let other = Phone::new(&world, 8).codes();
    // Exchanged, or taken away on the way.
    for codes in [other.as_str(), ""] {
        let fields = [
            ("realm", "workforce"),
            ("token", token.as_str()),
            ("key", &key),
            ("codes", codes),
            ("signature", &signed),
        ];
        let answer = world.browser().post("enroll-phone", &fields).await;
        assert!(answer.refuses("phone_unknown"), "{}", answer.body);
    }
    // Signed, and no secret.
    for codes in ["AAAA", "=", &codes[1..], &format!("{codes}AA")] {
        let mut phone = phone.clone();
        let answer = phone.add_with(&world, &token, codes).await;
        assert!(answer.refuses("phone_unknown"), "{}", answer.body);
    }
    assert!(
        factors(&world, JONAS)
            .await
            .iter()
            .all(|f| f.kind != FactorKind::Totp)
    );
    let mut whole = phone.clone();
    assert!(whole.add(&world, &token).await.tells("factor_added"));
}

#[tokio::test]
async fn the_page_of_codes_says_nothing_of_anybody() {
    let (world, mut phone) = with_phone().await;
    let mine = phone.browser.get("/phone/codes").await;
    let strangers = world.browser().get("/phone/codes").await;
    assert_eq!(mine.status, StatusCode::OK);
    assert_eq!(mine.body, strangers.body);
    assert!(!mine.body.contains(JONAS));
    let policy = mine.header("content-security-policy");
    assert!(policy.contains("script-src 'self';"), "{policy}");
}
