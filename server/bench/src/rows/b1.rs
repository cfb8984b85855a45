//! B1: password and code, from two posts to a session, against the bare hash.
//!
//! The bare hash is Argon2id of the same crate with the product's own cost, in
//! memory that is used again, on the same processor. The product does one such
//! hash per sign-in and cannot be faster; what is missing to 1 is all the rest.

use super::next;
use crate::{
    Failed, cpu,
    driver::Driver,
    folder::Folder,
    measure::{ROUNDS, Rounds, rate},
    people::People,
    portal::{Built, Portal, settle},
    report::{Aim, Figure},
    sign_in,
};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use flows::infra::HashCost;
use std::{sync::mpsc, thread, time::Duration};

/// Sign-ins in flight.
const AT_ONCE: usize = 16;
/// Sign-ins of one round. Half as many bare hashes come before them and half
/// after them: what moves the machine's pace moves both.
const COUNT: usize = 128;

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let folder = Folder::make()?;
    let mut people = People::begin(&folder).await?;
    let mut customers = people.customers(AT_ONCE + ROUNDS * COUNT).await?;
    people.end().await;
    let portal = Portal::start(built, folder).await?;
    let mut driver = Driver::open(&portal.target, AT_ONCE).await?;
    let bare = Bare::start()?;
    // The first hash makes room, the first statements are prepared.
    let first = next(&mut customers, AT_ONCE)?;
    driver.all(first, sign_in::whole).await?;
    bare.hash(2)?;
    settle().await;
    let mut rounds = Rounds::default();
    for _ in 0..ROUNDS {
        let those = next(&mut customers, COUNT)?;
        let before = bare.hash(COUNT / 2)?;
        let work = async {
            let done = driver.all(those, sign_in::whole).await?;
            settle().await;
            Ok::<_, Failed>(done.len())
        };
        let (done, used) = portal.program.used(work).await?;
        let bare = before + bare.hash(COUNT / 2)?;
        rounds.push(rate(done, used)?, rate(COUNT, bare)?);
    }
    let what = format!("password + TOTP, {AT_ONCE} in flight / bare Argon2id");
    let unit = "per CPU second";
    Ok(vec![Figure::of(
        "B1",
        what,
        unit,
        &rounds,
        Aim::AtLeast(0.95),
    )])
}

/// A thread on the measured processor that hashes when it is told to.
struct Bare {
    wishes: mpsc::Sender<usize>,
    used: mpsc::Receiver<Result<Duration, Failed>>,
}

impl Bare {
    fn start() -> Result<Self, Failed> {
        let (wishes, wished) = mpsc::channel();
        let (answers, used) = mpsc::channel();
        thread::Builder::new()
            .name("bare-hash".to_owned())
            .spawn(move || {
                // On one processor it shares the driver's, as everything does.
                let _ = cpu::pin(cpu::MEASURED);
                let mut memory = Vec::new();
                for count in wished {
                    if answers.send(hash(count, &mut memory)).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self { wishes, used })
    }

    /// Hashes so many times, while the driver waits; the time it used.
    fn hash(&self, count: usize) -> Result<Duration, Failed> {
        self.wishes.send(count)?;
        self.used.recv()?
    }
}

/// Hashes so many times; the processor time that it used.
fn hash(count: usize, memory: &mut Vec<Block>) -> Result<Duration, Failed> {
    let HashCost {
        memory_kib,
        passes,
        lanes,
        tag_bytes,
    } = HashCost::default();
    let params = Params::new(memory_kib, passes, lanes, Some(tag_bytes))?;
    memory.resize(params.block_count(), Block::new());
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut tag = vec![0; tag_bytes];
    let before = cpu::of_this_thread()?;
    for number in 0..count {
        // As the product: what is hashed is an HMAC of 32 bytes.
        let secret = [u8::try_from(number % 256)?; 32];
        argon2.hash_password_into_with_memory(&secret, &[7; 16], &mut tag, &mut memory[..])?;
        std::hint::black_box(&tag);
    }
    Ok(cpu::of_this_thread()?.saturating_sub(before))
}
