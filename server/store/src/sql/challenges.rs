//! Codes that were sent.

use super::{Connection, Db, Row, text, time};
use crate::{Error, Result};
use domain::{FactorKind, Timestamp, ids::PersonId, records::Challenge};
use sqlx::Row as _;

fn challenge_of(row: &Row) -> Result<Challenge> {
    Ok(Challenge {
        id: text(row, "id")?,
        kind: FactorKind::parse(&text(row, "kind")?).ok_or(Error::Row("challenge kind"))?,
        address: text(row, "address")?,
        created_at: time(row, "created_at")?,
        sent_at: time(row, "sent_at")?,
        expires_at: time(row, "expires_at")?,
        sends: row.try_get("sends")?,
        tries: row.try_get("tries")?,
        message: text(row, "message")?,
    })
}

/// Sends a new code out: the old ones of the same purpose are void.
#[allow(clippy::too_many_arguments)]
pub async fn challenge_insert(
    c: &mut Connection,
    person: &PersonId,
    purpose: &str,
    challenge: &Challenge,
    hash: &str,
) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE challenge SET voided_at = $3 WHERE person = $1 AND purpose = $2 AND used_at IS NULL AND voided_at IS NULL",
    )
    .bind(person.as_str())
    .bind(purpose)
    .bind(challenge.created_at.millis())
    .execute(&mut *c)
    .await?;
    sqlx::query::<Db>(
        "INSERT INTO challenge (id, person, purpose, address, hash, created_at, expires_at, sends, kind, sent_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&challenge.id)
    .bind(person.as_str())
    .bind(purpose)
    .bind(&challenge.address)
    .bind(hash)
    .bind(challenge.created_at.millis())
    .bind(challenge.expires_at.millis())
    .bind(challenge.sends)
    .bind(challenge.kind.slug())
    .bind(challenge.sent_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// Notes that the same code is sent once more, if it works until `until` at least and has
/// tries left; `None` where a new one is needed.
pub async fn challenge_again(
    c: &mut Connection,
    id: &str,
    sends: i64,
    most: i64,
    until: Timestamp,
    now: Timestamp,
) -> Result<Option<Challenge>> {
    let row = sqlx::query::<Db>(
        "UPDATE challenge SET sends = $2, sent_at = $5 \
         WHERE id = $1 AND tries < $3 AND used_at IS NULL AND voided_at IS NULL AND expires_at >= $4 \
         RETURNING id, kind, address, created_at, sent_at, expires_at, sends, tries, message",
    )
    .bind(id)
    .bind(sends)
    .bind(most)
    .bind(until.millis())
    .bind(now.millis())
    .fetch_optional(c)
    .await?;
    row.as_ref().map(challenge_of).transpose()
}

/// Notes which message carries a code.
pub async fn challenge_carried(c: &mut Connection, id: &str, message: &str) -> Result<()> {
    sqlx::query::<Db>("UPDATE challenge SET message = $2 WHERE id = $1")
        .bind(id)
        .bind(message)
        .execute(c)
        .await?;
    Ok(())
}

pub async fn challenge(c: &mut Connection, id: &str) -> Result<Option<Challenge>> {
    let row = sqlx::query::<Db>(
        "SELECT id, kind, address, created_at, sent_at, expires_at, sends, tries, message FROM challenge WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await?;
    row.as_ref().map(challenge_of).transpose()
}

/// Uses a try up and gives the hash to compare with; `None` when the code is
/// used, void, too old, or has had its tries.
pub async fn challenge_try(
    c: &mut Connection,
    id: &str,
    most: i64,
    now: Timestamp,
) -> Result<Option<String>> {
    let row = sqlx::query::<Db>(
        "UPDATE challenge SET tries = tries + 1 \
         WHERE id = $1 AND tries < $2 AND used_at IS NULL AND voided_at IS NULL AND expires_at > $3 RETURNING hash",
    )
    .bind(id)
    .bind(most)
    .bind(now.millis())
    .fetch_optional(c)
    .await?;
    row.map(|r| Ok(text(&r, "hash")?)).transpose()
}

/// Uses the code up; `false` when somebody was faster.
pub async fn challenge_take(c: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE challenge SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND voided_at IS NULL AND expires_at > $2",
    )
    .bind(id)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many codes went to a person since `since`, over all ceremonies.
pub async fn challenges_since(
    c: &mut Connection,
    person: &PersonId,
    since: Timestamp,
) -> Result<i64> {
    let row = sqlx::query::<Db>(
        "SELECT COUNT(*) AS n FROM challenge WHERE person = $1 AND created_at > $2",
    )
    .bind(person.as_str())
    .bind(since.millis())
    .fetch_one(c)
    .await?;
    Ok(row.try_get("n")?)
}
