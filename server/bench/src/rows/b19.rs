//! B19: from "Accept" on the phone to the next screen on the computer, while a thousand
//! others wait, on one node and across two. `performance.md` has no such row; the aims
//! are our own.
//!
//! What is measured begins with the post of the phone, already signed, and ends with
//! the answer to the post that the computer sends once its stream has said that
//! something moved. It is compared with a post of the same page a moment before, which
//! is told to wait on: the least round trip that there is here. That post reads alone,
//! these two commit three times, so the aim is ten of them. What the stream itself
//! costs is told by the same two posts without one, the second sent as soon as the
//! first is answered.

use crate::{
    Failed, by_phone, descriptors,
    driver::Connection,
    engine::{Engine, name_missing},
    folder::Folder,
    measure::{ROUNDS, Rounds, median, millis, number},
    nodes::Nodes,
    phone::Phone,
    portal::Built,
    report::{Aim, Figure},
    sync,
    waits::Waits,
};
use std::time::Instant;
use tokio::try_join;

/// Whose phone it is.
const PETRA: &str = "Q471109";
/// Open waits of others.
const WAITS: usize = 1000;
/// Acceptances of either kind in one round.
const RUNS: usize = 10;
/// How many posts that wait on it may take at most.
const POSTS: f64 = 10.0;
/// How much longer with a stream than without at most.
const STREAM: f64 = 1.2;
/// Files and connections that the driver or a node may need at once.
const OPEN: u64 = 4096;

/// How long each took, in milliseconds.
#[derive(Default)]
struct Took {
    /// The post that is told to wait on.
    waiting: Vec<f64>,
    /// From "Accept" to the next screen, by the stream.
    told: Vec<f64>,
    /// The same, by the answer to the phone.
    untold: Vec<f64>,
}

/// A computer and the phone that it asks.
struct Pair<'a> {
    nodes: &'a Nodes,
    computer: Connection,
    phone: Phone,
}

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    descriptors::allow(OPEN)?;
    let mut figures = Vec::new();
    for engine in Engine::all() {
        let nodes = Nodes::start(built, &engine).await?;
        let measured = on(&nodes).await;
        nodes.end().await?;
        figures.extend(measured?);
    }
    name_missing(&mut figures);
    Ok(figures)
}

async fn on(nodes: &Nodes) -> Result<Vec<Figure>, Failed> {
    let mut pair = Pair {
        nodes,
        computer: Connection::open(&nodes.first.target).await?,
        phone: Phone::of(&nodes.last().target, PETRA).await?,
    };
    let mut first = Took::default();
    pair.accept(&mut first).await?;
    let before = nodes.first.program.memory()?;
    let targets = nodes.targets();
    let mut waits = Waits::open(&targets, WAITS).await?;
    let held = nodes.first.program.memory()?.saturating_sub(before);
    let folder = Folder::make()?;
    let (mut posts, mut stream) = (Rounds::default(), Rounds::default());
    let mut syncs = Vec::new();
    for _ in 0..ROUNDS {
        syncs.push(sync::floor(folder.path())?);
        let mut took = Took::default();
        for _ in 0..RUNS {
            pair.accept(&mut took).await?;
        }
        waits.wait_on().await?;
        let told = median(&took.told);
        posts.push(told, median(&took.waiting));
        stream.push(told, median(&took.untold));
    }
    let name = nodes.name();
    let what = format!("Accept to the next screen, {WAITS} waits open, {name}");
    let posts = Figure::of(
        "B19",
        format!("{what} / a post that waits on"),
        "ms",
        &posts,
        Aim::AtMost(POSTS),
    );
    let note = format!(
        "{name}: both posts are committed, three times in all, and a sync takes {:.1} ms. Each wait made its node {:.0} KB larger.",
        median(&syncs),
        kilobytes(held) / number(WAITS / targets.len())
    );
    let stream = Figure::of(
        "B19",
        format!("the same, {name} / both posts without a stream"),
        "ms",
        &stream,
        Aim::AtMost(STREAM),
    );
    Ok(vec![posts.note(note), stream])
}

#[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
const fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

impl Pair<'_> {
    /// Accepts twice: once the computer hears of it, once it goes on by itself.
    async fn accept(&mut self, took: &mut Took) -> Result<(), Failed> {
        let waiting = by_phone::ask(&mut self.computer, PETRA).await?;
        let mut stream = waiting.listen(&self.nodes.first.target).await?;
        let begun = Instant::now();
        waiting.waits_on(&mut self.computer).await?;
        took.waiting.push(millis(begun.elapsed()));
        let accept = self.phone.accept(&waiting.digits).await?;
        let begun = Instant::now();
        let goes_on = async {
            by_phone::hears(&mut stream).await?;
            waiting.goes_on(&mut self.computer).await?;
            Ok::<_, Failed>(millis(begun.elapsed()))
        };
        let ((), told) = try_join!(self.phone.send(&accept), goes_on)?;
        took.told.push(told);
        let waiting = by_phone::ask(&mut self.computer, PETRA).await?;
        let accept = self.phone.accept(&waiting.digits).await?;
        let begun = Instant::now();
        self.phone.send(&accept).await?;
        waiting.goes_on(&mut self.computer).await?;
        took.untold.push(millis(begun.elapsed()));
        Ok(())
    }
}
