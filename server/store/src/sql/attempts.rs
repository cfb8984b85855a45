//! Counters of tries. One statement counts a try *before* it is evaluated and
//! refuses when the bucket is locked, so parallel tries cannot slip past (Z4);
//! it is committed by itself, so no rollback forgets it (Z3).

use super::{Connection, Db};
use crate::Result;
use domain::{
    Timestamp,
    throttle::{Denied, Limit},
};
use sqlx::Row as _;

/// Milliseconds after which a count that never forgets would begin anew: longer
/// than any clock of ours runs, and small enough to be added to a time.
const FOR_EVER: i64 = i64::MAX / 4;

/// Why the try may not be evaluated, or `None` when it was counted and may.
pub async fn attempt_take(
    c: &mut Connection,
    bucket: &str,
    limit: Limit,
    now: Timestamp,
) -> Result<Option<Denied>> {
    let row = sqlx::query::<Db>(
        "INSERT INTO attempt (bucket, tries, day_tries, day_start, locked_until) VALUES ($1, 1, 1, $2, $2) \
         ON CONFLICT (bucket) DO UPDATE SET \
           tries = CASE WHEN attempt.tries >= $3 OR attempt.locked_until + $6 <= $2 THEN 1 ELSE attempt.tries + 1 END, \
           day_tries = CASE WHEN attempt.day_start + 86400000 <= $2 THEN 1 ELSE attempt.day_tries + 1 END, \
           day_start = CASE WHEN attempt.day_start + 86400000 <= $2 THEN $2 ELSE attempt.day_start END, \
           locked_until = $2 + CASE \
             WHEN attempt.tries >= $3 OR attempt.locked_until + $6 <= $2 THEN 0 \
             WHEN attempt.tries + 1 >= $3 THEN $4 \
             WHEN attempt.tries + 1 <= 2 THEN 0 \
             WHEN attempt.tries + 1 = 3 THEN 1000 \
             WHEN attempt.tries + 1 = 4 THEN 2000 \
             WHEN attempt.tries + 1 = 5 THEN 4000 \
             WHEN attempt.tries + 1 = 6 THEN 8000 \
             WHEN attempt.tries + 1 = 7 THEN 16000 \
             WHEN attempt.tries + 1 = 8 THEN 32000 \
             ELSE 60000 END, \
           shut_at = CASE WHEN attempt.day_start + 86400000 > $2 AND attempt.day_tries + 1 >= $5 THEN $2 ELSE attempt.shut_at END \
         WHERE attempt.locked_until <= $2 AND attempt.shut_at IS NULL \
         RETURNING tries",
    )
    .bind(bucket)
    .bind(now.millis())
    .bind(limit.in_a_row)
    .bind(limit.lock_seconds * 1000)
    .bind(limit.per_day)
    .bind(if limit.forgets {
        limit.lock_seconds * 1000
    } else {
        FOR_EVER
    })
    .fetch_optional(&mut *c)
    .await?;
    if row.is_some() {
        return Ok(None);
    }
    let row = sqlx::query::<Db>("SELECT locked_until, shut_at FROM attempt WHERE bucket = $1")
        .bind(bucket)
        .fetch_one(c)
        .await?;
    let shut: Option<i64> = row.try_get("shut_at")?;
    let until = Timestamp::from_millis(row.try_get("locked_until")?);
    Ok(Some(if shut.is_some() {
        Denied::Shut
    } else {
        Denied::Wait {
            seconds: now.seconds_until(until).max(1),
        }
    }))
}

/// Whether a bucket is locked or shut, without counting.
pub async fn attempt_locked(c: &mut Connection, like: &str, now: Timestamp) -> Result<bool> {
    let row = sqlx::query::<Db>(
        "SELECT bucket FROM attempt WHERE bucket LIKE $1 AND (locked_until > $2 OR shut_at IS NOT NULL) LIMIT 1",
    )
    .bind(like)
    .bind(now.millis())
    .fetch_optional(c)
    .await?;
    Ok(row.is_some())
}

/// How many tries a bucket has had in a row.
pub async fn attempt_count(c: &mut Connection, bucket: &str) -> Result<i64> {
    let row = sqlx::query::<Db>("SELECT tries FROM attempt WHERE bucket = $1")
        .bind(bucket)
        .fetch_optional(c)
        .await?;
    row.map_or(Ok(0), |r| Ok(r.try_get("tries")?))
}

/// The proof held: its tries are given back and the row of failures ends. It was
/// evaluated, so the bucket was open before it: had it been the last one of the
/// day, it shut nothing.
pub async fn attempt_clear(c: &mut Connection, bucket: &str) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE attempt SET tries = 0, locked_until = 0, shut_at = NULL, day_tries = CASE WHEN day_tries > 0 THEN day_tries - 1 ELSE 0 END \
         WHERE bucket = $1",
    )
    .bind(bucket)
    .execute(c)
    .await?;
    Ok(())
}

/// Staff or a reset opens every bucket of a person (or one kind of theirs).
pub async fn attempts_unlock(c: &mut Connection, like: &str) -> Result<u64> {
    let done = sqlx::query::<Db>("DELETE FROM attempt WHERE bucket LIKE $1")
        .bind(like)
        .execute(c)
        .await?;
    Ok(done.rows_affected())
}
