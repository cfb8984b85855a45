//! Packages of the system: installed when we may, named when we may not.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::run;

/// Whether this runs as the system's administrator.
pub fn is_root() -> bool {
    run::capture_text(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// Installs Debian packages, or fails with the command that does.
///
/// Only root installs; nobody is asked for a password in the middle of a build.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let by_hand = format!("apt-get install -y {}", packages.join(" "));
    if !run::exists("apt-get") {
        return Err(Failure::new(format!(
            "{why}; on Debian that is `{by_hand}`, install its like here"
        )));
    }
    if !is_root() {
        return Err(Failure::new(format!("{why}; run `sudo {by_hand}`")));
    }
    eprintln!("      {why}; installing {}", packages.join(" "));
    let install = || {
        run::capture(
            Command::new("apt-get")
                .args(["install", "-y", "--no-install-recommends"])
                .args(packages)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    };
    // A fresh machine has no package lists, or old ones.
    if install().is_err() {
        run::capture(Command::new("apt-get").arg("update"))?;
        install()?;
    }
    Ok(())
}

/// A program of a Debian package.
pub struct Program {
    /// The variable that names it, for us and for the tests.
    pub variable: &'static str,
    /// What it may be called, the best first.
    pub names: &'static [&'static str],
    /// The package that brings it.
    pub package: &'static str,
    /// Who needs it.
    pub why: &'static str,
}

impl Program {
    /// Finds it, or installs it.
    pub fn find(&self) -> Result<PathBuf> {
        if let Some(named) = std::env::var_os(self.variable) {
            let path = PathBuf::from(named);
            return path.exists().then_some(path).ok_or_else(|| {
                Failure::new(format!(
                    "{} names something that is not there",
                    self.variable
                ))
            });
        }
        if let Some(path) = self.installed() {
            return Ok(path);
        }
        install(&[self.package], self.why)?;
        self.installed().ok_or_else(|| {
            Failure::new(format!(
                "{} is installed, yet not to be found",
                self.package
            ))
        })
    }

    /// Where Debian puts programs is not all on everybody's path.
    fn installed(&self) -> Option<PathBuf> {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .chain(["/usr/bin", "/usr/sbin"].map(PathBuf::from))
            .flat_map(|directory| self.names.iter().map(move |name| directory.join(name)))
            .find(|path| path.is_file())
    }
}
