//! Setting up codes by SMS and call, and another number for them.

use crate::approvals::{
    KATRIN, MIRIAM, MOBILE, OTHER, RECORD, approved, choose, code, codes, decide, katrin, lines,
    newest, number, renate, screen, signed_in, wish,
};
use domain::{
    FactorKind,
    approval::{DAY, Stage},
    message::{Message, Notice, Way},
};
use testkit::World;

#[tokio::test]
async fn the_first_number_is_the_one_on_record() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    let page = screen(&choose(&mut katrin, "voice").await, "set_number");
    assert_eq!(
        (&page["record"], &page["free"]),
        (&"••••• 11".into(), &false.into())
    );
    world.letters().await;
    let refused = number(&mut katrin, "no", "089 99998012").await;
    assert!(refused.refuses("not_on_record"), "{}", refused.body);
    assert!(world.letters().await.is_empty(), "nobody was called");
    number(&mut katrin, "yes", "").await;
    let sent = codes(&world.letters().await);
    let [(to, Way::Voice, digits)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(to, RECORD);
    let wrong = if digits == "000000" {
        "000001"
    } else {
        "000000"
    };
    assert!(code(&mut katrin, wrong).await.refuses("wrong_code"));
    assert!(
        lines(&world, KATRIN).await.is_empty(),
        "nothing before the proof"
    );
    let done = code(&mut katrin, digits).await;
    assert!(done.leads_to("/agents/overview"), "{}", done.body);
    assert_eq!(
        lines(&world, KATRIN).await,
        [(FactorKind::Voice, RECORD.to_owned())]
    );
}

#[tokio::test]
async fn sms_takes_an_approval_for_its_number() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    // Straight to the calls, past every page (XI04).
    let led = choose(&mut katrin, "sms").await;
    assert!(led.leads_to("/agents/request/sms"), "{}", led.body);
    let refused = number(&mut katrin, "no", MOBILE).await;
    assert!(refused.refuses("start_again"), "{}", refused.body);
    approved(&world, &mut katrin, KATRIN, MOBILE).await;
    let page = screen(&choose(&mut katrin, "sms").await, "set_number");
    assert_eq!(page["approved"], "+49 171 3920077", "{page}");
    world.letters().await;
    // Whatever is posted, codes go where the manager said.
    number(&mut katrin, "no", OTHER).await;
    let sent = codes(&world.letters().await);
    let [(to, Way::Sms, digits)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(to, MOBILE);
    let done = code(&mut katrin, digits).await;
    assert!(done.leads_to("/agents/overview"), "{}", done.body);
    assert_eq!(
        lines(&world, KATRIN).await,
        [(FactorKind::Sms, MOBILE.to_owned())]
    );
    let Stage::Used { review_at, .. } = newest(&world, KATRIN).await.stage else {
        panic!("used up");
    };
    // The demo's clock runs on meanwhile.
    let days = world.services.now().seconds_until(review_at);
    assert!((365 * DAY - 60..=365 * DAY).contains(&days), "{days}");
}

#[tokio::test]
async fn a_code_that_is_sent_again_is_the_same_and_says_so() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    miriam.page("/agents/add/sms").await;
    world.letters().await;
    number(&mut miriam, "no", MOBILE).await;
    let first = codes(&world.letters().await);
    let again = [("realm", "agents")];
    let soon = miriam.post("enroll-line/resend", &again).await;
    assert!(soon.refuses("wait"), "{}", soon.body);
    assert!(!soon.shows_news("code_again"), "{}", soon.body);
    world.advance(31);
    let same = miriam.post("enroll-line/resend", &again).await;
    assert!(same.shows_news("code_again"), "{}", same.body);
    assert_eq!(codes(&world.letters().await), first);
    // Its last minute has begun: another one goes out, and voids it.
    world.advance(250);
    let other = miriam.post("enroll-line/resend", &again).await;
    assert!(other.shows_news("code_sent"), "{}", other.body);
    let fresh = codes(&world.letters().await);
    assert!(code(&mut miriam, &first[0].2).await.refuses("wrong_code"));
    let done = code(&mut miriam, &fresh[0].2).await;
    assert!(done.leads_to("/agents/overview"), "{}", done.body);
}

