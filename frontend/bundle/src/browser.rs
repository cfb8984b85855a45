//! The browser of the tests: the system's own, because Playwright's download
//! reaches its server on no closed network.

use std::path::{Path, PathBuf};

use crate::apt;
use crate::failure::{Failure, Result};

/// The variable that names the browser, for us and for the tests.
pub const VARIABLE: &str = "CHROMIUM";

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Finds a Chromium, or installs one.
pub fn find() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        let path = PathBuf::from(named);
        return if path.exists() {
            Ok(path)
        } else {
            Err(Failure::new(format!(
                "{VARIABLE} names {}, which is not there",
                path.display()
            )))
        };
    }
    if let Some(path) = installed() {
        return Ok(path);
    }
    apt::install(&["chromium"], "the browser tests need Chromium")?;
    installed().ok_or_else(|| Failure::new("Chromium is installed, yet not to be found"))
}

fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .chain([Path::new("/usr/bin").to_owned()])
        .flat_map(|directory| NAMES.iter().map(move |name| directory.join(name)))
        .find(|path| path.is_file())
}
