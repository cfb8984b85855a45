//! Clock times of codes, as the clock of the reader shows them.

use testkit::{Browser, EMIL, PASSWORD, World};

/// What the page of the code says: until when, in this zone.
async fn valid_until(world: &World, zone: &str) -> String {
    let mut browser: Browser = world.browser();
    if !zone.is_empty() {
        browser.cookies.insert("zone".to_owned(), zone.to_owned());
    }
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
async fn the_page_of_a_code_shows_the_readers_clock() {
    let world = World::demo().await;
    let utc = valid_until(&world, "UTC").await;
    world.advance(3600);
    let tokyo = valid_until(&world, "Asia/Tokyo").await;
    // Nine hours ahead all year round, and one hour later.
    let ahead = (minutes(&tokyo) - minutes(&utc)).rem_euclid(24 * 60);
    assert!((600..=602).contains(&ahead), "{utc} {tokyo}");
}

#[tokio::test]
async fn a_zone_that_does_not_exist_is_no_zone() {
    let world = World::demo().await;
    let realm = valid_until(&world, "Europe/Berlin").await;
    for nowhere in ["", "Nowhere/At_All", "../../etc/passwd", "x y"] {
        world.advance(3600);
        let there = valid_until(&world, nowhere).await;
        let later = (minutes(&there) - minutes(&realm)).rem_euclid(60);
        assert!(later <= 1 || later == 59, "{nowhere}: {realm} {there}");
    }
}
