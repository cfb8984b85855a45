//! The portal, as an operator starts it.

use crate::{
    Failed,
    driver::Target,
    folder::Folder,
    program::{Program, free_address},
};
use std::{fs::File, path::PathBuf, process::Command, time::Duration};

/// How often the audit trail is sealed, and a little more: work that requests
/// leave behind is done by then, and counts.
const SEALED: Duration = Duration::from_millis(1300);

/// The file that it logs into.
const LOG: &str = "log";

/// What was built before.
#[derive(Clone, Debug)]
pub struct Built {
    /// The server.
    pub server: PathBuf,
    /// The browser half.
    pub site: PathBuf,
}

/// A portal that runs.
#[derive(Debug)]
pub struct Portal {
    /// The process.
    pub program: Program,
    /// Where it listens.
    pub target: Target,
    folder: Folder,
}

impl Portal {
    /// Starts it over the data of a folder: in demo mode, which raises the
    /// thresholds of what one address may post and changes nothing else that is
    /// measured. It logs as it does for an operator, into a file. Nothing of the
    /// caller's own settings reaches it.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(built: &Built, folder: Folder) -> Result<Self, Failed> {
        let target = Target::local(free_address()?);
        let mut command = Command::new(&built.server);
        command
            .env_clear()
            .env("HOME", folder.path())
            .args(["serve", "--demo"])
            .args(["--listen", &target.address.to_string()])
            .args(["--public-url", &format!("http://{}", target.host)])
            .arg("--data")
            .arg(folder.path())
            .arg("--site")
            .arg(&built.site)
            .stderr(File::create(folder.path().join(LOG))?);
        match Program::start(&mut command, &target, "/readyz").await {
            Ok(program) => Ok(Self {
                program,
                target,
                folder,
            }),
            Err(error) => Err(format!("{error}\n{}", said(&folder)).into()),
        }
    }
}

impl Drop for Portal {
    /// What it could not do is told before the log goes with its folder.
    fn drop(&mut self) {
        let log = said(&self.folder);
        for line in causes(&log).take(10) {
            eprintln!("{line}");
        }
    }
}

fn said(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path().join(LOG)).unwrap_or_default()
}

/// The lines that tell why something could not be answered. That an answer was
/// 503 is told for each as well, and is nothing that we would not see.
fn causes(log: &str) -> impl Iterator<Item = &str> {
    log.lines()
        .filter(|line| line.contains("ERROR") && !line.contains("response failed"))
}

/// Waits until what requests left behind is done.
pub async fn settle() {
    tokio::time::sleep(SEALED).await;
}

#[cfg(test)]
mod tests {
    use super::causes;

    #[test]
    fn only_causes_are_told() {
        let log = "INFO ready\nERROR response failed: 503\nERROR could not answer R000001\n";
        assert!(causes(log).eq(["ERROR could not answer R000001"]));
    }
}