/// A button that is pressed twice: the code goes out with the ceremony that knows it.
#[tokio::test]
async fn a_number_that_is_posted_twice_at_once_gets_one_code() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    miriam.page("/agents/add/sms").await;
    world.letters().await;
    let mut again = miriam.clone();
    let (one, other) = tokio::join!(
        number(&mut miriam, "no", MOBILE),
        number(&mut again, "no", MOBILE)
    );
    let sent = codes(&world.letters().await);
    assert_eq!(sent.len(), 1, "{} {}", one.body, other.body);
    // Named once more, it is still on its way.
    number(&mut miriam, "no", MOBILE).await;
    assert!(codes(&world.letters().await).is_empty());
    let done = code(&mut miriam, &sent[0].2).await;
    assert!(done.tells("number_moved"), "{}", done.body);
}

/// Five wrong tries end the code: who names the number once more does not wait for that one.
#[tokio::test]
async fn a_number_whose_code_was_guessed_at_gets_another_one() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    miriam.page("/agents/add/sms").await;
    world.letters().await;
    number(&mut miriam, "no", MOBILE).await;
    let first = codes(&world.letters().await).remove(0).2;
    let wrong = if first == "000000" {
        "000001"
    } else {
        "000000"
    };
    for _ in 0..5 {
        assert!(!code(&mut miriam, wrong).await.refuses("wait"));
        world.advance(8);
    }
    let page = number(&mut miriam, "no", MOBILE).await;
    let sent = codes(&world.letters().await);
    assert_eq!(sent.len(), 1, "{}", page.body);
    assert_ne!(sent[0].2, first);
}

#[tokio::test]
async fn a_number_that_waits_for_its_code_is_listed_and_dropped_on_the_profile() {
    let world = World::demo().await;
    let path = "/agents/profile/second-factor";
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    miriam.page("/agents/add/sms").await;
    world.letters().await;
    number(&mut miriam, "no", MOBILE).await;
    let digits = codes(&world.letters().await).remove(0).2;
    let page = screen(&miriam.page(path).await, "profile_factor");
    assert_eq!(
        (&page["proving"]["kind"], &page["proving"]["number"]),
        (&"sms".into(), &"+49 171 3920077".into()),
        "{page}"
    );
    let fields = [("realm", "agents")];
    let done = miriam.post("profile/cancel-number", &fields).await;
    assert!(done.tells("change_cancelled"), "{}", done.body);
    let twice = miriam.post("profile/cancel-number", &fields).await;
    assert!(!twice.tells("change_cancelled"), "{}", twice.body);
    let page = screen(&miriam.page(path).await, "profile_factor");
    assert!(page["proving"].is_null(), "{page}");
    let refused = code(&mut miriam, &digits).await;
    assert!(refused.refuses("start_again"), "{}", refused.body);
    assert_eq!(lines(&world, MIRIAM).await[0].1, "+491713920012");
    // Whose code is over waits for nothing.
    miriam.page("/agents/add/sms").await;
    world.advance(31);
    number(&mut miriam, "no", MOBILE).await;
    world.advance(301);
    let page = screen(&miriam.page(path).await, "profile_factor");
    assert!(page["proving"].is_null(), "{page}");
}

#[tokio::test]
async fn an_approval_that_is_taken_back_under_way_sets_nothing_up() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    approved(&world, &mut katrin, KATRIN, MOBILE).await;
    choose(&mut katrin, "sms").await;
    world.letters().await;
    number(&mut katrin, "no", "").await;
    let digits = codes(&world.letters().await).remove(0).2;
    katrin
        .post("request/withdraw", &[("realm", "agents")])
        .await;
    let refused = code(&mut katrin, &digits).await;
    assert!(refused.refuses("not_approved"), "{}", refused.body);
    assert!(lines(&world, KATRIN).await.is_empty());
}

