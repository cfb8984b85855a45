//! B8: memory of the server, over a database of a million people: idle, with
//! 10,000 sessions that were just used, with 32 passwords in flight, and over
//! minutes of both.
//!
//! It is PSS, which counts what is shared in parts. Each round is a process of
//! its own. Pinned to one processor it has one hash thread, as on one or two.

use super::b7::Queue;
use crate::{
    Failed,
    driver::Driver,
    engine::{Engine, name_missing},
    filled::Filled,
    floor::Floor,
    measure::{ROUNDS, Rounds, median},
    people::{AtBrowser, Customer},
    portal::{Built, Portal, settle},
    report::{Aim, Figure},
    sign_in,
};
use std::{
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::time::sleep;

const MEGABYTE: f64 = 1_000_000.0;
/// What it may use when nobody asks for anything, in megabytes.
const IDLE: f64 = 20.0;
/// What one hash takes: 19 MiB and a little.
const HASH: f64 = 19.5 * 1.048_576;
/// Hashes at once.
const PERMITS: f64 = 1.0;
/// What may come on top under load.
const ROOM: f64 = 10.0;
const SESSIONS: usize = 10_000;
const LOGINS: usize = 32;
/// Pages in flight.
const PAGES: usize = 8;
/// While passwords are in flight, it is looked at so often, with a pause.
const LOOKS: usize = 20;
const PAUSE: Duration = Duration::from_millis(100);
/// Parts of the long run, and how long one is at least.
const PARTS: usize = 2 * ROUNDS;
const PART: Duration = Duration::from_secs(8);
/// Pages between two looks at the clock.
const SOME: usize = 200;
/// The slope counts as none up to this.
const FLAT: f64 = 1.02;
/// Idle memory of others, in megabytes: Rauthy's as it publishes it, theirs as
/// measured for `performance.md`, 1.2; none of this run.
const OTHERS: [(&str, f64); 3] = [
    ("Rauthy publishes 35 MB", 35.0),
    ("django-allauth had 71 MB", 71.0),
    ("privacyIDEA had 141 MB", 141.0),
];

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let mut figures = Vec::new();
    for engine in Engine::all() {
        let filled = Filled::open(&engine).await?;
        figures.push(idle(built, &filled).await?);
        if engine == Engine::Sqlite {
            figures.extend(load(built, &filled).await?);
        }
    }
    name_missing(&mut figures);
    Ok(figures)
}

#[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
fn megabytes(portal: &Portal) -> Result<f64, Failed> {
    Ok(portal.program.memory()? as f64 / MEGABYTE)
}

async fn start(built: &Built, filled: &Filled, demo: bool) -> Result<Portal, Failed> {
    let start = filled.start(demo, "/readyz");
    let portal = Portal::start_as(built, filled.folder()?, start).await?;
    settle().await;
    Ok(portal)
}

async fn idle(built: &Built, filled: &Filled) -> Result<Figure, Failed> {
    let mut rounds = Rounds::default();
    for _ in 0..ROUNDS {
        let portal = start(built, filled, false).await?;
        rounds.push(megabytes(&portal)?, IDLE);
    }
    let floor = Floor::start(1).await?;
    let what = format!("memory, idle, {} / limit", filled.engine.name());
    let figure = Figure::of("B8", what, "MB", &rounds, Aim::AtMost(1.0));
    let others: Vec<_> = OTHERS
        .iter()
        .map(|(said, theirs)| format!("{said}, {:.1} times as much", theirs / figure.measured))
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
    let bare = floor.program.memory()? as f64 / MEGABYTE;
    let note = format!(
        "axum with a small database has {bare:.1} MB. By performance.md, not of this run: {}.",
        others.join("; ")
    );
    Ok(figure.note(note))
}

async fn load(built: &Built, filled: &Filled) -> Result<Vec<Figure>, Failed> {
    let mut people = filled.people().await?;
    let readers: Rc<[AtBrowser]> = people.signed_in(SESSIONS).await?.into();
    let customers = people.customers(LOGINS).await?;
    people.end().await;
    let (mut sessions, mut logins) = (Rounds::default(), Rounds::default());
    for _ in 0..ROUNDS {
        let portal = start(built, filled, true).await?;
        let idle = megabytes(&portal)?;
        read(&portal, &readers, SESSIONS).await?;
        sessions.push(megabytes(&portal)?, idle + ROOM);
        logins.push(
            in_flight(&portal, &customers).await?,
            idle + PERMITS * HASH + ROOM,
        );
    }
    let what = format!("memory, {SESSIONS} sessions / idle + {ROOM} MB");
    let sessions = Figure::of("B8", what, "MB", &sessions, Aim::AtMost(1.0));
    let what =
        format!("memory, highest with {LOGINS} logins in flight / idle + one hash + {ROOM} MB");
    let logins = Figure::of("B8", what, "MB", &logins, Aim::AtMost(1.0));
    let portal = start(built, filled, true).await?;
    Ok(vec![
        sessions,
        logins,
        slope(&portal, &readers, &customers).await?,
    ])
}

/// Reads so many pages, each reader's in turn.
async fn read(portal: &Portal, readers: &Rc<[AtBrowser]>, count: usize) -> Result<(), Failed> {
    let mut driver = Driver::open(&portal.target, PAGES).await?;
    let readers = Rc::clone(readers);
    driver
        .all(
            (0..count).collect(),
            async move |connection, page: usize| {
                sign_in::overview(connection, &readers[page % readers.len()]).await
            },
        )
        .await?;
    Ok(())
}

/// Reads for so long; how many pages it were.
async fn read_for(
    portal: &Portal,
    readers: &Rc<[AtBrowser]>,
    time: Duration,
) -> Result<usize, Failed> {
    let begun = Instant::now();
    let mut pages = 0;
    while begun.elapsed() < time {
        read(portal, readers, SOME).await?;
        pages += SOME;
    }
    Ok(pages)
}

/// The most that is used while passwords are in flight.
async fn in_flight(portal: &Portal, customers: &[Customer]) -> Result<f64, Failed> {
    let queue = Queue::start(&portal.target, customers).await?;
    let mut most: f64 = 0.0;
    for _ in 0..LOOKS {
        sleep(PAUSE).await;
        most = most.max(megabytes(portal)?);
    }
    queue.end().await?;
    Ok(most)
}

/// Sign-ins and pages for as long as it takes: the later half beside the earlier
/// one, part by part, after a first part that warms up.
async fn slope(
    portal: &Portal,
    readers: &Rc<[AtBrowser]>,
    customers: &[Customer],
) -> Result<Figure, Failed> {
    let begun = Instant::now();
    let queue = Queue::start(&portal.target, customers).await?;
    let mut pages = read_for(portal, readers, PART).await?;
    let mut memory = Vec::with_capacity(PARTS);
    for _ in 0..PARTS {
        pages += read_for(portal, readers, PART).await?;
        memory.push(megabytes(portal)?);
    }
    let hashed = queue.end().await?;
    let (early, late) = memory.split_at(ROUNDS);
    let mut rounds = Rounds::default();
    for (early, late) in early.iter().zip(late) {
        rounds.push(*late, *early);
    }
    let what = "memory under load, later / earlier";
    let figure = Figure::of("B8", what, "MB", &rounds, Aim::AtMost(FLAT));
    let note = format!(
        "{:.0} s of load, {hashed} passwords beside {pages} pages; {:.1} MB in its later half.",
        begun.elapsed().as_secs_f64(),
        median(late)
    );
    Ok(figure.note(note))
}
