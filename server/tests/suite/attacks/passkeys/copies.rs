//! A passkey of which there are two.

use super::{asked, at_confirm, passkey_of, passkey_options, prove, with_passkey};
use domain::message::{Message, Notice};
use testkit::{
    Letter, MAX, PASSWORD, PIA, World,
    passkey::{Claim, Key},
};

/// A counter that does not grow, and a signature that holds: there are two of
/// this key, so none of them proves anybody from now on.
#[tokio::test]
async fn xd10_a_passkey_with_a_copy_is_switched_off_and_its_owner_told() {
    let world = World::demo().await;
    let pia = Key::of(&world.secrets(PIA).await);
    let max = Key::of(&world.secrets(MAX).await);
    let sign_in = async |named: &Key, signs: &Key, counter: u32| {
        let mut browser = world.browser();
        let options = passkey_options(&mut browser).await;
        let claim = Claim {
            counter,
            ..named.claim(&options)
        };
        let body = with_passkey(&signs.answer(&claim));
        let answer = browser.raw("sign-in/passkey", &body).await;
        world.advance(61);
        answer
    };
    let cloned = async |login: &str| {
        let who = world.person("customers", login).await;
        let mut conn = world.services.store.read().await.expect("reads");
        let trail = conn.audit_of(&who.id, 50).await.expect("reads");
        let written = trail.iter().filter(|e| e.action == "passkey_cloned");
        let written = written.count();
        drop(conn);
        let told = |letter: &Letter| {
            let Message::Notice { what, .. } = &letter.message else {
                return false;
            };
            letter.to == login && matches!(what, Notice::PasskeyCloned { .. })
        };
        let told = world.letters().await.iter().filter(|l| told(l)).count();
        let off = passkey_of(&world, login).await.disabled_at.is_some();
        (off, written, told)
    };
    assert!(sign_in(&pia, &pia, 5).await.lets_in());
    assert!(sign_in(&pia, &pia, 6).await.lets_in());
    // Who holds no copy of the key switches nothing off.
    assert!(sign_in(&pia, &max, 6).await.refuses("passkey_failed"));
    assert_eq!(cloned(PIA).await, (false, 0, 0));
    assert!(sign_in(&pia, &pia, 6).await.refuses("passkey_failed"));
    assert_eq!(cloned(PIA).await, (true, 1, 1));
    // Neither of the two signs in, and it is told once.
    for counter in [4, 7] {
        let answer = sign_in(&pia, &pia, counter).await;
        assert!(answer.refuses("passkey_failed") && !answer.lets_in());
    }
    assert_eq!(cloned(PIA).await, (true, 1, 0));
    let answer = world.browser().password(PIA, PASSWORD).await;
    assert!(answer.refuses("factor_disabled"), "{}", answer.body);

    // The copy signs in while the owner is asked once more.
    let (mut browser, options) = at_confirm(&world).await;
    assert!(sign_in(&max, &max, 3).await.lets_in());
    let claim = Claim {
        counter: 3,
        ..max.claim(&options)
    };
    let answer = prove(&mut browser, "confirm", &max.answer(&claim)).await;
    assert!(answer.refuses("passkey_failed") && !answer.lets_in());
    assert_eq!(cloned(MAX).await, (true, 1, 1));
    let claim = Claim {
        counter: 4,
        ..max.claim(&asked(&answer))
    };
    let answer = prove(&mut browser, "confirm", &max.answer(&claim)).await;
    assert!(answer.refuses("passkey_unknown"), "{}", answer.body);
    assert_eq!(cloned(MAX).await, (true, 1, 0));
}
