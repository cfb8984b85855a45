//! Ceremonies: one row per browser, realm and kind.

use super::{Connection, Db, time};
use crate::Result;
use domain::{Timestamp, ids::RealmSlug};
use sqlx::Row as _;

/// Sealed state, version, and until when; `None` when there is none or it is too old.
pub async fn ceremony(
    c: &mut Connection,
    browser: &str,
    realm: &RealmSlug,
    kind: &str,
    now: Timestamp,
) -> Result<Option<(Vec<u8>, i64)>> {
    let row = sqlx::query::<Db>(
        "SELECT state, version, expires_at FROM ceremony WHERE browser = $1 AND realm = $2 AND kind = $3",
    )
    .bind(browser)
    .bind(realm.as_str())
    .bind(kind)
    .fetch_optional(c)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if time(&row, "expires_at")? <= now {
        return Ok(None);
    }
    Ok(Some((row.try_get("state")?, row.try_get("version")?)))
}

/// Saves a ceremony. `version` is the one that was read, 0 for a new one; a
/// row that has moved on, or stands there unread and still lives, makes the
/// answer `false`: who loses reads again.
#[allow(clippy::too_many_arguments)]
pub async fn ceremony_save(
    c: &mut Connection,
    browser: &str,
    realm: &RealmSlug,
    kind: &str,
    state: &[u8],
    version: i64,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let sql = if version == 0 {
        "INSERT INTO ceremony (browser, realm, kind, state, version, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5 + 1, $7, $6) \
         ON CONFLICT (browser, realm, kind) DO UPDATE \
         SET state = $4, version = ceremony.version + 1, expires_at = $6 \
         WHERE ceremony.expires_at <= $7"
    } else {
        // Never an insert: a ceremony that has ended does not come back.
        "UPDATE ceremony SET state = $4, version = version + 1, expires_at = $6 \
         WHERE browser = $1 AND realm = $2 AND kind = $3 AND version = $5 AND created_at <= $7"
    };
    let done = sqlx::query::<Db>(sql)
        .bind(browser)
        .bind(realm.as_str())
        .bind(kind)
        .bind(state)
        .bind(version)
        .bind(expires_at.millis())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a ceremony away: who gets it is the only one (XD01).
pub async fn ceremony_take(
    c: &mut Connection,
    browser: &str,
    realm: &RealmSlug,
    kind: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>> {
    let row = sqlx::query::<Db>(
        "DELETE FROM ceremony WHERE browser = $1 AND realm = $2 AND kind = $3 RETURNING state, expires_at",
    )
    .bind(browser)
    .bind(realm.as_str())
    .bind(kind)
    .fetch_optional(c)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if time(&row, "expires_at")? <= now {
        return Ok(None);
    }
    Ok(Some(row.try_get("state")?))
}

/// Ends a ceremony that still stands as it was read; `false` when another
/// request was faster with it (R17).
pub async fn ceremony_finish(
    c: &mut Connection,
    browser: &str,
    realm: &RealmSlug,
    kind: &str,
    version: i64,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "DELETE FROM ceremony WHERE browser = $1 AND realm = $2 AND kind = $3 AND version = $4",
    )
    .bind(browser)
    .bind(realm.as_str())
    .bind(kind)
    .bind(version)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn ceremony_drop(
    c: &mut Connection,
    browser: &str,
    realm: &RealmSlug,
    kind: &str,
) -> Result<()> {
    sqlx::query::<Db>("DELETE FROM ceremony WHERE browser = $1 AND realm = $2 AND kind = $3")
        .bind(browser)
        .bind(realm.as_str())
        .bind(kind)
        .execute(c)
        .await?;
    Ok(())
}

/// Clears what is too old; expiry itself is judged at use.
pub async fn ceremonies_sweep(c: &mut Connection, now: Timestamp) -> Result<()> {
    sqlx::query::<Db>("DELETE FROM ceremony WHERE expires_at <= $1")
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}
