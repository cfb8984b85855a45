//! Sessions and known browsers.

use super::{Connection, Db, Row, people::OF_P, text, time};
use crate::{Error, Result};
use domain::{
    FactorKind, Timestamp,
    ids::{PersonId, RealmSlug, SessionId},
    records::Session,
    role::{Grant, Role},
};
use sqlx::Row as _;

const COLUMNS: &str = "s.id AS s_id, s.realm AS s_realm, s.proven, s.opened_at, s.fresh_at, \
     s.seen_at, s.expires_at, s.agent, s.address";

fn kinds(text: &str) -> Result<Vec<FactorKind>> {
    text.split(' ')
        .filter(|t| !t.is_empty())
        .map(|t| FactorKind::parse(t).ok_or(Error::Row("proven")))
        .collect()
}

fn session_of(row: &Row, grants: Vec<Grant>) -> Result<Session> {
    Ok(Session {
        id: SessionId::new(text(row, "s_id")?),
        realm: RealmSlug::parse(&text(row, "s_realm")?).ok_or(Error::Row("realm"))?,
        person: super::people::person_of(row)?,
        proven: kinds(&text(row, "proven")?)?,
        opened_at: time(row, "opened_at")?,
        fresh_at: time(row, "fresh_at")?,
        seen_at: time(row, "seen_at")?,
        expires_at: time(row, "expires_at")?,
        agent: text(row, "agent")?,
        address: text(row, "address")?,
        grants,
    })
}

