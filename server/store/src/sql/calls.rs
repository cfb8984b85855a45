//! Calls to the desk, and the codes that phones show for it.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::Result;
use domain::{
    Timestamp,
    call::{Call, DeskCode, LASTS},
    ids::{CallId, FactorId, PersonId},
};
use sqlx::Row as _;

fn call_of(row: &Row) -> Result<Call> {
    Ok(Call {
        id: CallId::new(text(row, "id")?),
        number: row.try_get("number")?,
        person: PersonId::new(text(row, "person")?),
        agent: PersonId::new(text(row, "agent")?),
        opened_at: time(row, "opened_at")?,
        closed_at: maybe_time(row, "closed_at")?,
    })
}

/// Begins a call; the one before between the two is over. `false` when it was begun in
/// this very moment.
pub async fn call_insert(c: &mut Connection, call: &Call) -> Result<bool> {
    sqlx::query::<Db>(
        "UPDATE call SET closed_at = opened_at + $3 WHERE person = $1 AND agent = $2 \
         AND closed_at IS NULL AND opened_at + $3 <= $4",
    )
    .bind(call.person.as_str())
    .bind(call.agent.as_str())
    .bind(LASTS * 1000)
    .bind(call.opened_at.millis())
    .execute(&mut *c)
    .await?;
    let done = sqlx::query::<Db>(
        "INSERT INTO call (id, number, person, agent, opened_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(call.id.as_str())
    .bind(call.number)
    .bind(call.person.as_str())
    .bind(call.agent.as_str())
    .bind(call.opened_at.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The call that goes on between two people.
pub async fn call_open(
    c: &mut Connection,
    person: &PersonId,
    agent: &PersonId,
    now: Timestamp,
) -> Result<Option<Call>> {
    let row = sqlx::query::<Db>(
        "SELECT id, number, person, agent, opened_at, closed_at FROM call \
         WHERE person = $1 AND agent = $2 AND closed_at IS NULL AND opened_at > $3",
    )
    .bind(person.as_str())
    .bind(agent.as_str())
    .bind(now.plus_seconds(-LASTS).millis())
    .fetch_optional(c)
    .await?;
    row.as_ref().map(call_of).transpose()
}

/// Ends it; `false` when it is over.
pub async fn call_close(c: &mut Connection, id: &CallId, now: Timestamp) -> Result<bool> {
    let done =
        sqlx::query::<Db>("UPDATE call SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
            .bind(id.as_str())
            .bind(now.millis())
            .execute(c)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// A call.
pub async fn call(c: &mut Connection, id: &CallId) -> Result<Option<Call>> {
    let row = sqlx::query::<Db>(
        "SELECT id, number, person, agent, opened_at, closed_at FROM call WHERE id = $1",
    )
    .bind(id.as_str())
    .fetch_optional(c)
    .await?;
    row.as_ref().map(call_of).transpose()
}

/// The calls of a person, newest first.
pub async fn calls_of(c: &mut Connection, person: &PersonId, limit: i64) -> Result<Vec<Call>> {
    let rows = sqlx::query::<Db>(
        "SELECT id, number, person, agent, opened_at, closed_at FROM call \
         WHERE person = $1 ORDER BY opened_at DESC, number DESC LIMIT $2",
    )
    .bind(person.as_str())
    .bind(limit)
    .fetch_all(c)
    .await?;
    rows.iter().map(call_of).collect()
}

/// Shows a code; the one before is gone.
pub async fn desk_code_set(c: &mut Connection, code: &DeskCode) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO desk_code (person, id, phone, digits, created_at, wrong) \
         VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (person) DO UPDATE SET \
         id = excluded.id, phone = excluded.phone, digits = excluded.digits, \
         created_at = excluded.created_at, wrong = 0, typed_by = NULL, call = NULL",
    )
    .bind(code.person.as_str())
    .bind(&code.id)
    .bind(code.phone.as_str())
    .bind(&code.digits)
    .bind(code.created_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// The code of a person, however old.
pub async fn desk_code(c: &mut Connection, person: &PersonId) -> Result<Option<DeskCode>> {
    let row = sqlx::query::<Db>(
        "SELECT id, person, phone, digits, created_at, wrong, typed_by, call \
         FROM desk_code WHERE person = $1",
    )
    .bind(person.as_str())
    .fetch_optional(c)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let by: Option<String> = row.try_get("typed_by")?;
    let call: Option<String> = row.try_get("call")?;
    Ok(Some(DeskCode {
        id: text(&row, "id")?,
        person: PersonId::new(text(&row, "person")?),
        phone: FactorId::new(text(&row, "phone")?),
        digits: text(&row, "digits")?,
        created_at: time(&row, "created_at")?,
        wrong: row.try_get("wrong")?,
        typed: by
            .zip(call)
            .map(|(by, call)| (PersonId::new(by), CallId::new(call))),
    }))
}

/// Counts a wrong one before it is compared; `false` when none is left.
pub async fn desk_code_try(c: &mut Connection, id: &str, most: i64) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE desk_code SET wrong = wrong + 1 WHERE id = $1 AND typed_by IS NULL AND wrong < $2",
    )
    .bind(id)
    .bind(most)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes who typed it; `false` when somebody did already, or another one is shown.
pub async fn desk_code_typed(
    c: &mut Connection,
    id: &str,
    by: &PersonId,
    call: &CallId,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE desk_code SET typed_by = $2, call = $3 WHERE id = $1 AND typed_by IS NULL",
    )
    .bind(id)
    .bind(by.as_str())
    .bind(call.as_str())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}
