//! Rations: so much of something within a while, for all nodes together. One statement
//! counts before anything is done and refuses what would go beyond, so that requests that
//! come at once cannot slip past; it holds the row until its transaction ends.

use super::{Connection, Db};
use crate::Result;
use domain::Timestamp;
use sqlx::Row as _;

/// Takes so much of a ration, whose time begins anew with the first that is taken after
/// its end; gives how much is used of it then. `None` where it would be more than `most`:
/// then nothing was taken.
pub async fn ration_take(
    c: &mut Connection,
    bucket: &str,
    amount: i64,
    most: i64,
    seconds: i64,
    now: Timestamp,
) -> Result<Option<i64>> {
    let row = sqlx::query::<Db>(
        "INSERT INTO ration (bucket, began_at, used) SELECT $1, $2, $3 WHERE $3 <= $4 \
         ON CONFLICT (bucket) DO UPDATE SET \
           used = CASE WHEN ration.began_at + $5 <= $2 THEN $3 ELSE ration.used + $3 END, \
           began_at = CASE WHEN ration.began_at + $5 <= $2 THEN $2 ELSE ration.began_at END \
         WHERE ration.began_at + $5 <= $2 OR ration.used + $3 <= $4 \
         RETURNING used",
    )
    .bind(bucket)
    .bind(now.millis())
    .bind(amount)
    .bind(most)
    .bind(seconds * 1000)
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok(row.try_get("used")?)).transpose()
}

/// Gives back what was taken in this transaction.
pub async fn ration_give_back(c: &mut Connection, bucket: &str, amount: i64) -> Result<()> {
    sqlx::query::<Db>("UPDATE ration SET used = used - $2 WHERE bucket = $1")
        .bind(bucket)
        .bind(amount)
        .execute(c)
        .await?;
    Ok(())
}

/// Notes that it is told that a ration is used up; `false` where it was told already, in
/// its time.
pub async fn ration_tell(c: &mut Connection, bucket: &str) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE ration SET told_at = began_at WHERE bucket = $1 AND (told_at IS NULL OR told_at <> began_at)",
    )
    .bind(bucket)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Clears those whose time began before `before`; it is longer over than any lasts.
pub async fn rations_sweep(c: &mut Connection, before: Timestamp) -> Result<()> {
    sqlx::query::<Db>("DELETE FROM ration WHERE began_at < $1")
        .bind(before.millis())
        .execute(c)
        .await?;
    Ok(())
}
