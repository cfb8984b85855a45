//! Who has lost the telephone that codes go to, and has nothing else: the desk mails a link
//! for a verified caller, and with the password another number is set up (`security.md`, 5).

use crate::approvals::{
    KATRIN, MIRIAM, MOBILE, OTHER, TOBIAS, approved, choose, code, codes, lines, number, screen,
    signed_in,
    switch::{ask, id, verified},
};
use axum::http::StatusCode;
use domain::{
    FactorKind,
    caller::{COOL_DOWN, CallerProof, ENROLL_WINDOW},
    link::Anew,
    message::{Message, Notice, Way},
};
use testkit::{
    Answer, Browser, PASSWORD, World,
    desk::{LEAD, MARA, agent},
};

/// Where Tobias is called.
const LANDLINE: &str = "+498999998009";

async fn anew(world: &World, mara: &mut Browser, login: &str) -> Answer {
    let id = id(world, login).await;
    let fields = [
        ("id", id.as_str()),
        ("change", "enroll_anew"),
        ("subject", ""),
    ];
    mara.post("desk/person", &fields).await
}

/// The desk did it for a verified caller: the way to stop it, and the link once it is mailed.
async fn mailed(world: &World, login: &str) -> (String, String) {
    let mut mara = agent(world, MARA).await;
    verified(world, &mut mara, login).await;
    world.letters().await;
    let done = anew(world, &mut mara, login).await;
    assert!(done.tells("enroll_anew"), "{}", done.body);
    let letters = world.letters().await;
    let told = letters.iter().find(|l| {
        let Message::Notice { what, .. } = &l.message else {
            return false;
        };
        let minutes = COOL_DOWN / 60;
        let anew = Anew::Line;
        *what == Notice::EnrollAnew { minutes, anew }
    });
    let not_me = told.and_then(|l| l.token()).expect("told at once");
    let link = |m: &Message| matches!(m, Message::EnrollLink { .. });
    assert!(!letters.iter().any(|l| link(&l.message)), "{letters:?}");
    world.advance(COOL_DOWN);
    let letters = world.letters().await;
    let letter = letters.iter().find(|l| link(&l.message));
    let token = letter.and_then(|l| l.token()).expect("the link");
    (not_me, token)
}

async fn open(browser: &mut Browser, token: &str) -> Answer {
    let fields = [("realm", "agents"), ("purpose", "enroll"), ("token", token)];
    browser.post("reset-password/open", &fields).await
}

async fn password(browser: &mut Browser, login: &str) -> Answer {
    let fields = [
        ("realm", "agents"),
        ("login", login),
        ("password", PASSWORD),
    ];
    browser.post("sign-in/password", &fields).await
}

/// The link is opened, and the password proven: the choice is there.
async fn chooses(world: &World, token: &str, login: &str) -> Browser {
    let mut browser = world.browser();
    let opened = open(&mut browser, token).await;
    assert!(opened.tells("password_first"), "{}", opened.body);
    assert!(opened.leads_to("/agents/sign-in"), "{}", opened.body);
    let asked = password(&mut browser, login).await;
    assert!(asked.shows("choose_method"), "{}", asked.body);
    browser
}

/// Codes by call are set up at a number.
async fn moves(world: &World, browser: &mut Browser, to: &str) -> Answer {
    choose(browser, "voice").await;
    world.letters().await;
    number(browser, "no", to).await;
    let sent = codes(&world.letters().await);
    assert_eq!((sent[0].0.as_str(), sent[0].1), (to, Way::Voice));
    code(browser, &sent[0].2).await
}

/// Whose, and which factor their codes are.
async fn line_of(world: &World, login: &str) -> (String, String) {
    let who = world.person("agents", login).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&who.id).await.expect("asks");
    let line = factors.iter().find(|f| f.kind.is_line()).expect("a line");
    (who.id.as_str().to_owned(), line.id.as_str().to_owned())
}

fn of_tobias(address: &str) -> [(FactorKind, String); 1] {
    [(FactorKind::Voice, address.to_owned())]
}

