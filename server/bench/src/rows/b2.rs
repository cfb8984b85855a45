//! B2: the code alone, against the floor.
//!
//! The password of everybody was proven before and is not measured. The floor
//! does what cannot be left out: HTTP, one update that checks and guards, one
//! row for the trail, durable, commits shared by whoever waits.

use super::next;
use crate::{
    Failed,
    driver::{Connection, Driver, Jar},
    floor::{Floor, TAKEN},
    folder::Folder,
    measure::{ROUNDS, Rounds, rate},
    people::People,
    portal::{Built, Portal, settle},
    report::{Aim, Figure},
    sign_in,
};
use axum::http::StatusCode;

/// Codes in flight.
const AT_ONCE: usize = 64;
/// Codes of one round.
const COUNT: usize = 1000;
/// Steps of the floor in one round: it is faster, and the kernel's clock coarse.
const FLOOR_COUNT: usize = 20_000;
/// What `performance.md` wants per CPU second of its machine.
const WANTED: u32 = 5000;

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let folder = Folder::make()?;
    let mut people = People::begin(&folder).await?;
    let mut half = people.half_signed_in(AT_ONCE + ROUNDS * COUNT).await?;
    people.end().await;
    let portal = Portal::start(built, folder).await?;
    let floor = Floor::start(FLOOR_COUNT).await?;
    let mut driver = Driver::open(&portal.target, AT_ONCE).await?;
    let mut floor_driver = Driver::open(&floor.target, AT_ONCE).await?;
    let first = next(&mut half, AT_ONCE)?;
    driver.all(first, sign_in::code).await?;
    floor_driver.all(steps(1, AT_ONCE), step).await?;
    settle().await;
    let mut rounds = Rounds::default();
    for round in 0..ROUNDS {
        let those = next(&mut half, COUNT)?;
        let work = async {
            let done = driver.all(those, sign_in::code).await?;
            settle().await;
            Ok::<_, Failed>(done.len())
        };
        let (done, used) = portal.program.used(work).await?;
        let portal_rate = rate(done, used)?;
        let work = floor_driver.all(steps(round + 2, FLOOR_COUNT), step);
        let (done, used) = floor.program.used(work).await?;
        rounds.push(portal_rate, rate(done.len(), used)?);
    }
    let what = format!("TOTP step alone, {AT_ONCE} in flight / axum + one group-committed write");
    let unit = "per CPU second";
    let figure = Figure::of("B2", what, unit, &rounds, Aim::AtLeast(0.5));
    let note = format!(
        "{:.0} steps per CPU second; performance.md wants {WANTED} on its machine, where the floor is 5,000 to 15,000.",
        figure.measured
    );
    Ok(vec![figure.note(note)])
}

/// A person and a step, for so many people.
fn steps(step: usize, people: usize) -> Vec<(usize, usize)> {
    (1..=people).map(|person| (person, step)).collect()
}

async fn step(connection: &mut Connection, (person, step): (usize, usize)) -> Result<(), Failed> {
    let fields = [("person", person.to_string()), ("step", step.to_string())];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let answered = connection.post("/step", &Jar::default(), &fields).await?;
    if answered.status == StatusCode::OK && answered.body == TAKEN {
        Ok(())
    } else {
        Err(answered.unexpected("/step"))
    }
}
