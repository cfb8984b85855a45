//! B5: the queue of the service desk, with a million people and a million cases,
//! of which 300,000 wait: its first page, the page at depth 200,000, its filters.
//!
//! The page is compared with the bare statement, a join of one realm that begins
//! at a key, prepared once, on SQLite without anything around it; the page asks
//! it of three realms. What the same statement costs with OFFSET, as lists that do
//! not begin at a key have it, stands in the note.

use crate::{
    Failed,
    engine::{Engine, name_missing},
    filled::{Filled, WAITING},
    measure::{ROUNDS, Rounds, median, millis, number, percentile, rate},
    portal::{Built, Portal},
    raw::{Raw, Value, measured},
    reader::{Page, Reader},
    report::{Aim, Figure},
};

/// Rows of a page, and one that tells of another.
const ROWS: usize = 50;
/// How deep.
const DEPTH: i64 = 200_000;
/// How deep the bare statement goes by OFFSET, within its realm.
const OFFSET: i64 = 150_000;
/// Pages of one half of a round.
const COUNT: usize = 60;
/// Bare statements of one round.
const BARE: usize = 3000;
/// How long a page may take at the worst, in milliseconds.
const LIMIT: f64 = 3.0;
/// What privacyIDEA uses for its list of tokens, in milliseconds of processor
/// time, and how many times less it should be here: measured for
/// `performance.md`, 1.2, not in this run.
const THEIRS: f64 = 85.0;
const TIMES: f64 = 400.0;
/// What each row of the page links to.
const MARK: &str = "href=\"/desk/cases/";

/// A filter.
struct Filter {
    name: &'static str,
    /// What stands in the address.
    query: &'static str,
    /// The least rows of its page.
    rows: usize,
    /// Pages of a round.
    count: usize,
}

const fn filter(name: &'static str, query: &'static str, rows: usize, count: usize) -> Filter {
    Filter {
        name,
        query,
        rows,
        count,
    }
}

const FILTERS: [Filter; 6] = [
    filter("a kind", "kind=wrong_address", ROWS, 20),
    filter(
        "a realm, with nobody",
        "realm=cloud&whose=nobodys",
        ROWS,
        20,
    ),
    filter("mine", "whose=mine", ROWS, 20),
    filter("done", "whose=done", ROWS, 20),
    filter("a name of many", "q=quandt", ROWS, 10),
    filter("a name of nobody", "q=xaver+zzz", 0, 2),
];

/// The statement of the page.
const JOIN: &str = "SELECT c.due_at, c.id, c.number, c.realm, c.kind, c.person, c.form, c.proof, c.protected, c.opened_at, c.stage, c.version, p.name, p.login, h.name \
    FROM desk_case c JOIN person p ON p.id = c.person LEFT JOIN person h ON h.id = c.agent \
    WHERE c.waits = 1 AND c.realm = 'cloud'";
const ORDER: &str = "ORDER BY c.due_at, c.id LIMIT 51";

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let sqlite = Filled::open(&Engine::Sqlite).await?;
    let mut figures = Vec::new();
    for engine in Engine::all() {
        let filled = Filled::open(&engine).await?;
        figures.extend(on(built, &filled).await?);
    }
    figures.extend(against_the_statement(built, &sqlite).await?);
    name_missing(&mut figures);
    Ok(figures)
}

fn page(query: &str, rows: usize) -> Page {
    Page {
        path: format!("/desk?{query}"),
        mark: MARK,
        rows,
    }
}

async fn open(built: &Built, filled: &Filled) -> Result<(Portal, Reader), Failed> {
    let mut people = filled.people().await?;
    let cookies = people.staff(&filled.agent()?).await?;
    people.end().await;
    let start = filled.start(false, "/readyz");
    let portal = Portal::start_as(built, filled.folder()?, start).await?;
    let reader = Reader::open(&portal.target, &cookies).await?;
    Ok((portal, reader))
}

