//! `cargo x test`: everything, counted in one line.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::{CHROMIUM, NGINX};
use crate::check;
use crate::failure::{Failure, Result};
use crate::fingerprint::read;
use crate::npm;
use crate::postgres::{self, Cluster};
use crate::run;
use crate::serve;
use crate::site;
use crate::tally::{self, Tally};
use crate::workspace::{Metadata, Workspace};

/// Where the last report of the browser tests lies, for `cargo x proof`.
pub const REPORT: &str = "end2end.json";

/// Runs all checks and tests, or with a filter the tests that it names, and
/// counts. A part that fails keeps no other from running, unless it is one
/// that the others are built from.
pub fn run(workspace: &Workspace, filter: Option<&str>) -> Result<Tally> {
    let metadata = workspace.metadata()?;
    let mut tally = Tally::default();
    if filter.is_none() {
        check::rules(workspace, &metadata, &mut tally);
        check::lints(workspace, &metadata, &mut tally);
    }
    if let Err(failure) = build_tests(workspace, &metadata) {
        eprintln!("{failure}");
        check::one("building the tests", false, &mut tally);
        return Ok(tally);
    }
    let cluster = match Cluster::start() {
        Ok(cluster) => Some(cluster),
        Err(failure) => {
            eprintln!("{failure}");
            check::one("starting PostgreSQL", false, &mut tally);
            None
        }
    };
    let database = cluster.as_ref().map(Cluster::url);
    let names = filter.map(spellings).unwrap_or_default();
    check::tests(
        workspace,
        &metadata,
        &names,
        database.as_deref(),
        &mut tally,
    )?;

    let end2end = workspace.path("end2end");
    if let Err(failure) =
        browser_tests(workspace, &end2end, filter, database.as_deref(), &mut tally)
    {
        eprintln!("{failure}");
        check::one("browser tests", false, &mut tally);
    }
    drop(cluster);
    Ok(tally)
}

/// Compiles the tests first, so that a compiler error is one failure and not
/// the absence of a thousand tests. The server comes with them: built by itself
/// it would ask its libraries for other features, and cargo would compile most
/// of them a second time.
fn build_tests(workspace: &Workspace, metadata: &Metadata) -> Result<()> {
    eprintln!("Building the server and the tests (the first time takes some fifteen minutes).");
    run::succeed(
        workspace
            .cargo()
            .args(["build", "--tests", "--bin", serve::BINARY])
            .args(metadata.native_arguments()),
    )
}

/// Builds what a browser needs and runs Playwright.
fn browser_tests(
    workspace: &Workspace,
    end2end: &Path,
    filter: Option<&str>,
    database: Option<&str>,
    tally: &mut Tally,
) -> Result<()> {
    if !end2end.join("package.json").exists() {
        return Err(Failure::new("end2end/package.json is missing"));
    }
    if let Some(missing) = npm::missing() {
        return Err(Failure::new(missing));
    }
    npm::install(end2end)?;
    if filter.is_some() && !has_tests(end2end, filter) {
        eprintln!("No browser test has this name.");
        return Ok(());
    }
    let chromium = CHROMIUM.find()?;
    let nginx = NGINX.find()?;
    let site = site::build(workspace, site::QUICK)?;
    let binary = workspace.target.join("debug").join(serve::BINARY);

    let report = workspace.target.join(REPORT);
    let _ = std::fs::remove_file(&report);
    let mut command = playwright(end2end, filter);
    command
        .arg("--reporter=list,json")
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
        .env("REKEY_BIN", &binary)
        .env("REKEY_SITE", &site)
        .env(CHROMIUM.variable, &chromium)
        .env(NGINX.variable, &nginx);
    if let Some(url) = database {
        command.env(postgres::VARIABLE, url);
    }
    let (status, _) = run::tee(&mut command)?;
    let counted = read(&report)
        .ok()
        .and_then(|json| tally::playwright(&json))
        .unwrap_or_default();
    tally.add(counted, status.success());
    Ok(())
}

fn playwright(end2end: &Path, filter: Option<&str>) -> Command {
    let mut command = Command::new(program(end2end));
    command.arg("test").current_dir(end2end);
    if let Some(filter) = filter {
        command.args(["--grep", &pattern(filter)]);
    }
    command
}

fn program(end2end: &Path) -> PathBuf {
    end2end.join("node_modules/.bin/playwright")
}

fn has_tests(end2end: &Path, filter: Option<&str>) -> bool {
    run::capture(playwright(end2end, filter).arg("--list")).is_ok()
}

/// A slug is written with `_` in Rust and with `-` in the names of browser
/// tests; whoever types one of them means both.
fn spellings(filter: &str) -> Vec<String> {
    let mut names = vec![filter.to_owned(), filter.replace('-', "_")];
    names.dedup();
    names
}

/// The filter as Playwright's regular expression: its text, nothing special.
fn pattern(filter: &str) -> String {
    let mut pattern = String::new();
    for character in filter.chars() {
        match character {
            '-' | '_' => pattern.push_str("[-_ ]"),
            c if c.is_alphanumeric() || c.is_whitespace() => pattern.push(c),
            c => pattern.extend(['\\', c]),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::{pattern, spellings};

    #[test]
    fn a_filter_means_both_spellings_of_a_slug() {
        assert_eq!(spellings("reset-pin"), ["reset-pin", "reset_pin"]);
        assert_eq!(spellings("B01"), ["B01"]);
        assert_eq!(pattern("reset_pin"), "reset[-_ ]pin");
    }

    #[test]
    fn a_filter_is_text_to_playwright() {
        assert_eq!(pattern("a.b (c)"), "a\\.b \\(c\\)");
    }
}
