//! `cargo x serve`: from a fresh checkout to a running demo.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::lint;
use crate::npm;
use crate::run;
use crate::site;
use crate::workspace::Workspace;

/// The binary that this project is about.
pub const BINARY: &str = "rekey";

/// Builds both halves and becomes the server; `extra` goes to it as it is.
pub fn run(workspace: &Workspace, extra: &[String]) -> Result<()> {
    prerequisites()?;
    let site = site::build(workspace, site::QUICK)?;
    let binary = build_server(workspace)?;
    eprintln!("Starting {BINARY}; Ctrl-C ends it.");
    let error = Command::new(&binary)
        .current_dir(&workspace.root)
        .args(["serve", "--demo", "--site"])
        .arg(site)
        .args(demo_folder(workspace, extra))
        .args(extra)
        .exec();
    Err(Failure::new(format!(
        "cannot run {}: {error}",
        workspace.shown(&binary)
    )))
}

/// The demo's own folder, unless the caller names another.
fn demo_folder(workspace: &Workspace, extra: &[String]) -> Vec<OsString> {
    let named = |a: &String| a == "--data" || a.starts_with("--data=");
    if extra.iter().any(named) {
        return Vec::new();
    }
    vec!["--data".into(), workspace.target.join("demo").into()]
}

/// Builds the server as it is used in `serve` and in the tests: with the same
/// selection of packages, because another one switches other features of the
/// libraries on, and everything would be compiled a second time.
pub fn build_server(workspace: &Workspace) -> Result<PathBuf> {
    eprintln!("Building the server (the first time takes some five minutes).");
    let mut command = workspace.cargo();
    lint::with_lints(&mut command)
        .args(["build", "--bin", BINARY])
        .args(workspace.metadata()?.native_arguments());
    lint::build(&mut command)?;
    Ok(workspace.target.join("debug").join(BINARY))
}

/// What has to be there before minutes of building; each with its command.
/// Without Node the bundle is only larger, so that is said further on.
fn prerequisites() -> Result<()> {
    compiler()?;
    if let Some(missing) = npm::missing() {
        eprintln!("{missing}; going on without.");
    }
    Ok(())
}

/// Says that a C compiler is missing, with the command that installs one.
///
/// # Errors
///
/// Returns a failure if there is none.
pub fn compiler() -> Result<()> {
    if ["cc", "gcc", "clang"].iter().any(|name| run::exists(name)) {
        return Ok(());
    }
    Err(Failure::new(
        "a C compiler is missing (SQLite and the cryptography need one): \
         `apt-get install -y build-essential`",
    ))
}
