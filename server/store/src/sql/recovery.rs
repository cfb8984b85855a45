//! Saved recovery codes: only their keyed hashes.

use super::{Connection, Db};
use crate::Result;
use domain::{Timestamp, ids::PersonId};
use sqlx::Row as _;

/// Makes a new set; every older code is void at once.
pub async fn recovery_replace(
    c: &mut Connection,
    person: &PersonId,
    hashes: &[String],
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>("DELETE FROM recovery_code WHERE person = $1")
        .bind(person.as_str())
        .execute(&mut *c)
        .await?;
    for hash in hashes {
        sqlx::query::<Db>(
            "INSERT INTO recovery_code (person, hash, created_at) VALUES ($1, $2, $3)",
        )
        .bind(person.as_str())
        .bind(hash)
        .bind(now.millis())
        .execute(&mut *c)
        .await?;
    }
    Ok(())
}

/// Returns whether a code was used, or `None` if this person has no such code.
pub async fn recovery_used(
    c: &mut Connection,
    person: &PersonId,
    hash: &str,
) -> Result<Option<bool>> {
    let row =
        sqlx::query::<Db>("SELECT used_at FROM recovery_code WHERE person = $1 AND hash = $2")
            .bind(person.as_str())
            .bind(hash)
            .fetch_optional(c)
            .await?;
    row.map(|row| Ok(row.try_get::<Option<i64>, _>("used_at")?.is_some()))
        .transpose()
}

/// Uses a code up; `false` when it is none of this person's, or used.
pub async fn recovery_take(
    c: &mut Connection,
    person: &PersonId,
    hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE recovery_code SET used_at = $3 WHERE person = $1 AND hash = $2 AND used_at IS NULL",
    )
    .bind(person.as_str())
    .bind(hash)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn recovery_left(c: &mut Connection, person: &PersonId) -> Result<i64> {
    let row = sqlx::query::<Db>(
        "SELECT COUNT(*) AS n FROM recovery_code WHERE person = $1 AND used_at IS NULL",
    )
    .bind(person.as_str())
    .fetch_one(c)
    .await?;
    Ok(row.try_get("n")?)
}
