//! A passkey of the caller's own: whose, how old, how late, and how often a code is guessed.

use crate::callers::{ADA, answer, by_manager, counting, find, new_passkey, screen, signed};
use domain::{
    caller::{CallerProof, PASSKEY_LIFE},
    message::{Alarm, Message},
    phone::{Decision, NEW},
};
use testkit::{
    World,
    desk::{LEAD, MARA, agent, ask, digits, look},
    phone::{JONAS, PETRA},
};

#[tokio::test]
async fn a_passkey_of_theirs_verifies_a_caller() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let asked = ask(&world, &mut mara, JONAS, CallerProof::Passkey).await;
    let code = digits(&asked);
    assert_eq!(code.len(), 6, "{}", asked.body);
    let page = testkit::desk::shown(&asked)["check"]["page"].clone();
    assert_eq!(page, "http://localhost:8080/workforce/confirm-call");
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
async fn a_word_that_comes_too_late_is_not_taken_for_kept() {
    let world = World::demo().await;
    let mut mara = agent(&world, MARA).await;
    let code = digits(&ask(&world, &mut mara, JONAS, CallerProof::Passkey).await);
    let mut browser = world.browser();
    let found = find(&mut browser, &code).await;
    world.letters().await;
    // Another browser answers, and is not through with it.
    let who = world.person("workforce", JONAS).await.id;
    let mut tx = world.services.store.begin().await.expect("begins");
    let check = tx.caller_check_last(&who).await.expect("reads");
    let (check, now) = (check.expect("it waits"), world.services.now());
    let first = tx.caller_check_answer(&check, Decision::Accept, now);
    assert!(first.await.expect("answers"));
    let late = answer(&mut browser, &found, Decision::NotMe, "");
    let mut late = std::pin::pin!(late);
    let moment = std::time::Duration::from_millis(500);
    let early = tokio::time::timeout(moment, &mut late).await;
    assert!(early.is_err(), "it waits for the one before");
    tx.commit().await.expect("commits");
    let said = late.await;
    assert!(said.refuses("start_again"), "{}", said.body);
    assert_eq!(screen(&said, "confirm_call"), "code", "{}", said.body);
    assert!(world.letters().await.is_empty(), "nobody hears of it");
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
        assert!(waits.refuses("wait"), "{}", waits.body);
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