#[tokio::test]
async fn another_number_proves_itself_and_the_old_one_is_told() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    let page = screen(&miriam.page("/agents/add/sms").await, "set_number");
    assert_eq!(
        (&page["current"], &page["free"]),
        (&"••••• 12".into(), &true.into())
    );
    world.letters().await;
    let same = number(&mut miriam, "no", "0171 3920012").await;
    assert!(same.refuses("number_known"), "{}", same.body);
    let landline = number(&mut miriam, "no", "089 99998012").await;
    assert!(landline.refuses("no_sms_there"), "{}", landline.body);
    number(&mut miriam, "no", MOBILE).await;
    let sent = codes(&world.letters().await);
    assert_eq!((sent[0].0.as_str(), sent[0].1), (MOBILE, Way::Sms));
    assert_eq!(
        lines(&world, MIRIAM).await[0].1,
        "+491713920012",
        "until it is proven"
    );
    let done = code(&mut miriam, &sent[0].2).await;
    assert!(done.leads_to("/agents/overview"), "{}", done.body);
    assert_eq!(
        lines(&world, MIRIAM).await,
        [(FactorKind::Sms, MOBILE.to_owned())]
    );
    let letters = world.letters().await;
    let left: Vec<_> = letters
        .iter()
        .filter(|l| matches!(l.message, Message::LineLeft { .. }))
        .map(|l| (l.to.as_str(), l.way))
        .collect();
    assert_eq!(left, [("+491713920012", Way::Sms)]);
    let moved = letters.iter().any(|l| {
        matches!(&l.message, Message::Notice { what: Notice::NumberMoved { number, .. }, .. }
            if number == "••••• 77")
    });
    assert!(moved, "{letters:?}");
    assert!(
        letters
            .iter()
            .all(|l| l.way != Way::Mail || l.to.contains('@'))
    );
}

#[tokio::test]
async fn a_change_of_number_takes_a_fresh_proof() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    miriam.page("/agents/add/sms").await;
    world.advance(301);
    world.letters().await;
    number(&mut miriam, "no", MOBILE).await;
    let sent = codes(&world.letters().await);
    // At most one for the step-up, to the number that is known.
    assert!(sent.iter().all(|(to, ..)| to != MOBILE), "{sent:?}");
    assert_eq!(lines(&world, MIRIAM).await[0].1, "+491713920012");
}

#[tokio::test]
async fn the_profile_says_where_codes_go_and_what_is_to_change() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    let page = screen(
        &miriam.page("/agents/profile/second-factor").await,
        "profile_factor",
    );
    assert_eq!(
        (&page["current"], &page["number"]),
        (&"sms".into(), &"+49 171 3920012".into())
    );
    let states: Vec<_> = page["methods"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|m| m["state"].clone())
        .collect();
    assert_eq!(states, ["desk", "current"], "{page}");
    crate::approvals::wish(&mut miriam, "voice", OTHER, "x").await;
    let page = screen(
        &miriam.page("/agents/profile/second-factor").await,
        "profile_factor",
    );
    assert_eq!(page["pending"][0]["request"]["by"], "Renate Vogt", "{page}");
    assert_eq!(page["methods"][0]["state"], "asked");
    // Where nothing goes over the telephone network there are no such tabs.
    let mut tess = world
        .signed_in(
            "customers",
            "tess.totp@customers.example",
            &[FactorKind::Password, FactorKind::Totp],
        )
        .await;
    let gone = tess.page("/customers/profile/second-factor").await;
    assert_eq!(gone.status, axum::http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_first_choice_says_what_takes_an_approval() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    let state = |page: &serde_json::Value| {
        let lines = page["lines"].as_array().expect("a list");
        lines
            .iter()
            .map(|one| (one["kind"].clone(), one["state"].clone()))
            .collect::<Vec<_>>()
    };
    let page = screen(&katrin.page("/agents/sign-in").await, "choose_method");
    let first = [
        ("voice".into(), "open".into()),
        ("sms".into(), "ask".into()),
    ];
    assert_eq!(state(&page), first, "{page}");
    wish(&mut katrin, "sms", MOBILE, "x").await;
    let page = screen(&katrin.page("/agents/sign-in").await, "choose_method");
    assert_eq!(state(&page)[1].1, "asked", "{page}");
}

