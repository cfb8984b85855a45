//! `cargo x build`: the one file that an operator installs.

use crate::failure::{Context, Result};
use crate::run;
use crate::serve::BINARY;
use crate::site;
use crate::workspace::Workspace;

/// The variable that tells the server's build what to embed.
const EMBED: &str = "REKEY_SITE_EMBED";

/// Builds the smallest bundle, and the server with it inside.
pub fn build(workspace: &Workspace) -> Result<()> {
    let site = site::build(workspace, site::RELEASE)?;
    eprintln!("Building the release of the server (this takes its time).");
    run::succeed(
        workspace
            .cargo()
            .args(["build", "--release", "--package", "server"])
            .args(["--features", "server/embed", "--bin", BINARY])
            .env(EMBED, &site),
    )?;
    let binary = workspace.target.join("release").join(BINARY);
    let size = std::fs::metadata(&binary)
        .context(|| format!("cannot read {}", binary.display()))?
        .len();
    println!(
        "{}: {}.{} MB",
        workspace.shown(&binary),
        size / 1_000_000,
        size % 1_000_000 / 100_000
    );
    Ok(())
}
