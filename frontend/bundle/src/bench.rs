//! `cargo x bench`: the measurements, in a crate of their own.

use crate::failure::{Failure, Result};
use crate::run;
use crate::workspace::Workspace;

/// Builds the measurements with optimisation and runs them; `arguments` go to
/// them as they are.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if !workspace.metadata()?.has("bench") {
        return Err(Failure::new(
            "the workspace has no crate `bench` (server/bench); there is nothing to measure with",
        ));
    }
    run::succeed(
        workspace
            .cargo()
            .args(["run", "--profile", "bench-run", "--package", "bench", "--"])
            .args(arguments),
    )
}
