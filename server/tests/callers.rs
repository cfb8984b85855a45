//! Callers who have no phone at hand: a passkey of theirs, their manager's word, and what
//! the desk may do on one proof and on two (`security.md`, 5).

use axum::http::StatusCode;
use domain::{
    FactorKind,
    caller::{COOL_DOWN, CallerProof, MOST_WRONG, PASSKEY_LIFE},
    ids::FactorId,
    message::{Alarm, Message, Notice},
    phone::{Decision, NEW},
    records::Factor,
    role::{Grant, Role},
};
use serde_json::Value;
use testkit::{
    Answer, Browser, World,
    desk::{LEAD, MARA, agent, ask, digits, issue, look, verify},
    passkey::Key,
    phone::{JONAS, PETRA, Phone, jonas},
};

const ADA: &str = "Q100001";

fn screen(answer: &Answer, name: &str) -> Value {
    let page: Value = serde_json::from_str(&answer.body).expect("JSON");
    page["show"]["screen"][name].clone()
}

/// The caller opens the page and types the code that they were read.
async fn find(browser: &mut Browser, code: &str) -> Answer {
    let fields = [("realm", "workforce"), ("code", code)];
    browser.post("confirm-call/find", &fields).await
}

/// What the caller answers to the page that says who asks.
async fn answer(browser: &mut Browser, found: &Answer, decision: Decision, by: &str) -> Answer {
    let asked = screen(found, "confirm_call")["asked"].clone();
    let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    let fields = [
        ("realm", "workforce"),
        ("id", &text("id")),
        ("code", &text("code")),
        ("decision", decision.slug()),
        ("credential", by),
    ];
    browser.post("confirm-call/answer", &fields).await
}

/// The passkey's answer to what that page asks.
async fn signed(world: &World, found: &Answer, login: &str) -> String {
    let asked = screen(found, "confirm_call")["asked"].clone();
    let options = asked["options"].as_str().expect("options");
    let key = Key::of(&world.secrets(login).await);
    let options = serde_json::from_str(options).expect("JSON");
    key.answer(&key.claim(&options))
}

/// Jonas confirms with his passkey that he is in this agent's call.
async fn by_passkey(world: &World, mara: &mut Browser) {
    let code = digits(&ask(world, mara, JONAS, CallerProof::Passkey).await);
    let mut browser = world.browser();
    let found = find(&mut browser, &code).await;
    let credential = signed(world, &found, JONAS).await;
    let done = answer(&mut browser, &found, Decision::Accept, &credential).await;
    assert_eq!(screen(&done, "confirm_call"), "confirmed", "{}", done.body);
}

/// What the manager says about a call.
async fn says(ada: &mut Browser, path: &str, word: &str, code: &str) -> Answer {
    let id = path.rsplit('/').next().unwrap_or_default();
    let fields = [
        ("realm", "workforce"),
        ("id", id),
        ("word", word),
        ("code", code),
    ];
    ada.post("vouch", &fields).await
}

/// The page that the manager's mail leads to.
async fn mailed(world: &World) -> String {
    let letters = world.letters().await;
    let link = letters.into_iter().find_map(|l| match l.message {
        Message::Vouch { link, .. } => Some(link),
        _ => None,
    });
    let link = link.expect("a mail to the manager");
    let at = link.reveal().find("/workforce/").expect("a page of hers");
    link.reveal()[at..].to_owned()
}

/// The manager confirms with the code that it is Jonas.
async fn by_manager(world: &World, mara: &mut Browser) {
    world.letters().await;
    let code = digits(&ask(world, mara, JONAS, CallerProof::Manager).await);
    let path = mailed(world).await;
    let mut ada = agent(world, ADA).await;
    let done = says(&mut ada, &path, "yes", &code).await;
    assert!(done.tells("vouched"), "{}", done.body);
}

async fn factors(world: &World, login: &str) -> Vec<Factor> {
    let id = world.person("workforce", login).await.id;
    let mut conn = world.services.store.read().await.expect("reads");
    conn.factors(&id).await.expect("reads")
}

