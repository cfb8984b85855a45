//! The proxy of the tests: applications that know no protocol stand behind it, with the
//! configuration that operators take.

use std::path::{Path, PathBuf};

use crate::apt;
use crate::failure::{Failure, Result};

/// The variable that names it, for us and for the tests.
pub const VARIABLE: &str = "NGINX";

/// Finds nginx, or installs it.
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
    apt::install(&["nginx"], "the tests of forward-auth need nginx")?;
    installed().ok_or_else(|| Failure::new("nginx is installed, yet not to be found"))
}

/// Where Debian puts it is not on everybody's path.
fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .chain([Path::new("/usr/sbin").to_owned()])
        .map(|directory| directory.join("nginx"))
        .find(|path| path.is_file())
}
