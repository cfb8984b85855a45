//! B6: 64 writers at once on SQLite, mixed: apps are set up, passwords asked to
//! be reset, cases approved, sessions ended.
//!
//! The bare loop puts the very rows that these left behind into a database with
//! the same tables and indexes, those of 64 posts to a commit, each commit as
//! durable; statements are prepared, and nothing is read, sealed or drawn. It
//! leaves out what was written and removed again, so it is easier than the task.

use super::next;
use crate::{
    Failed,
    driver::{Connection, Driver, Jar},
    enrol,
    folder::Folder,
    measure::{ROUNDS, Rounds, median, millis, number, percentile},
    people::{AtBrowser, Customer, People},
    portal::{Built, Portal, settle},
    replay::Replay,
    report::{Aim, Figure},
    sync, writes,
};
use domain::ids::CaseId;
use std::time::{Duration, Instant};

/// Writers.
const WRITERS: usize = 64;
/// Of each kind in a round; setting up an app is three posts, the others one.
const EACH: usize = 64;
const POSTS: usize = 6 * EACH;
/// What a post may take beyond four syncs, in milliseconds.
const ROOM: f64 = 10.0;

/// What a writer does.
enum Write {
    Enrol(AtBrowser),
    Reset(Customer),
    Approve(Jar, CaseId),
    Revoke(AtBrowser, String),
}

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let folder = Folder::make()?;
    let database = folder.path().join("rekey.db");
    let mut people = People::begin(&folder).await?;
    let mut work = writes_of(&mut people).await?;
    people.end().await;
    // Same tables, same indexes, nobody in them.
    let bare = Folder::make()?;
    People::begin(&bare).await?.end().await;
    let replay = Replay::begin(&database, &bare.path().join("rekey.db"))?;
    let portal = Portal::start(built, folder).await?;
    let mut driver = Driver::open(&portal.target, WRITERS).await?;
    let first = next(&mut work, 1)?.pop().ok_or("no work")?;
    driver.all(first, write).await?;
    settle().await;
    replay.skip()?;
    let (mut rates, mut worst) = (Rounds::default(), Rounds::default());
    let (mut syncs, mut rows) = (Vec::new(), Vec::new());
    for those in work {
        let sync = sync::floor(bare.path())?;
        let begun = Instant::now();
        let took = driver.all(those, write).await?;
        let wall = begun.elapsed();
        let took: Vec<_> = took.into_iter().flatten().map(millis).collect();
        if took.len() != POSTS {
            return Err(format!("{} posts were answered, not {POSTS}", took.len()).into());
        }
        worst.push(percentile(&took, 99), 4.0 * sync + ROOM);
        settle().await;
        let (count, alone) = replay.round(POSTS / WRITERS)?;
        rates.push(per_second(POSTS, wall), per_second(POSTS, alone));
        rows.push(number(count));
        syncs.push(sync);
    }
    let busy = portal.said("locked") + portal.said("BUSY");
    let rates = Figure::of(
        "B6",
        format!("{WRITERS} writers mixed, SQLite / the same rows in groups of {WRITERS} posts"),
        "posts per second",
        &rates,
        Aim::AtLeast(0.7),
    );
    let note = format!(
        "{:.0} rows stayed of {POSTS} posts; a sync took {:.1} ms.",
        median(&rows),
        median(&syncs)
    );
    let worst = Figure::of(
        "B6",
        format!("p99 of a post, {WRITERS} writers / 4 syncs + {ROOM} ms"),
        "ms",
        &worst,
        Aim::AtMost(1.0),
    );
    let mut answered = Rounds::default();
    answered.push(number(ROUNDS * POSTS - busy), number(ROUNDS * POSTS));
    let answered = Figure::of(
        "B6",
        "posts of which none met SQLITE_BUSY",
        "posts",
        &answered,
        Aim::AtLeast(1.0),
    );
    Ok(vec![rates.note(note), worst, answered])
}

/// The work of a first round, which warms up, and of all others.
async fn writes_of(people: &mut People) -> Result<Vec<Vec<Write>>, Failed> {
    let all = (ROUNDS + 1) * EACH;
    let mut choosing = people.choosing(all).await?;
    let mut forgetful = people.customers(all).await?;
    let mut twice = people.signed_in_twice(all).await?;
    let (reviewer, mut cases) = people.reviewer(all).await?;
    let mut rounds = Vec::new();
    for _ in 0..=ROUNDS {
        let mut round = Vec::with_capacity(4 * EACH);
        let four = next(&mut choosing, EACH)?
            .into_iter()
            .zip(next(&mut forgetful, EACH)?)
            .zip(next(&mut twice, EACH)?)
            .zip(next(&mut cases, EACH)?);
        for (((choosing, forgetful), (at, other)), case) in four {
            round.push(Write::Enrol(choosing));
            round.push(Write::Reset(forgetful));
            round.push(Write::Approve(reviewer.clone(), case));
            round.push(Write::Revoke(at, other));
        }
        rounds.push(round);
    }
    Ok(rounds)
}

/// How long each post took.
async fn write(connection: &mut Connection, work: Write) -> Result<Vec<Duration>, Failed> {
    if let Write::Enrol(at) = work {
        return enrol::totp(connection, at).await.map(Vec::from);
    }
    let begun = Instant::now();
    match work {
        Write::Enrol(_) => {}
        Write::Reset(who) => writes::reset(connection, &who).await?,
        Write::Approve(cookies, case) => writes::approve(connection, &cookies, &case).await?,
        Write::Revoke(at, other) => writes::revoke(connection, &at, &other).await?,
    }
    Ok(vec![begun.elapsed()])
}

fn per_second(count: usize, time: Duration) -> f64 {
    number(count) / time.as_secs_f64()
}