async fn act(world: &World, agent: &mut Browser, login: &str, act: &str, of: &str) -> Answer {
    let id = world.person("workforce", login).await.id;
    let fields = [("id", id.as_str()), ("change", act), ("subject", of)];
    agent.post("desk/person", &fields).await
}

/// How many proofs count for this agent.
async fn counting(world: &World, mara: &mut Browser, login: &str) -> usize {
    let evidence = look(world, mara, login).await["evidence"].clone();
    let evidence = evidence.as_array().expect("a list").clone();
    evidence.iter().filter(|e| e["holds"] == true).count()
}

#[tokio::test]
async fn a_passkey_of_theirs_verifies_a_caller() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let asked = ask(&world, &mut mara, JONAS, CallerProof::Passkey).await;
    let code = digits(&asked);
    assert_eq!(code.len(), 6, "{}", asked.body);
    assert!(
        asked.body.contains("/workforce/confirm-call"),
        "{}",
        asked.body
    );
    // Another agent sees that somebody asks, and no digits.
    let mut lead = agent(&world, LEAD).await;
    let check = look(&world, &mut lead, JONAS).await["check"].clone();
    assert_eq!(
        (&check["stage"], &check["digits"]),
        (&"waiting".into(), &"".into())
    );
    let mut browser = world.browser();
    let found = find(&mut browser, &code).await;
    assert!(found.body.contains("Mara Lindqvist"), "{}", found.body);
    let credential = signed(&world, &found, JONAS).await;
    let done = answer(&mut browser, &found, Decision::Accept, &credential).await;
    assert_eq!(screen(&done, "confirm_call"), "confirmed", "{}", done.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 1);
    assert_eq!(counting(&world, &mut lead, JONAS).await, 0);
    // Once.
    let again = answer(&mut browser, &found, Decision::Accept, &credential).await;
    assert!(again.refuses("start_again"), "{}", again.body);
    let gone = find(&mut browser, &code).await;
    assert!(gone.refuses("wrong_code"), "{}", gone.body);
}

#[tokio::test]
async fn what_is_not_that_passkey_verifies_nobody() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Passkey).await);
    let mut browser = world.browser();
    for wrong in ["", "12", "000000"] {
        assert!(!find(&mut browser, wrong).await.body.contains("Mara"));
    }
    // Somebody else's passkey, an answer to an older question, no answer at all.
    let first = find(&mut browser, &code).await;
    let old = signed(&world, &first, JONAS).await;
    let found = find(&mut browser, &code).await;
    let others = signed(&world, &found, ADA).await;
    for credential in [others.as_str(), old.as_str(), "{}", ""] {
        // Past the pause after a code that was typed again.
        world.advance(9);
        let found = find(&mut browser, &code).await;
        let refused = answer(&mut browser, &found, Decision::Accept, credential).await;
        assert!(!refused.body.contains("\"confirmed\""), "{}", refused.body);
    }
    // The code of the check belongs to the answer.
    world.advance(20);
    let asked = screen(&find(&mut browser, &code).await, "confirm_call")["asked"].clone();
    let id = asked["id"].as_str().expect("an id");
    let fields = [
        ("realm", "workforce"),
        ("id", id),
        ("code", "000001"),
        ("decision", "not_me"),
    ];
    let refused = browser.post("confirm-call/answer", &fields).await;
    assert!(refused.refuses("start_again"), "{}", refused.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    // Too late.
    world.advance(PASSKEY_LIFE);
    assert!(find(&mut browser, &code).await.refuses("wrong_code"));
}

