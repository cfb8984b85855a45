//! The portal, as an operator starts it.

use crate::{
    Failed,
    driver::Target,
    folder::Folder,
    people::People,
    program::{Program, free_address},
};
use std::{fs::File, path::PathBuf, process::Command, time::Duration};

/// How often the audit trail is sealed, and a little more: work that requests
/// leave behind is done by then, and counts.
const SEALED: Duration = Duration::from_millis(1300);

/// The file with the keys that seal secrets.
const KEYS: &str = "keys";

/// The file that it logs into.
const LOG: &str = "log";

/// What was built before.
#[derive(Clone, Debug)]
pub struct Built {
    /// The server.
    pub server: PathBuf,
    /// The browser half.
    pub site: PathBuf,
    /// The release that an operator installs, where there is one.
    pub release: Option<PathBuf>,
}

/// How it is started.
#[derive(Clone, Debug)]
pub struct Start {
    /// Demo mode raises the thresholds of what one address may post, and seeds
    /// its people at the first start; it changes nothing else that is measured.
    pub demo: bool,
    /// The database; the one in the folder unless given.
    pub database: Option<String>,
    /// The name that people call it by; its own address unless given.
    pub host: Option<String>,
    /// Whoever calls it from this machine is a proxy whose word is taken.
    pub behind_proxy: bool,
    /// The page whose first good answer ends the start.
    pub ready: &'static str,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            demo: true,
            database: None,
            host: None,
            behind_proxy: false,
            ready: "/readyz",
        }
    }
}

/// A portal that runs.
#[derive(Debug)]
pub struct Portal {
    /// The process.
    pub program: Program,
    /// Where it listens.
    pub target: Target,
    start: Start,
    folder: Folder,
}

impl Portal {
    /// Starts it over the data of a folder, in demo mode.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(built: &Built, folder: Folder) -> Result<Self, Failed> {
        Self::start_as(built, folder, Start::default()).await
    }

    /// Starts it over the data of a folder. It logs as it does for an operator,
    /// into a file. Nothing of the caller's own settings reaches it.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start_as(built: &Built, folder: Folder, start: Start) -> Result<Self, Failed> {
        let mut target = Target::local(free_address()?);
        if let Some(host) = start.host.clone() {
            target.host = host;
        }
        let mut command = serve(built, &folder, &target, &start)?;
        match Program::start(&mut command, &target, start.ready).await {
            Ok(program) => Ok(Self {
                program,
                target,
                start,
                folder,
            }),
            Err(error) => Err(format!("{error}\n{}", said(&folder)).into()),
        }
    }
}

impl Portal {
    /// Starts another node of it over the database of both: under the same name,
    /// with the same keys, beside a log of its own.
    ///
    /// # Errors
    /// It does not start.
    pub async fn twin(&self, built: &Built, database: &str) -> Result<Self, Failed> {
        let folder = Folder::make()?;
        std::fs::copy(self.folder.path().join(KEYS), folder.path().join(KEYS))?;
        let start = Start {
            database: Some(database.to_owned()),
            host: Some(self.target.host.clone()),
            ..Start::default()
        };
        Self::start_as(built, folder, start).await
    }

    /// Starts it again where it was, after it ended by itself or was killed.
    ///
    /// # Errors
    /// It does not start.
    pub async fn restart(&mut self, built: &Built) -> Result<(), Failed> {
        let mut command = serve(built, &self.folder, &self.target, &self.start)?;
        self.program = Program::start(&mut command, &self.target, self.start.ready).await?;
        Ok(())
    }

    /// Another command of the program over the same data.
    pub fn command(&self, built: &Built, words: &[&str]) -> Command {
        let mut command = command(built, &self.folder);
        command.args(words).arg("--data").arg(self.folder.path());
        if let Some(database) = &self.start.database {
            command.args(["--database", database]);
        }
        command
    }

    /// Its database, beside it, for who puts people in or looks.
    ///
    /// # Errors
    /// It cannot be reached.
    pub async fn people(&self) -> Result<People, Failed> {
        match &self.start.database {
            Some(url) => People::within(&self.folder, url).await,
            None => People::begin(&self.folder).await,
        }
    }

    /// How many lines of its log have a word.
    pub fn said(&self, word: &str) -> usize {
        let log = said(&self.folder);
        log.lines().filter(|line| line.contains(word)).count()
    }
}

fn serve(
    built: &Built,
    folder: &Folder,
    target: &Target,
    start: &Start,
) -> Result<Command, Failed> {
    let mut command = command(built, folder);
    command
        .arg("serve")
        .args(["--listen", &target.address.to_string()])
        .args(["--public-url", &format!("http://{}", target.host)])
        .arg("--site")
        .arg(&built.site)
        .arg("--data")
        .arg(folder.path())
        .stderr(File::create(folder.path().join(LOG))?);
    if start.demo {
        command.arg("--demo");
    }
    if start.behind_proxy {
        command.args(["--trusted-proxies", &target.address.ip().to_string()]);
    }
    if let Some(database) = &start.database {
        command.args(["--database", database]);
    }
    Ok(command)
}

/// The portal's program over the data of a folder, without the caller's own
/// settings.
pub fn command(built: &Built, folder: &Folder) -> Command {
    let mut command = Command::new(&built.server);
    command.env_clear().env("HOME", folder.path());
    command
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
