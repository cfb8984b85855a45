//! Callers: what came of checking them, and the checks that are not answered on a phone.

use super::{Connection, Db, Row, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    caller::{CallerCheck, CallerProof, Evidence, PASSKEY_LIFE},
    ids::{CallId, CallerCheckId, FactorId, PersonId, RealmSlug},
    phone::Decision,
};
use sqlx::Row as _;

/// Keeps what came of checking a caller.
pub async fn evidence_insert(c: &mut Connection, e: &Evidence) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO evidence (id, person, factor, kind, decision, agent, at, call, manager) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&e.id)
    .bind(e.person.as_str())
    .bind(e.factor.as_ref().map(FactorId::as_str))
    .bind(e.proof.slug())
    .bind(e.decision.slug())
    .bind(e.agent.as_str())
    .bind(e.at.millis())
    .bind(e.call.as_str())
    .bind(e.manager.as_ref().map(PersonId::as_str))
    .execute(c)
    .await?;
    Ok(())
}

fn evidence(row: &Row) -> Result<Evidence> {
    let proof = CallerProof::parse(&text(row, "kind")?);
    let decision = Decision::parse(&text(row, "decision")?);
    let factor: Option<String> = row.try_get("factor")?;
    let manager: Option<String> = row.try_get("manager")?;
    Ok(Evidence {
        id: text(row, "id")?,
        person: PersonId::new(text(row, "person")?),
        proof: proof.ok_or(Error::Row("evidence kind"))?,
        factor: factor.map(FactorId::new),
        manager: manager.map(PersonId::new),
        decision: decision.ok_or(Error::Row("evidence decision"))?,
        agent: PersonId::new(text(row, "agent")?),
        call: CallId::new(text(row, "call")?),
        at: time(row, "at")?,
    })
}

/// What came of checking a caller, newest first.
pub async fn evidence_of(
    c: &mut Connection,
    person: &PersonId,
    limit: i64,
) -> Result<Vec<Evidence>> {
    let rows = sqlx::query::<Db>(
        "SELECT id, person, factor, kind, decision, agent, at, COALESCE(call, '') AS call, manager \
         FROM evidence WHERE person = $1 ORDER BY at DESC, id DESC LIMIT $2",
    )
    .bind(person.as_str())
    .bind(limit)
    .fetch_all(c)
    .await?;
    rows.iter().map(evidence).collect()
}

const COLUMNS: &str =
    "id, person, proof, code, call, agent, created_at, wrong, decision, voided_at";

fn check(row: &Row) -> Result<CallerCheck> {
    let decision: Option<String> = row.try_get("decision")?;
    let decision = decision.map(|text| Decision::parse(&text).ok_or(Error::Row("decision")));
    Ok(CallerCheck {
        id: CallerCheckId::new(text(row, "id")?),
        person: PersonId::new(text(row, "person")?),
        proof: CallerProof::parse(&text(row, "proof")?).ok_or(Error::Row("proof"))?,
        code: text(row, "code")?,
        call: CallId::new(text(row, "call")?),
        agent: PersonId::new(text(row, "agent")?),
        created_at: time(row, "created_at")?,
        wrong: row.try_get("wrong")?,
        decision: decision.transpose()?,
        voided: row.try_get::<Option<i64>, _>("voided_at")?.is_some(),
    })
}

