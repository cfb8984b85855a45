//! B9: from exec to the first sign-in page, on a database of a million people.
//!
//! What is asked for is the page itself, over HTTP, from the moment before the
//! process is made. The file of the database may be in the machine's memory from
//! before; a process that starts a second time finds it there too.

use crate::{
    Failed,
    engine::{Engine, name_missing},
    filled::Filled,
    floor::Floor,
    measure::{ROUNDS, Rounds, median, millis},
    portal::{Built, Portal},
    report::{Aim, Figure},
};

/// The page.
const PAGE: &str = "/customers/sign-in";
/// How long a start may take, in milliseconds.
const LIMIT: f64 = 40.0;
/// Starts of other programs, in milliseconds, and how many times quicker this one
/// should be: measured for `performance.md`, 1.2, not in this run.
const OTHERS: [(&str, f64, f64); 3] = [
    ("better-auth", 1280.0, 30.0),
    ("django-allauth", 1330.0, 30.0),
    ("privacyIDEA", 4600.0, 100.0),
];

/// Measures.
///
/// # Errors
/// It does not start.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let mut figures = Vec::new();
    for engine in Engine::all() {
        figures.push(on(built, &Filled::open(&engine).await?).await?);
    }
    name_missing(&mut figures);
    Ok(figures)
}

async fn on(built: &Built, filled: &Filled) -> Result<Figure, Failed> {
    // The first one may have old journals to fold in.
    start(built, filled).await?;
    let (mut rounds, mut floors) = (Rounds::default(), Vec::new());
    for _ in 0..ROUNDS {
        rounds.push(start(built, filled).await?, LIMIT);
        floors.push(millis(Floor::start(1).await?.program.took));
    }
    let what = format!(
        "exec to the first sign-in page, a million people, {} / limit",
        filled.engine.name()
    );
    let figure = Figure::of("B9", what, "ms", &rounds, Aim::AtMost(1.0));
    let others: Vec<_> = OTHERS
        .iter()
        .map(|(name, took, aim)| {
            let times = took / figure.measured;
            format!("{name} {times:.0} times as long (aim {aim:.0})")
        })
        .collect();
    let note = format!(
        "axum that makes a small database first starts in {:.0} ms. By the figures of performance.md, not of this run: {}.",
        median(&floors),
        others.join(", ")
    );
    Ok(figure.note(note))
}

async fn start(built: &Built, filled: &Filled) -> Result<f64, Failed> {
    let start = filled.start(false, PAGE);
    let portal = Portal::start_as(built, filled.folder()?, start).await?;
    Ok(millis(portal.program.took))
}
