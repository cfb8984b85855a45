//! `cargo x proof`: which rows of the requirements have a browser test that
//! proves them, and what became of it when it last ran.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use crate::failure::{Context, Failure, Result};
use crate::fingerprint::{files, read};
use crate::test::REPORT;
use crate::workspace::Workspace;

/// The rows: an id and a short title per line.
const REGISTER: &str = "end2end/register.txt";

/// Prints every row with its state, and how many there are of each.
pub fn run(workspace: &Workspace) -> Result<()> {
    let register = std::fs::read_to_string(workspace.path(REGISTER))
        .context(|| format!("cannot read {REGISTER}"))?;
    let rows = rows(&register)?;

    let mut tested = BTreeSet::new();
    for path in files(&workspace.path("end2end/tests"))? {
        if path.to_string_lossy().ends_with(".spec.ts") {
            let source = read(&path)?;
            tested.extend(
                titles(&String::from_utf8_lossy(&source))
                    .iter()
                    .flat_map(|t| ids(t)),
            );
        }
    }
    let results = match read(&workspace.target.join(REPORT)) {
        Ok(report) => results(&report),
        Err(_) => BTreeMap::new(),
    };

    let mut counts = BTreeMap::new();
    for (id, title) in &rows {
        let state = State::of(id, &tested, &results);
        *counts.entry(state).or_insert(0_u32) += 1;
        println!("{id}  {:<8}  {title}", state.to_string());
    }
    let counts: Vec<_> = counts
        .iter()
        .map(|(state, count)| format!("{count} {state}"))
        .collect();
    println!("{} rows: {}", rows.len(), counts.join(", "));
    for id in tested
        .iter()
        .filter(|id| !rows.iter().any(|(row, _)| row == *id))
    {
        println!("{id}  stands in a test and not in {REGISTER}");
    }
    Ok(())
}

/// What is known of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Passed,
    Failed,
    NotRun,
    NoTest,
}

impl State {
    fn of(id: &str, tested: &BTreeSet<String>, results: &BTreeMap<String, bool>) -> Self {
        match (tested.contains(id), results.get(id)) {
            (false, _) => Self::NoTest,
            (true, None) => Self::NotRun,
            (true, Some(true)) => Self::Passed,
            (true, Some(false)) => Self::Failed,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Passed => "passed",
            Self::Failed => "FAILED",
            Self::NotRun => "not run",
            Self::NoTest => "no test",
        })
    }
}

fn rows(register: &str) -> Result<Vec<(String, String)>> {
    register
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| match line.split_once(' ') {
            Some((id, title)) if ids(id) == [id] => Ok((id.to_owned(), title.trim().to_owned())),
            _ => Err(Failure::new(format!("{REGISTER}: no id begins `{line}`"))),
        })
        .collect()
}

/// Every id in a text: a letter from A to E and two digits, as a word.
fn ids(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| {
            matches!(word.as_bytes(), [b'A'..=b'E', tens, ones]
                if tens.is_ascii_digit() && ones.is_ascii_digit())
        })
        .map(str::to_owned)
        .collect()
}

/// The titles of tests and groups in a spec, and their tags. Tests that are
/// marked as skipped or to be fixed prove nothing.
fn titles(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in code_lines(source) {
        let line = line.trim_start();
        for (at, _) in line.match_indices("test") {
            let before = line[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.') {
                continue;
            }
            if let Some(title) = title(&line[at + "test".len()..]) {
                found.push(title);
            }
        }
        if let Some((_, tags)) = line.split_once("tag:") {
            let end = tags.find(['}', ')']).unwrap_or(tags.len());
            found.push(tags[..end].to_owned());
        }
    }
    found
}

