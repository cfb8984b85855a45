//! One-time links.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    ids::{PersonId, RealmSlug},
    link::Purpose,
    records::{Invitation, Link},
};
use sqlx::Row as _;

const COLUMNS: &str = "link.id, link.person, link.purpose, link.created_at, link.expires_at, link.used_at, link.voided_at, link.opened_at, link.subject";

fn link_of(row: &Row) -> Result<Link> {
    Ok(Link {
        id: text(row, "id")?,
        person: PersonId::new(text(row, "person")?),
        purpose: Purpose::parse(&text(row, "purpose")?).ok_or(Error::Row("purpose"))?,
        created_at: time(row, "created_at")?,
        expires_at: time(row, "expires_at")?,
        used_at: maybe_time(row, "used_at")?,
        voided_at: maybe_time(row, "voided_at")?,
        opened_at: maybe_time(row, "opened_at")?,
        subject: text(row, "subject")?,
    })
}

/// Makes a link. `message` is the outbox row that carries it, for its state.
pub async fn link_insert(
    c: &mut Connection,
    link: &Link,
    realm: &RealmSlug,
    token_hash: &str,
    code_hash: &str,
    message: &str,
) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO link (id, person, realm, purpose, token_hash, code_hash, message, created_at, expires_at, subject) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&link.id)
    .bind(link.person.as_str())
    .bind(realm.as_str())
    .bind(link.purpose.slug())
    .bind(token_hash)
    .bind(code_hash)
    .bind(message)
    .bind(link.created_at.millis())
    .bind(link.expires_at.millis())
    .bind(&link.subject)
    .execute(c)
    .await?;
    Ok(())
}

/// Takes back every live link of a person for a purpose.
pub async fn links_void(
    c: &mut Connection,
    person: &PersonId,
    purpose: Purpose,
    now: Timestamp,
) -> Result<u64> {
    links_void_since(c, person, purpose, Timestamp::from_millis(0), now).await
}

/// Takes back every live link of a person for a purpose that was made at a time or later.
pub async fn links_void_since(
    c: &mut Connection,
    person: &PersonId,
    purpose: Purpose,
    since: Timestamp,
    now: Timestamp,
) -> Result<u64> {
    let done = sqlx::query::<Db>(
        "UPDATE link SET voided_at = $3 WHERE person = $1 AND purpose = $2 AND created_at >= $4 \
         AND used_at IS NULL AND voided_at IS NULL",
    )
    .bind(person.as_str())
    .bind(purpose.slug())
    .bind(now.millis())
    .bind(since.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

pub async fn link_by_token(
    c: &mut Connection,
    realm: &RealmSlug,
    purpose: Purpose,
    token_hash: &str,
) -> Result<Option<Link>> {
    let sql =
        format!("SELECT {COLUMNS} FROM link WHERE token_hash = $1 AND realm = $2 AND purpose = $3");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(token_hash)
        .bind(realm.as_str())
        .bind(purpose.slug())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(link_of).transpose()
}

/// A link by its id, with the hash of its short code.
pub async fn link(c: &mut Connection, id: &str) -> Result<Option<(Link, String)>> {
    let sql = format!("SELECT {COLUMNS}, code_hash FROM link WHERE id = $1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(c)
        .await?;
    row.map(|r| Ok((link_of(&r)?, text(&r, "code_hash")?)))
        .transpose()
}

pub async fn link_opened(c: &mut Connection, id: &str, now: Timestamp) -> Result<()> {
    sqlx::query::<Db>("UPDATE link SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL")
        .bind(id)
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}

/// Uses a link up; `false` when it was used, taken back or too old, or waits out a
/// cool-down still.
pub async fn link_take(c: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE link SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND voided_at IS NULL AND expires_at > $2 AND created_at <= $2",
    )
    .bind(id)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes one link back; `false` when it is not live or not of this realm.
pub async fn link_void(
    c: &mut Connection,
    id: &str,
    realm: &RealmSlug,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE link SET voided_at = $3 WHERE id = $1 AND realm = $2 AND used_at IS NULL AND voided_at IS NULL",
    )
    .bind(id)
    .bind(realm.as_str())
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Invitations of a realm, newest first, before the id `before`.
pub async fn invitations_page(
    c: &mut Connection,
    realm: &RealmSlug,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Invitation>> {
    let sql = format!(
        "SELECT {COLUMNS}, person.name AS person_name, person.email AS person_email, \
         outbox.sent_at AS sent_at, outbox.dead_at AS dead_at, \
         CASE WHEN EXISTS (SELECT 1 FROM factor f WHERE f.person = link.person AND f.removed_at IS NULL) \
          AND NOT EXISTS (SELECT 1 FROM link l WHERE l.person = link.person AND l.purpose = 'invitation' AND l.id > link.id) \
          THEN 1 ELSE 0 END AS set_up \
         FROM link JOIN person ON person.id = link.person LEFT JOIN outbox ON outbox.id = link.message \
         WHERE link.realm = $1 AND link.purpose = 'invitation' AND link.id < $2 ORDER BY link.id DESC LIMIT $3"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(before.unwrap_or("~"))
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Invitation {
                link: link_of(row)?,
                name: text(row, "person_name")?,
                email: text(row, "person_email")?,
                sent: row.try_get::<Option<i64>, _>("sent_at")?.is_some(),
                dead: row.try_get::<Option<i64>, _>("dead_at")?.is_some(),
                set_up: row.try_get::<i32, _>("set_up")? == 1,
            })
        })
        .collect()
}
