//! Which compiler builds the browser half.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::debian;
use crate::failure::{Failure, Result};
use crate::run;
use crate::workspace::Workspace;

/// The target of the browser half.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Forces one of the two: `debian` or `ordinary`. For tests of the fallback.
const SWITCH: &str = "REKEY_WASM_TOOLCHAIN";

/// A compiler that can build for the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toolchain {
    /// The one that builds the server too.
    Ordinary,
    /// Debian's, with the standard library built along.
    Debian,
}

impl Toolchain {
    /// Finds the compiler without installing anything.
    pub fn probe(workspace: &Workspace) -> Option<Self> {
        match std::env::var(SWITCH).as_deref() {
            Ok("debian") => Some(Self::Debian),
            _ => has_target(workspace).then_some(Self::Ordinary),
        }
    }

    /// Finds the compiler, and sets one up where there is none: rustup first,
    /// Debian's where rustup is missing or refused.
    pub fn find(workspace: &Workspace) -> Result<Self> {
        let forced = std::env::var(SWITCH).unwrap_or_default();
        match forced.as_str() {
            "debian" => {
                debian::prepare()?;
                return Ok(Self::Debian);
            }
            "" | "ordinary" => {}
            other => {
                return Err(Failure::new(format!(
                    "{SWITCH}={other}: it may be `ordinary` or `debian`"
                )));
            }
        }
        if has_target(workspace) {
            return Ok(Self::Ordinary);
        }
        eprintln!("      no {WASM} here yet; asking rustup for it");
        if add_target(workspace) && has_target(workspace) {
            return Ok(Self::Ordinary);
        }
        if forced == "ordinary" {
            return Err(Failure::new(format!("run `rustup target add {WASM}`")));
        }
        eprintln!("      rustup does not bring it; taking Debian's Rust for the browser half");
        debian::prepare()?;
        Ok(Self::Debian)
    }

    /// Cargo of this toolchain, at the root of the repository.
    pub fn cargo(self, workspace: &Workspace) -> Command {
        match self {
            Self::Ordinary => workspace.cargo(),
            Self::Debian => debian::cargo(&workspace.root),
        }
    }

    /// The target directory of the browser half: never the server's, whose
    /// flags differ, and one for each compiler.
    pub fn target_dir(self, workspace: &Workspace) -> PathBuf {
        workspace.target.join(match self {
            Self::Ordinary => "front",
            Self::Debian => "front-debian",
        })
    }

    /// Arguments that a build with this toolchain needs besides the usual ones.
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Ordinary => &[],
            Self::Debian => debian::ARGUMENTS,
        }
    }

    /// What the compiler calls itself: another compiler, another bundle.
    pub fn version(self, workspace: &Workspace) -> Result<String> {
        match self {
            Self::Ordinary => run::capture_text(
                Command::new("rustc")
                    .arg("-vV")
                    .current_dir(&workspace.root),
            ),
            Self::Debian => debian::version(),
        }
    }
}

/// Whether the ordinary compiler has a standard library for the browser.
fn has_target(workspace: &Workspace) -> bool {
    run::capture_text(
        Command::new("rustc")
            .args(["--print", "target-libdir", "--target", WASM])
            .current_dir(&workspace.root),
    )
    .is_ok_and(|libdir| has_core(Path::new(&libdir)))
}

fn has_core(libdir: &Path) -> bool {
    std::fs::read_dir(libdir).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libcore-") && name.ends_with(".rlib")
        })
    })
}

fn add_target(workspace: &Workspace) -> bool {
    Command::new("rustup")
        .args(["target", "add", WASM])
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
