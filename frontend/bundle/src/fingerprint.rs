//! Content hashes: of the sources, to skip a build that would change nothing,
//! and of files, to name them after what is in them.

use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::failure::{Context, Result};

/// Directories that no source lies in.
const NOT_SOURCES: &[&str] = &["node_modules", "target", ".git"];

/// What the browser half is made of. Directories count with all that is below.
pub const BROWSER_SOURCES: &[&str] = &[
    "app",
    "frontend",
    "style",
    "public",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
];

/// A hash that grows from named parts, each with its length, so that no two
/// different lists of parts run together into the same one.
#[derive(Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one named part.
    pub fn add(&mut self, name: &str, content: &[u8]) -> &mut Self {
        for part in [name.as_bytes(), content] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
        self
    }

    /// Adds files, and all files below directories, by path and content. What
    /// does not exist adds nothing, and becomes a change once it does.
    pub fn add_sources(&mut self, root: &Path, paths: &[&str]) -> Result<&mut Self> {
        for path in paths {
            for file in files(&root.join(path))? {
                let name = file.strip_prefix(root).unwrap_or(&file);
                let content = read(&file)?;
                self.add(&name.to_string_lossy(), &content);
            }
        }
        Ok(self)
    }

    /// The hash as text.
    pub fn finish(&self) -> String {
        HEXLOWER.encode(&self.0.clone().finalize())
    }
}

/// The twelve characters that a file of this content carries in its name.
pub fn short(content: &[u8]) -> String {
    let mut hash = HEXLOWER.encode(&Sha256::digest(content));
    hash.truncate(12);
    hash
}

/// All files at or below `path`, sorted by name; none when it does not exist.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(path, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        found.push(path.to_owned());
    } else if path.is_dir() {
        let entries = fs::read_dir(path).context(|| format!("cannot list {}", path.display()))?;
        for entry in entries {
            let entry = entry.context(|| format!("cannot list {}", path.display()))?;
            let name = entry.file_name();
            if !NOT_SOURCES.iter().any(|skipped| name == *skipped) {
                collect(&entry.path(), found)?;
            }
        }
    }
    Ok(())
}

/// Reads a file and names it when that fails.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).context(|| format!("cannot read {}", path.display()))
}

/// Writes a file, making the directories above it.
pub fn write(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(above) = path.parent() {
        fs::create_dir_all(above).context(|| format!("cannot make {}", above.display()))?;
    }
    fs::write(path, content).context(|| format!("cannot write {}", path.display()))
}

/// A directory of this test's own below the system's temporary one, gone when
/// the test ends.
#[cfg(test)]
pub struct Scratch(PathBuf);

#[cfg(test)]
impl Scratch {
    /// Makes the directory; `name` keeps tests that run at once apart.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rekey-x-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a temporary directory");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Puts a file into it.
    pub fn put(&self, name: &str, content: &str) {
        write(&self.0.join(name), content.as_bytes()).expect("a temporary file");
    }
}

#[cfg(test)]
impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, Scratch, short};

    fn of(scratch: &Scratch) -> String {
        Fingerprint::new()
            .add_sources(scratch.path(), &["app", "Cargo.lock"])
            .unwrap()
            .finish()
    }

    #[test]
    fn the_same_sources_have_the_same_fingerprint() {
        let scratch = Scratch::new("same");
        scratch.put("app/src/lib.rs", "fn one() {}");
        assert_eq!(of(&scratch), of(&scratch));
    }

    #[test]
    fn content_name_and_presence_all_count() {
        let scratch = Scratch::new("counts");
        scratch.put("app/src/lib.rs", "fn one() {}");
        let first = of(&scratch);
        scratch.put("app/src/lib.rs", "fn two() {}");
        let changed = of(&scratch);
        scratch.put("Cargo.lock", "");
        let added = of(&scratch);
        std::fs::rename(
            scratch.path().join("app/src/lib.rs"),
            scratch.path().join("app/src/main.rs"),
        )
        .unwrap();
        let renamed = of(&scratch);
        let all = std::collections::HashSet::from([first, changed, added, renamed]);
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn other_files_and_installed_packages_do_not_count() {
        let scratch = Scratch::new("others");
        scratch.put("app/src/lib.rs", "fn one() {}");
        let first = of(&scratch);
        scratch.put("server/src/main.rs", "fn main() {}");
        scratch.put("app/node_modules/some/index.js", "0");
        scratch.put("app/target/debug/thing", "0");
        assert_eq!(of(&scratch), first);
    }

    #[test]
    fn parts_do_not_run_together() {
        let one = Fingerprint::new().add("a", b"bc").finish();
        let other = Fingerprint::new().add("ab", b"c").finish();
        assert_ne!(one, other);
    }

    #[test]
    fn a_name_carries_twelve_hexadecimal_characters() {
        assert_eq!(short(b""), "e3b0c44298fc");
    }
}