#[tokio::test]
async fn a_request_is_taken_back_on_the_profile() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    wish(&mut miriam, "voice", OTHER, "x").await;
    let fields = [("realm", "agents"), ("profile", "yes")];
    let done = miriam.post("request/withdraw", &fields).await;
    assert!(done.tells("approval_withdrawn"), "{}", done.body);
    assert!(
        done.leads_to("/agents/profile/second-factor"),
        "{}",
        done.body
    );
    assert_eq!(newest(&world, MIRIAM).await.stage, Stage::Withdrawn);
}

/// Where the policy takes numbers that do not tell what they belong to.
const AMERICAN: &str = "+12025550143";

#[tokio::test]
async fn who_names_a_number_that_may_be_a_landline_is_warned() {
    let allows = "[numbers]\ncountries = [\"DE\", \"US\"]";
    let world = World::demo_where("agents", "[numbers]", allows).await;
    let mut katrin = katrin(&world).await;
    // As it was typed, where something else was refused.
    let refused = wish(&mut katrin, "sms", AMERICAN, " ").await;
    let page = screen(&refused, "request_approval");
    assert_eq!(page["unsure"], true, "{page}");
    wish(&mut katrin, "sms", AMERICAN, "On the road").await;
    let page = katrin.page("/agents/request/sms").await;
    let page = screen(&page, "request_approval");
    assert_eq!(
        (&page["last"]["unsure"], &page["unsure"]),
        (&true.into(), &false.into()),
        "once: {page}"
    );
    let mut renate = renate(&world).await;
    let asked = newest(&world, KATRIN).await;
    let path = format!("/agents/approvals/{}", asked.id.as_str());
    let page = screen(&renate.page(&path).await, "approval");
    assert_eq!(page["line"], "either", "{page}");
    decide(&mut renate, &asked, "approve", "").await;
    let page = screen(&choose(&mut katrin, "sms").await, "set_number");
    assert_eq!(page["unsure"], true, "{page}");
    let page = screen(&number(&mut katrin, "no", "").await, "code");
    assert_eq!(page["unsure"], true, "{page}");
    // Whoever can tell is not warned.
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    let page = screen(&miriam.page("/agents/add/sms").await, "set_number");
    assert_eq!(page["unsure"], false, "{page}");
    let page = screen(&number(&mut miriam, "no", MOBILE).await, "code");
    assert_eq!(page["unsure"], false, "{page}");
    // A call reaches both.
    let page = screen(
        &wish(&mut miriam, "voice", AMERICAN, " ").await,
        "request_approval",
    );
    assert_eq!(page["unsure"], false, "{page}");
}

/// Whoever sets up a number that is not theirs leaves its owner codes to sign in with.
#[tokio::test]
async fn a_number_cannot_be_used_up_by_who_has_not_proven_it() {
    let world = World::demo().await;
    let hers = "+491713920012";
    let mut sent = 0;
    for _ in 0..12 {
        let mut thomas = signed_in(&world, "tlang", FactorKind::Voice).await;
        thomas.page("/agents/add/voice").await;
        number(&mut thomas, "no", hers).await;
        let codes = codes(&world.letters().await);
        sent += codes.iter().filter(|(to, ..)| to == hers).count();
        world.advance(601);
    }
    assert_eq!(sent, 5);
    let fields = [
        ("realm", "agents"),
        ("login", MIRIAM),
        ("password", "violet-anchor-41-rainfall"),
    ];
    world.browser().post("sign-in/password", &fields).await;
    let codes = codes(&world.letters().await);
    assert!(codes.iter().any(|(to, ..)| to == hers), "{codes:?}");
}
