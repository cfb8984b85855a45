//! B12: the audit trail, a million entries long: verified from its first entry to
//! its head, and read at its far end.
//!
//! Verifying is compared with the bare chain, which is the product's own hash
//! over entries that are in memory already; the rest is reading them. The aim of
//! `performance.md` is 500,000 a second where a bare chain makes 3.5 millions, so
//! what is asked for is the ratio of the two.

use crate::{
    Failed,
    engine::{Engine, name_missing},
    filled::{ENTRIES, Filled, entry},
    measure::{ROUNDS, Rounds, median, millis, number, rate},
    portal::{Built, Portal, command},
    program::run_to_end,
    raw::measured,
    reader::{Page, Reader},
    report::{Aim, Figure},
};
use std::time::Duration;

/// What `performance.md` wants, verified in a second.
const WANTED: f64 = 500_000.0;
/// What its bare chain makes.
const THEIR_CHAIN: f64 = 3_500_000.0;
/// Entries of the bare chain, and how often they are chained in a round.
const BARE: u64 = 50_000;
const TIMES: usize = 4;
/// Pages of one filter in a round.
const COUNT: usize = 20;
/// How much of the trail lies behind the page that is read, newest first: all
/// but these.
const BEHIND: u64 = 50_000;
/// What a page may use, in milliseconds of processor time.
const LIMIT: f64 = 1.0;
/// What privacyIDEA uses for its list, and how many times less it should be
/// here: measured for `performance.md`, 1.2, not in this run.
const THEIRS: f64 = 52.0;
const TIMES_LESS: f64 = 50.0;
/// What each row of the page has once.
const MARK: &str = "<time ";
/// What the command says of a trail that is whole.
const WHOLE: &str = " entries, every one as it was written.";

/// The filters: their name, and what stands in the address.
const FILTERS: [(&str, &str); 3] = [
    ("all", ""),
    ("an action", "action=sign_in&"),
    ("refused", "result=refused&"),
];

/// Measures.
///
/// # Errors
/// The trail is not whole, or an answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let mut figures = Vec::new();
    for engine in Engine::all() {
        let filled = Filled::open(&engine).await?;
        figures.push(verify(built, &filled)?);
        figures.extend(read(built, &filled).await?);
    }
    name_missing(&mut figures);
    Ok(figures)
}

fn verify(built: &Built, filled: &Filled) -> Result<Figure, Failed> {
    let (mut rounds, mut took) = (Rounds::default(), Vec::new());
    for _ in 0..ROUNDS {
        let done = verify_once(built, filled)?;
        took.push(done.took.as_secs_f64());
        let span = filled.span()?;
        let (count, bare) = measured(move || {
            let entries: Vec<_> = (0..BARE).map(|row| entry(row, span)).collect();
            let used = chain_all(&entries)?;
            Ok((entries.len() * TIMES, used))
        })?
        .0;
        rounds.push(rate(done.entries, done.used)?, rate(count, bare)?);
    }
    let engine = filled.engine.name();
    let what = format!("`rekey audit verify`, {engine} / the bare chain");
    let aim = Aim::AtLeast(WANTED / THEIR_CHAIN);
    let figure = Figure::of("B12", what, "per CPU second", &rounds, aim);
    let note = format!(
        "{:.0} entries per CPU second of its process, {:.1} s in all; the aim is {WANTED:.0} where a bare chain makes {THEIR_CHAIN:.0}.",
        figure.measured,
        median(&took)
    );
    Ok(figure.note(note))
}

struct Verified {
    entries: usize,
    used: Duration,
    took: Duration,
}

fn verify_once(built: &Built, filled: &Filled) -> Result<Verified, Failed> {
    let folder = filled.folder()?;
    let mut command = command(built, &folder);
    command
        .args(["audit", "verify", "--data"])
        .arg(folder.path());
    if let Some(database) = filled.database() {
        command.args(["--database", &database]);
    }
    let ended = run_to_end(&mut command)?;
    let count = ended.said.trim().strip_suffix(WHOLE);
    match count.and_then(|count| count.parse::<usize>().ok()) {
        Some(entries) if entries as u64 >= ENTRIES => Ok(Verified {
            entries,
            used: ended.used,
            took: ended.took,
        }),
        _ => Err(format!("the trail is not whole: {}", ended.said).into()),
    }
}

/// Chains entries as the portal does; the processor time that it used.
fn chain_all(entries: &[domain::audit::Entry]) -> Result<Duration, Failed> {
    let before = crate::cpu::of_this_thread()?;
    for _ in 0..TIMES {
        let mut hash = String::new();
        for (seq, entry) in (1..).zip(entries) {
            hash = flows::audit::chain(entry, seq, &hash);
        }
        std::hint::black_box(&hash);
    }
    Ok(crate::cpu::of_this_thread()?.saturating_sub(before))
}

async fn read(built: &Built, filled: &Filled) -> Result<Vec<Figure>, Failed> {
    let mut people = filled.people().await?;
    let cookies = people.staff(&filled.agent()?).await?;
    people.end().await;
    let start = filled.start(false, "/readyz");
    let portal = Portal::start_as(built, filled.folder()?, start).await?;
    let mut reader = Reader::open(&portal.target, &cookies).await?;
    let before = entry(BEHIND, filled.span()?).id;
    let pages = FILTERS.map(|(name, query)| (name, page(&format!("{query}after={before}"))));
    let mut used = Rounds::default();
    let mut theirs = Rounds::default();
    let mut took = [const { Vec::new() }; FILTERS.len()];
    for (_, page) in &pages {
        reader.often(page, COUNT / 2).await?;
    }
    for _ in 0..ROUNDS {
        let work = async {
            for ((_, page), took) in pages.iter().zip(&mut took) {
                took.extend(reader.often(page, COUNT).await?);
            }
            Ok::<_, Failed>(())
        };
        let ((), all) = portal.program.used(work).await?;
        let each = millis(all) / number(COUNT * FILTERS.len());
        used.push(each, LIMIT);
        theirs.push(each, THEIRS);
    }
    let engine = filled.engine.name();
    let each: Vec<_> = pages
        .iter()
        .zip(&took)
        .map(|((name, _), took)| format!("{name} {:.1} ms", median(took)))
        .collect();
    let used = Figure::of(
        "B12",
        format!("page at the end of the trail, CPU, {engine} / limit"),
        "ms",
        &used,
        Aim::AtMost(1.0),
    )
    .note(format!("p50 over HTTP on {engine}: {}.", each.join(", ")));
    let theirs = Figure::of(
        "B12",
        format!("the same, {engine} / privacyIDEA's list (performance.md, not of this run)"),
        "ms",
        &theirs,
        Aim::AtMost(1.0 / TIMES_LESS),
    );
    Ok(vec![used, theirs])
}

fn page(query: &str) -> Page {
    Page {
        path: format!("/admin/customers/audit?{query}"),
        mark: MARK,
        rows: 50,
    }
}
