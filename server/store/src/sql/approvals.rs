//! What managers approve, and who stands in for them.

use super::{Connection, Db, Row, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    approval::{Approval, Deputy, Stage},
    ids::{ApprovalId, PersonId, RealmSlug},
};
use sqlx::Row as _;

const COLUMNS: &str = "approval.id, approval.number, approval.realm, approval.person, approval.wish, approval.stage, approval.version, approval.asked_at, approval.due_at";

fn approval_of(row: &Row) -> Result<Approval> {
    Ok(Approval {
        id: ApprovalId::new(text(row, "id")?),
        number: row.try_get("number")?,
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        person: PersonId::new(text(row, "person")?),
        wish: serde_json::from_str(&text(row, "wish")?).map_err(|_| Error::Row("wish"))?,
        stage: serde_json::from_str(&text(row, "stage")?).map_err(|_| Error::Row("stage"))?,
        version: row.try_get("version")?,
        asked_at: time(row, "asked_at")?,
        due_at: time(row, "due_at")?,
    })
}

/// What of a stage stands in columns of its own.
struct Marks<'a> {
    live: i64,
    waits: i64,
    by: Option<&'a str>,
    ends_at: Option<i64>,
}

fn marks(approval: &Approval) -> Marks<'_> {
    let (by, ends_at) = match &approval.stage {
        Stage::Waiting => (None, Some(approval.due_at)),
        Stage::Approved { by, until, .. } => (Some(by), Some(*until)),
        Stage::Declined { by, .. } | Stage::Used { by, .. } => (Some(by), None),
        Stage::Withdrawn | Stage::Lapsed | Stage::Vetoed => (None, None),
    };
    Marks {
        live: i64::from(!approval.stage.is_over()),
        waits: i64::from(approval.stage == Stage::Waiting),
        by: by.map(PersonId::as_str),
        ends_at: ends_at.map(Timestamp::millis),
    }
}

