//! Factors. A removed one stays as a row for the trail and is never read again.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    FactorKind, Timestamp,
    ids::{FactorId, PersonId},
    records::Factor,
};
use sqlx::Row as _;

const COLUMNS: &str = "id, person, kind, name, secret, address, credential, created_at, used_at, tested_at, disabled_at, last_step, probation_until, \
    (SELECT p.factor FROM phone p WHERE p.codes = factor.id) AS shown_by";

/// A factor, and with a phone the codes that it shows ([`Factor::shown_by`]).
const WITH_ITS_CODES: &str = "(id = $1 OR id IN (SELECT codes FROM phone WHERE factor = $1))";

fn factor_of(row: &Row) -> Result<Factor> {
    Ok(Factor {
        id: FactorId::new(text(row, "id")?),
        person: PersonId::new(text(row, "person")?),
        kind: FactorKind::parse(&text(row, "kind")?).ok_or(Error::Row("factor kind"))?,
        name: text(row, "name")?,
        secret: row.try_get("secret")?,
        address: text(row, "address")?,
        credential: row.try_get("credential")?,
        created_at: time(row, "created_at")?,
        used_at: maybe_time(row, "used_at")?,
        tested_at: maybe_time(row, "tested_at")?,
        disabled_at: maybe_time(row, "disabled_at")?,
        last_step: row.try_get("last_step")?,
        probation_until: maybe_time(row, "probation_until")?,
        shown_by: row
            .try_get::<Option<String>, _>("shown_by")?
            .map(FactorId::new),
    })
}

pub async fn factors(c: &mut Connection, person: &PersonId) -> Result<Vec<Factor>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM factor WHERE person = $1 AND removed_at IS NULL ORDER BY id"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .fetch_all(c)
        .await?;
    rows.iter().map(factor_of).collect()
}

pub async fn factor_by_credential(c: &mut Connection, credential: &str) -> Result<Option<Factor>> {
    let sql = format!("SELECT {COLUMNS} FROM factor WHERE credential = $1 AND removed_at IS NULL");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(credential)
        .fetch_optional(c)
        .await?;
    row.as_ref().map(factor_of).transpose()
}

/// The id and the sealed secret of some authenticator app, whoever has it.
pub async fn some_app(c: &mut Connection) -> Result<Option<(FactorId, Vec<u8>)>> {
    let sql = "SELECT id, secret FROM factor WHERE kind = 'totp' AND removed_at IS NULL LIMIT 1";
    let row = sqlx::query::<Db>(sql).fetch_optional(c).await?;
    row.map(|row| Ok((FactorId::new(text(&row, "id")?), row.try_get("secret")?)))
        .transpose()
}

pub async fn factor_insert(c: &mut Connection, f: &Factor) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO factor (id, person, kind, name, secret, address, credential, created_at, used_at, last_step, probation_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(f.id.as_str())
    .bind(f.person.as_str())
    .bind(f.kind.slug())
    .bind(&f.name)
    .bind(&f.secret)
    .bind(&f.address)
    .bind(&f.credential)
    .bind(f.created_at.millis())
    .bind(f.used_at.map(Timestamp::millis))
    .bind(f.last_step)
    .bind(f.probation_until.map(Timestamp::millis))
    .execute(c)
    .await?;
    Ok(())
}

/// Removes a factor, a phone with its codes; `false` when it was not there (any more).
pub async fn factor_remove(
    c: &mut Connection,
    id: &FactorId,
    person: &PersonId,
    now: Timestamp,
) -> Result<bool> {
    let sql = format!(
        "UPDATE factor SET removed_at = $3 WHERE {WITH_ITS_CODES} AND person = $2 AND removed_at IS NULL"
    );
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .bind(person.as_str())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(done.rows_affected() >= 1)
}

/// Brings a removed factor back, a phone with its codes; `false` when it was not removed.
pub async fn factor_restore(c: &mut Connection, id: &FactorId, person: &PersonId) -> Result<bool> {
    let sql = format!(
        "UPDATE factor SET removed_at = NULL WHERE {WITH_ITS_CODES} AND person = $2 AND removed_at IS NOT NULL"
    );
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .bind(person.as_str())
        .execute(c)
        .await?;
    Ok(done.rows_affected() >= 1)
}

/// Renames a factor, a phone with its codes; `false` when it was not there (any more).
pub async fn factor_rename(
    c: &mut Connection,
    id: &FactorId,
    person: &PersonId,
    name: &str,
) -> Result<bool> {
    let sql = format!(
        "UPDATE factor SET name = $3 WHERE {WITH_ITS_CODES} AND person = $2 AND removed_at IS NULL"
    );
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .bind(person.as_str())
        .bind(name)
        .execute(c)
        .await?;
    Ok(done.rows_affected() >= 1)
}

pub async fn factor_used(c: &mut Connection, id: &FactorId, now: Timestamp) -> Result<()> {
    sqlx::query::<Db>("UPDATE factor SET used_at = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}

pub async fn factor_tested(c: &mut Connection, id: &FactorId, now: Timestamp) -> Result<()> {
    sqlx::query::<Db>("UPDATE factor SET tested_at = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}

/// Switches a factor off, or on again; a phone with its codes.
pub async fn factor_disable(
    c: &mut Connection,
    id: &FactorId,
    at: Option<Timestamp>,
) -> Result<()> {
    let sql = format!("UPDATE factor SET disabled_at = $2 WHERE {WITH_ITS_CODES}");
    sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .bind(at.map(Timestamp::millis))
        .execute(c)
        .await?;
    Ok(())
}

/// Uses up a TOTP step: check, replay guard and write in one statement (RFC
/// 6238, 5.2). `false` when this step or a later one was used before, or the factor was
/// taken away or switched off meanwhile.
pub async fn factor_take_step(c: &mut Connection, id: &FactorId, step: i64) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE factor SET last_step = $2 WHERE id = $1 AND last_step < $2 AND removed_at IS NULL AND disabled_at IS NULL",
    )
    .bind(id.as_str())
    .bind(step)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Replaces a factor's secret: a new password hash, a passkey's new counter. `false` when
/// the factor was taken away or switched off meanwhile.
pub async fn factor_secret(c: &mut Connection, id: &FactorId, secret: &[u8]) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE factor SET secret = $2 WHERE id = $1 AND removed_at IS NULL AND disabled_at IS NULL",
    )
    .bind(id.as_str())
    .bind(secret)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}
