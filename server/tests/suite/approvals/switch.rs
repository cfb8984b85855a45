//! The service desk alone switches between SMS and call, for a caller who was verified.

use crate::approvals::{
    KATRIN, MIRIAM, MOBILE, RENATE, TOBIAS, approved, choose, code, codes, decide, lines, newest,
    number, screen, signed_in, wish,
};
use axum::http::StatusCode;
use domain::{
    FactorKind,
    approval::Stage,
    caller::CallerProof,
    message::{Message, Notice, Way},
};
use testkit::{
    Answer, Browser, World,
    desk::{LEAD, MARA, agent, digits},
};

pub async fn id(world: &World, login: &str) -> String {
    world.person("agents", login).await.id.as_str().to_owned()
}

pub async fn ask(world: &World, mara: &mut Browser, login: &str, proof: CallerProof) -> Answer {
    let id = id(world, login).await;
    let fields = [("id", id.as_str()), ("proof", proof.slug())];
    mara.post("desk/check", &fields).await
}

/// The caller is verified by the word of their manager and by a call back.
pub async fn verified(world: &World, mara: &mut Browser, login: &str) {
    world.letters().await;
    let code = digits(&ask(world, mara, login, CallerProof::Manager).await);
    let letters = world.letters().await;
    let link = letters.iter().find_map(|l| match &l.message {
        Message::Vouch { link, .. } => Some(link.reveal().to_owned()),
        _ => None,
    });
    let link = link.expect("the manager is asked");
    let check = link.rsplit('/').next().expect("an id").to_owned();
    let mut renate = signed_in(world, RENATE, FactorKind::Sms).await;
    let fields = [
        ("realm", "agents"),
        ("id", check.as_str()),
        ("word", "yes"),
        ("code", code.as_str()),
    ];
    let done = renate.post("vouch", &fields).await;
    assert!(done.tells("vouched"), "{}", done.body);
    ask(world, mara, login, CallerProof::CallBack).await;
    let letters = world.letters().await;
    let spoken = letters.iter().find_map(|l| match &l.message {
        Message::CallBack { code, .. } => Some(code.reveal().to_owned()),
        _ => None,
    });
    let (id, spoken) = (id(world, login).await, spoken.expect("a call"));
    let fields = [("id", id.as_str()), ("told", spoken.as_str())];
    mara.post("desk/call-back", &fields).await;
}

async fn switch(world: &World, mara: &mut Browser, login: &str) -> Answer {
    let who = world.person("agents", login).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&who.id).await.expect("asks");
    let line = factors.iter().find(|f| f.kind.is_line()).expect("a line");
    let fields = [
        ("id", who.id.as_str()),
        ("change", "switch_line"),
        ("subject", line.id.as_str()),
    ];
    mara.post("desk/person", &fields).await
}

#[tokio::test]
async fn nobody_switches_for_themselves() {
    let world = World::demo().await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    let refused = choose(&mut miriam, "voice").await;
    assert!(refused.refuses("not_offered"), "{}", refused.body);
    assert_eq!(lines(&world, MIRIAM).await[0].0, FactorKind::Sms);
}

#[tokio::test]
async fn the_desk_switches_a_verified_caller_to_calls_at_once() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let refused = switch(&world, &mut mara, MIRIAM).await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    verified(&world, &mut mara, MIRIAM).await;
    let done = switch(&world, &mut mara, MIRIAM).await;
    assert!(done.tells("line_switched"), "{}", done.body);
    assert_eq!(
        lines(&world, MIRIAM).await,
        [(FactorKind::Voice, "+491713920012".to_owned())]
    );
    let letters = world.letters().await;
    let told = letters.iter().any(|l| {
        matches!(
            &l.message,
            Message::Notice {
                what: Notice::LineSwitched { .. },
                ..
            }
        )
    });
    assert!(told, "{letters:?}");
}

#[tokio::test]
async fn to_sms_takes_the_approval_and_another_number_its_proof() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    verified(&world, &mut mara, TOBIAS).await;
    let refused = switch(&world, &mut mara, TOBIAS).await;
    assert!(refused.refuses("not_approved"), "{}", refused.body);
    let mut tobias = signed_in(&world, TOBIAS, FactorKind::Voice).await;
    approved(&world, &mut tobias, TOBIAS, MOBILE).await;
    // Approved is not switched: that is for the desk.
    let page = screen(
        &tobias.page("/agents/profile/second-factor").await,
        "profile_factor",
    );
    assert_eq!(page["pending"][0]["request"]["stage"], "for_desk", "{page}");
    choose(&mut tobias, "sms").await;
    world.letters().await;
    number(&mut tobias, "no", MOBILE).await;
    // His calls may go to another number; an SMS goes nowhere.
    let sent = codes(&world.letters().await);
    assert!(
        sent.iter().all(|(_, way, _)| *way == Way::Voice),
        "{sent:?}"
    );
    assert_eq!(lines(&world, TOBIAS).await[0].0, FactorKind::Voice);
    let done = switch(&world, &mut mara, TOBIAS).await;
    assert!(done.tells("line_released"), "{}", done.body);
    assert_eq!(
        lines(&world, TOBIAS).await[0].0,
        FactorKind::Voice,
        "not proven yet"
    );
    let mut tobias = signed_in(&world, TOBIAS, FactorKind::Voice).await;
    let page = screen(&choose(&mut tobias, "sms").await, "set_number");
    assert_eq!(page["approved"], "+49 171 3920077", "{page}");
    world.letters().await;
    number(&mut tobias, "no", "").await;
    let sent = codes(&world.letters().await);
    assert_eq!((sent[0].0.as_str(), sent[0].1), (MOBILE, Way::Sms));
    code(&mut tobias, &sent[0].2).await;
    assert_eq!(
        lines(&world, TOBIAS).await,
        [(FactorKind::Sms, MOBILE.to_owned())]
    );
    assert!(matches!(
        newest(&world, TOBIAS).await.stage,
        Stage::Used { .. }
    ));
    // The landline hears of it by a call.
    let letters = world.letters().await;
    let left = letters
        .iter()
        .any(|l| matches!(l.message, Message::LineLeft { .. }) && l.way == Way::Voice);
    assert!(left, "{letters:?}");
}

