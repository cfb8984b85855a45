//! A manager's word for somebody who opened a case: what it shortens, and who
//! cannot give it.

use axum::http::StatusCode;
use domain::{
    FactorKind,
    cases::{Case, Proof, Stage},
    message::Message,
};
use testkit::{
    Answer, Browser, PASSWORD, World,
    lost_phone::{challenge, fields, solved},
};

const NOOR: &str = "noor.haddad@example.com";
const SAM: &str = "sam.okafor@example.com";

/// Noor reports her phone lost; the code that she reads to her manager.
async fn reported(world: &World) -> String {
    let mut noor = world.browser();
    let sign_in = [("realm", "cloud"), ("login", NOOR), ("password", PASSWORD)];
    noor.post("sign-in/password", &sign_in).await;
    let work = solved(&challenge(&mut noor).await);
    noor.post("lost-phone", &fields(NOOR, &work, "", "")).await;
    let letters = world.letters().await;
    let asked = letters
        .iter()
        .find(|l| l.to == SAM)
        .expect("the manager is asked");
    assert!(matches!(asked.message, Message::ConfirmCase { .. }));
    let own = letters.iter().find(|l| l.to == NOOR).expect("Noor is told");
    let token = own.token().expect("a link");
    let page = noor.page(&format!("/cloud/case/{token}")).await;
    let json: serde_json::Value = serde_json::from_str(&page.body).expect("JSON");
    let code = &json["show"]["screen"]["case_state"]["manager_code"];
    code.as_str().expect("a code").to_owned()
}

async fn case(world: &World) -> Case {
    let noor = world.person("cloud", NOOR).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let mut cases = conn.cases_of(&noor.id, 1).await.expect("asks");
    cases.pop().expect("a case").case
}

async fn sam(world: &World) -> Browser {
    world
        .signed_in("cloud", SAM, &[FactorKind::Password, FactorKind::Totp])
        .await
}

async fn word(browser: &mut Browser, realm: &str, case: &Case, word: &str, code: &str) -> Answer {
    let fields = [
        ("realm", realm),
        ("id", case.id.as_str()),
        ("word", word),
        ("code", code),
    ];
    browser.post("confirm-case", &fields).await
}

#[tokio::test]
async fn the_word_of_the_manager_shortens_the_wait_to_an_hour() {
    let world = World::demo().await;
    let code = reported(&world).await;
    assert_eq!(code.len(), 6);
    let (mut sam, before) = (sam(&world).await, case(&world).await);
    let page = sam
        .page(&format!("/cloud/confirm-case/{}", before.id))
        .await;
    assert!(page.body.contains("Noor Haddad"), "{}", page.body);
    assert!(
        !page.body.contains(&code),
        "it is read to them, never shown"
    );
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert!(
        word(&mut sam, "cloud", &before, "yes", "")
            .await
            .refuses("missing")
    );
    assert!(
        word(&mut sam, "cloud", &before, "yes", wrong)
            .await
            .refuses("wrong_code")
    );
    assert_eq!(case(&world).await.proof, None);
    assert!(
        word(&mut sam, "cloud", &before, "yes", &code)
            .await
            .tells("case_confirmed")
    );
    let now = case(&world).await;
    assert_eq!(
        (now.proof, &now.stage),
        (Some(Proof::Manager), &Stage::Open)
    );
    // Said once; the page says that nobody waits for it any more.
    assert!(
        word(&mut sam, "cloud", &now, "yes", &code)
            .await
            .refuses("case_decided")
    );

    let mut mara = world
        .signed_in("workforce", "Q200001", &[FactorKind::Passkey])
        .await;
    for change in ["claim", "approve"] {
        let case = case(&world).await;
        let version = case.version.to_string();
        let fields = [
            ("id", case.id.as_str()),
            ("version", &version),
            ("change", change),
        ];
        mara.post("desk/case", &fields).await;
    }
    let Stage::Approved { opens_at, .. } = case(&world).await.stage else {
        panic!("not approved");
    };
    assert_eq!(
        world.services.now().seconds_until(opens_at).div_euclid(60),
        60
    );
}

#[tokio::test]
async fn nobody_else_finds_it_and_guesses_are_counted() {
    let world = World::demo().await;
    let code = reported(&world).await;
    let case_now = case(&world).await;
    let path = format!("/cloud/confirm-case/{}", case_now.id);
    for login in [NOOR, "lea.neu@example.com"] {
        let mut other = world
            .signed_in("cloud", login, &[FactorKind::Password, FactorKind::Totp])
            .await;
        assert_eq!(
            other.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{login}"
        );
        for said in ["yes", "no"] {
            let answer = word(&mut other, "cloud", &case_now, said, &code).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{login} {said}");
        }
    }
    // Not even through another realm that they are signed in at.
    let mut tess = world
        .signed_in(
            "customers",
            testkit::TESS,
            &[FactorKind::Password, FactorKind::Totp],
        )
        .await;
    let answer = word(&mut tess, "customers", &case_now, "yes", &code).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);

    let mut sam = sam(&world).await;
    for n in 0..6 {
        word(&mut sam, "cloud", &case_now, "yes", &format!("00000{n}")).await;
    }
    let answer = word(&mut sam, "cloud", &case_now, "yes", &code).await;
    assert!(answer.refuses("wait"), "{}", answer.body);
    assert_eq!(case(&world).await.proof, None);
}

#[tokio::test]
async fn a_no_stops_the_case() {
    let world = World::demo().await;
    reported(&world).await;
    let mut sam = sam(&world).await;
    let answer = word(&mut sam, "cloud", &case(&world).await, "no", "").await;
    assert!(answer.tells("case_stopped"), "{}", answer.body);
    assert_eq!(case(&world).await.stage, Stage::Vetoed);
    assert!(
        world.letters().await.iter().any(|l| l.to == NOOR),
        "she is told"
    );
}
