//! The hash itself, its cost, and a queue that never makes anybody wait.

use super::*;
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{sync::mpsc, time::Duration};

const SMALL: HashCost = HashCost {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
    tag_bytes: 32,
};
const PEPPER: [u8; 32] = [7; 32];

fn threads(cost: HashCost, threads: usize, queue: usize) -> HashThreads {
    HashThreads::start(
        HashSettings {
            cost,
            threads,
            queue,
        },
        PEPPER,
    )
    .unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

#[tokio::test]
async fn round_trip() {
    let hashes = threads(SMALL, 2, 8);
    let phc = hashes
        .hash(&secret("correct horse"), [1; 16])
        .await
        .unwrap();
    assert!(
        phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$AQEBAQEBAQEBAQEBAQEBAQ$"),
        "{phc}"
    );
    assert_eq!(
        hashes.verify(&secret("correct horse"), Some(&phc)).await,
        Ok(Verdict {
            matches: true,
            outdated: false
        })
    );
    assert_eq!(
        hashes.verify(&secret("correct Horse"), Some(&phc)).await,
        Ok(Verdict {
            matches: false,
            outdated: false
        })
    );
    assert_ne!(
        hashes
            .hash(&secret("correct horse"), [2; 16])
            .await
            .unwrap(),
        phc
    );
    assert!(hashes.healthy());
}

/// The chain NFC, HMAC, Argon2id, computed once more from its parts.
#[tokio::test]
async fn the_pepper_comes_before_argon2id() {
    let phc = threads(SMALL, 1, 1)
        .hash(&secret("Mu\u{308}ller"), [3; 16])
        .await
        .unwrap();
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&PEPPER).unwrap();
    mac.update("M\u{fc}ller".as_bytes());
    let mut tag = [0; 32];
    let params = Params::new(64, 1, 1, Some(32)).unwrap();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(&mac.finalize().into_bytes(), &[3; 16], &mut tag)
        .unwrap();
    assert!(phc.ends_with(&BASE64_NOPAD.encode(&tag)));
    let other = HashThreads::start(
        HashSettings {
            cost: SMALL,
            threads: 1,
            queue: 1,
        },
        [8; 32],
    )
    .unwrap();
    assert!(
        !other
            .verify(&secret("M\u{fc}ller"), Some(&phc))
            .await
            .unwrap()
            .matches
    );
}

#[tokio::test]
async fn composed_and_decomposed_are_one_secret() {
    let hashes = threads(SMALL, 1, 8);
    let phc = hashes
        .hash(&secret("Stra\u{df}e \u{fc}ber \u{1f98a}"), [1; 16])
        .await
        .unwrap();
    assert!(
        hashes
            .verify(&secret("Stra\u{df}e u\u{308}ber \u{1f98a}"), Some(&phc))
            .await
            .unwrap()
            .matches
    );
}

#[tokio::test]
async fn nobody_and_nonsense_never_match() {
    let hashes = threads(SMALL, 1, 8);
    let nothing = Ok(Verdict {
        matches: false,
        outdated: false,
    });
    assert_eq!(hashes.verify(&secret("x"), None).await, nothing);
    let good = hashes.hash(&secret("x"), [1; 16]).await.unwrap();
    for bad in [
        String::new(),
        "plain".to_owned(),
        "$argon2id$v=19$m=64,t=1,p=1".to_owned(),
        good.replace("argon2id", "argon2i"),
        good.replace("v=19", "v=16"),
        good.replace("$v=19", ""),
        good.replace("m=64", "m=4000000000"),
        good.replace("m=64", "m=1"),
        good.replace("t=1", "t=0"),
        good.replace("t=1", "t=4000000000"),
        good.replace("p=1", "p=16777215"),
        good[..good.len() - 30].to_owned(),
        good[..good.rfind('$').unwrap()].to_owned(),
        format!("{good}$"),
    ] {
        assert_eq!(
            hashes.verify(&secret("x"), Some(&bad)).await,
            nothing,
            "{bad}"
        );
    }
    assert!(hashes.healthy());
}

