//! `cargo x check`: what can be said without a browser and without PostgreSQL,
//! and the parts of it that `cargo x test` uses too.

use crate::arrows;
use crate::failure::Result;
use crate::lint;
use crate::postgres;
use crate::run;
use crate::serve;
use crate::site;
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
    formatting(workspace, &mut tally);
    browser_half(workspace, &mut tally);
    server_half(workspace, &metadata, &mut tally)?;
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

/// Checks the format of the sources.
pub fn formatting(workspace: &Workspace, tally: &mut Tally) {
    let mut command = workspace.cargo();
    command.args(["fmt", "--all", "--", "--check"]);
    one("formatting", passes(&mut command), tally);
}

/// Compiles and lints the server half with its tests, in one pass. A compiler error is one
/// failure here, and not the absence of a thousand tests; a warning is a failure that lets
/// the tests run.
///
/// # Errors
///
/// Returns a failure if something does not compile.
pub fn server_half(workspace: &Workspace, metadata: &Metadata, tally: &mut Tally) -> Result<()> {
    let mut command = workspace.cargo();
    lint::with_lints(&mut command)
        .args(["build", "--tests", "--bin", serve::BINARY])
        .args(metadata.native_arguments());
    let warnings = lint::build(&mut command)?;
    one("lints, server half", warnings == 0, tally);
    Ok(())
}

/// Lints the browser half, where this Rust can compile for a browser.
pub fn browser_half(workspace: &Workspace, tally: &mut Tally) {
    let Some(toolchain) = Toolchain::probe(workspace) else {
        eprintln!("lints, browser half: left out, this Rust has no browser target");
        return;
    };
    let warnings = wasm::compile(workspace, toolchain, site::QUICK.profile);
    one(
        "lints, browser half",
        warnings.is_ok_and(|compiled| compiled.warnings == 0),
        tally,
    );
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
    lint::with_lints(&mut command);
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
        lint::with_lints(&mut command)
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
