//! What durability costs on this disk.

use crate::{
    Failed,
    measure::{median, millis},
};
use std::{fs::File, io::Write as _, path::Path, time::Instant};

/// How often it is measured at a time.
const TIMES: usize = 40;

/// What it takes to make a page of a file durable, in milliseconds: the median.
///
/// # Errors
/// The disk is full.
pub fn floor(folder: &Path) -> Result<f64, Failed> {
    let path = folder.join("synced");
    let mut file = File::create(&path)?;
    let mut took = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        file.write_all(&[7; 4096])?;
        let begun = Instant::now();
        file.sync_all()?;
        took.push(millis(begun.elapsed()));
    }
    std::fs::remove_file(path)?;
    Ok(median(&took))
}

#[cfg(test)]
mod tests {
    use super::floor;
    use crate::folder::Folder;

    #[test]
    fn a_sync_takes_time_and_leaves_nothing() {
        let folder = Folder::make().unwrap();
        assert!(floor(folder.path()).unwrap() > 0.0);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
