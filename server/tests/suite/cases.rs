//! Cases under attack: replayed work, a thousand posts, ids of others, decisions
//! on what is decided, windows that closed while nobody looked.

use axum::http::StatusCode;
use domain::{
    FactorKind,
    cases::{Case, Proof, Stage},
    desk_act::DeskAct,
    message::Message,
    role::{Grant, Role},
};
use testkit::{
    Answer, Browser, PASSWORD, World, form,
    lost_phone::{challenge, solved},
    slug,
};
use tokio::task::JoinSet;

const SAM: &str = "sam.okafor@example.com";
const DAY: i64 = 86_400;

/// Sam's browser at the form, the password just proven.
async fn at_the_form(world: &World) -> Browser {
    let mut browser = world.browser();
    let fields = [("realm", "cloud"), ("login", SAM), ("password", PASSWORD)];
    let answer = browser.post("sign-in/password", &fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    browser
}

fn fields<'a>(work: &'a str, story: &'a str, proof: &'a str) -> Vec<(&'a str, &'a str)> {
    testkit::lost_phone::fields(SAM, work, story, proof)
}

async fn ask(browser: &mut Browser) -> Answer {
    let work = solved(&challenge(browser).await);
    browser
        .post("lost-phone", &fields(&work, "Lost.", ""))
        .await
}

/// The newest case of Sam.
async fn case(world: &World) -> Case {
    let sam = world.person("cloud", SAM).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let mut cases = conn.cases_of(&sam.id, 1).await.expect("asks");
    cases.pop().expect("a case").case
}

async fn cases(world: &World) -> usize {
    let sam = world.person("cloud", SAM).await;
    let mut conn = world.services.store.read().await.expect("reads");
    conn.cases_of(&sam.id, 100).await.expect("asks").len()
}

async fn agent(world: &World, login: &str) -> Browser {
    world
        .signed_in("workforce", login, &[FactorKind::Passkey, FactorKind::Pin])
        .await
}

async fn moved(browser: &mut Browser, case: &Case, change: &str) -> Answer {
    let version = case.version.to_string();
    let fields = [
        ("id", case.id.as_str()),
        ("version", &version),
        ("change", change),
        ("reason", "Nobody answers on the number on record."),
    ];
    browser.post("desk/case", &fields).await
}

/// Claims and approves Sam's case.
async fn approved(world: &World) -> Case {
    let mut mara = agent(world, "Q200001").await;
    for change in ["claim", "approve"] {
        let answer = moved(&mut mara, &case(world).await, change).await;
        assert!(answer.tells("case_moved"), "{change}: {}", answer.body);
    }
    case(world).await
}

#[tokio::test]
async fn work_is_good_for_one_post_of_one_browser() {
    let world = World::demo().await;
    let mut sam = at_the_form(&world).await;
    let work = solved(&challenge(&mut sam).await);
    let mut other = at_the_form(&world).await;
    let answer = other.post("lost-phone", &fields(&work, "", "")).await;
    assert!(answer.refuses("work_needed"), "{}", answer.body);
    let mut spoilt = fields(&work, "", "");
    spoilt.retain(|(name, _)| *name != "consent");
    assert!(
        sam.post("lost-phone", &spoilt)
            .await
            .refuses("consent_needed")
    );
    // The same answer again, now with everything filled in.
    let answer = sam.post("lost-phone", &fields(&work, "", "")).await;
    assert!(answer.refuses("work_needed"), "{}", answer.body);
    for nothing in ["", "x", "-1", "99999999999999999999999"] {
        let answer = sam.post("lost-phone", &fields(nothing, "", "")).await;
        assert!(answer.refuses("work_needed"), "{nothing}");
    }
    assert_eq!(cases(&world).await, 0);
    assert!(ask(&mut sam).await.shows("case_state"));
    assert_eq!(cases(&world).await, 1);
}

#[tokio::test]
async fn many_posts_at_once_open_one_case() {
    let world = World::demo().await;
    let mut sam = at_the_form(&world).await;
    let work = solved(&challenge(&mut sam).await);
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let request = sam.request("lost-phone", form(&fields(&work, "", "")));
        let router = world.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(|a| !a.status.is_server_error()));
    assert_eq!(cases(&world).await, 1);
    // One mail about it, not twenty.
    let letters = world.letters().await;
    let about = letters
        .iter()
        .filter(|l| matches!(l.message, Message::Case { .. }));
    assert_eq!(about.count(), 1);
}

