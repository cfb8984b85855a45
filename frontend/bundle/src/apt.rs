//! Packages of the system: installed when we may, named when we may not.

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
