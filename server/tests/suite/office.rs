//! Many people behind one address, and one machine with many.

use axum::http::{HeaderValue, StatusCode};
use std::net::IpAddr;
use testkit::{Browser, World};

/// What a browser posts for a sign-in, up to the answer to the password.
const POSTS: [(&str, &[(&str, &str)]); 4] = [
    ("zone", &[("zone", "Europe/Berlin")]),
    ("sign-in/passkey-options", &[("realm", "customers")]),
    (
        "sign-in/password",
        &[("realm", "customers"), ("login", ""), ("password", "")],
    ),
    (
        "prove/code",
        &[("realm", "customers"), ("purpose", "sign_in"), ("code", "")],
    ),
];

#[tokio::test]
async fn a_hundred_and_twenty_of_one_office_sign_in_within_a_minute() {
    let world = World::empty(&[]).await;
    for n in 0..120 {
        let mut colleague = world.browser();
        for (call, fields) in POSTS {
            let answer = colleague.post(call, fields).await;
            assert_eq!(answer.status, StatusCode::OK, "{n} {call}: {}", answer.body);
        }
    }
}

/// Somebody of one /64, each time from another address of it.
fn of_a_64(world: &World, n: u16) -> Browser {
    let mut one = world.browser();
    one.address = IpAddr::from([0x2001, 0xdb8, 1, 2, 0, 0, 0, n]);
    one
}

/// The limit opens again as real time passes, six times in a second: so many are asked that
/// even a slow machine comes to its end.
const MOST: u16 = 3000;

#[tokio::test]
async fn a_64_is_one_network_and_is_told_when_to_come_back() {
    let world = World::empty(&[]).await;
    let zone = [("zone", "Europe/Berlin")];
    let mut refused = None;
    for n in 0..MOST {
        let answer = of_a_64(&world, n).post("zone", &zone).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some((n, answer));
            break;
        }
    }
    let (n, answer) = refused.expect("somebody is refused");
    assert!(n >= 240, "the sign-in pages of an office pass: {n}");
    assert_eq!(answer.header("retry-after"), "10");
    assert_eq!(answer.body, r#"{"too_many":{"retry":10}}"#);

    // Words for who has no script, in the language of the browser.
    for (lang, words) in [("en", "Too much at once"), ("de", "Zu viel auf einmal")] {
        let mut refused = None;
        for n in 0..MOST {
            let mut plain = of_a_64(&world, n);
            let lang = HeaderValue::from_static(lang);
            plain.headers.push(("accept-language", lang));
            let answer = plain.submit("zone", &zone).await;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                refused = Some(answer);
                break;
            }
        }
        let answer = refused.expect("somebody is refused");
        assert!(answer.body.contains(words), "{}", answer.body);
    }
    let mut elsewhere = world.browser();
    elsewhere.address = IpAddr::from([0x2001, 0xdb8, 1, 3, 0, 0, 0, 1]);
    let answer = elsewhere.post("zone", &zone).await;
    assert_eq!(answer.status, StatusCode::OK);
}