#[tokio::test]
async fn who_asks_again_and_again_is_told_to_wait() {
    let world = World::demo().await;
    let mut sam = at_the_form(&world).await;
    for n in 0..7 {
        let answer = ask(&mut sam).await;
        if answer.refuses("wait") {
            assert!(n >= 3, "after {n}");
            return;
        }
        let token = world.mailed_token().await;
        let fields = [("realm", "cloud"), ("token", token.as_str())];
        let answer = sam.post("follow-case/withdraw", &fields).await;
        assert!(answer.says("withdrawn"), "{}", answer.body);
        // Behind the password the form is there again.
        sam = at_the_form(&world).await;
    }
    panic!("nobody was told to wait");
}

#[tokio::test]
async fn the_form_is_behind_the_password_and_no_way_in() {
    let world = World::demo().await;
    let mut stranger = world.browser();
    let answer = stranger.post("lost-phone", &fields("1", "", "")).await;
    assert!(answer.leads_to("/cloud/sign-in"), "{}", answer.body);
    let answer = stranger.page("/cloud/lost-phone").await;
    assert!(answer.leads_to("/cloud/sign-in"), "{}", answer.body);
    // A passkey owner of another realm has no such form.
    let answer = stranger.page("/customers/lost-phone").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let mut sam = at_the_form(&world).await;
    let answer = ask(&mut sam).await;
    assert!(!answer.cookies().contains_key("__Host-session-cloud"));
    assert_eq!(cases(&world).await, 1);
}

#[tokio::test]
async fn the_form_refuses_a_recovery_code_as_used_only_if_it_was_used() {
    let world = World::demo().await;
    let secrets = world.secrets(SAM).await;
    let code = |n: usize| secrets["recovery_codes"][n].as_str().expect("a code");
    let mut sam = at_the_form(&world).await;
    let another = [
        ("realm", "cloud"),
        ("purpose", "sign_in"),
        ("kind", "recovery"),
    ];
    let asked = sam.post("prove/another-way", &another).await;
    assert!(asked.asks_for("recovery"), "{}", asked.body);
    let used = [
        ("realm", "cloud"),
        ("purpose", "sign_in"),
        ("code", code(0)),
    ];
    let answer = sam.post("prove/code", &used).await;
    assert!(answer.cookies().contains_key("__Host-session-cloud"));
    let mut sam = at_the_form(&world).await;
    for (typed, why) in [
        (code(0), "used_code"),
        ("0000-0000-0000-0000", "wrong_code"),
    ] {
        let work = solved(&challenge(&mut sam).await);
        let fields = fields(&work, "Lost.", typed);
        let answer = sam.post("lost-phone", &fields).await;
        assert!(answer.refuses_at("proof", why), "{}", answer.body);
    }
    assert_eq!(cases(&world).await, 0);
    let work = solved(&challenge(&mut sam).await);
    let answer = sam
        .post("lost-phone", &fields(&work, "Lost.", code(1)))
        .await;
    assert!(answer.shows("case_state"), "{}", answer.body);
    assert_eq!(case(&world).await.proof, Some(Proof::RecoveryCode));
}

