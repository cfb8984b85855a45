//! The two tools from npm: `wasm-opt` and a CSS minifier. The bundle is larger
//! without them and works all the same, so their absence is said, not fatal.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Result;
use crate::fingerprint::{self, Fingerprint, read, write};
use crate::run;
use crate::workspace::Workspace;

const SOURCES: &str = "frontend/bundle/npm";
const FILES: &[&str] = &["package.json", "package-lock.json", ".npmrc", "css.mjs"];

/// The installed tools.
#[derive(Clone, Debug)]
pub struct Tools(PathBuf);

impl Tools {
    /// Installs the tools below the target directory; none without Node.
    pub fn find(workspace: &Workspace) -> Result<Option<Self>> {
        if let Some(missing) = missing() {
            eprintln!("      {missing}; the bundle works, but it is larger");
            return Ok(None);
        }
        let directory = workspace.target.join("npm");
        for file in FILES {
            let from = read(&workspace.path(SOURCES).join(file))?;
            let to = directory.join(file);
            if read(&to).is_ok_and(|there| there == from) {
                continue;
            }
            write(&to, &from)?;
        }
        match install(&directory) {
            Ok(()) => Ok(Some(Self(directory))),
            Err(failure) => {
                eprintln!("      {failure}");
                eprintln!("      npm brings no wasm-opt; the bundle works, but it is larger");
                Ok(None)
            }
        }
    }

    /// `wasm-opt` of binaryen.
    pub fn wasm_opt(&self) -> Command {
        self.node("node_modules/binaryen/bin/wasm-opt")
    }

    /// The minifier: a stylesheet on its stdin, a smaller one on its stdout.
    pub fn css(&self) -> Command {
        self.node("css.mjs")
    }

    fn node(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.0.join(script));
        command
    }
}

/// Says which of Node and npm is missing, with the command that installs it.
pub fn missing() -> Option<&'static str> {
    if !run::exists("node") {
        Some("Node.js is missing: `apt-get install -y nodejs npm`")
    } else if !run::exists("npm") {
        Some("npm is missing: `apt-get install -y npm`")
    } else {
        None
    }
}

/// Installs what a directory's lock file says, unless that is done already.
pub fn install(directory: &Path) -> Result<()> {
    let stamp = directory.join("node_modules/.rekey-stamp");
    let wanted = Fingerprint::new()
        .add_sources(directory, &["package.json", "package-lock.json", ".npmrc"])?
        .finish();
    if read(&stamp).is_ok_and(|there| there == wanted.as_bytes()) {
        return Ok(());
    }
    let how = if directory.join("package-lock.json").exists() {
        "ci"
    } else {
        "install"
    };
    eprintln!("      npm {how} (once)");
    run::capture(
        Command::new("npm")
            .args([how, "--no-audit", "--no-fund", "--loglevel", "error"])
            .current_dir(directory)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    fingerprint::write(&stamp, wanted.as_bytes())
}