/// Gives somebody a passkey that was added just now.
async fn new_passkey(world: &World, login: &str) -> FactorId {
    let now = world.services.now();
    let factor = Factor {
        id: FactorId::new(world.services.random.id(now)),
        person: world.person("workforce", login).await.id,
        kind: FactorKind::Passkey,
        name: "Notebook".to_owned(),
        secret: b"{}".to_vec(),
        address: String::new(),
        credential: Some(format!("of {login}")),
        created_at: now,
        used_at: None,
        tested_at: None,
        disabled_at: None,
        last_step: 0,
        probation_until: None,
        shown_by: None,
    };
    let mut tx = world.services.store.begin().await.expect("begins");
    tx.factor_insert(&factor).await.expect("inserts");
    tx.commit().await.expect("commits");
    factor.id
}

#[tokio::test]
async fn a_passkey_of_today_verifies_nobody() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let refused = ask(&world, &mut mara, PETRA, CallerProof::Passkey).await;
    assert!(refused.refuses("no_proof_to_check"), "{}", refused.body);
    new_passkey(&world, PETRA).await;
    let refused = ask(&world, &mut mara, PETRA, CallerProof::Passkey).await;
    assert!(refused.refuses("no_proof_to_check"), "{}", refused.body);
    world.advance(NEW);
    let mut mara = agent(&world, MARA).await;
    let asked = ask(&world, &mut mara, PETRA, CallerProof::Passkey).await;
    assert_eq!(digits(&asked).len(), 6, "{}", asked.body);
}

#[tokio::test]
async fn who_did_not_call_says_so() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_manager(&world, &mut mara).await;
    assert_eq!(counting(&world, &mut mara, JONAS).await, 1);
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Passkey).await);
    let mut browser = world.browser();
    let found = find(&mut browser, &code).await;
    world.letters().await;
    let said = answer(&mut browser, &found, Decision::NotMe, "").await;
    assert_eq!(screen(&said, "confirm_call"), "denied", "{}", said.body);
    // Nothing that was found out before counts any more, and the leads hear of it.
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    let letters = world.letters().await;
    let alarm = |m: &Message| {
        matches!(
            m,
            Message::Alert {
                why: Alarm::Denied,
                ..
            }
        )
    };
    assert!(letters.iter().any(|l| alarm(&l.message)));
    let who = world.person("workforce", JONAS).await;
    assert!(who.frozen_at.is_none(), "whoever has a code proves nothing");
}

#[tokio::test]
async fn the_manager_says_whether_it_is_them() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Manager).await);
    let path = mailed(&world).await;
    // For nobody else the page is there: not for the caller, not for the agent.
    let mut jonas = jonas(&world).await;
    for browser in [&mut jonas, &mut mara] {
        let status = browser.page(&path).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let status = says(browser, &path, "yes", &code).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
    let mut ada = agent(&world, ADA).await;
    let seen = ada.page(&path).await;
    assert!(seen.body.contains("Jonas Berger"), "{}", seen.body);
    assert!(!seen.body.contains(&code), "{}", seen.body);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = says(&mut ada, &path, "yes", wrong).await;
    assert!(refused.refuses("wrong_code"), "{}", refused.body);
    let done = says(&mut ada, &path, "yes", &code).await;
    assert!(done.tells("vouched"), "{}", done.body);
    let again = says(&mut ada, &path, "yes", &code).await;
    assert!(again.refuses("expired_code"), "{}", again.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 1);
    let told = world.letters().await;
    let vouched = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::ManagerVouched { .. },
                ..
            }
        )
    };
    assert!(told.iter().any(|l| vouched(&l.message)));
}

#[tokio::test]
async fn a_manager_who_guesses_ends_the_check() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Manager).await);
    let path = mailed(&world).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let mut ada = agent(&world, ADA).await;
    for _ in 0..MOST_WRONG {
        says(&mut ada, &path, "yes", wrong).await;
        // Past the pause that follows wrong codes.
        world.advance(20);
    }
    let refused = says(&mut ada, &path, "yes", &code).await;
    assert!(!refused.tells("vouched"), "{}", refused.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
}

