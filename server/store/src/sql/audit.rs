//! The audit trail. Entries commit with their fact; one leader seals them into
//! the chain afterwards, so no commit waits for it.

use super::{Connection, Db, Row, SEAL_ALONE, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    audit::Entry,
    ids::{PersonId, RealmSlug},
};
use sqlx::Row as _;

pub(super) const COLUMNS: &str =
    "id, seq, at, realm, actor, action, outcome, target, factor, detail, address, agent, hash";

pub(super) fn entry_of(row: &Row) -> Result<Entry> {
    Ok(Entry {
        seq: row.try_get("seq")?,
        id: text(row, "id")?,
        at: time(row, "at")?,
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        actor: text(row, "actor")?,
        action: text(row, "action")?,
        outcome: text(row, "outcome")?,
        target: row.try_get("target")?,
        factor: row.try_get("factor")?,
        detail: text(row, "detail")?,
        address: text(row, "address")?,
        agent: text(row, "agent")?,
        hash: text(row, "hash")?,
    })
}

pub async fn audit_insert(c: &mut Connection, e: &Entry) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO audit (id, at, realm, actor, action, outcome, target, factor, detail, address, agent) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&e.id)
    .bind(e.at.millis())
    .bind(e.realm.as_str())
    .bind(&e.actor)
    .bind(&e.action)
    .bind(&e.outcome)
    .bind(&e.target)
    .bind(&e.factor)
    .bind(&e.detail)
    .bind(&e.address)
    .bind(&e.agent)
    .execute(c)
    .await?;
    Ok(())
}

/// Entries without a place in the chain yet, oldest first, for who gives them one before
/// the transaction ends: until then whoever else asks waits here.
pub async fn audit_unsealed(c: &mut Connection, limit: i64) -> Result<Vec<Entry>> {
    // A statement of its own before the others: what a leader before us committed while
    // we waited is seen by those that begin afterwards.
    if let Some(sql) = SEAL_ALONE {
        sqlx::query::<Db>(sql).execute(&mut *c).await?;
    }
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq IS NULL ORDER BY id LIMIT $1");
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(entry_of).collect()
}

/// Gives an entry its place; fails where it has one, so that no place is left out.
pub async fn audit_seal(c: &mut Connection, id: &str, seq: i64, hash: &str) -> Result<()> {
    let sql = "UPDATE audit SET seq = $2, hash = $3 WHERE id = $1 AND seq IS NULL RETURNING id";
    sqlx::query::<Db>(sql)
        .bind(id)
        .bind(seq)
        .bind(hash)
        .fetch_one(c)
        .await?;
    Ok(())
}

/// The last sealed place and its hash.
pub async fn audit_head(c: &mut Connection) -> Result<Option<(i64, String)>> {
    let row = sqlx::query::<Db>(
        "SELECT seq, hash FROM audit WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1",
    )
    .fetch_optional(c)
    .await?;
    row.map(|r| Ok((r.try_get("seq")?, text(&r, "hash")?)))
        .transpose()
}

/// Sealed entries from a place on, in order.
pub async fn audit_from(c: &mut Connection, seq: i64, limit: i64) -> Result<Vec<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq >= $1 ORDER BY seq LIMIT $2");
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(seq)
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(entry_of).collect()
}

/// The last entries about a person, newest first.
pub async fn audit_of(c: &mut Connection, person: &PersonId, limit: i64) -> Result<Vec<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE target = $1 ORDER BY id DESC LIMIT $2");
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(entry_of).collect()
}

/// Counts entries of an action about a person since a moment.
pub async fn audit_count(
    c: &mut Connection,
    person: &PersonId,
    action: &str,
    since: Timestamp,
) -> Result<i64> {
    let row = sqlx::query::<Db>(
        "SELECT COUNT(*) AS n FROM audit WHERE target = $1 AND action = $2 AND at > $3",
    )
    .bind(person.as_str())
    .bind(action)
    .bind(since.millis())
    .fetch_one(c)
    .await?;
    Ok(row.try_get("n")?)
}
