//! What the desk wants to do to protected accounts, until a second one agrees.

use super::{Connection, Db, Row, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    desk_act::DeskAct,
    ids::{CallId, PersonId},
    records::PendingAct,
};
use sqlx::Row as _;

const SELECT: &str = "SELECT a.id, a.person, a.act, a.subject, a.call, a.asked_by, p.login AS asked_login, a.asked_at \
     FROM desk_act a JOIN person p ON p.id = a.asked_by";

fn act_of(row: &Row) -> Result<PendingAct> {
    Ok(PendingAct {
        id: text(row, "id")?,
        person: PersonId::new(text(row, "person")?),
        act: DeskAct::parse(&text(row, "act")?).ok_or(Error::Row("act"))?,
        subject: text(row, "subject")?,
        call: row.try_get::<Option<String>, _>("call")?.map(CallId::new),
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
        "INSERT INTO desk_act (id, person, act, subject, asked_by, asked_at, expires_at, call) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&a.id)
    .bind(a.person.as_str())
    .bind(a.act.slug())
    .bind(&a.subject)
    .bind(a.asked_by.as_str())
    .bind(a.asked_at.millis())
    .bind(expires_at.millis())
    .bind(a.call.as_ref().map(CallId::as_str))
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

/// Whom one is about, also where it was decided or its time is over.
pub async fn desk_act_person(c: &mut Connection, id: &str) -> Result<Option<PersonId>> {
    let row = sqlx::query::<Db>("SELECT person FROM desk_act WHERE id = $1")
        .bind(id)
        .fetch_optional(c)
        .await?;
    row.map(|row| Ok(PersonId::new(text(&row, "person")?)))
        .transpose()
}

/// Decides it, by a second one of the desk or, to drop it, by the person; `false` when it
/// was decided meanwhile, is too old, or is one's own to agree to.
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

/// What a second one agreed to in a call, where it was not used yet.
const AGREED: &str = "person = $1 AND act = $2 AND asked_by = $3 AND call = $4 \
     AND agreed = 1 AND used_at IS NULL";

/// Whether a second one agreed to what somebody wanted in a call, unused.
pub async fn desk_act_agreed(
    c: &mut Connection,
    person: &PersonId,
    act: DeskAct,
    asked_by: &PersonId,
    call: &CallId,
) -> Result<bool> {
    let sql = format!("SELECT id FROM desk_act WHERE {AGREED} LIMIT 1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(act.slug())
        .bind(asked_by.as_str())
        .bind(call.as_str())
        .fetch_optional(c)
        .await?;
    Ok(row.is_some())
}

/// Uses up what a second one agreed to in a call; `false` where nothing is left.
pub async fn desk_act_use(
    c: &mut Connection,
    person: &PersonId,
    act: DeskAct,
    asked_by: &PersonId,
    call: &CallId,
    now: Timestamp,
) -> Result<bool> {
    let sql = format!("UPDATE desk_act SET used_at = $5 WHERE {AGREED}");
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(act.slug())
        .bind(asked_by.as_str())
        .bind(call.as_str())
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(done.rows_affected() > 0)
}
