//! The way back from a copy.

use super::{PAGE, Workshop, alone, archive, at, sync_folder};
use crate::{
    backup::Contents,
    cli::{Data, Restore},
    start::{self, Failed},
};
use domain::Timestamp;
use flows::{
    Realms, Services,
    audit::{Head, seal_in},
    infra::{Clock, Random, SystemClock, Vault},
    restored::{self, Voided},
};
use std::{
    fs::OpenOptions,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use store::{Config, Store};

/// The database in its folder.
const DATABASE: &str = "rekey.db";
/// What SQLite keeps beside it.
const BESIDE: [&str; 2] = ["-wal", "-shm"];
/// Entries that one turn seals.
const SEALED_AT_ONCE: i64 = 500;

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// It was looked at, and nothing was touched. Whether this installation made it;
    /// `None` where the keys are not here.
    Looked(Contents, Option<bool>),
    /// It is back.
    Restored(Contents, Voided),
}

/// Looks into a copy, or puts it into a data folder. Until the last step, which is a
/// rename, the folder is as it was; then everything that was live in the copy is void.
///
/// # Errors
/// It does not open, is of a newer schema or another installation, a portal runs, or
/// there are data that nobody said to replace.
pub async fn restore(options: &Restore) -> Result<Outcome, Failed> {
    let data = &options.data;
    if data.database.is_some() {
        return Err(format!(
            "this restores SQLite into the data folder: leave --database away; for PostgreSQL take pg_restore, then `rekey after-restore` ({PAGE})"
        )
        .into());
    }
    let identities = archive::identities(
        options.identity_file.as_deref(),
        options.passphrase_file.as_deref(),
    )?;
    let opened = archive::open(&options.file, &identities)?;
    let contents = opened.contents.clone();
    if options.dry_run {
        let vault = start::known_vault(data).ok();
        let ours = vault.map(|vault| opened.is_of(&vault));
        opened.database(std::io::sink())?;
        return Ok(Outcome::Looked(contents, ours));
    }
    let newest = start::config(data).newest()?;
    if contents.schema > newest {
        return Err(format!(
            "the backup has schema {}, this program knows {newest}: take a newer one",
            contents.schema
        )
        .into());
    }
    let vault = start::known_vault(data)?;
    if !opened.is_of(&vault) {
        return Err(
            "another installation made this backup, or the keys are not those of then: nothing in it would open"
                .into(),
        );
    }
    let realms = start::realms(data.policy.as_deref())?;
    let _alone = alone(data)?;
    let there = data.data.join(DATABASE);
    let head_file = start::head_file(data);
    if !options.replace && (there.exists() || head_file.exists()) {
        return Err(format!(
            "{}: there are data; --replace keeps them aside and puts the backup in their place",
            data.data.display()
        )
        .into());
    }
    let workshop = Workshop::open(data.data.join("restore-work"))?;
    let copy = workshop.path(DATABASE);
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&copy)
        .map_err(at(&copy))?;
    opened.database(&file)?;
    let store = Store::open(&Config {
        url: format!("sqlite:{}", copy.display()),
        connections: 1,
    })
    .await?;
    store.migrate().await?;
    let because = because(contents.made_at, contents.head.as_ref(), &head_file, &vault);
    let (voided, head) = void(&store, &realms, &vault, &because).await?;
    store.close().await;
    file.sync_all().map_err(at(&copy))?;
    let now = SystemClock.now();
    aside(&there, now).await?;
    if head_file.exists() {
        let kept = beside(&head_file, now);
        std::fs::rename(&head_file, &kept).map_err(at(&kept))?;
    }
    std::fs::rename(&copy, &there).map_err(at(&there))?;
    head.write(&head_file).map_err(at(&head_file))?;
    sync_folder(&data.data)?;
    Ok(Outcome::Restored(contents, voided))
}