/// How long pages take.
async fn on(built: &Built, filled: &Filled) -> Result<Vec<Figure>, Failed> {
    let (_portal, mut reader) = open(built, filled).await?;
    let first = page("", ROWS);
    let deep = deep_page(filled.key(DEPTH).await?);
    reader.often(&first, COUNT / 4).await?;
    reader.often(&deep, COUNT / 4).await?;
    let (mut deeper, mut worst) = (Rounds::default(), Rounds::default());
    let mut filters = vec![Rounds::default(); FILTERS.len()];
    for _ in 0..ROUNDS {
        let mut at_first = reader.often(&first, COUNT).await?;
        let at_depth = reader.often(&deep, COUNT).await?;
        deeper.push(median(&at_depth), median(&at_first));
        at_first.extend(at_depth);
        worst.push(percentile(&at_first, 99), LIMIT);
        for (filter, rounds) in FILTERS.iter().zip(&mut filters) {
            let page = page(filter.query, filter.rows);
            let took = reader.often(&page, filter.count).await?;
            rounds.push(percentile(&took, 99), LIMIT);
        }
    }
    let name = filled.engine.name();
    let deeper = Figure::of(
        "B5",
        format!("queue, p50 at depth {DEPTH} of {WAITING} / first page, {name}"),
        "ms",
        &deeper,
        Aim::AtMost(1.1),
    );
    let worst = Figure::of(
        "B5",
        format!("queue, p99 of both / limit, {name}"),
        "ms",
        &worst,
        Aim::AtMost(1.0),
    );
    Ok(vec![deeper, worst, slowest(name, &filters)])
}

/// The filter that takes longest, and what each of them takes.
fn slowest(engine: &str, filters: &[Rounds]) -> Figure {
    let all: Vec<_> = FILTERS
        .iter()
        .zip(filters)
        .map(|(filter, rounds)| (filter.name, rounds, median(&rounds.measured)))
        .collect();
    let each: Vec<_> = all
        .iter()
        .map(|(name, _, took)| format!("{name} {took:.1} ms"))
        .collect();
    let slowest = all
        .iter()
        .max_by(|(.., one), (.., other)| one.total_cmp(other));
    let (name, rounds) = slowest.map_or(("none", Rounds::default()), |(name, rounds, _)| {
        (*name, (*rounds).clone())
    });
    let what = format!("queue, p99 with the slowest filter ({name}) / limit, {engine}");
    Figure::of("B5", what, "ms", &rounds, Aim::AtMost(1.0))
        .note(format!("Filters on {engine}: {}.", each.join(", ")))
}

fn deep_page((due, id): (i64, String)) -> Page {
    page(&format!("after={due}~{id}"), ROWS)
}

/// What pages cost.
async fn against_the_statement(built: &Built, filled: &Filled) -> Result<Vec<Figure>, Failed> {
    let (portal, mut reader) = open(built, filled).await?;
    let key = filled.key(DEPTH).await?;
    let (first, deep) = (page("", ROWS), deep_page(key.clone()));
    reader.often(&first, COUNT / 4).await?;
    let (mut joins, mut used_by_theirs, mut offsets) =
        (Rounds::default(), Rounds::default(), Vec::new());
    for _ in 0..ROUNDS {
        let work = async {
            let mut took = reader.often(&first, COUNT).await?;
            took.extend(reader.often(&deep, COUNT).await?);
            Ok::<_, Failed>(took.len())
        };
        let (pages, used) = portal.program.used(work).await?;
        let (file, key) = (filled.file(), key.clone());
        let ((), bare) = measured(move || {
            let (due, id) = key;
            statement(
                &file,
                "AND (c.due_at, c.id) > (?, ?)",
                "",
                BARE,
                &[Value::Number(due), Value::Text(id)],
            )
        })?;
        joins.push(rate(pages, used)?, rate(BARE, bare)?);
        used_by_theirs.push(millis(used) / number(pages), THEIRS);
        let file = filled.file();
        let few = 2;
        let ((), used) =
            measured(move || statement(&file, "", &format!("OFFSET {OFFSET}"), few, &[]))?;
        offsets.push(millis(used) / number(few));
    }
    let unit = "per CPU second";
    let joins = Figure::of(
        "B5",
        "queue / the bare join of one realm, SQLite",
        unit,
        &joins,
        Aim::AtLeast(0.15),
    );
    let note = format!(
        "The bare statement takes {:.2} ms by its key and {:.0} ms by OFFSET {OFFSET}.",
        1000.0 / joins.compared_with,
        median(&offsets)
    );
    let used = Figure::of(
        "B5",
        "queue, CPU of a page / privacyIDEA's token list (performance.md, not of this run)",
        "ms",
        &used_by_theirs,
        Aim::AtMost(1.0 / TIMES),
    );
    Ok(vec![joins.note(note), used])
}

/// The bare statement, so many times.
fn statement(
    file: &std::path::Path,
    after: &str,
    offset: &str,
    times: usize,
    key: &[Value],
) -> Result<(), Failed> {
    let raw = Raw::open(file)?;
    let mut join = raw.prepare(&format!("{JOIN} {after} {ORDER} {offset}"))?;
    for _ in 0..times {
        let (rows, ..) = join.rows(key)?;
        if rows != ROWS + 1 {
            return Err(format!("the bare statement gave {rows} rows").into());
        }
    }
    Ok(())
}
