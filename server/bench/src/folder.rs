//! A folder for one measurement's data, gone afterwards.

use crate::Failed;
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

/// The folder.
#[derive(Debug)]
pub struct Folder(PathBuf);

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
        let program = std::env::current_exe()?;
        let beside = program.parent().ok_or("this program lies nowhere")?;
        let path = beside.join(format!("bench-data-{}-{number}", std::process::id()));
        std::fs::create_dir(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}
