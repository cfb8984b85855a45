//! Folders for the data of measurements: one measurement's, gone afterwards, or
//! one that is kept, because filling it takes minutes.

use crate::Failed;
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

/// The folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    kept: bool,
}

impl Folder {
    /// Makes one beside this program: that is the disk that it was built on,
    /// where a temporary directory may be memory, which keeps nothing and syncs
    /// for nothing.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn make() -> Result<Self, Failed> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = beside(&format!("bench-data-{}-{number}", std::process::id()))?;
        std::fs::create_dir(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Self { path, kept: false })
    }

    /// One that stays where it is, made where it is missing.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn keep(path: PathBuf) -> Result<Self, Failed> {
        std::fs::create_dir_all(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Self { path, kept: true })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            eprintln!("{}: {error}", self.path.display());
        }
    }
}

/// A path beside this program.
///
/// # Errors
/// It lies nowhere.
pub fn beside(name: &str) -> Result<PathBuf, Failed> {
    let program = std::env::current_exe()?;
    let folder = program.parent().ok_or("this program lies nowhere")?;
    Ok(folder.join(name))
}
