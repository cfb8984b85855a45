//! B10: setting up the first authenticator app, from the choice to the recovery
//! codes, among a million people: three posts, four transactions, a QR code.
//!
//! The aim of `performance.md` is 1,000 per CPU second on a machine where axum's
//! hello makes 121,000; as in B4, what is asked for is the ratio of the two, with
//! the hello of the same run below the line.

use super::{b4, next};
use crate::{
    Failed,
    driver::Driver,
    engine::{Engine, name_missing},
    enrol,
    filled::Filled,
    floor::Floor,
    measure::{ROUNDS, Rounds, rate},
    portal::{Built, Portal, settle},
    report::{Aim, Figure},
};

/// Enrolments in flight.
const AT_ONCE: usize = 16;
/// Enrolments of one round.
const COUNT: usize = 200;
/// Hellos of one round.
const HELLOS: usize = 40_000;
/// What `performance.md` wants, per CPU second.
const WANTED: f64 = 1000.0;
/// Enrolments of other programs per CPU second, and how many times more these
/// should be: measured for `performance.md`, 1.2, not in this run.
const OTHERS: [(&str, f64); 2] = [("better-auth", 3.4), ("privacyIDEA", 6.0)];
/// How many times privacyIDEA's.
const TIMES: f64 = 160.0;

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let mut figures = Vec::new();
    for engine in Engine::all() {
        figures.push(on(built, &Filled::open(&engine).await?).await?);
    }
    name_missing(&mut figures);
    Ok(figures)
}

async fn on(built: &Built, filled: &Filled) -> Result<Figure, Failed> {
    let mut people = filled.people().await?;
    let mut choosing = people.choosing(AT_ONCE + ROUNDS * COUNT).await?;
    people.end().await;
    let portal = Portal::start_as(built, filled.folder()?, filled.start(true, "/readyz")).await?;
    let floor = Floor::start(1).await?;
    let mut driver = Driver::open(&portal.target, AT_ONCE).await?;
    let mut floor_driver = Driver::open(&floor.target, AT_ONCE).await?;
    driver
        .all(next(&mut choosing, AT_ONCE)?, enrol::totp)
        .await?;
    floor_driver.all(b4::numbers(AT_ONCE), b4::hello).await?;
    settle().await;
    let mut rounds = Rounds::default();
    for _ in 0..ROUNDS {
        let those = next(&mut choosing, COUNT)?;
        let work = async {
            let done = driver.all(those, enrol::totp).await?;
            settle().await;
            Ok::<_, Failed>(done.len())
        };
        let (done, used) = portal.program.used(work).await?;
        let enrolled = rate(done, used)?;
        let work = floor_driver.all(b4::numbers(HELLOS), b4::hello);
        let (done, used) = floor.program.used(work).await?;
        rounds.push(enrolled, rate(done.len(), used)?);
    }
    let engine = filled.engine.name();
    let what = format!("TOTP set up, with recovery codes, a million people, {engine} / axum hello");
    let aim = Aim::AtLeast(WANTED / b4::THEIR_HELLO);
    let figure = Figure::of("B10", what, "per CPU second", &rounds, aim);
    let others: Vec<_> = OTHERS
        .iter()
        .map(|(name, theirs)| format!("{:.0} times {name}'s", figure.measured / theirs))
        .collect();
    let note = format!(
        "{:.0} per CPU second of the server's process; the aim is {WANTED:.0} where hello makes {:.0}. By the figures of performance.md, not of this run: {} (aim {TIMES:.0}).",
        figure.measured,
        b4::THEIR_HELLO,
        others.join(", ")
    );
    Ok(figure.note(note))
}
