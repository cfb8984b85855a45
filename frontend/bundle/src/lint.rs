//! Compiling and linting in one pass.
//!
//! `cargo clippy` checks every crate once more, and every library below it. Clippy's driver is
//! the compiler with lints added, so cargo can call it in the compiler's place: what it compiles
//! is what runs, and each crate goes through the compiler once. Only the workspace's own crates
//! are compiled this way; libraries are shared with whatever else builds here.

use std::io::{BufRead, BufReader, IsTerminal, stderr};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::failure::{Context, Failure, Result};
use crate::run;

/// The variable by which cargo takes another compiler for the workspace's own crates.
const WRAPPER: &str = "RUSTC_WORKSPACE_WRAPPER";

/// Makes `cargo` compile with clippy's driver, where the toolchain has one. A machine without it
/// builds and serves all the same.
pub fn with_lints(cargo: &mut Command) -> &mut Command {
    if let Some(driver) = driver() {
        cargo.env(WRAPPER, driver);
    }
    cargo
}

/// Names the missing linter or formatter, with the command that installs it.
pub fn missing() -> Option<&'static str> {
    if driver().is_none() {
        Some(
            "clippy is missing: `rustup component add clippy` (Debian: `apt-get install -y rust-clippy`)",
        )
    } else if !run::exists("rustfmt") {
        Some(
            "rustfmt is missing: `rustup component add rustfmt` (Debian: `apt-get install -y rustfmt`)",
        )
    } else {
        None
    }
}

/// Clippy's driver beside the compiler that cargo will call.
fn driver() -> Option<PathBuf> {
    let sysroot = run::capture_text(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
    let driver = PathBuf::from(sysroot).join("bin/clippy-driver");
    driver.is_file().then_some(driver)
}

/// Runs a build, shows what the compiler says, and returns the number of warnings. Warnings of
/// crates that are up to date are repeated by cargo, so none is lost between two runs.
///
/// # Errors
///
/// Returns a failure if the build fails.
pub fn build(cargo: &mut Command) -> Result<usize> {
    let name = run::name(cargo);
    let format = if stderr().is_terminal() {
        "json-diagnostic-rendered-ansi"
    } else {
        "json"
    };
    let mut child = cargo
        .args(["--message-format", format])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context(|| format!("cannot run `{name}`"))?;
    let stdout = child.stdout.take().expect("stdout is piped");
    let mut warnings = 0;
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        if let Some(message) = Message::parse(&line) {
            eprint!("{}", message.rendered);
            warnings += usize::from(message.is_warning);
        }
    }
    match child.wait().context(|| format!("cannot run `{name}`"))? {
        status if status.success() => Ok(warnings),
        status => Err(Failure::new(format!("`{name}` ended with {status}"))),
    }
}

/// What the compiler says about a piece of source.
#[derive(Debug, PartialEq, Eq)]
struct Message {
    rendered: String,
    is_warning: bool,
}

impl Message {
    fn parse(line: &str) -> Option<Self> {
        let json: Value = serde_json::from_str(line).ok()?;
        if json.get("reason")? != "compiler-message" {
            return None;
        }
        let message = json.get("message")?;
        Some(Self {
            rendered: message.get("rendered")?.as_str()?.to_owned(),
            is_warning: message.get("level")? == "warning",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn warnings_are_told_from_what_cargo_says_besides() {
        let warning = r#"{"reason":"compiler-message","message":{"level":"warning","rendered":"warning: unused\n"}}"#;
        let found = Message::parse(warning).unwrap();
        assert!(found.is_warning);
        assert_eq!(found.rendered, "warning: unused\n");
        let error =
            r#"{"reason":"compiler-message","message":{"level":"error","rendered":"error\n"}}"#;
        assert!(!Message::parse(error).unwrap().is_warning);
        assert_eq!(Message::parse(r#"{"reason":"compiler-artifact"}"#), None);
        assert_eq!(Message::parse("not JSON"), None);
    }
}
