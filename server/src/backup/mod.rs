//! Copies of the database that an operator keeps, and the way back from one
//! (decision 0017).
//!
//! A copy is an age file (age-encryption.org/v1): three lines of text, then the
//! database as SQLite wrote it. `age --decrypt` opens it without us, and
//! `tail --lines=+4` leaves the database. The keys that open the secrets in it are never
//! inside.

mod archive;
mod make;
mod restore;

pub use archive::Contents;
pub use make::make;
pub use restore::{Outcome, after, refuse_older, restore};

use crate::{cli::Data, start::Failed};
use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// A file whose lock says that a portal works on a data folder.
const LOCK: &str = "lock";

/// Where PostgreSQL's own tools are explained.
const PAGE: &str = "server/packaging/README.md";

/// Names a file in what went wrong with it.
fn at<E: std::fmt::Display>(file: &Path) -> impl Fn(E) -> Failed + use<'_, E> {
    move |error| format!("{}: {error}", file.display()).into()
}

/// A data folder is in use as long as this lives.
#[derive(Debug)]
pub struct InUse(#[expect(dead_code, reason = "its lock goes with it")] File);

fn lock_file(data: &Data) -> Result<(PathBuf, File), Failed> {
    std::fs::create_dir_all(&data.data).map_err(at(&data.data))?;
    let path = data.data.join(LOCK);
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(&path)
        .map_err(at(&path))?;
    Ok((path, file))
}

/// Says that a portal works on a data folder, so that nothing is restored into it.
///
/// # Errors
/// Something is restored into it now.
pub fn in_use(data: &Data) -> Result<InUse, Failed> {
    let (path, file) = lock_file(data)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(InUse(file)),
        Err(TryLockError::WouldBlock) => {
            Err(format!("{}: a backup is being restored here", data.data.display()).into())
        }
        Err(TryLockError::Error(error)) => Err(at(&path)(error)),
    }
}

/// A data folder that no portal works on, for as long as this lives.
fn alone(data: &Data) -> Result<InUse, Failed> {
    let (path, file) = lock_file(data)?;
    match file.try_lock() {
        Ok(()) => Ok(InUse(file)),
        Err(TryLockError::WouldBlock) => {
            Err(format!("{}: a portal runs here; stop it first", data.data.display()).into())
        }
        Err(TryLockError::Error(error)) => Err(at(&path)(error)),
    }
}

/// A folder for what is not finished: its owner alone sees into it, and it goes with
/// what it was for.
struct Workshop {
    folder: PathBuf,
    _lock: File,
}

impl Workshop {
    /// Opens it; what an earlier one left behind that was killed is cleared away.
    fn open(folder: PathBuf) -> Result<Self, Failed> {
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder);
        made.map_err(at(&folder))?;
        let lock = File::open(&folder).map_err(at(&folder))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!("{}: another one is at work here", folder.display()).into());
            }
            Err(TryLockError::Error(error)) => return Err(at(&folder)(error)),
        }
        for left in std::fs::read_dir(&folder).map_err(at(&folder))?.flatten() {
            std::fs::remove_file(left.path()).map_err(at(&left.path()))?;
        }
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Makes the names in a folder durable.
fn sync_folder(folder: &Path) -> Result<(), Failed> {
    let opened = File::open(folder).map_err(at(folder))?;
    opened.sync_all().map_err(at(folder))
}
