//! B16: two nodes on one PostgreSQL: codes, against pgbench of what cannot be left out,
//! and how soon the end of a session on one node is seen on the other.
//!
//! Both rates are per second of the clock, since the engine's own work counts in both.
//! The nodes share the measured processor, pgbench runs there as well, and the engine
//! where the system puts it.

use super::next;
use crate::{
    Failed,
    cluster::{admin, database},
    driver::{Connection, Driver},
    engine::Engine,
    measure::{ROUNDS, Rounds, median, millis, number},
    nodes::Nodes,
    people::AtBrowser,
    portal::Built,
    program::run_to_end,
    report::{Aim, Figure},
    sign_in, writes,
};
use axum::http::{StatusCode, header::COOKIE};
use std::{
    process::Command,
    time::{Duration, Instant},
};

/// Codes in flight, on each node.
const AT_ONCE: usize = 32;
/// Codes of one round.
const COUNT: usize = 600;
/// Sessions that are ended in one round.
const ENDED: usize = 20;
/// Seconds of pgbench in one round.
const SECONDS: u64 = 3;
/// How late the other node may see it, in milliseconds.
const SEEN: f64 = 100.0;
/// A database of the cluster for pgbench.
const BARE: &str = "bench_bare";
/// What pgbench does in one transaction: the step of the floor.
const SCRIPT: &str = "\\set id random(1, 100000)\n\
     BEGIN;\n\
     UPDATE factor SET last_step = last_step + 1 WHERE id = :id;\n\
     INSERT INTO audit (person, action, detail) VALUES (:id, 'proof', 'a detail of forty-seven bytes, as audit rows do');\n\
     COMMIT;\n";

/// Measures.
///
/// # Errors
/// An answer is wrong, or pgbench does not run.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let mut engines = Engine::all().into_iter();
    let cluster = engines.find_map(|engine| match engine {
        Engine::Postgres(cluster) => Some(cluster),
        Engine::Sqlite => None,
    });
    let Some(cluster) = cluster else {
        eprintln!("B16: PostgreSQL is not installed or did not start");
        return Ok(Vec::new());
    };
    let nodes = Nodes::start(built, &Engine::Postgres(cluster.clone())).await?;
    let measured = on(&nodes, &cluster).await;
    nodes.end().await?;
    measured
}

async fn on(nodes: &Nodes, cluster: &str) -> Result<Vec<Figure>, Failed> {
    let mut people = nodes.people().await?;
    let mut half = people.half_signed_in(2 * AT_ONCE + ROUNDS * COUNT).await?;
    let mut signed_in = people.signed_in(ROUNDS * ENDED).await?;
    people.end().await;
    let mut first = Driver::open(&nodes.first.target, AT_ONCE).await?;
    let mut second = Driver::open(&nodes.last().target, AT_ONCE).await?;
    for driver in [&mut first, &mut second] {
        driver.all(next(&mut half, AT_ONCE)?, sign_in::code).await?;
    }
    let mut here = Connection::open(&nodes.first.target).await?;
    let mut there = Connection::open(&nodes.last().target).await?;
    let bare = bare(cluster).await?;
    let (mut rates, mut seen) = (Rounds::default(), Rounds::default());
    for _ in 0..ROUNDS {
        let (one, other) = (next(&mut half, COUNT / 2)?, next(&mut half, COUNT / 2)?);
        let begun = Instant::now();
        let (one, other) = tokio::try_join!(
            first.all(one, sign_in::code),
            second.all(other, sign_in::code)
        )?;
        let took = begun.elapsed();
        let done = number(one.len() + other.len()) / took.as_secs_f64();
        rates.push(done, pgbench(&bare)?);
        let mut late = Vec::new();
        for at in next(&mut signed_in, ENDED)? {
            late.push(millis(ended(&mut here, &mut there, &at).await?));
        }
        seen.push(median(&late), SEEN);
    }
    admin(cluster, &[drops()]).await?;
    let what = "codes, 32 in flight on each of two nodes, PostgreSQL / pgbench of one update and one row for the trail";
    let rates = Figure::of("B16", what, "per second", &rates, Aim::AtLeast(0.6));
    let note = "A code is some fifteen statements in two or three transactions; pgbench does the two that cannot be left out, in one.";
    let what = "from a sign-out on one node to its refusal on the other / limit";
    let seen = Figure::of("B16", what, "ms", &seen, Aim::AtMost(1.0));
    Ok(vec![rates.note(note), seen])
}

/// Signs somebody out on one node and looks at their page on the other, until it is
/// refused; how long that took from the post on.
async fn ended(
    here: &mut Connection,
    there: &mut Connection,
    at: &AtBrowser,
) -> Result<Duration, Failed> {
    sign_in::overview(there, at).await?;
    let begun = Instant::now();
    writes::sign_out(here, at).await?;
    let cookies = at.cookies.header();
    loop {
        let look = [(COOKIE.as_str(), cookies.as_str())];
        let answered = there.get("/customers/overview", &look).await?;
        if answered.status == StatusCode::SEE_OTHER {
            return Ok(begun.elapsed());
        }
        if begun.elapsed() > Duration::from_secs(5) {
            return Err(answered.unexpected("/customers/overview"));
        }
    }
}

/// A database with the tables of the floor; gives its address.
async fn bare(cluster: &str) -> Result<String, Failed> {
    admin(cluster, &[drops(), format!("CREATE DATABASE {BARE}")]).await?;
    let url = database(cluster, BARE)?;
    let tables = [
        "CREATE TABLE factor (id BIGINT PRIMARY KEY, last_step BIGINT NOT NULL)",
        "CREATE TABLE audit (id BIGSERIAL PRIMARY KEY, person BIGINT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL)",
        "INSERT INTO factor (id, last_step) SELECT n, 0 FROM generate_series(1, 100000) AS n",
    ];
    admin(&url, &tables.map(str::to_owned)).await?;
    Ok(url)
}

fn drops() -> String {
    format!("DROP DATABASE IF EXISTS {BARE} WITH (FORCE)")
}

/// Transactions per second.
fn pgbench(url: &str) -> Result<f64, Failed> {
    let folder = crate::folder::Folder::make()?;
    let script = folder.path().join("step.sql");
    std::fs::write(&script, SCRIPT)?;
    let mut command = Command::new("pgbench");
    command
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=1"])
        .args(["--client", &(2 * AT_ONCE).to_string()])
        .args(["--time", &SECONDS.to_string()])
        .arg("--file")
        .arg(&script)
        .arg(url);
    tps(&run_to_end(&mut command)?.said).ok_or_else(|| "pgbench says no rate".into())
}

fn tps(said: &str) -> Option<f64> {
    let line = said.lines().find_map(|line| line.strip_prefix("tps = "))?;
    line.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::tps;

    #[test]
    fn the_rate_reads_as_pgbench_says_it() {
        let said = "number of failed transactions: 0 (0.000%)\ntps = 5350.812 (without initial connection time)\n";
        assert_eq!(tps(said), Some(5350.812));
        assert_eq!(tps("nothing"), None);
    }
}
