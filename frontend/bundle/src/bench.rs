//! `cargo x bench`: the measurements, in a crate of their own.

use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::postgres::Cluster;
use crate::run;
use crate::serve::BINARY;
use crate::site;
use crate::workspace::Workspace;

/// The crate of the measurements, and its program.
const BENCH: &str = "bench";

/// The profile of what is measured and of what measures.
const PROFILE: &str = "bench-run";

/// The variable that tells the measurements where PostgreSQL is.
const POSTGRES: &str = "REKEY_BENCH_POSTGRES";

/// Builds the bundle that ships, the server with optimisation and the
/// measurements, and runs them; `arguments` go to them as they are.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if !workspace.metadata()?.has(BENCH) {
        return Err(Failure::new(
            "the workspace has no crate `bench` (server/bench); there is nothing to measure with",
        ));
    }
    let site = site::build(workspace, site::RELEASE)?;
    eprintln!("Building the server and the measurements (the first time takes some ten minutes).");
    // Both at once: apart they would ask their libraries for other features, and
    // cargo would compile most of them twice.
    run::succeed(
        workspace
            .cargo()
            .args(["build", "--profile", PROFILE])
            .args(["--package", "server", "--bin", BINARY])
            .args(["--package", BENCH, "--bin", BENCH]),
    )?;
    let built = workspace.target.join(PROFILE);
    let mut command = Command::new(built.join(BENCH));
    command
        .env("REKEY_BIN", built.join(BINARY))
        .env("REKEY_SITE", site)
        .env_remove(POSTGRES)
        .args(arguments);
    let release = workspace.target.join("release").join(BINARY);
    if release.exists() {
        command.env("REKEY_RELEASE", release);
    }
    let cluster = cluster(&built);
    if let Some(cluster) = &cluster {
        command.env(POSTGRES, cluster.url());
    }
    run::succeed(&mut command)
}

/// The cluster whose filled databases are kept. Without one the rows name what
/// they could not measure; nothing else is held up by it.
fn cluster(built: &Path) -> Option<Cluster> {
    match Cluster::keep(&built.join("postgres")) {
        Ok(cluster) => cluster,
        Err(failure) => {
            eprintln!("PostgreSQL does not start: {failure}");
            None
        }
    }
}