/// Asks for a proof; what was asked for before is void. `false` when another one was
/// asked for in this very moment.
pub async fn caller_check_insert(
    c: &mut Connection,
    check: &CallerCheck,
    realm: &RealmSlug,
) -> Result<bool> {
    sqlx::query::<Db>(
        "UPDATE caller_check SET voided_at = $3 \
         WHERE person = $1 AND proof = $2 AND decision IS NULL AND voided_at IS NULL",
    )
    .bind(check.person.as_str())
    .bind(check.proof.slug())
    .bind(check.created_at.millis())
    .execute(&mut *c)
    .await?;
    let done = sqlx::query::<Db>(
        "INSERT INTO caller_check (id, person, realm, proof, code, call, agent, created_at, wrong) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT DO NOTHING",
    )
    .bind(check.id.as_str())
    .bind(check.person.as_str())
    .bind(realm.as_str())
    .bind(check.proof.slug())
    .bind(&check.code)
    .bind(check.call.as_str())
    .bind(check.agent.as_str())
    .bind(check.created_at.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A check.
pub async fn caller_check(c: &mut Connection, id: &CallerCheckId) -> Result<Option<CallerCheck>> {
    let sql = format!("SELECT {COLUMNS} FROM caller_check WHERE id = $1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(check).transpose()
}

/// The newest check of a person.
pub async fn caller_check_last(
    c: &mut Connection,
    person: &PersonId,
) -> Result<Option<CallerCheck>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM caller_check WHERE person = $1 ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(check).transpose()
}

/// What waits in a realm for the passkey of whoever was read this code.
pub async fn caller_check_by_code(
    c: &mut Connection,
    realm: &RealmSlug,
    code: &str,
    now: Timestamp,
) -> Result<Option<CallerCheck>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM caller_check WHERE realm = $1 AND code = $2 AND proof = $3 \
         AND decision IS NULL AND voided_at IS NULL AND created_at > $4 \
         ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(code)
        .bind(CallerProof::Passkey.slug())
        .bind(now.plus_seconds(-PASSKEY_LIFE).millis())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(check).transpose()
}

/// How many checks of a person since `since` nobody accepted.
pub async fn caller_checks_since(
    c: &mut Connection,
    person: &PersonId,
    since: Timestamp,
) -> Result<i64> {
    let row = sqlx::query::<Db>(
        "SELECT COUNT(*) AS n FROM caller_check WHERE person = $1 AND created_at > $2 \
         AND (decision IS NULL OR decision <> $3)",
    )
    .bind(person.as_str())
    .bind(since.millis())
    .bind(Decision::Accept.slug())
    .fetch_one(c)
    .await?;
    Ok(row.try_get("n")?)
}

/// Counts a wrong code before it is compared; `false` when none is left.
pub async fn caller_check_try(c: &mut Connection, id: &CallerCheckId, most: i64) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE caller_check SET wrong = wrong + 1 \
         WHERE id = $1 AND decision IS NULL AND voided_at IS NULL AND wrong < $2",
    )
    .bind(id.as_str())
    .bind(most)
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that its code was typed; `false` when it was before.
pub async fn caller_check_seen(
    c: &mut Connection,
    id: &CallerCheckId,
    now: Timestamp,
) -> Result<bool> {
    let done =
        sqlx::query::<Db>("UPDATE caller_check SET seen_at = $2 WHERE id = $1 AND seen_at IS NULL")
            .bind(id.as_str())
            .bind(now.millis())
            .execute(c)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// What a passkey has to answer for a check that waits.
pub async fn caller_check_state(c: &mut Connection, id: &CallerCheckId, state: &str) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE caller_check SET state = $2 \
         WHERE id = $1 AND decision IS NULL AND voided_at IS NULL",
    )
    .bind(id.as_str())
    .bind(state)
    .execute(c)
    .await?;
    Ok(())
}

/// Takes that out, before any answer is looked at; `None` when somebody was faster.
pub async fn caller_check_state_take(
    c: &mut Connection,
    id: &CallerCheckId,
) -> Result<Option<String>> {
    let row = sqlx::query::<Db>("SELECT state FROM caller_check WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(&mut *c)
        .await?;
    let state: Option<String> = match row {
        Some(row) => row.try_get("state")?,
        None => None,
    };
    let Some(state) = state else { return Ok(None) };
    let done =
        sqlx::query::<Db>("UPDATE caller_check SET state = NULL WHERE id = $1 AND state = $2")
            .bind(id.as_str())
            .bind(&state)
            .execute(c)
            .await?;
    Ok((done.rows_affected() == 1).then_some(state))
}

/// Writes an answer down; `false` when the check waits no more.
pub async fn caller_check_answer(
    c: &mut Connection,
    check: &CallerCheck,
    decision: Decision,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE caller_check SET decision = $2 \
         WHERE id = $1 AND decision IS NULL AND voided_at IS NULL AND created_at > $3",
    )
    .bind(check.id.as_str())
    .bind(decision.slug())
    .bind(now.plus_seconds(-check.life()).millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Drops checks that count no more.
pub async fn caller_checks_sweep(c: &mut Connection, before: Timestamp) -> Result<()> {
    sqlx::query::<Db>("DELETE FROM caller_check WHERE created_at <= $1")
        .bind(before.millis())
        .execute(c)
        .await?;
    Ok(())
}
