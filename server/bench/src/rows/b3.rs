//! B3: a passkey, from the question for its challenge to a session, against the bare
//! verification.
//!
//! The bare verification is ECDSA over P-256 with SHA-256 of the crate that webauthn-rs
//! has, of as many bytes as an assertion signs, with key and signature read before. The
//! product does one such verification per sign-in. Everybody signs in once, with a
//! passkey that counts, so that its counter is compared and written; what an
//! authenticator does is done by the driver and not counted.

use super::next;
use crate::{
    Failed, by_passkey,
    driver::Driver,
    folder::Folder,
    measure::{ROUNDS, Rounds, median, millis, number, rate},
    passkey::Passkey,
    people::People,
    portal::{Built, Portal, settle},
    raw::measured,
    report::{Aim, Figure},
};
use p256::ecdsa::{
    Signature, SigningKey,
    signature::{Signer, Verifier},
};
use std::time::Duration;

/// Posts in flight.
const AT_ONCE: usize = 64;
/// Sign-ins of one round.
const COUNT: usize = 500;
/// Bare verifications of one round; half of them come before the sign-ins and half
/// after them.
const BARE: usize = 4000;
/// What an assertion signs: authenticator data without extensions, and a hash.
const SIGNED: [u8; 37 + 32] = [7; 69];

/// What the sign-ins of a round used of the server.
struct Used {
    /// To ask for their challenges.
    asking: Duration,
    /// To answer them.
    answering: Duration,
}

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let folder = Folder::make()?;
    let mut people = People::begin(&folder).await?;
    let mut keys = people.with_passkeys(AT_ONCE + ROUNDS * COUNT).await?;
    people.end().await;
    let portal = Portal::start(built, folder).await?;
    let mut driver = Driver::open(&portal.target, AT_ONCE).await?;
    sign_in(&portal, &mut driver, next(&mut keys, AT_ONCE)?).await?;
    bare(AT_ONCE)?;
    let mut rounds = Rounds::default();
    let (mut asking, mut answering) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let those = next(&mut keys, COUNT)?;
        let before = bare(BARE / 2)?;
        let used = sign_in(&portal, &mut driver, those).await?;
        let verifying = before + bare(BARE / 2)?;
        let signing_in = rate(COUNT, used.asking + used.answering)?;
        rounds.push(signing_in, rate(BARE, verifying)?);
        asking.push(millis(used.asking) / number(COUNT));
        answering.push(millis(used.answering) / number(COUNT));
    }
    let what = format!("passkey from challenge to session, {AT_ONCE} in flight / bare P-256");
    let unit = "per CPU second";
    let figure = Figure::of("B3", what, unit, &rounds, Aim::AtLeast(0.5));
    let mut note = format!(
        "To ask for a challenge uses {:.2} ms and to answer it {:.2} ms, of which the verification is {:.2} ms.",
        median(&asking),
        median(&answering),
        1000.0 / figure.compared_with
    );
    if !figure.met() {
        note.push_str(
            " What holds back: four transactions of their own (the challenge is kept, and taken out before its answer is looked at; the try is counted before it as well; the proof commits with counter, session and audit row), and two posts around them.",
        );
    }
    Ok(vec![figure.note(note)])
}

/// Signs everybody in; the processor time of the server for either post.
async fn sign_in(portal: &Portal, driver: &mut Driver, keys: Vec<Passkey>) -> Result<Used, Failed> {
    let work = driver.all(keys, by_passkey::ask);
    let (challenged, asking) = portal.program.used(work).await?;
    let origin = format!("http://{}", portal.target.host);
    let signed = challenged.into_iter().map(|one| one.sign(&origin));
    let signed: Vec<_> = signed.collect();
    let work = async {
        driver.all(signed, by_passkey::answer).await?;
        settle().await;
        Ok::<_, Failed>(())
    };
    let ((), answering) = portal.program.used(work).await?;
    Ok(Used { asking, answering })
}

/// Verifies so many times, while the driver waits; the time it used.
fn bare(count: usize) -> Result<Duration, Failed> {
    let secret = SigningKey::from_slice(&[7; 32])?;
    let signature: Signature = secret.sign(&SIGNED);
    let key = *secret.verifying_key();
    let ((), used) = measured(move || {
        for _ in 0..count {
            std::hint::black_box(&key).verify(&SIGNED, std::hint::black_box(&signature))?;
        }
        Ok(())
    })?;
    Ok(used)
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn the_bare_loop_verifies_what_holds() {
        assert!(bare(2).is_ok());
    }
}