#[tokio::test]
async fn the_desk_sees_requests_masked_and_decides_none() {
    let world = World::demo().await;
    let mut katrin = crate::approvals::katrin(&world).await;
    wish(&mut katrin, "sms", MOBILE, "x").await;
    let mut lead = agent(&world, LEAD).await;
    let who = id(&world, KATRIN).await;
    let page = lead.page(&format!("/desk/people/{who}")).await;
    let seen = &screen(&page, "desk_person")["approvals"][0];
    assert_eq!(
        (&seen["number"], &seen["stage"]),
        (&"••••• 77".into(), &"waiting".into())
    );
    let denied = decide(&mut lead, &newest(&world, KATRIN).await, "approve", "").await;
    assert_eq!(denied.status, StatusCode::UNAUTHORIZED, "{}", denied.body);
}

/// The caller is verified by half: a switch takes a second one.
async fn asked(world: &World, mara: &mut Browser, login: &str) {
    world.letters().await;
    ask(world, mara, login, CallerProof::CallBack).await;
    let letters = world.letters().await;
    let spoken = letters.iter().find_map(|l| match &l.message {
        Message::CallBack { code, .. } => Some(code.reveal().to_owned()),
        _ => None,
    });
    let (who, spoken) = (id(world, login).await, spoken.expect("a call"));
    let fields = [("id", who.as_str()), ("told", spoken.as_str())];
    mara.post("desk/call-back", &fields).await;
    let asked = switch(world, mara, login).await;
    assert!(asked.tells("act_asked"), "{}", asked.body);
}

#[tokio::test]
async fn a_switch_that_waits_for_a_second_agent_stands_on_the_profile() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    asked(&world, &mut mara, MIRIAM).await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    let path = "/agents/profile/second-factor";
    let page = screen(&miriam.page(path).await, "profile_factor");
    assert_eq!(
        (&page["switch"]["kind"], &page["switch"]["number"]),
        (&"voice".into(), &"+49 171 3920012".into()),
        "{page}"
    );
    // Nobody agreed in time.
    world.advance(24 * 3600 + 1);
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    let page = screen(&miriam.page(path).await, "profile_factor");
    assert!(page["switch"].is_null(), "{page}");
}

#[tokio::test]
async fn a_switch_that_somebody_asked_for_in_their_name_is_dropped_by_the_person() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    asked(&world, &mut mara, MIRIAM).await;
    let path = "/agents/profile/second-factor";
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    let page = screen(&miriam.page(path).await, "profile_factor");
    let wish = page["switch"]["id"].as_str().expect("an id").to_owned();
    let fields = [("realm", "agents"), ("id", wish.as_str())];
    // Somebody else's is none.
    let mut tobias = signed_in(&world, TOBIAS, FactorKind::Voice).await;
    let nothing = tobias.post("profile/cancel-switch", &fields).await;
    assert!(!nothing.tells("switch_dropped"), "{}", nothing.body);
    let done = miriam.post("profile/cancel-switch", &fields).await;
    assert!(done.tells("switch_dropped"), "{}", done.body);
    let page = screen(&miriam.page(path).await, "profile_factor");
    assert!(page["switch"].is_null(), "{page}");
    let twice = miriam.post("profile/cancel-switch", &fields).await;
    assert!(!twice.tells("switch_dropped"), "{}", twice.body);
    // The second one comes too late, and the first asks anew if it was a slip.
    let mut lead = agent(&world, LEAD).await;
    let fields = [("id", wish.as_str()), ("change", "agree")];
    let late = lead.post("desk/second", &fields).await;
    assert!(late.refuses("approval_over"), "{}", late.body);
    assert_eq!(lines(&world, MIRIAM).await[0].0, FactorKind::Sms);
}

/// The desk switches while the person types the code of another number: one of them was
/// faster, and one line is left.
#[tokio::test]
async fn a_switch_and_another_number_at_once_leave_one_line() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    verified(&world, &mut mara, MIRIAM).await;
    let mut miriam = signed_in(&world, MIRIAM, FactorKind::Sms).await;
    miriam.page("/agents/add/sms").await;
    world.letters().await;
    number(&mut miriam, "no", MOBILE).await;
    let digits = codes(&world.letters().await).remove(0).2;
    let (switched, typed) = tokio::join!(
        switch(&world, &mut mara, MIRIAM),
        code(&mut miriam, &digits)
    );
    let left = lines(&world, MIRIAM).await;
    assert_eq!(left.len(), 1, "{left:?} {} {}", switched.body, typed.body);
}
