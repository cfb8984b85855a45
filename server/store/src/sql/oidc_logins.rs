//! Which applications know of a session, and who of them is to be told of its end.

use super::{Connection, Db, SKIP_LOCKED, maybe_time, text};
use crate::{Error, Result};
use domain::{
    Timestamp,
    ids::{PersonId, RealmSlug, SessionId},
    oidc::ClientSession,
};
use sqlx::Row as _;

/// The session was ended, by whom ever: what hangs on it dies, and the applications
/// that know of it hear of it. Part of every statement that ends sessions.
pub(super) async fn session_over(c: &mut Connection, id: &SessionId, now: Timestamp) -> Result<()> {
    for sql in [
        "UPDATE oidc_grant SET revoked_at = $2 WHERE session = $1 AND revoked_at IS NULL",
        "UPDATE oidc_login SET due_at = $2 WHERE session = $1 AND due_at IS NULL",
    ] {
        sqlx::query::<Db>(sql)
            .bind(id.as_str())
            .bind(now.millis())
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}

/// The same for all sessions of a person but one.
pub(super) async fn sessions_over(
    c: &mut Connection,
    person: &PersonId,
    but: &str,
    now: Timestamp,
) -> Result<()> {
    for sql in [
        "UPDATE oidc_grant SET revoked_at = $3 WHERE person = $1 AND session <> $2 AND revoked_at IS NULL",
        "UPDATE oidc_login SET due_at = $3 WHERE person = $1 AND session <> $2 AND due_at IS NULL",
    ] {
        sqlx::query::<Db>(sql)
            .bind(person.as_str())
            .bind(but)
            .bind(now.millis())
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}

/// The same for everybody; gives how many grants there were.
pub(super) async fn all_over(c: &mut Connection, now: Timestamp) -> Result<u64> {
    let mut grants = 0;
    for sql in [
        "UPDATE oidc_login SET due_at = $1 WHERE due_at IS NULL",
        "UPDATE oidc_grant SET revoked_at = $1 WHERE revoked_at IS NULL",
    ] {
        let done = sqlx::query::<Db>(sql)
            .bind(now.millis())
            .execute(&mut *c)
            .await?;
        grants = done.rows_affected();
    }
    Ok(grants)
}

pub async fn oidc_logout_next(c: &mut Connection) -> Result<Option<Timestamp>> {
    let row = sqlx::query::<Db>(
        "SELECT MIN(due_at) AS due_at FROM oidc_login \
         WHERE due_at IS NOT NULL AND told_at IS NULL AND dead_at IS NULL",
    )
    .fetch_one(c)
    .await?;
    Ok(maybe_time(&row, "due_at")?)
}

pub async fn oidc_logout_claim(
    c: &mut Connection,
    limit: i64,
    lease_seconds: i64,
    now: Timestamp,
) -> Result<Vec<ClientSession>> {
    let sql = format!(
        "UPDATE oidc_login SET due_at = $2, attempts = attempts + 1 WHERE (session, client) IN ( \
           SELECT session, client FROM oidc_login WHERE due_at <= $1 AND told_at IS NULL AND dead_at IS NULL \
           ORDER BY due_at LIMIT $3 {SKIP_LOCKED}) \
         RETURNING session, client, realm, person, attempts"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .bind(now.plus_seconds(lease_seconds).millis())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ClientSession {
                session: SessionId::new(text(row, "session")?),
                client: text(row, "client")?,
                realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
                person: PersonId::new(text(row, "person")?),
                attempts: row.try_get("attempts")?,
            })
        })
        .collect()
}

/// Lets go of one that was claimed and not tried.
pub async fn oidc_logout_release(
    c: &mut Connection,
    session: &SessionId,
    client: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE oidc_login SET due_at = $3, attempts = attempts - 1 \
         WHERE session = $1 AND client = $2 AND told_at IS NULL AND attempts > 0",
    )
    .bind(session.as_str())
    .bind(client)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn oidc_logout_told(
    c: &mut Connection,
    session: &SessionId,
    client: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>("UPDATE oidc_login SET told_at = $3 WHERE session = $1 AND client = $2")
        .bind(session.as_str())
        .bind(client)
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}

pub async fn oidc_logout_later(
    c: &mut Connection,
    session: &SessionId,
    client: &str,
    error: &str,
    due_at: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE oidc_login SET error = $3, due_at = $4 WHERE session = $1 AND client = $2",
    )
    .bind(session.as_str())
    .bind(client)
    .bind(error)
    .bind(due_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn oidc_logout_dead(
    c: &mut Connection,
    session: &SessionId,
    client: &str,
    error: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE oidc_login SET error = $3, dead_at = $4 WHERE session = $1 AND client = $2",
    )
    .bind(session.as_str())
    .bind(client)
    .bind(error)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(())
}