#[tokio::test]
async fn a_lost_number_is_set_up_anew_by_link_password_and_code() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let refused = anew(&world, &mut mara, TOBIAS).await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    let who = id(&world, TOBIAS).await;
    let page = mara.page(&format!("/desk/people/{who}")).await;
    assert_eq!(screen(&page, "desk_person")["enrolls_anew"], "line");
    let (_, token) = mailed(&world, TOBIAS).await;
    let mut thief = signed_in(&world, TOBIAS, FactorKind::Voice).await;
    let mut browser = world.browser();
    let page = browser.page(&format!("/agents/enroll/{token}")).await;
    assert_eq!(screen(&page, "confirm_link")["anew"], "line");
    // The link alone opens nothing.
    open(&mut browser, &token).await;
    let nothing = choose(&mut browser, "voice").await;
    assert!(nothing.leads_to("/agents/sign-in"), "{}", nothing.body);
    // Nor does it spare anybody else a code.
    let other = password(&mut browser, MIRIAM).await;
    assert!(!other.body.contains("choose_method"), "{}", other.body);
    let mut browser = chooses(&world, &token, TOBIAS).await;
    let page = browser.page("/agents/sign-in").await;
    let states = screen(&page, "choose_method")["lines"].clone();
    assert_eq!(
        (&states[0]["state"], &states[1]["state"]),
        (&"open".into(), &"ask".into())
    );
    let page = screen(&choose(&mut browser, "voice").await, "set_number");
    assert_eq!(
        (&page["free"], &page["current"], &page["record"]),
        (&true.into(), &"••••• 09".into(), &"".into()),
        "{page}"
    );
    let same = number(&mut browser, "no", LANDLINE).await;
    assert!(same.refuses("number_known"), "{}", same.body);
    let same = number(&mut browser, "yes", "").await;
    assert!(same.refuses("number_known"), "{}", same.body);
    // What the realm takes no number of, it does not take here.
    world.letters().await;
    for (not_taken, why) in [
        ("+4932221234567", "number_refused"),
        ("+12025550143", "number_abroad"),
        ("+49 171", "not_a_number"),
    ] {
        let refused = number(&mut browser, "no", not_taken).await;
        let at = refused.refuses_at("number", why);
        assert!(at, "{not_taken}: {}", refused.body);
    }
    assert!(codes(&world.letters().await).is_empty());
    number(&mut browser, "no", MOBILE).await;
    let sent = codes(&world.letters().await);
    assert_eq!((sent[0].0.as_str(), sent[0].1), (MOBILE, Way::Voice));
    let wrong = if sent[0].2 == "000000" {
        "111111"
    } else {
        "000000"
    };
    assert!(code(&mut browser, wrong).await.refuses("wrong_code"));
    assert_eq!(lines(&world, TOBIAS).await, of_tobias(LANDLINE), "still");
    let is_in = thief.page("/agents/overview").await;
    assert!(!is_in.body.contains("\"go\""), "{}", is_in.body);
    let who = world.person("agents", TOBIAS).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let (second, now) = ("second@agents.example", world.services.now());
    let added = tx.address_insert("second", &who.id, second, now).await;
    added.expect("inserts");
    tx.commit().await.expect("commits");
    let done = code(&mut browser, &sent[0].2).await;
    assert!(done.leads_to("/agents/overview"), "{}", done.body);
    assert_eq!(lines(&world, TOBIAS).await, of_tobias(MOBILE));
    // The old number hears of it, and every address; whoever was in is not any more.
    let letters = world.letters().await;
    let left = letters
        .iter()
        .any(|l| matches!(l.message, Message::LineLeft { .. }) && l.to == LANDLINE);
    assert!(left, "{letters:?}");
    let moved = letters.iter().filter(|l| {
        matches!(&l.message, Message::Notice { what: Notice::NumberMoved { number, .. }, .. }
            if number == "••••• 77")
    });
    let notified: Vec<_> = moved.map(|l| l.to.as_str()).collect();
    assert_eq!(notified, [who.email.as_str(), second]);
    let out = thief.page("/agents/overview").await;
    assert!(out.leads_to("/agents/sign-in"), "{}", out.body);
    // Once.
    let dead = open(&mut world.browser(), &token).await;
    assert!(dead.is_dead("used"), "{}", dead.body);
}

