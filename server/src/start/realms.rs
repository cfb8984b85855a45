//! The realms of this installation: their policies, read and refused as a whole.

use super::Failed;
use domain::policy::{self, Realm};
use flows::{Realms, infra::numbers};
use std::path::{Path, PathBuf};

/// The policies that ship with the product.
pub const PRESETS: [(&str, &str); 5] = [
    (
        "workforce.toml",
        include_str!("../../policies/workforce.toml"),
    ),
    (
        "customers.toml",
        include_str!("../../policies/customers.toml"),
    ),
    ("dealers.toml", include_str!("../../policies/dealers.toml")),
    ("agents.toml", include_str!("../../policies/agents.toml")),
    ("cloud.toml", include_str!("../../policies/cloud.toml")),
];

/// Reads the policies of a folder, or the presets.
///
/// # Errors
/// Every fault in every file, with its line.
pub fn realms(dir: Option<&Path>) -> Result<Realms, Failed> {
    let mut files: Vec<(String, String)> = Vec::new();
    match dir {
        None => files.extend(
            PRESETS
                .iter()
                .map(|(n, t)| ((*n).to_owned(), (*t).to_owned())),
        ),
        Some(dir) => {
            let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)
                .map_err(|e| format!("{}: {e}", dir.display()))?
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| path.extension().is_some_and(|e| e == "toml"))
                .collect();
            paths.sort();
            for path in paths {
                let text = std::fs::read_to_string(&path)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
                files.push((path.display().to_string(), text));
            }
        }
    }
    let mut realms: Vec<Realm> = Vec::new();
    let mut faults = Vec::new();
    for (name, text) in &files {
        match policy::parse(text) {
            Ok(realm) if realms.iter().any(|r| r.slug == realm.slug) => {
                faults.push(format!(
                    "{name}: the realm \"{}\" stands in two files",
                    realm.slug
                ));
            }
            Ok(realm) if !flows::when::is_zone(&realm.zone) => faults.push(format!(
                "{name}: line {}: there is no time zone \"{}\"",
                line_of(text, "time_zone"),
                realm.zone
            )),
            Ok(realm)
                if !realm
                    .numbers
                    .countries
                    .iter()
                    .all(|c| numbers::is_country(c)) =>
            {
                faults.push(format!(
                    "{name}: line {}: there are no telephone numbers of one of these countries",
                    line_of(text, "countries")
                ));
            }
            Ok(realm) => realms.push(realm),
            Err(found) => faults.extend(found.iter().map(|fault| format!("{name}: {fault}"))),
        }
    }
    if realms.is_empty() && faults.is_empty() {
        faults.push("there is no policy file (*.toml)".to_owned());
    }
    if faults.is_empty() {
        Ok(Realms::new(realms))
    } else {
        Err(faults.join("\n       ").into())
    }
}

/// The line of a key, counted from 1.
fn line_of(text: &str, key: &str) -> usize {
    text.lines()
        .position(|line| line.trim_start().starts_with(key))
        .map_or(1, |n| n + 1)
}
