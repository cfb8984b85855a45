//! Names are found and ordered by a key that code makes, and no statement can: where the way
//! of making it has changed, those of everybody who is there are made anew, once.

use super::Failed;
use domain::text::name_key;
use flows::Realms;
use store::Store;

/// The value of the database that says by which way its keys were made.
const MADE: &str = "name_keys";
/// This one: without marks, with both spellings of a letter.
const WAY: &str = "2";
/// People in one transaction.
const BATCH: i64 = 500;

/// Makes the keys of all names anew, unless that was done. A node of the version before may
/// run beside: whoever is renamed there is found by the old key until the next change.
///
/// # Errors
/// The database could not.
pub async fn fold(store: &Store, realms: &Realms) -> Result<(), Failed> {
    let made = store.read().await?.setting(MADE).await?;
    if made.as_deref() == Some(WAY) {
        return Ok(());
    }
    for realm in realms.iter() {
        let mut after = String::new();
        loop {
            let mut conn = store.read().await?;
            let people = conn.people_after(&realm.slug, &after, BATCH).await?;
            drop(conn);
            let Some(last) = people.last() else { break };
            last.id.as_str().clone_into(&mut after);
            let mut tx = store.begin().await?;
            for who in &people {
                let key = name_key(&who.name);
                tx.person_name_key(&who.id, &who.name, &key).await?;
            }
            tx.commit().await?;
        }
    }
    let mut tx = store.begin().await?;
    tx.setting_put(MADE, WAY).await?;
    tx.commit().await?;
    Ok(())
}
