//! `cargo x test`: everything, counted in one line.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::browser::{CHROMIUM, CHROMIUM_WINDOWS, NGINX};
use crate::check;
use crate::failure::{Failure, Result};
use crate::fingerprint::read;
use crate::lint;
use crate::npm;
use crate::postgres::{self, Cluster};
use crate::run;
use crate::serve;
use crate::site;
use crate::stages::{Stages, measure};
use crate::tally::{self, Tally};
use crate::workspace::Workspace;

/// Where the last report of the browser tests lies, for `cargo x proof`.
pub const REPORT: &str = "end2end.json";

/// The variable that asks the browser tests for what takes longer as well.
const ALL: &str = "REKEY_TEST_ALL";

/// The variable that says that nothing was left out, so that what must have been seen by the end
/// can be asked for.
const WHOLE: &str = "REKEY_TEST_WHOLE";

/// Runs all checks and tests, or with a filter the tests that it names, and
/// counts. A part that fails keeps no other from running, unless it is one
/// that the others are built from.
///
/// # Errors
///
/// Returns a failure if a program that the tests need is missing and cannot be installed.
pub fn run(workspace: &Workspace, filter: Option<&str>, all: bool) -> Result<Tally> {
    let mut stages = Stages::start();
    let tools = stages.run("programs that the tests need", || Tools::find(workspace))?;
    let metadata = workspace.metadata()?;
    let mut tally = Tally::default();
    if filter.is_none() {
        stages.run("rules and format", || {
            check::rules(workspace, &metadata, &mut tally);
            check::formatting(workspace, &mut tally);
        });
    }
    eprintln!("Building the server and the tests (the first time takes some five minutes).");
    let built = stages.run("server half: compile and lint", || {
        check::server_half(workspace, &metadata, &mut tally)
    });
    if let Err(failure) = built {
        eprintln!("{failure}");
        check::one("building the tests", false, &mut tally);
        return Ok(tally);
    }

    let browser = Browser {
        workspace,
        tools: &tools,
        filter,
        all,
    };
    let database = tools.cluster.url();
    let names = filter.map(spellings).unwrap_or_default();
    // The compiler of the browser half leaves a core free most of the time.
    let (site, counted) = thread::scope(|scope| {
        let site =
            scope.spawn(|| measure("browser half, beside the Rust tests", || browser.build()));
        let counted = stages.run("Rust tests", || {
            check::tests(workspace, &metadata, &names, Some(&database), &mut tally)
        });
        (site.join().expect("the build does not panic"), counted)
    });
    counted?;
    let ((site, lints), stage) = site;
    stages.add(stage);
    tally.add(lints, true);
    let ran = stages.run("browser tests", || match site {
        Ok(Some(site)) => browser.test(&site, &database, &mut tally),
        Ok(None) => Ok(()),
        Err(failure) => Err(failure),
    });
    if let Err(failure) = ran {
        eprintln!("{failure}");
        check::one("browser tests", false, &mut tally);
    }
    stages.report();
    Ok(tally)
}

/// The programs that the tests need: found, or installed, before anything is compiled.
struct Tools {
    chromium: PathBuf,
    chromium_windows: PathBuf,
    nginx: PathBuf,
    cluster: Cluster,
}

impl Tools {
    fn find(workspace: &Workspace) -> Result<Self> {
        serve::compiler()?;
        if let Some(missing) = lint::missing().or_else(npm::missing) {
            return Err(Failure::new(missing));
        }
        let end2end = workspace.path("end2end");
        npm::install(&end2end)?;
        Ok(Self {
            chromium: CHROMIUM.find()?,
            chromium_windows: CHROMIUM_WINDOWS.find()?,
            nginx: NGINX.find()?,
            cluster: Cluster::start()?,
        })
    }
}

/// The browser tests and what they are run with.
struct Browser<'a> {
    workspace: &'a Workspace,
    tools: &'a Tools,
    filter: Option<&'a str>,
    all: bool,
}

impl Browser<'_> {
    /// Builds the browser half; none where no browser test has the name. The lints are counted
    /// even where the bundle is up to date.
    fn build(&self) -> (Result<Option<PathBuf>>, Tally) {
        let mut lints = Tally::default();
        if self.filter.is_some() && run::capture(self.playwright().arg("--list")).is_err() {
            eprintln!("No browser test has this name.");
            return (Ok(None), lints);
        }
        // What ships is tested where there is time to make it.
        let kind = if self.all { site::RELEASE } else { site::QUICK };
        let site = site::build(self.workspace, kind);
        if self.filter.is_none() && site.is_ok() {
            check::browser_half(self.workspace, &mut lints);
        }
        (site.map(Some), lints)
    }

    /// Runs Playwright and counts.
    fn test(&self, site: &Path, database: &str, tally: &mut Tally) -> Result<()> {
        let binary = self.workspace.target.join("debug").join(serve::BINARY);
        let report = self.workspace.target.join(REPORT);
        let _ = std::fs::remove_file(&report);
        let mut command = self.playwright();
        command
            .arg("--reporter=list,json")
            .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
            .env("REKEY_BIN", &binary)
            .env("REKEY_SITE", site)
            .env(CHROMIUM.variable, &self.tools.chromium)
            .env(CHROMIUM_WINDOWS.variable, &self.tools.chromium_windows)
            .env(NGINX.variable, &self.tools.nginx)
            .env(postgres::VARIABLE, database);
        let (status, _) = run::tee(&mut command)?;
        let counted = read(&report)
            .ok()
            .and_then(|json| tally::playwright(&json))
            .unwrap_or_default();
        tally.add(counted, status.success());
        Ok(())
    }

    fn playwright(&self) -> Command {
        let end2end = self.workspace.path("end2end");
        let mut command = Command::new(end2end.join("node_modules/.bin/playwright"));
        command.arg("test").current_dir(end2end);
        if let Some(filter) = self.filter {
            command.args(["--grep", &pattern(filter)]);
        }
        let mut set = |variable: &str, is_set: bool| {
            if is_set {
                command.env(variable, "1");
            } else {
                command.env_remove(variable);
            }
        };
        // With a name, both languages are meant.
        set(ALL, self.all || self.filter.is_some());
        set(WHOLE, self.filter.is_none());
        command
    }
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
