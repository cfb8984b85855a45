//! Where the time of a run goes: a table at its end.

use std::fmt;
use std::time::{Duration, Instant};

/// A clean run should take no longer on a quiet machine with two cores.
const LIMIT: Duration = Duration::from_secs(35 * 60);

/// The stages of a run, in the order in which they ended.
pub struct Stages {
    started: Instant,
    ended: Vec<Stage>,
}

/// One stage and how long it took.
#[derive(Clone, Debug)]
pub struct Stage {
    name: &'static str,
    took: Duration,
}

/// Measures one piece of work; what it hands back goes to [`Stages::add`].
pub fn measure<T>(name: &'static str, work: impl FnOnce() -> T) -> (T, Stage) {
    let started = Instant::now();
    let result = work();
    let took = started.elapsed();
    (result, Stage { name, took })
}

impl Stages {
    /// Starts the clock of the whole.
    pub fn start() -> Self {
        Self {
            started: Instant::now(),
            ended: Vec::new(),
        }
    }

    /// Measures a stage that nothing runs beside.
    pub fn run<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let (result, stage) = measure(name, work);
        self.add(stage);
        result
    }

    /// Adds a stage that was measured beside another one.
    pub fn add(&mut self, stage: Stage) {
        self.ended.push(stage);
    }

    /// Prints the table, and a warning where the whole took too long.
    pub fn report(&self) {
        let table = Table {
            stages: &self.ended,
            whole: self.started.elapsed(),
        };
        eprint!("{table}");
    }
}

/// The table as it is printed. Stages that run beside each other add up to more than the whole.
struct Table<'a> {
    stages: &'a [Stage],
    whole: Duration,
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.whole.as_secs_f64();
        writeln!(f, "\n{:<44} {:>8} {:>6}", "stage", "seconds", "share")?;
        for Stage { name, took } in self.stages {
            let took = took.as_secs_f64();
            let share = 100.0 * took / whole.max(f64::MIN_POSITIVE);
            writeln!(f, "{name:<44} {took:>8.1} {share:>5.0}%")?;
        }
        writeln!(f, "{:<44} {whole:>8.1} {:>5}%", "whole", 100)?;
        if self.whole > LIMIT {
            writeln!(
                f,
                "warning: the run took longer than {} minutes; move tests to `cargo x test --all` or make them faster",
                LIMIT.as_secs() / 60
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Stage, Table};
    use std::time::Duration;

    fn table(seconds: u64) -> String {
        let stages = [Stage {
            name: "browser tests",
            took: Duration::from_secs(seconds / 2),
        }];
        let whole = Duration::from_secs(seconds);
        Table {
            stages: &stages,
            whole,
        }
        .to_string()
    }

    #[test]
    fn shows_seconds_and_share_of_each_stage() {
        let shown = table(600);
        let row = shown
            .lines()
            .find(|line| line.starts_with("browser"))
            .unwrap();
        assert_eq!(
            row.split_whitespace().collect::<Vec<_>>(),
            ["browser", "tests", "300.0", "50%"]
        );
        assert!(!shown.contains("warning"));
    }

    #[test]
    fn warns_when_the_run_takes_longer_than_the_limit() {
        assert!(table(36 * 60).contains("warning: the run took longer than 35 minutes"));
    }
}
