//! Emergency passwords.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::Result;
use domain::{
    Timestamp,
    emergency::{Emergency, HOUR, Issued, WEEK},
    ids::{PersonId, RealmSlug},
};
use sqlx::Row as _;

const COLUMNS: &str = "id, person, hash, request, issued_by, at, expires_at, wrong";
/// What neither was used nor made void.
const STANDS: &str = "used_at IS NULL AND voided_at IS NULL";

fn emergency_of(row: &Row) -> Result<Emergency> {
    Ok(Emergency {
        id: text(row, "id")?,
        person: PersonId::new(text(row, "person")?),
        hash: text(row, "hash")?,
        request: text(row, "request")?,
        issued_by: row
            .try_get::<Option<String>, _>("issued_by")?
            .map(PersonId::new),
        at: time(row, "at")?,
        expires_at: time(row, "expires_at")?,
        wrong: row.try_get("wrong")?,
    })
}

/// Keeps one; the one before has to be void. `evidence` is what it rests on.
pub async fn emergency_insert(
    c: &mut Connection,
    e: &Emergency,
    realm: &RealmSlug,
    evidence: Option<&str>,
) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO emergency (id, person, realm, hash, request, issued_by, evidence, at, expires_at, wrong) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
    )
    .bind(&e.id)
    .bind(e.person.as_str())
    .bind(realm.as_str())
    .bind(&e.hash)
    .bind(&e.request)
    .bind(e.issued_by.as_ref().map(PersonId::as_str))
    .bind(evidence)
    .bind(e.at.millis())
    .bind(e.expires_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// The one that was neither used nor made void, however old.
pub async fn emergency_standing(
    c: &mut Connection,
    person: &PersonId,
) -> Result<Option<Emergency>> {
    let sql = format!("SELECT {COLUMNS} FROM emergency WHERE person = $1 AND {STANDS}");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(emergency_of).transpose()
}

/// Makes a person's void; `false` when there was none.
pub async fn emergency_void(c: &mut Connection, person: &PersonId, now: Timestamp) -> Result<bool> {
    let sql = format!("UPDATE emergency SET voided_at = $2 WHERE person = $1 AND {STANDS}");
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes one of its tries, before it is compared; gives how many are taken now, and
/// `None` when there is none left or it works no more.
pub async fn emergency_try(
    c: &mut Connection,
    id: &str,
    most: i64,
    now: Timestamp,
) -> Result<Option<i64>> {
    let sql = format!(
        "UPDATE emergency SET wrong = wrong + 1 WHERE id = $1 AND {STANDS} \
         AND issued_by IS NOT NULL AND expires_at > $2 AND wrong < $3 RETURNING wrong"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .bind(now.millis())
        .bind(most)
        .fetch_optional(c)
        .await?;
    Ok(match row {
        Some(row) => Some(row.try_get("wrong")?),
        None => None,
    })
}

/// Uses it up; `false` when it works no more.
pub async fn emergency_take(c: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    let sql = format!(
        "UPDATE emergency SET used_at = $2 WHERE id = $1 AND {STANDS} \
         AND issued_by IS NOT NULL AND expires_at > $2"
    );
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// An agent approves what waits under a code; `false` when nothing does.
pub async fn emergency_approve(
    c: &mut Connection,
    id: &str,
    agent: &PersonId,
    evidence: &str,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let sql = format!(
        "UPDATE emergency SET issued_by = $2, evidence = $3, expires_at = $4, at = $5 \
         WHERE id = $1 AND {STANDS} AND issued_by IS NULL AND request <> '' AND expires_at > $5"
    );
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .bind(agent.as_str())
        .bind(evidence)
        .bind(expires_at.millis())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts a wrong code of a request; with the last one it is void.
pub async fn emergency_misread(
    c: &mut Connection,
    id: &str,
    most: i64,
    now: Timestamp,
) -> Result<()> {
    let sql = format!(
        "UPDATE emergency SET wrong = wrong + 1, \
         voided_at = CASE WHEN wrong + 1 >= $2 THEN $3 ELSE voided_at END \
         WHERE id = $1 AND {STANDS} AND issued_by IS NULL"
    );
    sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .bind(most)
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}

/// How many were issued lately.
pub async fn emergency_issued(
    c: &mut Connection,
    agent: &PersonId,
    person: &PersonId,
    realm: &RealmSlug,
    now: Timestamp,
) -> Result<Issued> {
    let row = sqlx::query::<Db>(
        "SELECT (SELECT COUNT(*) FROM emergency WHERE issued_by = $1 AND at > $4) AS by_agent, \
         (SELECT COUNT(*) FROM emergency WHERE person = $2 AND issued_by IS NOT NULL AND at > $5) AS to_person, \
         (SELECT COUNT(*) FROM emergency WHERE realm = $3 AND issued_by IS NOT NULL AND at > $4) AS in_realm, \
         (SELECT MAX(at) FROM emergency WHERE issued_by = $1) AS last_at",
    )
    .bind(agent.as_str())
    .bind(person.as_str())
    .bind(realm.as_str())
    .bind(now.plus_seconds(-HOUR).millis())
    .bind(now.plus_seconds(-WEEK).millis())
    .fetch_one(c)
    .await?;
    Ok(Issued {
        by_agent: row.try_get("by_agent")?,
        to_person: row.try_get("to_person")?,
        in_realm: row.try_get("in_realm")?,
        last_at: maybe_time(&row, "last_at")?,
    })
}

/// Drops those that count no more.
pub async fn emergencies_sweep(c: &mut Connection, before: Timestamp) -> Result<()> {
    sqlx::query::<Db>("DELETE FROM emergency WHERE expires_at <= $1 AND at <= $1")
        .bind(before.millis())
        .execute(c)
        .await?;
    Ok(())
}
