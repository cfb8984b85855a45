//! The code that binds a first address in realms stricter than the preset (C18):
//! sent to the contact of the person's partner, and used up with the address.

use axum::http::StatusCode;
use domain::{FactorKind, role::Role};
use testkit::{Answer, Browser, PASSWORD, World};

/// The demo, its dealers under a stricter policy.
async fn world(bind: &str) -> World {
    let dir = testkit::folder().join("policies");
    std::fs::create_dir_all(&dir).expect("a folder");
    for (name, text) in server::start::PRESETS {
        let text = if name == "dealers.toml" {
            let from = text.find("[[accepted_risks]]").expect("named first");
            let to = text.find("# One mailbox").expect("the next one");
            let strict = format!("{}{}", &text[..from], &text[to..]);
            strict.replace("bind = \"password\"", &format!("bind = \"{bind}\""))
        } else {
            text.to_owned()
        };
        std::fs::write(dir.join(name), text).expect("writes");
    }
    World::empty(&["--demo", "--policy", &dir.display().to_string()]).await
}

async fn paul(world: &World) -> Browser {
    let mut browser = world.browser();
    let fields = [
        ("realm", "dealers"),
        ("login", "lenz02"),
        ("password", PASSWORD),
    ];
    let answer = browser.post("sign-in/password", &fields).await;
    assert!(answer.body.contains("\"coded\":true"), "{}", answer.body);
    browser
}

async fn name(browser: &mut Browser, code: &str) -> Answer {
    let fields = [
        ("realm", "dealers"),
        ("email", "paul@autohaus-lenz.example"),
        ("repeat", "paul@autohaus-lenz.example"),
        ("code", code),
    ];
    browser.post("capture-address", &fields).await
}

async fn confirm(browser: &mut Browser, code: &str) -> Answer {
    let fields = [("realm", "dealers"), ("code", code)];
    browser.post("enroll-email", &fields).await
}

/// The administrator has the code sent; the code as the contact got it.
async fn sent(world: &World, admin: &mut Browser) -> String {
    let id = world.person("dealers", "lenz02").await.id;
    let fields = [
        ("realm", "dealers"),
        ("id", id.as_str()),
        ("change", "address_code_sent"),
    ];
    let answer = admin.post("admin/person", &fields).await;
    assert!(answer.tells("person_changed"), "{}", answer.body);
    let letters = world.letters().await;
    let letter = letters.last().expect("a letter");
    let paul = world.person("dealers", "lenz02").await;
    assert_eq!(letter.to, paul.partner.expect("has one").contact);
    letter.code().expect("a code")
}

async fn admin(world: &World) -> Browser {
    world.staff("Q9-a", Role::Administrator, "dealers").await;
    world
        .signed_in("workforce", "Q9-a", &[FactorKind::Passkey])
        .await
}

#[tokio::test]
async fn c18_without_the_code_no_address_and_with_it_once() {
    let world = world("invitation_code").await;
    let mut paul = paul(&world).await;
    assert!(name(&mut paul, "").await.refuses("missing"));
    assert!(
        name(&mut paul, "0000-0000-0000-0000")
            .await
            .refuses("wrong_code")
    );
    let mut admin = admin(&world).await;
    let old = sent(&world, &mut admin).await;
    let code = sent(&world, &mut admin).await;
    assert!(
        name(&mut paul, &old).await.refuses("wrong_code"),
        "the newer one voids it"
    );
    let answer = name(&mut paul, &code.to_lowercase()).await;
    assert!(answer.asks_for("email"), "{}", answer.body);
    let mailed = world.mailed_code().await;
    confirm(&mut paul, &mailed).await;
    assert!(paul.cookies.contains_key("__Host-session-dealers"));
    // It is used up with the address: nobody sends another one.
    let id = world.person("dealers", "lenz02").await.id;
    let fields = [
        ("realm", "dealers"),
        ("id", id.as_str()),
        ("change", "address_code_sent"),
    ];
    let answer = admin.post("admin/person", &fields).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn c18_the_code_of_an_attempt_that_came_second_brings_no_second_address() {
    let world = world("invitation_code").await;
    let mut admin = admin(&world).await;
    let code = sent(&world, &mut admin).await;
    let (mut first, mut second) = (paul(&world).await, paul(&world).await);
    name(&mut second, &code).await;
    let two = world.mailed_code().await;
    name(&mut first, &code).await;
    let one = world.mailed_code().await;
    confirm(&mut first, &one).await;
    assert!(first.cookies.contains_key("__Host-session-dealers"));
    confirm(&mut second, &two).await;
    assert!(!second.cookies.contains_key("__Host-session-dealers"));
    let id = world.person("dealers", "lenz02").await.id;
    let factors = world
        .services
        .store
        .read()
        .await
        .expect("reads")
        .factors(&id)
        .await;
    let mails = factors
        .expect("reads")
        .into_iter()
        .filter(|f| f.kind == FactorKind::Email);
    assert_eq!(mails.count(), 1);
}

#[tokio::test]
async fn c18_codes_end_and_guesses_are_counted() {
    let world = world("invitation_code").await;
    let mut admin = admin(&world).await;
    let code = sent(&world, &mut admin).await;
    let mut guesser = paul(&world).await;
    for _ in 0..6 {
        name(&mut guesser, "0000-0000-0000-0000").await;
    }
    let answer = name(&mut guesser, &code).await;
    assert!(answer.refuses("wait"), "{}", answer.body);
    world.advance(8 * 24 * 3600);
    let mut paul = paul(&world).await;
    assert!(name(&mut paul, &code).await.refuses("expired_code"));
}

#[tokio::test]
async fn where_the_desk_binds_it_an_agent_has_the_code_sent() {
    let world = world("desk").await;
    world.staff("Q9-g", Role::Agent, "dealers").await;
    let mut agent = world
        .signed_in("workforce", "Q9-g", &[FactorKind::Passkey])
        .await;
    let id = world.person("dealers", "lenz02").await.id;
    let fields = [("id", id.as_str()), ("change", "address_code_sent")];
    let answer = agent.post("desk/person", &fields).await;
    assert!(answer.tells("person_changed"), "{}", answer.body);
    let code = world
        .letters()
        .await
        .pop()
        .expect("a letter")
        .code()
        .expect("a code");
    let mut paul = paul(&world).await;
    let answer = name(&mut paul, &code).await;
    assert!(answer.asks_for("email"), "{}", answer.body);
}