/// Keeps a new request; `false` when the person has one that is not over.
pub async fn approval_insert(
    c: &mut Connection,
    approval: &Approval,
    remind_at: Timestamp,
) -> Result<bool> {
    let wish = serde_json::to_string(&approval.wish).map_err(|_| Error::Row("wish"))?;
    let stage = serde_json::to_string(&approval.stage).map_err(|_| Error::Row("stage"))?;
    let marks = marks(approval);
    let done = sqlx::query::<Db>(
        "INSERT INTO approval (id, number, realm, person, wish, stage, live, waits, decided_by, version, asked_at, due_at, ends_at, remind_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING",
    )
    .bind(approval.id.as_str())
    .bind(approval.number)
    .bind(approval.realm.as_str())
    .bind(approval.person.as_str())
    .bind(wish)
    .bind(stage)
    .bind(marks.live)
    .bind(marks.waits)
    .bind(marks.by)
    .bind(approval.version)
    .bind(approval.asked_at.millis())
    .bind(approval.due_at.millis())
    .bind(marks.ends_at)
    .bind(remind_at.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Saves a request as it was read, `false` when somebody was faster; a new moment for the
/// reminder where the manager is asked anew.
pub async fn approval_save(
    c: &mut Connection,
    approval: &Approval,
    remind_at: Option<Timestamp>,
) -> Result<bool> {
    let wish = serde_json::to_string(&approval.wish).map_err(|_| Error::Row("wish"))?;
    let stage = serde_json::to_string(&approval.stage).map_err(|_| Error::Row("stage"))?;
    let marks = marks(approval);
    let done = sqlx::query::<Db>(
        "UPDATE approval SET wish = $3, stage = $4, live = $5, waits = $6, decided_by = $7, asked_at = $8, due_at = $9, ends_at = $10, \
         reminded_at = CASE WHEN $11 IS NULL THEN reminded_at ELSE NULL END, remind_at = COALESCE($11, remind_at), version = version + 1 \
         WHERE id = $1 AND version = $2",
    )
    .bind(approval.id.as_str())
    .bind(approval.version)
    .bind(wish)
    .bind(stage)
    .bind(marks.live)
    .bind(marks.waits)
    .bind(marks.by)
    .bind(approval.asked_at.millis())
    .bind(approval.due_at.millis())
    .bind(marks.ends_at)
    .bind(remind_at.map(Timestamp::millis))
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn approval(c: &mut Connection, id: &ApprovalId) -> Result<Option<Approval>> {
    let sql = format!("SELECT {COLUMNS} FROM approval WHERE id = $1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(approval_of).transpose()
}

/// Requests of a person, newest first.
pub async fn approvals_of(
    c: &mut Connection,
    person: &PersonId,
    limit: i64,
) -> Result<Vec<Approval>> {
    let sql =
        format!("SELECT {COLUMNS} FROM approval WHERE person = $1 ORDER BY number DESC LIMIT $2");
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(approval_of).collect()
}

/// One page of what somebody decides, or decided or let pass, newest first; `before` is
/// the number that the page before ended with.
pub async fn approvals_for(
    c: &mut Connection,
    approver: &PersonId,
    waits: bool,
    before: Option<i64>,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Approval>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM approval WHERE approval.person IN ( \
           SELECT id FROM person WHERE manager = $1 \
           UNION SELECT p.id FROM deputy d JOIN person p ON p.manager = d.manager \
           WHERE d.deputy = $1 AND d.until_at > $2) \
         AND approval.person <> $1 AND approval.waits = $3 AND approval.number < $4 ORDER BY approval.number DESC LIMIT $5"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(approver.as_str())
        .bind(now.millis())
        .bind(i64::from(waits))
        .bind(before.unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(approval_of).collect()
}

/// Whether somebody has reports, or stands in for who has.
pub async fn approves_anybody(c: &mut Connection, who: &PersonId, now: Timestamp) -> Result<bool> {
    let row = sqlx::query::<Db>(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM person WHERE manager = $1) \
         OR EXISTS (SELECT 1 FROM deputy WHERE deputy = $1 AND until_at > $2) THEN 1 ELSE 0 END AS yes",
    )
    .bind(who.as_str())
    .bind(now.millis())
    .fetch_one(c)
    .await?;
    let yes: i32 = row.try_get("yes")?;
    Ok(yes == 1)
}

/// Marks what nobody answered so far as reminded, each once, and gives it.
pub async fn approvals_remind(
    c: &mut Connection,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Approval>> {
    let sql = format!(
        "UPDATE approval SET reminded_at = $1 WHERE id IN (SELECT id FROM approval \
         WHERE waits = 1 AND reminded_at IS NULL AND remind_at <= $1 AND due_at > $1 \
         ORDER BY remind_at LIMIT $2 {}) AND reminded_at IS NULL RETURNING {}",
        super::SKIP_LOCKED,
        COLUMNS.replace("approval.", "")
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(approval_of).collect()
}

/// What is out of time and does not say so yet.
pub async fn approvals_ended(
    c: &mut Connection,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Approval>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM approval WHERE live = 1 AND ends_at <= $1 ORDER BY ends_at LIMIT $2"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(approval_of).collect()
}

/// Names who stands in for a manager, or nobody any more.
pub async fn deputy_put(
    c: &mut Connection,
    manager: &PersonId,
    deputy: Option<&Deputy>,
) -> Result<()> {
    let Some(deputy) = deputy else {
        sqlx::query::<Db>("DELETE FROM deputy WHERE manager = $1")
            .bind(manager.as_str())
            .execute(c)
            .await?;
        return Ok(());
    };
    sqlx::query::<Db>(
        "INSERT INTO deputy (manager, deputy, until_at) VALUES ($1, $2, $3) \
         ON CONFLICT (manager) DO UPDATE SET deputy = excluded.deputy, until_at = excluded.until_at",
    )
    .bind(manager.as_str())
    .bind(deputy.person.as_str())
    .bind(deputy.until.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// Who stands in for a manager, whether their time is over or not.
pub async fn deputy(c: &mut Connection, manager: &PersonId) -> Result<Option<Deputy>> {
    let row = sqlx::query::<Db>("SELECT deputy, until_at FROM deputy WHERE manager = $1")
        .bind(manager.as_str())
        .fetch_optional(c)
        .await?;
    row.map(|row| {
        Ok(Deputy {
            person: PersonId::new(text(&row, "deputy")?),
            until: time(&row, "until_at")?,
        })
    })
    .transpose()
}
