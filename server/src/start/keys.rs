//! The keys that belong to a database. With other ones everybody's right password is wrong
//! and every message that waits is dead, for good: so a database says which keys are its
//! own, and is opened with no others.

use super::{Failed, known_vault, store, vault};
use crate::cli::Data;
use data_encoding::BASE64;
use flows::{
    infra::{Random, Vault},
    proof::totp_context,
};
use store::Store;

/// The value of the database that its keys open: what was sealed, and its fingerprint.
const CHECK: &str = "key_check";

/// What is sealed.
const TEXT: &[u8] = b"rekey";

/// Opens the database, and the keys that belong to it. A new database gets new keys where
/// none are given.
///
/// # Errors
/// One of them is not there or cannot be read, or they do not belong together.
pub async fn opened(data: &Data) -> Result<(Vault, Store), Failed> {
    let store = store(data).await?;
    let check = store.read().await?.setting(CHECK).await?;
    let vault = match &check {
        Some(_) => known_vault(data)?,
        None => vault(data)?,
    };
    let belongs = match &check {
        Some(check) => fits(&vault, check),
        None => opens_what_is_there(&vault, &store).await?,
    };
    if !belongs {
        return Err(concat!(
            "the keys are not those of this database: passwords and whatever is sealed in it ",
            "would be lost. Put the key file back that belongs to it, from where its copy is ",
            "kept; no backup of the database holds it"
        )
        .into());
    }
    // Sealed anew with the key that seals now: an older one may be taken out some day.
    let mut tx = store.begin().await?;
    tx.setting_put(CHECK, &made(&vault)).await?;
    tx.commit().await?;
    Ok((vault, store))
}

fn made(vault: &Vault) -> String {
    let sealed = vault.seal(CHECK, TEXT, &Random::from_os());
    format!("{} {}", BASE64.encode(&sealed), vault.mac(CHECK, TEXT))
}

/// Whether a key opens what was sealed, and the first one, which passwords rest on, is the
/// same.
fn fits(vault: &Vault, check: &str) -> bool {
    let Some((sealed, mac)) = check.split_once(' ') else {
        return false;
    };
    let sealed = BASE64.decode(sealed.as_bytes()).unwrap_or_default();
    vault.open(CHECK, &sealed).is_ok_and(|text| text == TEXT) && vault.mac(CHECK, TEXT) == mac
}

/// A database from before there was a check: the secret of some authenticator app tells,
/// if there is one.
async fn opens_what_is_there(vault: &Vault, store: &Store) -> Result<bool, Failed> {
    let found = store.read().await?.some_app().await?;
    Ok(found.is_none_or(|(id, secret)| vault.open(&totp_context(&id), &secret).is_ok()))
}
