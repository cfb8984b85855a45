//! Times on the clock of whoever reads.

use axum::http::StatusCode;
use domain::message::Message;
use testkit::{Browser, EMIL, PASSWORD, World};

const COOKIE: &str = "__Host-zone";

/// A browser that told its zone.
async fn at(world: &World, zone: &str) -> Browser {
    let mut browser = world.browser();
    let told = browser.post("zone", &[("zone", zone)]).await;
    assert_eq!(told.status, StatusCode::OK, "{zone}");
    browser
}

/// What the page of the code says: until when, on the clock of this browser.
async fn valid_until(browser: &mut Browser) -> String {
    let answer = browser.password(EMIL, PASSWORD).await;
    let json: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let until = &json["show"]["screen"]["code"]["valid_until"];
    until.as_str().expect("a time").to_owned()
}

fn minutes(clock: &str) -> i64 {
    let (hour, minute) = clock.split_once(':').expect("a clock time");
    hour.parse::<i64>().expect("hours") * 60 + minute.parse::<i64>().expect("minutes")
}

#[tokio::test]
async fn the_page_and_the_mail_of_a_code_show_the_readers_clock() {
    let world = World::demo().await;
    let utc = valid_until(&mut at(&world, "UTC").await).await;
    world.advance(3600);
    let mut browser = at(&world, "Asia/Tokyo").await;
    let tokyo = valid_until(&mut browser).await;
    // Nine hours ahead all year round, and one hour later.
    let ahead = (minutes(&tokyo) - minutes(&utc)).rem_euclid(24 * 60);
    assert!((600..=602).contains(&ahead), "{utc} {tokyo}");
    let letters = world.letters().await;
    let zones = letters.iter().filter_map(|letter| match &letter.message {
        Message::SignInCode { zone, .. } => Some(zone.as_str()),
        _ => None,
    });
    assert_eq!(zones.collect::<Vec<_>>(), ["UTC", "Asia/Tokyo"]);
}

#[tokio::test]
async fn a_zone_that_does_not_exist_is_refused_and_believed_by_no_page() {
    let world = World::demo().await;
    let realm = valid_until(&mut at(&world, "Europe/Berlin").await).await;
    for nowhere in [
        "Nowhere/At_All",
        "../../etc/passwd",
        "x y",
        "",
        "UTC; Domain=evil",
    ] {
        let refused = world.browser().post("zone", &[("zone", nowhere)]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{nowhere}");
        assert!(refused.cookies().is_empty(), "{nowhere}");
        world.advance(3600);
        let mut forged = world.browser();
        forged.cookies.insert(COOKIE.to_owned(), nowhere.to_owned());
        let there = valid_until(&mut forged).await;
        let later = (minutes(&there) - minutes(&realm)).rem_euclid(60);
        assert!(later <= 1 || later == 59, "{nowhere}: {realm} {there}");
    }
}

#[tokio::test]
async fn no_script_reads_the_zone() {
    let world = World::demo().await;
    let told = world
        .browser()
        .post("zone", &[("zone", "asia/tokyo")])
        .await;
    let cookie = told.headers.get("set-cookie").expect("a cookie");
    let cookie = cookie.to_str().expect("text");
    assert!(cookie.starts_with("__Host-zone=Asia/Tokyo; "), "{cookie}");
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}