#[tokio::test]
async fn sms_takes_the_manager_there_too() {
    let world = World::demo().await;
    let (_, token) = mailed(&world, MIRIAM).await;
    let mut miriam = chooses(&world, &token, MIRIAM).await;
    let asks = choose(&mut miriam, "sms").await;
    assert!(asks.leads_to("/agents/request/sms"), "{}", asks.body);
    // No number gets a code before.
    world.letters().await;
    number(&mut miriam, "no", MOBILE).await;
    assert!(codes(&world.letters().await).is_empty());
    approved(&world, &mut miriam, MIRIAM, MOBILE).await;
    let page = miriam.page("/agents/request/sms").await;
    let page = screen(&page, "request_approval");
    assert_eq!(
        (&page["switches"], &page["last"]["stage"]),
        (&false.into(), &"approved".into()),
        "{page}"
    );
    let page = screen(&choose(&mut miriam, "sms").await, "set_number");
    assert_eq!(page["approved"], "+49 171 3920077", "{page}");
    world.letters().await;
    number(&mut miriam, "no", "").await;
    let sent = codes(&world.letters().await);
    assert_eq!((sent[0].0.as_str(), sent[0].1), (MOBILE, Way::Sms));
    code(&mut miriam, &sent[0].2).await;
    let now = [(FactorKind::Sms, MOBILE.to_owned())];
    assert_eq!(lines(&world, MIRIAM).await, now);
}

#[tokio::test]
async fn what_was_approved_for_calls_by_now_needs_no_release() {
    let world = World::demo().await;
    let mut tobias = signed_in(&world, TOBIAS, FactorKind::Voice).await;
    approved(&world, &mut tobias, TOBIAS, MOBILE).await;
    let (_, token) = mailed(&world, TOBIAS).await;
    let mut browser = chooses(&world, &token, TOBIAS).await;
    let page = browser.page("/agents/request/sms").await;
    let page = screen(&page, "request_approval");
    assert_eq!(page["last"]["stage"], "approved", "{page}");
    choose(&mut browser, "sms").await;
    world.letters().await;
    // Nothing but what was approved.
    number(&mut browser, "no", OTHER).await;
    let sent = codes(&world.letters().await);
    assert_eq!((sent[0].0.as_str(), sent[0].1), (MOBILE, Way::Sms));
    code(&mut browser, &sent[0].2).await;
    let now = [(FactorKind::Sms, MOBILE.to_owned())];
    assert_eq!(lines(&world, TOBIAS).await, now);
}

#[tokio::test]
async fn one_proof_takes_a_second_agent_and_who_has_no_line_needs_no_link() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    ask(&world, &mut mara, TOBIAS, CallerProof::CallBack).await;
    let letters = world.letters().await;
    let spoken = letters.iter().find_map(|l| match &l.message {
        Message::CallBack { code, .. } => Some(code.reveal().to_owned()),
        _ => None,
    });
    let (who, spoken) = (id(&world, TOBIAS).await, spoken.expect("a call"));
    let fields = [("id", who.as_str()), ("told", spoken.as_str())];
    mara.post("desk/call-back", &fields).await;
    let waits = anew(&world, &mut mara, TOBIAS).await;
    assert!(waits.tells("act_asked"), "{}", waits.body);
    let mut lead = agent(&world, LEAD).await;
    let page = lead.page(&format!("/desk/people/{who}")).await;
    let pending = screen(&page, "desk_person")["pending"][0].clone();
    let fields = [
        ("id", pending["id"].as_str().expect("it waits")),
        ("change", "agree"),
    ];
    let done = lead.post("desk/second", &fields).await;
    assert!(done.tells("enroll_anew"), "{}", done.body);
    let none = anew(&world, &mut mara, KATRIN).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST, "{}", none.body);
}