#[tokio::test]
async fn a_manager_who_says_no_freezes_the_account() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_passkey(&world, &mut mara).await;
    world.letters().await;
    ask(&world, &mut mara, JONAS, CallerProof::Manager).await;
    let path = mailed(&world).await;
    let mut ada = agent(&world, ADA).await;
    let done = says(&mut ada, &path, "no", "").await;
    assert!(done.tells("vouch_refused"), "{}", done.body);
    let who = world.person("workforce", JONAS).await;
    assert!(who.frozen_at.is_some());
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    let refused = ask(&world, &mut mara, JONAS, CallerProof::Passkey).await;
    assert!(refused.refuses("frozen"), "{}", refused.body);
}

#[tokio::test]
async fn one_proof_and_a_second_agent_or_two_proofs() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let mut phone = Phone::petra(&world).await;
    let second = new_passkey(&world, PETRA).await;
    let second = second.as_str();
    let refused = act(&world, &mut mara, PETRA, "remove", second).await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    let waits = act(&world, &mut mara, PETRA, "remove", second).await;
    assert!(waits.tells("act_asked"), "{}", waits.body);
    assert!(
        factors(&world, PETRA)
            .await
            .iter()
            .any(|f| f.id.as_str() == second)
    );
    // The manager's word beside the phone: two different ones.
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, PETRA, CallerProof::Manager).await);
    let path = mailed(&world).await;
    let mut ada = agent(&world, ADA).await;
    says(&mut ada, &path, "yes", &code).await;
    assert_eq!(counting(&world, &mut mara, PETRA).await, 2);
    let gone = act(&world, &mut mara, PETRA, "remove", second).await;
    assert!(gone.tells("factor_gone"), "{}", gone.body);
    assert!(
        !factors(&world, PETRA)
            .await
            .iter()
            .any(|f| f.id.as_str() == second)
    );
}

#[tokio::test]
async fn who_lost_everything_enrolls_anew_after_a_wait() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let refused = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(refused.refuses("not_verified"), "{}", refused.body);
    by_manager(&world, &mut mara).await;
    let waits = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(waits.tells("act_asked"), "{}", waits.body);
    let mut lead = agent(&world, LEAD).await;
    let pending = look(&world, &mut lead, JONAS).await["pending"][0].clone();
    let id = pending["id"].as_str().expect("it waits").to_owned();
    world.letters().await;
    let fields = [("id", id.as_str()), ("change", "agree")];
    let done = lead.post("desk/second", &fields).await;
    assert!(done.tells("enroll_anew"), "{}", done.body);
    let link = |m: &Message| matches!(m, Message::EnrollLink { .. });
    let told = |m: &Message| {
        matches!(
            m,
            Message::Notice {
                what: Notice::EnrollAnew { .. },
                ..
            }
        )
    };
    let letters = world.letters().await;
    assert!(letters.iter().any(|l| told(&l.message)));
    assert!(
        !letters.iter().any(|l| link(&l.message)),
        "the owner can say no first"
    );
    world.advance(COOL_DOWN);
    let letters = world.letters().await;
    let letter = letters.iter().find(|l| link(&l.message)).expect("the link");
    let mut browser = world.browser();
    let fields = [
        ("realm", "workforce"),
        ("purpose", "enroll"),
        ("token", &letter.token().expect("a token")),
    ];
    let opened = browser.post("reset-password/open", &fields).await;
    assert!(opened.body.contains("/workforce/enroll"), "{}", opened.body);
}

#[tokio::test]
async fn a_live_factor_spares_the_wait_and_not_me_stops_the_link() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_manager(&world, &mut mara).await;
    by_passkey(&world, &mut mara).await;
    world.letters().await;
    let done = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(done.tells("enroll_anew"), "{}", done.body);
    let letters = world.letters().await;
    let find = |fits: fn(&Message) -> bool| letters.iter().find(|l| fits(&l.message));
    let link = find(|m| matches!(m, Message::EnrollLink { .. })).expect("the link");
    let notice = find(|m| {
        matches!(
            m,
            Message::Notice {
                what: Notice::EnrollAnew { .. },
                ..
            }
        )
    });
    let not_me = notice.and_then(|l| l.token()).expect("a way to stop it");
    let mut browser = world.browser();
    let fields = [("realm", "workforce"), ("token", not_me.as_str())];
    browser.post("not-me", &fields).await;
    let fields = [
        ("realm", "workforce"),
        ("purpose", "enroll"),
        ("token", &link.token().expect("a token")),
    ];
    let dead = browser.post("reset-password/open", &fields).await;
    assert!(dead.body.contains("dead_link"), "{}", dead.body);
}