#[tokio::test]
async fn a_raised_cost_makes_old_hashes_outdated() {
    let old = threads(SMALL, 1, 8)
        .hash(&secret("x"), [1; 16])
        .await
        .unwrap();
    for raised in [
        HashCost {
            memory_kib: 128,
            ..SMALL
        },
        HashCost { passes: 2, ..SMALL },
        HashCost { lanes: 2, ..SMALL },
        HashCost {
            tag_bytes: 64,
            ..SMALL
        },
    ] {
        let hashes = threads(raised, 1, 8);
        assert_eq!(
            hashes.verify(&secret("x"), Some(&old)).await,
            Ok(Verdict {
                matches: true,
                outdated: true
            })
        );
        assert_eq!(
            hashes.verify(&secret("y"), Some(&old)).await,
            Ok(Verdict {
                matches: false,
                outdated: false
            })
        );
        let new = hashes.hash(&secret("x"), [1; 16]).await.unwrap();
        assert_eq!(
            hashes.verify(&secret("x"), Some(&new)).await,
            Ok(Verdict {
                matches: true,
                outdated: false
            })
        );
        // Lowered again: the dearer hash verifies and stays.
        let verdict = threads(SMALL, 1, 8).verify(&secret("x"), Some(&new)).await;
        assert_eq!(
            verdict,
            Ok(Verdict {
                matches: true,
                outdated: false
            })
        );
    }
}

#[tokio::test]
async fn a_full_queue_answers_at_once() {
    let hashes = threads(SMALL, 1, 1);
    let (started, running) = mpsc::channel();
    let (release, wait) = mpsc::channel::<()>();
    let (reply, held) = oneshot::channel();
    let work = Box::new(move || {
        started.send(()).unwrap();
        let _ = wait.recv();
    });
    hashes.enqueue(Job::Run { work, reply }).unwrap();
    running.recv().unwrap();
    let (reply, waiting) = oneshot::channel();
    hashes
        .enqueue(Job::Run {
            work: Box::new(|| {}),
            reply,
        })
        .unwrap();
    assert_eq!(hashes.hash(&secret("x"), [1; 16]).await, Err(Busy));
    assert_eq!(hashes.verify(&secret("x"), None).await, Err(Busy));
    drop(release);
    held.await.unwrap();
    waiting.await.unwrap();
    assert!(hashes.hash(&secret("x"), [1; 16]).await.is_ok());
}

#[test]
fn there_are_as_many_places_as_can_be_served() {
    let hashes = threads(SMALL, 1, 2);
    let places: Vec<_> = (0..3).map(|_| hashes.reserve().unwrap()).collect();
    assert!(matches!(hashes.reserve(), Err(Busy)));
    drop(places);
    assert!(hashes.reserve().is_ok());
}

#[tokio::test]
async fn a_panic_answers_busy_and_the_thread_goes_on() {
    let hashes = threads(SMALL, 1, 4);
    let (reply, answer) = oneshot::channel();
    hashes
        .enqueue(Job::Run {
            work: Box::new(|| std::panic::panic_any(())),
            reply,
        })
        .unwrap();
    assert!(answer.await.is_err());
    assert!(hashes.hash(&secret("x"), [1; 16]).await.is_ok());
    assert!(hashes.healthy());
}

#[tokio::test]
async fn a_dead_thread_is_noticed() {
    let mut hashes = threads(SMALL, 1, 4);
    let (queue, receiver) = sync_channel(4);
    hashes.queue = queue;
    drop(receiver);
    assert_eq!(hashes.hash(&secret("x"), [1; 16]).await, Err(Busy));
    for _ in 0..500 {
        if !hashes.healthy() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("the thread was not missed");
}

#[test]
fn settings_are_checked() {
    for cost in [
        HashCost {
            memory_kib: 4,
            ..SMALL
        },
        HashCost {
            memory_kib: u32::MAX,
            ..SMALL
        },
        HashCost { passes: 0, ..SMALL },
        HashCost { lanes: 0, ..SMALL },
        HashCost {
            tag_bytes: 8,
            ..SMALL
        },
        HashCost {
            tag_bytes: 65,
            ..SMALL
        },
    ] {
        let settings = HashSettings {
            cost,
            threads: 1,
            queue: 1,
        };
        assert!(
            matches!(
                HashThreads::start(settings, PEPPER),
                Err(HashStartError::Cost(_))
            ),
            "{cost:?}"
        );
    }
    assert!(HashSettings::default().threads >= 1);
    assert!(HashCost::default().params().is_ok());
}
