//! Counting: what passed and what failed, over every kind of check.

use serde_json::Value;

/// How many checks passed and failed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checks and tests that passed.
    pub passed: u64,
    /// Checks and tests that failed.
    pub failed: u64,
}

impl Tally {
    /// Counts one check.
    pub fn one(&mut self, passed: bool) {
        if passed {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }

    /// Adds what a test runner counted. A runner that failed without a failed
    /// test (it crashed, say) counts as one failure, so that none is lost.
    pub fn add(&mut self, counted: Self, succeeded: bool) {
        self.passed += counted.passed;
        self.failed += match counted.failed {
            0 if !succeeded => 1,
            failed => failed,
        };
    }

    /// The last line of `cargo x test`.
    pub fn line(self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

/// Counts by the summary of `cargo nextest run`:
/// `Summary [ 1.2s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`.
pub fn nextest(output: &str) -> Tally {
    let mut tally = Tally::default();
    let summaries = output.lines().filter_map(|line| {
        let line = plain(line);
        let at = line.trim_start().strip_prefix("Summary [")?.to_owned();
        Some(at.split_once(" run: ")?.1.to_owned())
    });
    for summary in summaries {
        // What stands in brackets tells more of the passed ones.
        for part in outside_brackets(&summary).split(',') {
            let mut words = part.split_whitespace();
            let count = words.next().and_then(|word| word.parse::<u64>().ok());
            match (count, words.next()) {
                (Some(count), Some("passed")) => tally.passed += count,
                (Some(count), Some("failed" | "timed" | "exec")) => tally.failed += count,
                _ => {}
            }
        }
    }
    tally
}

/// Counts by the lines of `cargo test`, one for each binary:
/// `test result: ok. 3 passed; 0 failed; 0 ignored; …`.
pub fn libtest(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines().map(plain) {
        let Some(counts) = line.trim_start().strip_prefix("test result: ") else {
            continue;
        };
        let counts = counts.split_once(". ").map_or("", |(_, counts)| counts);
        for part in counts.split(';') {
            let mut words = part.split_whitespace();
            let count = words.next().and_then(|word| word.parse::<u64>().ok());
            match (count, words.next()) {
                (Some(count), Some("passed")) => tally.passed += count,
                (Some(count), Some("failed")) => tally.failed += count,
                _ => {}
            }
        }
    }
    tally
}

/// Counts by the JSON report of Playwright; a test that passed only when it
/// was tried again has passed, and Playwright says which those are.
pub fn playwright(report: &[u8]) -> Option<Tally> {
    let json: Value = serde_json::from_slice(report).ok()?;
    let stats = json.get("stats")?;
    let count = |name: &str| stats.get(name).and_then(Value::as_u64).unwrap_or(0);
    let errors = json
        .get("errors")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    Some(Tally {
        passed: count("expected") + count("flaky"),
        failed: count("unexpected") + u64::try_from(errors).unwrap_or(0),
    })
}

/// A line without the colours of a terminal.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\x1b') {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('m').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|character| {
            match character {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Tally, libtest, nextest, playwright};

    const fn tally(passed: u64, failed: u64) -> Tally {
        Tally { passed, failed }
    }

    #[test]
    fn the_summary_of_nextest_is_counted() {
        let ok = "   Summary [   0.034s] 12 tests run: 12 passed, 3 skipped\n";
        assert_eq!(nextest(ok), tally(12, 0));
        let bad = "\x1b[31;1m     Summary\x1b[0m [ 1.0s] \x1b[1m9\x1b[0m tests run: \x1b[1m5\x1b[0m \
                   passed (1 slow, 2 flaky), 2 failed, 1 timed out, 1 exec failed, 4 skipped";
        assert_eq!(nextest(bad), tally(5, 4));
        let one = "     Summary [   0.004s] 1 test run: 1 passed, 0 skipped";
        assert_eq!(nextest(one), tally(1, 0));
        assert_eq!(nextest("no summary: it crashed"), tally(0, 0));
    }

    #[test]
    fn the_results_of_all_test_binaries_are_added_up() {
        let said = "test a ... ok\n\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(libtest(said), tally(4, 2));
    }

    #[test]
    fn playwrights_report_is_counted() {
        let json = br#"{"errors": [], "stats": {"expected": 7, "unexpected": 1, "flaky": 2, "skipped": 3}}"#;
        assert_eq!(playwright(json), Some(tally(9, 1)));
        assert_eq!(playwright(b"broken"), None);
    }

    #[test]
    fn a_runner_that_fails_without_a_failed_test_counts_once() {
        let mut all = tally(1, 0);
        all.add(tally(4, 0), false);
        all.add(tally(2, 3), false);
        all.add(tally(2, 0), true);
        all.one(true);
        all.one(false);
        assert_eq!(all.line(), "10 passed, 5 failed");
    }
}
