//! The streams by which open pages hear that something moved: whose answer it is, and
//! nothing about it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::phone::Decision;
use http_body_util::BodyExt;
use std::time::Duration;
use testkit::{
    Browser, World,
    desk::{MARA, agent, issue, verify},
    phone::{PETRA, Phone, ask, digits},
};
use tower::ServiceExt;

/// An open stream.
struct Stream(Body);

impl Stream {
    async fn open(browser: &mut Browser, path: &str) -> (StatusCode, Self) {
        let cookies = browser.cookies.iter();
        let cookies: Vec<_> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = Request::get(path)
            .header(header::HOST, "localhost:8080")
            .header(header::ACCEPT, "text/event-stream")
            .header(header::COOKIE, cookies.join("; "))
            .body(Body::empty())
            .expect("a request");
        let answer = browser.router.clone().oneshot(request).await;
        let answer = answer.expect("answers");
        (answer.status(), Self(answer.into_body()))
    }

    /// What it says next; nobody waits for ever.
    async fn says(&mut self) -> String {
        let next = tokio::time::timeout(Duration::from_secs(10), self.0.frame());
        let frame = next.await.expect("rings").expect("goes on").expect("whole");
        String::from_utf8_lossy(frame.data_ref().expect("data")).into_owned()
    }

    /// Whether it has said nothing by now.
    async fn is_silent(&mut self) -> bool {
        tokio::select! {
            biased;
            _ = self.0.frame() => false,
            () = std::future::ready(()) => true,
        }
    }
}

