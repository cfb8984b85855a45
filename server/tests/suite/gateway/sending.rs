//! What the gateway answers, and what follows (R13).

use crate::gateway::standin::{Set, Then, code, delivery, password, resend};
use domain::audit::Action;
use std::time::Duration;

#[tokio::test]
async fn what_is_taken_is_sent_once_and_signs_in_once() {
    for set in Set::every(&[Then::Takes("SM1")]).await {
        let (mut browser, _) = set.asks().await;
        assert_eq!(delivery(&mut browser).await, "waiting");
        set.world.sends().await;
        set.world.sends().await;
        let told = set.there.told();
        let [one] = told.as_slice() else {
            panic!("once: {told:?}");
        };
        assert_eq!(delivery(&mut browser).await, "sent");
        let bound = format!("\n\n@localhost #{}", one.code());
        assert_eq!(one.text().ends_with(&bound), !set.calls(), "{}", one.text());
        let in_ = code(&mut browser, &one.code()).await;
        assert!(in_.leads_to("/agents/overview"), "{}", in_.body);
        let mut other = set.world.browser();
        crate::gateway::standin::password(&mut other, set.login).await;
        let again = code(&mut other, &one.code()).await;
        assert!(again.refuses("wrong_code"), "{}", again.body);
        let refused = set.refused_codes().await;
        assert_eq!(refused, [(Action::Proof, set.kind())], "written down");
    }
}

#[tokio::test]
async fn a_try_that_hangs_or_fails_is_repeated_as_the_same_message() {
    let then = [Then::Hangs, Then::Says(500, None), Then::Takes("SM1")];
    for set in Set::every(&then).await {
        let (mut browser, _) = set.asks().await;
        for _ in 0..4 {
            set.world.sends().await;
            set.world.advance(41);
        }
        let told = set.there.told();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            told.iter()
                .all(|t| t.key == told[0].key && t.code() == told[0].code())
        );
        assert_eq!(delivery(&mut browser).await, "sent");
        let in_ = code(&mut browser, &told[0].code()).await;
        assert!(in_.leads_to("/agents/overview"), "{}", in_.body);
    }
}

/// Nobody waits behind a gateway that hangs: neither a mail, nor who is called.
#[tokio::test]
async fn a_gateway_that_hangs_holds_nothing_else_up() {
    let mut set = Set::patient(&[Then::Hangs, Then::Hangs]).await;
    set.asks().await;
    let mut other = set.world.browser();
    password(&mut other, "tlang").await;
    let fields = [("realm", "customers"), ("login", testkit::TESS)];
    let mut third = set.world.browser();
    third.post("reset-password/ask", &fields).await;
    set.world.works();
    let arrives = async {
        loop {
            let mut conn = set.world.services.store.read().await.expect("reads");
            let mails = conn.demo_mail(10).await.expect("reads");
            if set.there.told().len() == 2 && !mails.is_empty() {
                return;
            }
            drop(conn);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    // Much longer than it takes, and shorter than the gateway hangs.
    let arrived = tokio::time::timeout(Duration::from_secs(60), arrives).await;
    assert!(arrived.is_ok(), "{:?}", set.there.told());
}

#[tokio::test]
async fn who_asks_to_be_left_in_peace_is() {
    let busy = Then::Says(429, Some(("retry-after", "120")));
    for set in Set::every(&[busy, Then::Takes("SM1")]).await {
        set.asks().await;
        set.world.sends().await;
        for _ in 0..11 {
            set.world.advance(10);
            set.world.sends().await;
            assert_eq!(set.there.told().len(), 1, "before the two minutes are over");
        }
        set.world.advance(10);
        set.world.sends().await;
        assert_eq!(set.there.told().len(), 2);
    }
}

#[tokio::test]
async fn what_comes_too_late_is_not_sent_at_all() {
    let busy = Then::Says(503, Some(("retry-after", "301")));
    for set in Set::every(&[busy]).await {
        let (mut browser, _) = set.asks().await;
        set.world.sends().await;
        set.world.advance(301);
        set.world.sends().await;
        assert_eq!(set.there.told().len(), 1);
        assert_eq!(delivery(&mut browser).await["failed"], "not_taken");
    }
}

#[tokio::test]
async fn what_is_refused_is_told_and_tried_no_more() {
    for set in Set::every(&[Then::Says(400, None)]).await {
        let (mut browser, _) = set.asks().await;
        set.world.sends().await;
        set.world.advance(60);
        set.world.sends().await;
        assert_eq!(set.there.told().len(), 1);
        assert_eq!(delivery(&mut browser).await["failed"], "not_taken");
    }
}

#[tokio::test]
async fn not_arrived_sends_the_same_code_until_a_new_one_is_needed() {
    for set in Set::every(&[]).await {
        let (mut browser, _) = set.asks().await;
        set.world.sends().await;
        set.world.advance(31);
        let again = resend(&mut browser).await;
        assert!(again.shows_news("code_again"), "{}", again.body);
        set.world.sends().await;
        let told = set.there.told();
        assert_eq!(told.len(), 2);
        assert_ne!(told[0].key, told[1].key, "another message");
        assert_eq!(told[0].code(), told[1].code(), "with the same code");
        // Wrong tries count for the code, however often it was sent.
        let wrong = if told[0].code() == "000000" {
            "111111"
        } else {
            "000000"
        };
        for _ in 0..5 {
            code(&mut browser, wrong).await;
            set.world.advance(10);
        }
        set.world.advance(61);
        let anew = resend(&mut browser).await;
        assert!(anew.shows_news("code_sent"), "{}", anew.body);
        set.world.sends().await;
        let told = set.there.told();
        assert_eq!(told.len(), 3);
        assert_ne!(told[2].code(), told[0].code());
    }
}

#[tokio::test]
async fn a_code_that_is_nearly_over_is_not_sent_again() {
    for set in Set::every(&[]).await {
        let (mut browser, _) = set.asks().await;
        set.world.sends().await;
        set.world.advance(241);
        let anew = resend(&mut browser).await;
        assert!(anew.shows_news("code_sent"), "{}", anew.body);
        set.world.sends().await;
        let told = set.there.told();
        assert_ne!(told[0].code(), told[1].code());
        assert!(
            code(&mut browser, &told[0].code())
                .await
                .refuses("wrong_code")
        );
        let in_ = code(&mut browser, &told[1].code()).await;
        assert!(in_.leads_to("/agents/overview"), "{}", in_.body);
    }
}

#[tokio::test]
async fn another_browser_of_the_person_gets_a_code_of_its_own() {
    for set in Set::every(&[]).await {
        let (mut first, _) = set.asks().await;
        let (mut second, _) = set.asks().await;
        set.world.sends().await;
        let told = set.there.told();
        assert_eq!(told.len(), 2);
        // The newer one voided the older: what is sent again there is a new one.
        set.world.advance(31);
        let anew = resend(&mut first).await;
        assert!(anew.shows_news("code_sent"), "{}", anew.body);
        set.world.sends().await;
        let third = set.there.told()[2].code();
        assert!(![told[0].code(), told[1].code()].contains(&third));
        assert!(
            !code(&mut second, &told[1].code())
                .await
                .body
                .contains("/agents/overview")
        );
        let in_ = code(&mut first, &third).await;
        assert!(in_.leads_to("/agents/overview"), "{}", in_.body);
    }
}
