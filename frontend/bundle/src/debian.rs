//! The fallback for machines where rustup cannot fetch the browser target:
//! Debian's own Rust, which comes with the sources of the standard library.
//!
//! The native half keeps its ordinary toolchain; only the browser half is built
//! by this one, in a target directory of its own, or the two compilers would
//! evict each other's work.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::apt;
use crate::failure::{Failure, Result};
use crate::run;
use crate::workspace;

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const LINKER: &str = "/usr/bin/rust-lld";
const SOURCES: &str = "/usr/lib/rustlib/src/rust/library/Cargo.toml";

/// Makes sure that Debian's compiler, its sources and its linker are there.
pub fn prepare() -> Result<()> {
    if !is_installed() {
        apt::install(
            // The last is only recommended by the first, and holds the linker.
            &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"],
            "the browser half needs a Rust with wasm32-unknown-unknown",
        )?;
    }
    // The linker is a link into a package that nothing depends on.
    if fs::metadata(LINKER).is_err() {
        let version = version()?;
        let llvm = llvm_major(&version)
            .ok_or_else(|| Failure::new(format!("{RUSTC} does not name its LLVM")))?;
        apt::install(
            &[&format!("lld-{llvm}")],
            "Debian's Rust needs its linker for WebAssembly",
        )?;
    }
    Ok(())
}

/// Cargo of this toolchain, set up to build the standard library along.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(CARGO);
    workspace::forget_outer_cargo(&mut command);
    let path = std::env::var("PATH").unwrap_or_default();
    command
        .current_dir(root)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", RUSTC)
        .env("PATH", format!("/usr/bin:{path}"))
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO");
    command
}

/// The arguments that a build with this toolchain needs besides the usual ones.
pub const ARGUMENTS: &[&str] = &[
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
];

/// What this compiler calls itself, for the fingerprint.
pub fn version() -> Result<String> {
    run::capture_text(Command::new(RUSTC).arg("-vV"))
}

/// Whether the packages are there; the link counts even where it points nowhere.
fn is_installed() -> bool {
    [CARGO, RUSTC, SOURCES, LINKER]
        .iter()
        .all(|path| fs::symlink_metadata(path).is_ok())
}

/// The major version in the line `LLVM version: 22.1.0`.
fn llvm_major(version: &str) -> Option<&str> {
    version
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "))
        .and_then(|number| number.split('.').next())
}

#[cfg(test)]
mod tests {
    use super::llvm_major;

    #[test]
    fn the_linker_is_named_after_the_compilers_llvm() {
        let said = "rustc 1.96.0 (Debian)\nhost: x86_64-unknown-linux-gnu\nLLVM version: 22.1.8\n";
        assert_eq!(llvm_major(said), Some("22"));
        assert_eq!(llvm_major("rustc 1.96.0"), None);
    }
}