/// The lines of a source that are no comments. A call whose title stands on the
/// next line, as a formatter may put it, is drawn together with it.
fn code_lines(source: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in source.lines().map(str::trim) {
        if line.starts_with("//") || line.starts_with('*') || line.starts_with("/*") {
            continue;
        }
        match lines.last_mut() {
            Some(last) if last.ends_with('(') || last.ends_with('[') => last.push_str(line),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The title in what follows the word `test`, like `.describe("B01 …", …`.
fn title(call: &str) -> Option<String> {
    let (kind, arguments) = call.split_once('(')?;
    let counts = [
        "",
        ".only",
        ".describe",
        ".describe.only",
        ".describe.serial",
        ".step",
    ];
    if !counts.contains(&kind) {
        return None;
    }
    let arguments = arguments.trim_start();
    let quote = arguments.chars().next().filter(|c| "\"'`".contains(*c))?;
    let title = &arguments[1..];
    Some(title[..title.find(quote)?].to_owned())
}

/// For each id whether all tests that carry it passed when they last ran.
fn results(report: &[u8]) -> BTreeMap<String, bool> {
    let mut results = BTreeMap::new();
    if let Ok(json) = serde_json::from_slice::<Value>(report) {
        for suite in list(&json, "suites") {
            gather(suite, "", &mut results);
        }
    }
    results
}

fn gather(suite: &Value, above: &str, results: &mut BTreeMap<String, bool>) {
    let title = format!("{above} {}", text(suite, "title"));
    for spec in list(suite, "specs") {
        let ran = list(spec, "tests")
            .iter()
            .any(|test| text(test, "status") != "skipped");
        let tags = list(spec, "tags").iter().filter_map(Value::as_str);
        let words = std::iter::once(text(spec, "title"))
            .chain(tags)
            .collect::<Vec<_>>();
        let words = format!("{title} {}", words.join(" "));
        let passed = spec.get("ok").and_then(Value::as_bool).unwrap_or(false);
        for id in ids(&words).into_iter().filter(|_| ran) {
            *results.entry(id).or_insert(true) &= passed;
        }
    }
    for inner in list(suite, "suites") {
        gather(inner, &title, results);
    }
}

fn list<'a>(json: &'a Value, name: &str) -> &'a [Value] {
    json.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text<'a>(json: &'a Value, name: &str) -> &'a str {
    json.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{State, ids, results, rows, titles};

    #[test]
    fn ids_are_whole_words() {
        assert_eq!(ids("B01, @B02 and E24-x"), ["B01", "B02", "E24"]);
        assert!(ids("F01 B1 B012 xB01 b01 B01_x").is_empty());
    }

    #[test]
    fn titles_and_tags_count_and_skipped_tests_do_not() {
        let source = r#"
            import { test } from "./fixtures";
            test.describe("B01 invitation", () => {
              test('B02 opens the page', async ({ page }) => {});
              test.skip("B03 later", async () => {});
              // test("B04 in a comment", async () => {});
              test(
                "B05 on the next line",
                { tag: ["@B06", "@B07"] },
                async () => { contest("B08"); await mytest("B09"); },
              );
            });
        "#;
        let found: Vec<_> = titles(source).iter().flat_map(|title| ids(title)).collect();
        assert_eq!(found, ["B01", "B02", "B05", "B06", "B07"]);
    }

    #[test]
    fn the_register_has_an_id_on_every_line() {
        let read = rows("# rows\nB01 Invitation mail\n\nB02  Link\n").unwrap();
        assert_eq!(read[1], ("B02".to_owned(), "Link".to_owned()));
        assert!(rows("Invitation B01").is_err());
    }

    #[test]
    fn a_row_passes_when_all_its_tests_did() {
        let report = br#"{"suites": [{"title": "invite.spec.ts", "suites": [{"title": "B01 invite", "specs": [
            {"title": "works", "ok": true, "tags": ["B02"], "tests": [{"status": "expected"}]},
            {"title": "B03 fails", "ok": false, "tests": [{"status": "unexpected"}]},
            {"title": "B04 waits", "ok": true, "tests": [{"status": "skipped"}]}]}]}]}"#;
        let results = results(report);
        let tested: BTreeSet<_> = ["B01", "B02", "B03", "B04"].map(String::from).into();
        let state = |id: &str| State::of(id, &tested, &results);
        assert_eq!(state("B01"), State::Failed);
        assert_eq!(state("B02"), State::Passed);
        assert_eq!(state("B03"), State::Failed);
        assert_eq!(state("B04"), State::NotRun);
        assert_eq!(state("B05"), State::NoTest);
    }
}