/// Opens a session under the hash of its secret.
pub async fn session_insert(c: &mut Connection, s: &Session, hash: &str) -> Result<()> {
    let proven: Vec<_> = s.proven.iter().map(|k| k.slug()).collect();
    sqlx::query::<Db>(
        "INSERT INTO session (id, hash, realm, person, proven, opened_at, fresh_at, seen_at, expires_at, agent, address) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(s.id.as_str())
    .bind(hash)
    .bind(s.realm.as_str())
    .bind(s.person.id.as_str())
    .bind(proven.join(" "))
    .bind(s.opened_at.millis())
    .bind(s.fresh_at.millis())
    .bind(s.seen_at.millis())
    .bind(s.expires_at.millis())
    .bind(&s.agent)
    .bind(&s.address)
    .execute(c)
    .await?;
    Ok(())
}

/// A session with its person and their roles, in one statement.
pub async fn session_by_hash(
    c: &mut Connection,
    realm: &RealmSlug,
    hash: &str,
) -> Result<Option<Session>> {
    let sql = format!(
        "SELECT {COLUMNS}, {OF_P}, g.role AS g_role, g.realm AS g_realm FROM session s JOIN person p ON p.id = s.person \
         LEFT JOIN grant_of g ON g.person = p.id WHERE s.hash = $1 AND s.realm = $2 AND s.ended_at IS NULL"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(hash)
        .bind(realm.as_str())
        .fetch_all(c)
        .await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let mut grants = Vec::new();
    for row in &rows {
        if let Some(role) = row.try_get::<Option<String>, _>("g_role")? {
            grants.push(Grant {
                role: Role::parse(&role).ok_or(Error::Row("role"))?,
                realm: RealmSlug::parse(&text(row, "g_realm")?).ok_or(Error::Row("realm"))?,
            });
        }
    }
    Ok(Some(session_of(first, grants)?))
}

/// Live sessions of a person, newest first.
pub async fn sessions_of(
    c: &mut Connection,
    person: &PersonId,
    now: Timestamp,
) -> Result<Vec<Session>> {
    let sql = format!(
        "SELECT {COLUMNS}, {OF_P} FROM session s JOIN person p ON p.id = s.person \
         WHERE s.person = $1 AND s.ended_at IS NULL AND s.expires_at > $2 ORDER BY s.id DESC LIMIT 100"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(now.millis())
        .fetch_all(c)
        .await?;
    rows.iter().map(|row| session_of(row, Vec::new())).collect()
}

pub async fn session_lives(c: &mut Connection, id: &SessionId) -> Result<bool> {
    let row = sqlx::query::<Db>("SELECT id FROM session WHERE id = $1 AND ended_at IS NULL")
        .bind(id.as_str())
        .fetch_optional(c)
        .await?;
    Ok(row.is_some())
}

pub async fn session_seen(c: &mut Connection, id: &SessionId, now: Timestamp) -> Result<()> {
    sqlx::query::<Db>("UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2")
        .bind(id.as_str())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}

/// A session proved itself anew: another secret from now on.
pub async fn session_refresh(
    c: &mut Connection,
    id: &SessionId,
    hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE session SET hash = $2, fresh_at = $3, seen_at = $3 WHERE id = $1 AND ended_at IS NULL",
    )
    .bind(id.as_str())
    .bind(hash)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A session has done what it was opened for: it proves nothing any more, and ends
/// soon.
pub async fn session_spend(c: &mut Connection, id: &SessionId, until: Timestamp) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE session SET fresh_at = 0, \
         expires_at = CASE WHEN expires_at < $2 THEN expires_at ELSE $2 END WHERE id = $1",
    )
    .bind(id.as_str())
    .bind(until.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// Ends one session of a person; `false` when it is none of theirs or over.
pub async fn session_end(
    c: &mut Connection,
    id: &SessionId,
    person: &PersonId,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE session SET ended_at = $3 WHERE id = $1 AND person = $2 AND ended_at IS NULL",
    )
    .bind(id.as_str())
    .bind(person.as_str())
    .bind(now.millis())
    .execute(&mut *c)
    .await?;
    let is_theirs = done.rows_affected() == 1;
    if is_theirs {
        super::oidc_logins::session_over(c, id, now).await?;
    }
    Ok(is_theirs)
}

pub async fn session_expire(c: &mut Connection, id: &SessionId, now: Timestamp) -> Result<()> {
    sqlx::query::<Db>("UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(id.as_str())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}

/// Ends all sessions of a person but one, and forgets the browsers that could
/// open the next one with the password alone. A sign-in or reset that is half done ends as
/// well: the epoch moves on, and only what applications hold through the session that stays
/// moves with it.
///
/// The person comes first: whoever opens a session holds them, and then the session.
pub async fn sessions_end(
    c: &mut Connection,
    person: &PersonId,
    but: Option<&SessionId>,
    now: Timestamp,
) -> Result<u64> {
    for sql in [
        "UPDATE person SET epoch = epoch + 1 WHERE id = $1",
        "UPDATE oidc_grant SET epoch = epoch + 1 WHERE person = $1 AND revoked_at IS NULL \
         AND epoch = (SELECT epoch - 1 FROM person WHERE id = $1)",
    ] {
        sqlx::query::<Db>(sql)
            .bind(person.as_str())
            .execute(&mut *c)
            .await?;
    }
    let done = sqlx::query::<Db>(
        "UPDATE session SET ended_at = $3 WHERE person = $1 AND id <> $2 AND ended_at IS NULL",
    )
    .bind(person.as_str())
    .bind(but.map_or("", SessionId::as_str))
    .bind(now.millis())
    .execute(&mut *c)
    .await?;
    let but = but.map_or("", SessionId::as_str);
    super::oidc_logins::sessions_over(c, person, but, now).await?;
    super::devices::devices_forget(c, person).await?;
    Ok(done.rows_affected())
}

/// Makes the last proof of all sessions but one an old one: they change nothing before they
/// prove themselves anew. It is not 0, which marks a session that is spent.
pub async fn sessions_stale(
    c: &mut Connection,
    person: &PersonId,
    but: Option<&SessionId>,
) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE session SET fresh_at = 1 WHERE person = $1 AND id <> $2 AND ended_at IS NULL AND fresh_at > 1",
    )
    .bind(person.as_str())
    .bind(but.map_or("", SessionId::as_str))
    .execute(c)
    .await?;
    Ok(())
}

pub async fn browser_known(c: &mut Connection, hash: &str, person: &PersonId) -> Result<bool> {
    let row = sqlx::query::<Db>("SELECT created_at FROM browser WHERE hash = $1 AND person = $2")
        .bind(hash)
        .bind(person.as_str())
        .fetch_optional(c)
        .await?;
    Ok(row.is_some())
}

/// Whether any browser ever signed the person in, as far as it is remembered.
pub async fn browsers_known(c: &mut Connection, person: &PersonId) -> Result<bool> {
    let row = sqlx::query::<Db>("SELECT hash FROM browser WHERE person = $1 LIMIT 1")
        .bind(person.as_str())
        .fetch_optional(c)
        .await?;
    Ok(row.is_some())
}

/// Notes that this browser signed the person in; `true` when it is new.
pub async fn browser_note(
    c: &mut Connection,
    hash: &str,
    person: &PersonId,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "INSERT INTO browser (hash, person, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(hash)
    .bind(person.as_str())
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets every browser of a person: after "this was not me" nothing is known.
pub async fn browsers_forget(c: &mut Connection, person: &PersonId) -> Result<()> {
    sqlx::query::<Db>("DELETE FROM browser WHERE person = $1")
        .bind(person.as_str())
        .execute(c)
        .await?;
    Ok(())
}