#[tokio::test]
async fn script_in_every_field_is_text_to_the_desk() {
    let world = World::demo().await;
    let mut sam = at_the_form(&world).await;
    let work = solved(&challenge(&mut sam).await);
    let evil = "</textarea><script>alert(1)</script>";
    let mut typed = fields(&work, evil, "");
    for (name, value) in &mut typed {
        if matches!(*name, "given" | "family") {
            *value = evil;
        }
    }
    assert!(
        sam.post("lost-phone", &typed)
            .await
            .body
            .contains("case_state")
    );
    let id = case(&world).await.id;
    let mut mara = agent(&world, "Q200001").await;
    let page = mara.get(&format!("/desk/cases/{id}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("&lt;script&gt;alert(1)"), "is shown");
    assert!(!page.body.contains("<script>alert(1)"), "as text");
}

#[tokio::test]
async fn xg07_desk_calls_with_ids_of_others_find_nothing() {
    let world = World::demo().await;
    ask(&mut at_the_form(&world).await).await;
    let case = case(&world).await;
    // An agent of the dealers' desk, and of no other.
    let jonas = world.person("workforce", "Q471108").await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let grant = Grant {
        role: Role::Lead,
        realm: slug("dealers"),
    };
    tx.grant(&jonas.id, &grant).await.expect("grants");
    tx.commit().await.expect("commits");
    let mut browser = agent(&world, "Q471108").await;
    let (id, person) = (case.id.as_str(), case.person.as_str());
    for path in [
        format!("/desk/cases/{id}"),
        format!("/desk/people/{person}"),
        "/desk/cases/nothing".to_owned(),
        "/desk/people/nobody".to_owned(),
    ] {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        moved(&mut browser, &case, "claim").await.status,
        StatusCode::NOT_FOUND
    );
    for act in DeskAct::ALL {
        let fields = [("id", person), ("change", act.slug()), ("subject", "f")];
        let answer = browser.post("desk/person", &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act:?}");
    }
    let queue = browser.page("/desk").await;
    assert!(!queue.body.contains(&case.name()));
    let other = browser.page("/desk?realm=cloud").await;
    assert!(!other.body.contains(&case.name()), "{}", other.body);
    let csv = browser.get("/desk/cases.csv?realm=cloud").await;
    assert!(!csv.body.contains(&case.name()));
}

#[tokio::test]
async fn who_decides_nothing_decides_nothing_by_hand() {
    let world = World::demo().await;
    ask(&mut at_the_form(&world).await).await;
    let mut tomasz = agent(&world, "Q200002").await;
    moved(&mut tomasz, &case(&world).await, "claim").await;
    for change in ["approve", "decline"] {
        let answer = moved(&mut tomasz, &case(&world).await, change).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{change}");
    }
    assert_eq!(case(&world).await.stage.slug(), "claimed");
}

#[tokio::test]
async fn a_decided_case_is_decided() {
    let world = World::demo().await;
    ask(&mut at_the_form(&world).await).await;
    let case = approved(&world).await;
    let mut helga = agent(&world, "Q200003").await;
    for change in ["claim", "approve", "decline", "release"] {
        let answer = moved(&mut helga, &case, change).await;
        assert!(answer.refuses("case_decided"), "{change}: {}", answer.body);
    }
    assert_eq!(self::case(&world).await, case);
}

#[tokio::test]
async fn at_once_one_of_many_decides() {
    let world = World::demo().await;
    ask(&mut at_the_form(&world).await).await;
    let mut mara = agent(&world, "Q200001").await;
    moved(&mut mara, &case(&world).await, "claim").await;
    let seen = case(&world).await;
    let version = seen.version.to_string();
    let mut tasks = JoinSet::new();
    for change in ["approve", "decline", "release"].repeat(3) {
        let fields = [
            ("id", seen.id.as_str()),
            ("version", &version),
            ("change", change),
            ("reason", "No."),
        ];
        let request = mara.request("desk/case", form(&fields));
        let router = world.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    let done = answers.iter().filter(|a| a.tells("case_moved")).count();
    assert_eq!(done, 1);
    assert!(answers.iter().all(|a| !a.status.is_server_error()));
    assert_eq!(case(&world).await.version, seen.version + 1);
}

#[tokio::test]
async fn staff_of_their_own_realm_need_two() {
    let world = World::demo().await;
    // Sam works at the desk as well.
    let sam = world.person("cloud", SAM).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let grant = Grant {
        role: Role::Agent,
        realm: slug("dealers"),
    };
    tx.grant(&sam.id, &grant).await.expect("grants");
    tx.commit().await.expect("commits");
    ask(&mut at_the_form(&world).await).await;
    assert!(case(&world).await.protected);
    let mut mara = agent(&world, "Q200001").await;
    moved(&mut mara, &case(&world).await, "claim").await;
    moved(&mut mara, &case(&world).await, "approve").await;
    assert_eq!(case(&world).await.stage.slug(), "seconded");
    let answer = moved(&mut mara, &case(&world).await, "approve").await;
    assert!(answer.refuses("second_agent"), "{}", answer.body);
    assert!(
        world
            .letters()
            .await
            .iter()
            .all(|l| !matches!(l.message, Message::Replace { .. }))
    );
    let mut helga = agent(&world, "Q200003").await;
    moved(&mut helga, &case(&world).await, "approve").await;
    assert_eq!(case(&world).await.stage.slug(), "approved");
}

/// The link in the newest mail that sets a new app up.
async fn way_in(world: &World) -> Option<String> {
    let letters = world.letters().await;
    let mut ways = letters
        .iter()
        .filter(|l| matches!(l.message, Message::Replace { .. }));
    ways.next_back()?.token()
}

async fn open(world: &World, token: &str) -> (Browser, Answer) {
    let mut browser = world.browser();
    let fields = [("realm", "cloud"), ("purpose", "replace"), ("token", token)];
    let answer = browser.post("reset-password/open", &fields).await;
    (browser, answer)
}

#[tokio::test]
async fn the_way_in_opens_after_the_wait_and_closes_while_the_worker_stands_still() {
    let world = World::demo().await;
    ask(&mut at_the_form(&world).await).await;
    approved(&world).await;
    assert!(way_in(&world).await.is_none(), "not before the wait");
    world.advance(DAY + 60);
    let token = way_in(&world).await.expect("now it goes out");
    let (_, answer) = open(&world, &token).await;
    assert!(answer.leads_to("/cloud/enroll"), "{}", answer.body);
    world.advance(48 * 3600);
    let (mut late, answer) = open(&world, &token).await;
    assert!(answer.is_dead("expired"), "{}", answer.body);
    let answer = late.page("/cloud/enroll").await;
    assert!(answer.leads_to("/cloud/sign-in"), "{}", answer.body);
}

#[tokio::test]
async fn a_page_that_was_open_when_the_owner_objected_brings_nothing() {
    let world = World::demo().await;
    ask(&mut at_the_form(&world).await).await;
    approved(&world).await;
    let letters = world.letters().await;
    let told = letters
        .iter()
        .rev()
        .find(|l| matches!(l.message, Message::Case { .. }));
    let follow = told.and_then(testkit::Letter::token).expect("a page");
    world.advance(DAY + 60);
    let token = way_in(&world).await.expect("a link");
    let (mut thief, _) = open(&world, &token).await;
    let choice = [("realm", "cloud"), ("method", "totp")];
    let answer = thief.post("choose-method", &choice).await;
    assert!(answer.body.contains("otpauth"), "{}", answer.body);
    let key = answer.body.split("\"key\":\"").nth(1).expect("a key");
    let right = world.app(key.split('"').next().expect("a key"));
    let fields = [("realm", "cloud"), ("token", follow.as_str())];
    let answer = world.browser().post("follow-case/veto", &fields).await;
    assert!(answer.says("vetoed"), "{}", answer.body);
    let code = [("realm", "cloud"), ("code", right.as_str()), ("name", "")];
    let answer = thief.post("enroll-totp", &code).await;
    assert!(answer.refuses("frozen"), "{}", answer.body);
    let sam = world.person("cloud", SAM).await;
    assert!(sam.frozen_at.is_some());
    assert!(matches!(case(&world).await.stage, Stage::Vetoed));
}

#[tokio::test]
async fn a_link_of_a_case_opens_nothing_else() {
    let world = World::demo().await;
    ask(&mut at_the_form(&world).await).await;
    let token = world.mailed_token().await;
    for purpose in ["reset_password", "replace", "enroll", "invitation"] {
        let mut browser = world.browser();
        let fields = [
            ("realm", "cloud"),
            ("purpose", purpose),
            ("token", token.as_str()),
        ];
        let answer = browser.post("reset-password/open", &fields).await;
        assert!(answer.is_dead("unknown"), "{purpose}: {}", answer.body);
    }
    for purpose in ["case", "undo", "not_me"] {
        let fields = [("realm", "cloud"), ("purpose", purpose), ("token", &token)];
        let answer = world.browser().post("reset-password/open", &fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{purpose}");
    }
    let fields = [("realm", "cloud"), ("token", token.as_str())];
    let answer = world.browser().post("undo-change", &fields).await;
    assert!(answer.is_dead("unknown"), "{}", answer.body);
    // Of another realm it is none at all.
    let fields = [("realm", "customers"), ("token", token.as_str())];
    let answer = world.browser().post("follow-case/veto", &fields).await;
    assert!(answer.is_dead("unknown"), "{}", answer.body);
    assert_eq!(case(&world).await.stage, Stage::Open);
}

#[tokio::test]
async fn the_export_is_neutralised_and_written_down() {
    let world = World::demo().await;
    let mut sam = at_the_form(&world).await;
    ask(&mut sam).await;
    let who = world.person("cloud", SAM).await;
    let mut tx = world.services.store.begin().await.expect("begins");
    let name = "=HYPERLINK(1)";
    tx.person_rename(&who.id, name, &domain::text::login_key(name), who.lang)
        .await
        .expect("renames");
    tx.commit().await.expect("commits");
    let mut mara = agent(&world, "Q200001").await;
    let csv = mara.get("/desk/cases.csv").await;
    assert_eq!(csv.status, StatusCode::OK);
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.body.contains("'=HYPERLINK(1)"), "{}", csv.body);
    let mara = world.person("workforce", "Q200001").await;
    let mut conn = world.services.store.read().await.expect("reads");
    let trail = conn.audit_of(&mara.id, 5).await.expect("asks");
    assert!(trail.iter().any(|e| e.action == "exported"));
}
