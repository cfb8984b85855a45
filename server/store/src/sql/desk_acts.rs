//! What the desk wants to do to protected accounts, until a second one agrees.

use super::{Connection, Db, Row, text, time};
use crate::{Error, Result};
use domain::{Timestamp, desk_act::DeskAct, ids::PersonId, records::PendingAct};

const SELECT: &str = "SELECT a.id, a.person, a.act, a.subject, a.asked_by, p.login AS asked_login, a.asked_at \
     FROM desk_act a JOIN person p ON p.id = a.asked_by";

fn act_of(row: &Row) -> Result<PendingAct> {
    Ok(PendingAct {
        id: text(row, "id")?,
        person: PersonId::new(text(row, "person")?),
        act: DeskAct::parse(&text(row, "act")?).ok_or(Error::Row("act"))?,
        subject: text(row, "subject")?,
        asked_by: PersonId::new(text(row, "asked_by")?),
        asked_login: text(row, "asked_login")?,
        asked_at: time(row, "asked_at")?,
    })
}

pub async fn desk_act_insert(
    c: &mut Connection,
    a: &PendingAct,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO desk_act (id, person, act, subject, asked_by, asked_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&a.id)
    .bind(a.person.as_str())
    .bind(a.act.slug())
    .bind(&a.subject)
    .bind(a.asked_by.as_str())
    .bind(a.asked_at.millis())
    .bind(expires_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// What waits for a second one, newest first.
pub async fn desk_acts_of(
    c: &mut Connection,
    person: &PersonId,
    now: Timestamp,
) -> Result<Vec<PendingAct>> {
    let sql = format!(
        "{SELECT} WHERE a.person = $1 AND a.decided_at IS NULL AND a.expires_at > $2 \
         ORDER BY a.id DESC LIMIT 50"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(now.millis())
        .fetch_all(c)
        .await?;
    rows.iter().map(act_of).collect()
}

/// One that still waits.
pub async fn desk_act(c: &mut Connection, id: &str, now: Timestamp) -> Result<Option<PendingAct>> {
    let sql = format!("{SELECT} WHERE a.id = $1 AND a.decided_at IS NULL AND a.expires_at > $2");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .bind(now.millis())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(act_of).transpose()
}

/// Decides it; `false` when it was decided meanwhile, is too old, or is one's own
/// to agree to.
pub async fn desk_act_decide(
    c: &mut Connection,
    id: &str,
    by: &PersonId,
    agreed: bool,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE desk_act SET decided_by = $2, decided_at = $4, agreed = $3 \
         WHERE id = $1 AND decided_at IS NULL AND expires_at > $4 AND ($3 = 0 OR asked_by <> $2)",
    )
    .bind(id)
    .bind(by.as_str())
    .bind(i64::from(agreed))
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a second one agreed to what somebody wanted, since then.
pub async fn desk_act_agreed(
    c: &mut Connection,
    person: &PersonId,
    act: DeskAct,
    asked_by: &PersonId,
    since: Timestamp,
) -> Result<bool> {
    let row = sqlx::query::<Db>(
        "SELECT id FROM desk_act WHERE person = $1 AND act = $2 AND asked_by = $3 \
         AND agreed = 1 AND decided_at > $4 LIMIT 1",
    )
    .bind(person.as_str())
    .bind(act.slug())
    .bind(asked_by.as_str())
    .bind(since.millis())
    .fetch_optional(c)
    .await?;
    Ok(row.is_some())
}