/// What follows a restore that was done by other tools: everything that was live in the
/// state that came back is void.
///
/// # Errors
/// A portal runs on this data folder, or the database could not.
pub async fn after(data: &Data) -> Result<Voided, Failed> {
    let vault = start::known_vault(data)?;
    let realms = start::realms(data.policy.as_deref())?;
    let _alone = alone(data)?;
    let store = start::store(data).await?;
    let head_file = start::head_file(data);
    let sealed = store.read().await?.audit_head().await?;
    let sealed = sealed.map_or(0, |(seq, _)| seq);
    let because =
        lost(sealed, &head_file, &vault).unwrap_or_else(|| "restored by other tools".to_owned());
    let (voided, head) = void(&store, &realms, &vault, &because).await?;
    store.close().await;
    head.write(&head_file).map_err(at(&head_file))?;
    Ok(voided)
}

/// Refuses to serve a state that is older than the head of the trail beside it: other
/// tools restored it, and nothing that was live in it is void yet.
///
/// # Errors
/// It is so, or the database could not.
pub async fn refuse_older(data: &Data, services: &Services) -> Result<(), Failed> {
    let sealed = services.store.read().await?.audit_head().await?;
    let sealed = sealed.map_or(0, |(seq, _)| seq);
    match lost(sealed, &start::head_file(data), &services.vault) {
        None => Ok(()),
        Some(lost) => Err(format!(
            "{lost}: an older state of the database was restored; run `rekey after-restore` before anybody uses it ({PAGE})"
        )
        .into()),
    }
}

/// Makes void what was live, and seals the trail as far as it goes.
async fn void(
    store: &Store,
    realms: &Realms,
    vault: &Vault,
    because: &str,
) -> Result<(Voided, Head), Failed> {
    let (random, now) = (Random::from_os(), SystemClock.now());
    let voided = restored::void(store, &random, realms, because, now).await;
    let voided = voided.map_err(|_| "the database could not make void what was live")?;
    let mut last = None;
    loop {
        let sealed = seal_in(store, &vault.audit_key(), SEALED_AT_ONCE, now).await;
        match sealed.map_err(|_| "the trail could not be sealed")? {
            Some(head) => last = Some(head),
            None => break,
        }
    }
    let head = last.ok_or("the trail does not tell of the restore")?;
    Ok((voided, head))
}

/// What the trail is told of a copy.
fn because(made_at: Timestamp, head: Option<&Head>, file: &Path, vault: &Vault) -> String {
    let at = jiff::Timestamp::from_millisecond(made_at.millis()).unwrap_or_default();
    let lost = lost(head.map_or(0, |head| head.seq), file, vault);
    let lost = lost.map(|lost| format!("; {lost}")).unwrap_or_default();
    format!("backup of {at}{lost}")
}

/// Which entries of the trail did not come back, where the head beside the database
/// still tells how far it went.
fn lost(sealed: i64, file: &Path, vault: &Vault) -> Option<String> {
    let head = Head::read(file).ok()??;
    let is_lost = head.verify(&vault.audit_key()) && head.seq > sealed;
    is_lost.then(|| {
        format!(
            "the trail had {} entries, of them came {sealed} back",
            head.seq
        )
    })
}

/// The name under which a file is kept aside.
fn beside(file: &Path, now: Timestamp) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".replaced-{}", now.millis()));
    name.into()
}

/// Whether a file begins as SQLite's do (its file format, 1.3).
fn is_database(file: &Path) -> bool {
    use std::io::Read as _;
    let mut begins = [0; 16];
    let read = std::fs::File::open(file).and_then(|mut file| file.read_exact(&mut begins));
    read.is_ok() && begins == *b"SQLite format 3\0"
}

/// Puts a database aside, if there is one, with what SQLite keeps beside it: left there,
/// it would be taken for a part of the one that comes.
async fn aside(database: &Path, now: Timestamp) -> Result<(), Failed> {
    let url = format!("sqlite:{}", database.display());
    // Folded in where it can be; what is none is kept as it is, and not even opened: SQLite
    // clears away what lies beside it.
    if is_database(database)
        && let Ok(store) = Store::open(&Config {
            url,
            connections: 1,
        })
        .await
    {
        store.close().await;
    }
    let kept = beside(database, now);
    for end in BESIDE {
        let name = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        let (from, to) = (name(database), name(&kept));
        match std::fs::rename(&from, &to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(at(&from)(error));
            }
            _ => {}
        }
    }
    if !database.exists() {
        return Ok(());
    }
    // Both names at first: there is a database here at every moment.
    std::fs::hard_link(database, &kept).map_err(at(&kept))
}
