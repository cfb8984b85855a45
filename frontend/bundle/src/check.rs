//! `cargo x check`: what can be said without a browser and without PostgreSQL,
//! and the parts of it that `cargo x test` uses too.

use crate::arrows;
use crate::failure::Result;
use crate::postgres;
use crate::run;
use crate::slugs;
use crate::tally::{self, Tally};
use crate::tidy;
use crate::toolchain::Toolchain;
use crate::wasm;
use crate::workspace::{Metadata, Workspace};

/// Runs everything, even after a failure, and counts.
pub fn run(workspace: &Workspace) -> Result<Tally> {
    let metadata = workspace.metadata()?;
    let mut tally = Tally::default();
    rules(workspace, &metadata, &mut tally);
    lints(workspace, &metadata, &mut tally);
    tests(workspace, &metadata, &[], None, &mut tally)?;
    Ok(tally)
}

/// The checks of the architecture: cheap, so first.
pub fn rules(workspace: &Workspace, metadata: &Metadata, tally: &mut Tally) {
    let checks = [
        ("arrows between crates", Ok(arrows::check(metadata))),
        ("parts of every flow", slugs::check(&workspace.root)),
        ("tidy files", Ok(tidy::check(workspace))),
    ];
    for (name, found) in checks {
        let wrong = found.unwrap_or_else(|failure| vec![failure.to_string()]);
        for line in &wrong {
            eprintln!("{line}");
        }
        one(name, wrong.is_empty(), tally);
    }
}

/// Formatting, and clippy on both halves.
pub fn lints(workspace: &Workspace, metadata: &Metadata, tally: &mut Tally) {
    let mut command = workspace.cargo();
    command.args(["fmt", "--all", "--", "--check"]);
    one("formatting", passes(&mut command), tally);

    let mut command = workspace.cargo();
    command
        .args(["clippy", "--all-targets"])
        .args(metadata.native_arguments())
        .args(["--", "--deny", "warnings"]);
    one("clippy, server half", passes(&mut command), tally);

    match Toolchain::probe(workspace) {
        Some(Toolchain::Ordinary) => {
            // The build's own profile: what runs while compiling is shared.
            let mut command = wasm::cargo(workspace, Toolchain::Ordinary, "clippy", "wasm");
            command.args(["--", "--deny", "warnings"]);
            one("clippy, browser half", passes(&mut command), tally);
        }
        _ => eprintln!("clippy, browser half: left out, this Rust has no browser target"),
    }
}

/// The tests of the server half; with a database if one is given.
pub fn tests(
    workspace: &Workspace,
    metadata: &Metadata,
    filters: &[String],
    database: Option<&str>,
    tally: &mut Tally,
) -> Result<()> {
    let nextest = run::status(
        workspace
            .cargo()
            .args(["nextest", "--version"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null()),
    )
    .is_ok_and(|status| status.success());

    let mut command = workspace.cargo();
    if nextest {
        command
            .args(["nextest", "run", "--no-fail-fast", "--no-tests", "pass"])
            .args(metadata.native_arguments())
            .args(filters);
    } else {
        command
            .args(["test", "--no-fail-fast"])
            .args(metadata.native_arguments())
            .args(["--"])
            .args(filters);
    }
    with_database(&mut command, database);
    count(
        &mut command,
        if nextest {
            tally::nextest
        } else {
            tally::libtest
        },
        tally,
    )?;

    // nextest leaves the examples in doc comments out.
    if nextest && filters.is_empty() {
        let mut command = workspace.cargo();
        command
            .args(["test", "--quiet", "--doc", "--no-fail-fast"])
            .args(metadata.native_arguments());
        with_database(&mut command, database);
        count(&mut command, tally::libtest, tally)?;
    }
    Ok(())
}

fn with_database(command: &mut std::process::Command, database: Option<&str>) {
    match database {
        Some(url) => command.env(postgres::VARIABLE, url),
        None => command.env_remove(postgres::VARIABLE),
    };
}

fn count(
    command: &mut std::process::Command,
    by: fn(&str) -> Tally,
    tally: &mut Tally,
) -> Result<()> {
    let (status, output) = run::tee(command)?;
    tally.add(by(&output), status.success());
    Ok(())
}

fn passes(command: &mut std::process::Command) -> bool {
    match run::succeed(command) {
        Ok(()) => true,
        Err(failure) => {
            eprintln!("{failure}");
            false
        }
    }
}

/// Counts one check and says how it went.
pub fn one(name: &str, passed: bool, tally: &mut Tally) {
    eprintln!("{name}: {}", if passed { "passed" } else { "FAILED" });
    tally.one(passed);
}