#[tokio::test]
async fn policy_says_what_counts() {
    let world = World::demo_where("workforce", "\"passkey\", \"manager\"]", "\"passkey\"]").await;
    let mut mara = agent(&world, MARA).await;
    let refused = ask(&world, &mut mara, JONAS, CallerProof::Manager).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let page = look(&world, &mut mara, JONAS).await;
    assert!(!page["proofs"].to_string().contains("manager"), "{page}");
    // A manager's word does not verify staff.
    let world = World::demo().await;
    let mut lead = agent(&world, LEAD).await;
    let refused = ask(&world, &mut lead, MARA, CallerProof::Manager).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_emergency_password_rests_on_any_of_them() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, PETRA, CallerProof::Manager).await);
    let path = mailed(&world).await;
    let mut ada = agent(&world, ADA).await;
    says(&mut ada, &path, "yes", &code).await;
    let issued = issue(&world, &mut mara, PETRA, "").await;
    assert!(
        !testkit::desk::password(&issued).is_empty(),
        "{}",
        issued.body
    );
}

/// A browser comes from "Forgot your PIN?" to the passkey.
async fn forgot(browser: &mut Browser, login: &str) -> Answer {
    let fields = [("realm", "workforce"), ("login", login)];
    browser.post("reset-pin/ask", &fields).await;
    let fields = [("realm", "workforce"), ("method", "passkey,emergency")];
    browser.post("reset-pin/chain", &fields).await
}

/// What a passkey answers there; nobody is asked by name.
async fn prove(world: &World, browser: &mut Browser, login: &str) -> Answer {
    let fields = [("realm", "workforce")];
    let options = browser.post("sign-in/passkey-options", &fields).await;
    let options: String = serde_json::from_str(&options.body).expect("a text");
    let options = serde_json::from_str(&options).expect("options");
    let key = Key::of(&world.secrets(login).await);
    let credential = key.answer(&key.claim(&options));
    let fields = [
        ("realm", "workforce"),
        ("purpose", "reset_pin"),
        ("credential", &credential),
    ];
    browser.post("prove/passkey", &fields).await
}

#[tokio::test]
async fn a_pin_is_reset_by_a_passkey_and_an_emergency_password() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_passkey(&world, &mut mara).await;
    let issued = issue(&world, &mut mara, JONAS, "").await;
    let password = testkit::desk::password(&issued);
    assert!(!password.is_empty(), "{}", issued.body);
    let mut browser = world.browser();
    let there = forgot(&mut browser, JONAS).await;
    // The same for a name that nobody has.
    let nowhere = forgot(&mut world.browser(), "Q999999").await;
    assert_eq!(
        screen(&there, "passkey"),
        screen(&nowhere, "passkey"),
        "{}",
        there.body
    );
    // Somebody else's passkey, and one answer given twice, prove nothing here.
    let others = prove(&world, &mut browser, ADA).await;
    assert!(others.refuses("passkey_unknown"), "{}", others.body);
    let proved = prove(&world, &mut browser, JONAS).await;
    let task = screen(&proved, "emergency");
    assert_eq!(task["after"], "passkey", "{}", proved.body);
    let fields = [("realm", "workforce"), ("code", &password)];
    let done = browser.post("reset-pin/emergency", &fields).await;
    assert!(done.body.contains("/workforce/overview"), "{}", done.body);
    let overview = browser.page("/workforce/overview").await;
    assert_eq!(overview.status, StatusCode::OK);
    let profile = browser.get("/workforce/profile").await;
    assert_eq!(profile.header("location"), "/workforce/sign-in");
}