#[tokio::test]
async fn a_page_that_waits_hears_its_own_phone_and_no_other() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let (mut computer, mut other) = (world.browser(), world.browser());
    let digits = ask(&mut computer, PETRA).await;
    ask(&mut other, "Q999999").await;
    let path = "/waits/workforce/sign_in";
    let (found, mut stream) = Stream::open(&mut computer, path).await;
    let (nobody, mut silent) = Stream::open(&mut other, path).await;
    assert_eq!((found, nobody), (StatusCode::OK, StatusCode::OK));
    let asked = phone.asked().await.expect("asked");
    phone
        .answer(&world, &asked, Decision::Accept, &digits)
        .await;
    assert_eq!(stream.says().await, "data: moved\n\n");
    assert!(silent.is_silent().await, "a name that nobody has");
    // A browser without any ceremony waits too.
    let (stranger, mut silent) = Stream::open(&mut world.browser(), path).await;
    assert_eq!(stranger, StatusCode::OK);
    assert!(silent.is_silent().await);
    let (odd, _) = Stream::open(&mut computer, "/waits/workforce/perhaps").await;
    assert_eq!(odd, StatusCode::BAD_REQUEST);
    let (elsewhere, _) = Stream::open(&mut computer, "/waits/nowhere/sign_in").await;
    assert_eq!(elsewhere, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_phone_hears_that_it_is_asked() {
    let world = World::demo().await;
    let mut phone = Phone::petra(&world).await;
    let (found, mut stream) = Stream::open(&mut phone.browser, "/phone/live").await;
    assert_eq!(found, StatusCode::OK);
    ask(&mut world.browser(), "Q999999").await;
    assert!(stream.is_silent().await);
    ask(&mut world.browser(), PETRA).await;
    assert_eq!(stream.says().await, "data: moved\n\n");
    // Nor has a made-up cookie, nor one whose phone is gone, anything to listen to.
    let mut stranger = world.browser();
    for cookie in [None, Some("made-up")] {
        if let Some(value) = cookie {
            let name = "__Host-phone".to_owned();
            stranger.cookies.insert(name, value.to_owned());
        }
        let (found, _) = Stream::open(&mut stranger, "/phone/live").await;
        assert_eq!(found, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_page_that_waits_for_the_desk_hears_of_the_approval() {
    let world = World::demo_where("workforce", "\"spoken\"", "\"blind\"").await;
    let mut phone = Phone::petra(&world).await;
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut phone, PETRA, Decision::Accept).await;
    let mut computer = world.browser();
    let login = [("realm", "workforce"), ("login", PETRA)];
    computer.post("reset-pin/ask", &login).await;
    let chain = [("realm", "workforce"), ("method", "smartphone,emergency")];
    let number = digits(&computer.post("reset-pin/chain", &chain).await);
    let asked = phone.asked().await.expect("asked");
    phone
        .answer(&world, &asked, Decision::Accept, &number)
        .await;
    let purpose = [("realm", "workforce"), ("purpose", "reset_pin")];
    let page = computer.post("prove/phone", &purpose).await;
    let page: serde_json::Value = serde_json::from_str(&page.body).expect("JSON");
    let code = page["show"]["screen"]["await_desk"]["code"].as_str();
    let path = "/waits/workforce/reset_pin";
    let (_, mut stream) = Stream::open(&mut computer, path).await;
    assert!(stream.is_silent().await);
    issue(&world, &mut mara, PETRA, code.expect("a code")).await;
    assert_eq!(stream.says().await, "data: moved\n\n");
}

/// Katrin of the agents, who has a password alone so far.
async fn katrin(world: &World) -> Browser {
    let mut katrin = world.browser();
    let fields = [
        ("realm", "agents"),
        ("login", "kwolf"),
        ("password", testkit::PASSWORD),
    ];
    katrin.post("sign-in/password", &fields).await;
    katrin
}

/// What she asks her manager for.
const fn wish(number: &str) -> [(&str, &str); 5] {
    [
        ("realm", "agents"),
        ("kind", "sms"),
        ("on_record", "no"),
        ("number", number),
        ("reason", "On the road"),
    ]
}

#[tokio::test]
async fn a_page_that_waits_for_the_manager_hears_of_the_answer() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    katrin.post("request", &wish("+491713920077")).await;
    let path = "/waits/agents/approval";
    let (found, mut stream) = Stream::open(&mut katrin, path).await;
    let (nobody, mut silent) = Stream::open(&mut world.browser(), path).await;
    assert_eq!((found, nobody), (StatusCode::OK, StatusCode::OK));
    assert!(stream.is_silent().await);
    // Nor do those hear of it who decide nothing.
    let lists = "/waits/agents/approvals";
    let (asks, mut agent) = Stream::open(&mut katrin, lists).await;
    let (nobody, mut stranger) = Stream::open(&mut world.browser(), lists).await;
    assert_eq!((asks, nobody), (StatusCode::OK, StatusCode::OK));
    let who = world.person("agents", "kwolf").await;
    let mut conn = world.services.store.read().await.expect("reads");
    let asked = conn.approvals_of(&who.id, 1).await.expect("asks").remove(0);
    drop(conn);
    let proven = [domain::FactorKind::Password, domain::FactorKind::Sms];
    let mut renate = world.signed_in("agents", "rvogt", &proven).await;
    let (_, mut list) = Stream::open(&mut renate, lists).await;
    assert!(list.is_silent().await);
    let version = asked.version.to_string();
    let fields = [
        ("realm", "agents"),
        ("id", asked.id.as_str()),
        ("version", version.as_str()),
        ("decision", "approve"),
    ];
    renate.post("approvals/decide", &fields).await;
    assert_eq!(stream.says().await, "data: moved\n\n");
    assert!(silent.is_silent().await, "it is somebody else's request");
    assert_eq!(list.says().await, "data: moved\n\n");
    assert!(agent.is_silent().await && stranger.is_silent().await);
}

/// Between a form that was posted without the script and the page that answers it, the page
/// before may look by itself: what was refused is for the one that the browser comes for.
#[tokio::test]
async fn a_page_that_looks_takes_no_answer_that_is_meant_for_the_next() {
    let world = World::demo().await;
    let mut katrin = katrin(&world).await;
    katrin.submit("request", &wish("0171")).await;
    let path = "/agents/request/sms";
    let looks = katrin.page(&format!("{path}?live=1")).await;
    assert!(looks.body.contains("request_approval"), "{}", looks.body);
    assert!(!looks.refuses("not_a_number"), "{}", looks.body);
    let comes = katrin.page(path).await;
    assert!(comes.refuses("not_a_number"), "{}", comes.body);
}

#[tokio::test]
async fn who_waits_for_nobody_looks_again_when_the_clock_jumps_like_everybody() {
    let world = World::demo().await;
    let mut computer = world.browser();
    ask(&mut computer, "Q999999").await;
    let (_, mut stream) = Stream::open(&mut computer, "/waits/workforce/sign_in").await;
    world.services.board.ring_all();
    assert_eq!(stream.says().await, "data: moved\n\n");
}