#[tokio::test]
async fn a_link_that_expired_or_was_stopped_sets_nothing_up() {
    let world = World::demo().await;
    let (not_me, token) = mailed(&world, TOBIAS).await;
    let mut browser = chooses(&world, &token, TOBIAS).await;
    choose(&mut browser, "voice").await;
    number(&mut browser, "no", MOBILE).await;
    let sent = codes(&world.letters().await);
    let fields = [("realm", "agents"), ("token", not_me.as_str())];
    world.browser().post("not-me", &fields).await;
    code(&mut browser, &sent[0].2).await;
    assert_eq!(lines(&world, TOBIAS).await, of_tobias(LANDLINE), "frozen");
    let dead = open(&mut world.browser(), &token).await;
    assert!(dead.is_dead("unknown"), "{}", dead.body);
    let mut mara = agent(&world, MARA).await;
    let refused = anew(&world, &mut mara, TOBIAS).await;
    assert!(refused.refuses("frozen"), "{}", refused.body);

    let (_, token) = mailed(&world, MIRIAM).await;
    world.advance(ENROLL_WINDOW - 60);
    let mut browser = chooses(&world, &token, MIRIAM).await;
    choose(&mut browser, "voice").await;
    world.letters().await;
    number(&mut browser, "no", MOBILE).await;
    let sent = codes(&world.letters().await);
    world.advance(120);
    code(&mut browser, &sent[0].2).await;
    assert_eq!(lines(&world, MIRIAM).await[0].1, "+491713920012", "expired");
    let dead = open(&mut world.browser(), &token).await;
    assert!(dead.is_dead("expired"), "{}", dead.body);
}

#[tokio::test]
async fn a_link_is_void_once_codes_go_elsewhere() {
    let world = World::demo().await;
    let (_, token) = mailed(&world, MIRIAM).await;
    let mut stale = chooses(&world, &token, MIRIAM).await;
    choose(&mut stale, "voice").await;
    world.letters().await;
    number(&mut stale, "no", OTHER).await;
    let sent = codes(&world.letters().await);
    // The telephone was in the other coat.
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    miriam.page("/agents/add/sms").await;
    number(&mut miriam, "no", MOBILE).await;
    let own = codes(&world.letters().await);
    code(&mut miriam, &own[0].2).await;
    let now = [(FactorKind::Sms, MOBILE.to_owned())];
    assert_eq!(lines(&world, MIRIAM).await, now);
    code(&mut stale, &sent[0].2).await;
    assert_eq!(lines(&world, MIRIAM).await, now);
    let dead = open(&mut world.browser(), &token).await;
    assert!(dead.is_dead("unknown"), "{}", dead.body);
}

#[tokio::test]
async fn the_link_goes_before_whoever_is_signed_in_here_and_is_used_once() {
    let world = World::demo().await;
    let (_, token) = mailed(&world, TOBIAS).await;
    // What was stolen is switched off; that stops the thief, and not the link.
    let mut mara = agent(&world, MARA).await;
    let (who, line) = line_of(&world, TOBIAS).await;
    let fields = [
        ("id", who.as_str()),
        ("change", "suspend"),
        ("subject", &line),
    ];
    let off = mara.post("desk/person", &fields).await;
    assert!(off.tells("factor_suspended"), "{}", off.body);
    let mut first = chooses(&world, &token, TOBIAS).await;
    let mut second = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    open(&mut second, &token).await;
    let out = second.page("/agents/overview").await;
    assert!(out.leads_to("/agents/sign-in"), "{}", out.body);
    let asked = password(&mut second, TOBIAS).await;
    assert!(asked.shows("choose_method"), "{}", asked.body);
    choose(&mut second, "voice").await;
    world.letters().await;
    number(&mut second, "no", OTHER).await;
    let sent = codes(&world.letters().await);
    let done = moves(&world, &mut first, MOBILE).await;
    assert!(done.leads_to("/agents/overview"), "{}", done.body);
    code(&mut second, &sent[0].2).await;
    assert_eq!(lines(&world, TOBIAS).await, of_tobias(MOBILE));
}