#[tokio::test]
async fn whoever_guesses_codes_shuts_out_their_own_network_alone() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Passkey).await);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for network in 1..=4 {
        let mut guesser = world.browser();
        guesser.address = format!("198.51.{network}.7").parse().expect("an address");
        for _ in 0..12 {
            find(&mut guesser, wrong).await;
        }
        let waits = find(&mut guesser, &code).await;
        assert!(waits.body.contains("\"wait\""), "{}", waits.body);
    }
    // A code of one's own gives the tries back once, and not for every guess.
    let mut honest = world.browser();
    honest.address = "203.0.113.9".parse().expect("an address");
    let found = find(&mut honest, &code).await;
    assert!(found.body.contains("Mara Lindqvist"), "{}", found.body);
    // Nobody reads there which passkeys somebody has.
    assert!(
        !found.body.contains("allowCredentials\\\":[{"),
        "{}",
        found.body
    );
}

#[tokio::test]
async fn the_manager_is_no_second_pair_of_eyes() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_manager(&world, &mut mara).await;
    let waits = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(waits.tells("act_asked"), "{}", waits.body);
    // Ada leads the desk as well from now on.
    let ada = world.person("workforce", ADA).await.id;
    let realm = testkit::slug("workforce");
    let mut tx = world.services.store.begin().await.expect("begins");
    let lead = Grant {
        role: Role::Lead,
        realm,
    };
    tx.grant(&ada, &lead).await.expect("grants");
    tx.commit().await.expect("commits");
    let mut ada = agent(&world, ADA).await;
    let pending = look(&world, &mut ada, JONAS).await["pending"][0].clone();
    assert_eq!(pending["agrees"], false, "{pending}");
    let id = pending["id"].as_str().expect("it waits");
    let fields = [("id", id), ("change", "agree")];
    let denied = ada.post("desk/second", &fields).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_frozen_manager_vouches_for_nobody() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    world.letters().await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Manager).await);
    let path = mailed(&world).await;
    let id = world.person("workforce", ADA).await.id;
    let mut tx = world.services.store.begin().await.expect("begins");
    let now = world.services.now();
    tx.person_freeze(&id, Some(now)).await.expect("freezes");
    tx.commit().await.expect("commits");
    let mut ada = agent(&world, ADA).await;
    let refused = says(&mut ada, &path, "yes", &code).await;
    assert!(refused.refuses("frozen"), "{}", refused.body);
    assert_eq!(counting(&world, &mut mara, JONAS).await, 0);
    let refused = ask(&world, &mut mara, JONAS, CallerProof::Manager).await;
    assert!(refused.refuses("no_proof_to_check"), "{}", refused.body);
}

#[tokio::test]
async fn the_proof_of_another_call_spares_no_wait() {
    let world = World::demo().await;
    let mut helga = agent(&world, LEAD).await;
    by_passkey(&world, &mut helga).await;
    world.advance(1);
    let mut mara = agent(&world, MARA).await;
    by_manager(&world, &mut mara).await;
    act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    let pending = look(&world, &mut helga, JONAS).await["pending"][0].clone();
    let id = pending["id"].as_str().expect("it waits").to_owned();
    world.letters().await;
    let fields = [("id", id.as_str()), ("change", "agree")];
    let done = helga.post("desk/second", &fields).await;
    assert!(done.tells("enroll_anew"), "{}", done.body);
    let link = |m: &Message| matches!(m, Message::EnrollLink { .. });
    assert!(!world.letters().await.iter().any(|l| link(&l.message)));
}

#[tokio::test]
async fn a_change_of_factors_takes_a_proof_of_a_moment_ago() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    by_passkey(&world, &mut mara).await;
    world.advance(6 * 60);
    let asked = act(&world, &mut mara, JONAS, "enroll_anew", "").await;
    assert!(asked.body.contains("/workforce/confirm"), "{}", asked.body);
}
