//! B4: the first page of who is signed in, against axum's hello.
//!
//! The aim of `performance.md` is 6,000 pages per CPU second on a machine where
//! axum's hello makes 121,000 (section 2: 100,750 requests a second in 8.2 µs
//! each). On another machine both move, so what is asked for here is the ratio
//! of the two, 6,000 / 121,000, with the hello of the same run below the line.

use super::next;
use crate::{
    Failed,
    driver::{Connection, Driver},
    floor::{Floor, HELLO},
    folder::Folder,
    measure::{ROUNDS, Rounds, rate},
    people::{AtBrowser, People},
    portal::{Built, Portal},
    report::{Aim, Figure},
    sign_in,
};
use axum::http::StatusCode;
use std::rc::Rc;

/// Pages in flight.
const AT_ONCE: usize = 16;
/// People who look at their page.
const PEOPLE: usize = 64;
/// Pages of one round.
const COUNT: usize = 1500;
/// Hellos of one round.
const HELLOS: usize = 40_000;
/// What `performance.md` wants, per CPU second.
const WANTED: f64 = 6000.0;
/// What axum's hello made on the machine of `performance.md`, per CPU second.
pub const THEIR_HELLO: f64 = 121_000.0;

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let folder = Folder::make()?;
    let mut people = People::begin(&folder).await?;
    let mut signed_in = people.signed_in(PEOPLE).await?;
    people.end().await;
    let readers: Rc<[AtBrowser]> = next(&mut signed_in, PEOPLE)?.into();
    let portal = Portal::start(built, folder).await?;
    let floor = Floor::start(1).await?;
    let mut driver = Driver::open(&portal.target, AT_ONCE).await?;
    let mut floor_driver = Driver::open(&floor.target, AT_ONCE).await?;
    let look = async move |connection: &mut Connection, number: usize| {
        sign_in::overview(connection, &readers[number % PEOPLE]).await
    };
    driver.all(numbers(PEOPLE), look.clone()).await?;
    floor_driver.all(numbers(PEOPLE), hello).await?;
    let mut rounds = Rounds::default();
    for _ in 0..ROUNDS {
        let work = driver.all(numbers(COUNT), look.clone());
        let (done, used) = portal.program.used(work).await?;
        let pages = rate(done.len(), used)?;
        let work = floor_driver.all(numbers(HELLOS), hello);
        let (done, used) = floor.program.used(work).await?;
        rounds.push(pages, rate(done.len(), used)?);
    }
    let what = format!("signed-in page, {AT_ONCE} in flight / axum hello");
    let aim = Aim::AtLeast(WANTED / THEIR_HELLO);
    let figure = Figure::of("B4", what, "per CPU second", &rounds, aim);
    let note = format!(
        "{:.0} pages per CPU second; the aim is {WANTED:.0} where hello makes {THEIR_HELLO:.0}.",
        figure.measured
    );
    Ok(vec![figure.note(note)])
}

/// So many.
pub fn numbers(count: usize) -> Vec<usize> {
    (0..count).collect()
}

/// Says hello once.
///
/// # Errors
/// The answer is wrong.
pub async fn hello(connection: &mut Connection, _: usize) -> Result<(), Failed> {
    let answered = connection.get("/hello", &[]).await?;
    if answered.status == StatusCode::OK && answered.body == HELLO {
        Ok(())
    } else {
        Err(answered.unexpected("/hello"))
    }
}
