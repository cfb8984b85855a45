//! Taking a copy, beside a portal that runs.

use super::{PAGE, Workshop, archive, at, sync_folder};
use crate::{
    cli::Backup,
    start::{self, Failed},
};
use domain::{
    Timestamp,
    audit::{Action, Event},
};
use flows::{
    audit::{Head, of_command_line},
    infra::{Clock, Random, SystemClock},
};
use std::path::{Path, PathBuf};
use store::{Config, Store};

/// How the files begin.
const BEGIN: &str = "rekey-";
/// How they end.
const END: &str = ".age";
/// How they end before they are whole.
const UNFINISHED: &str = ".age-new";

/// Takes a copy, and clears away those that are too many; gives its file. The trail
/// tells of it before it is taken, since everything leaves the house.
///
/// # Errors
/// PostgreSQL has tools of its own; or a file, the keys or the database could not.
pub async fn make(options: &Backup) -> Result<PathBuf, Failed> {
    let data = &options.data;
    if !start::config(data).is_sqlite() {
        return Err(format!(
            "this copies SQLite alone: take pg_dump for PostgreSQL, and `rekey after-restore` once its dump was restored ({PAGE})"
        )
        .into());
    }
    let recipients = archive::recipients(&options.recipients, options.passphrase_file.as_deref())?;
    let vault = start::known_vault(data)?;
    let realms = start::realms(data.policy.as_deref())?;
    let workshop = Workshop::open(data.data.join("backup-work"))?;
    // Never the schema: the portal that runs may be of another version.
    let store = start::store_as_it_is(data).await?;
    let now = SystemClock.now();
    let mut tx = store.begin().await?;
    for realm in realms.iter() {
        let event = Event::to_realm(Action::BackupMade).because(name(now));
        let entry = of_command_line(&Random::from_os(), &realm.slug, &event, now);
        tx.audit_insert(&entry).await?;
    }
    tx.commit().await?;
    // Before the copy: the trail in it goes as far as this at least.
    let head = Head::read(&start::head_file(data))?;
    let copy = workshop.path("rekey.db");
    store.copy_into(&copy).await?;
    store.close().await;
    let (schema, people) = inside(&copy).await?;
    let (digest, bytes) = archive::digest(&copy)?;
    let contents = archive::Contents {
        made_at: now,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        people: people.into_iter().collect(),
        bytes,
        digest,
        head,
    };
    let folder = &options.to;
    std::fs::create_dir_all(folder).map_err(at(folder))?;
    clear(folder, UNFINISHED, 0)?;
    let (new, file) = (
        folder.join(format!("{}{UNFINISHED}", name(now))),
        folder.join(format!("{}{END}", name(now))),
    );
    if let Err(error) = archive::write(&new, &recipients, &vault, &contents, &copy) {
        let _ = std::fs::remove_file(&new);
        return Err(error);
    }
    std::fs::rename(&new, &file).map_err(at(&file))?;
    sync_folder(folder)?;
    clear(folder, END, options.keep.max(1))?;
    Ok(file)
}

/// The newest step of the schema of a copy, and how many people each realm has.
async fn inside(copy: &Path) -> Result<(i64, Vec<(String, i64)>), Failed> {
    let store = Store::open(&Config {
        url: format!("sqlite:{}", copy.display()),
        connections: 1,
    })
    .await?;
    let schema = store.schema().await?.ok_or("the database is empty")?;
    let people = store.read().await?.people_by_realm().await?;
    store.close().await;
    Ok((schema, people))
}

/// The name of a copy of this moment: names stand in the order of time.
fn name(now: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(now.millis()).unwrap_or_default();
    let at = at.strftime("%Y%m%dT%H%M%S.%3fZ");
    format!("{BEGIN}{at}")
}

/// Removes our files with an end but the newest ones.
fn clear(folder: &Path, end: &str, keep: usize) -> Result<(), Failed> {
    let listed = std::fs::read_dir(folder).map_err(at(folder))?;
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.and_then(|name| name.strip_prefix(BEGIN)?.strip_suffix(end))
            .is_some_and(|when| when.len() == 20 && when.ends_with('Z'))
    };
    let mut files: Vec<_> = listed.flatten().map(|entry| entry.path()).collect();
    files.retain(is_ours);
    files.sort();
    let many = files.len().saturating_sub(keep);
    for old in &files[..many] {
        std::fs::remove_file(old).map_err(at(old))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stay_and_files_of_others_too() {
        let folder = std::env::temp_dir().join(format!("rekey-keep-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let at = |seconds| name(Timestamp::from_millis(1_700_000_000_000).plus_seconds(seconds));
        assert_eq!(at(0), "rekey-20231114T221320.000Z");
        let mut files: Vec<_> = (0..4).map(|n| format!("{}{END}", at(n))).collect();
        files.extend(["rekey-mine.age", "notes.txt"].map(str::to_owned));
        files.push(format!("{}{UNFINISHED}", at(9)));
        for file in &files {
            std::fs::write(folder.join(file), "x").unwrap();
        }
        clear(&folder, END, 2).unwrap();
        clear(&folder, UNFINISHED, 0).unwrap();
        let there: Vec<_> = files.iter().map(|f| folder.join(f).exists()).collect();
        assert_eq!(there, [false, false, true, true, true, true, false]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
