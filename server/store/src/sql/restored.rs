//! What must not live again when an older state of the database came back.

use super::{Connection, Db, oidc_logins::all_over, text};
use crate::Result;
use domain::{
    Timestamp,
    ids::{PersonId, RealmSlug},
};

/// Of people who hold nothing else than what they know: without their codes, the
/// password alone would be enough to set up a factor.
const NOTHING_ELSE: &str = "NOT EXISTS (SELECT 1 FROM factor f WHERE f.person = recovery_code.person \
     AND f.removed_at IS NULL AND f.kind NOT IN ('password', 'pin'))";

/// Links that let nobody in: they stop something, or take it back. They stay, because
/// what they are against came back as well.
const PROTECTS: &str = "('not_me', 'case', 'undo')";

/// Makes void what was live in the state that came back, of everybody; says how much of
/// each there was. `step` is that of apps at this moment: what they showed until now
/// was seen.
pub async fn restored_void(
    c: &mut Connection,
    step: i64,
    now: Timestamp,
) -> Result<Vec<(&'static str, u64)>> {
    let recovery = format!(
        "UPDATE recovery_code SET used_at = $1 WHERE used_at IS NULL AND NOT ({NOTHING_ELSE})"
    );
    let links = format!(
        "UPDATE link SET voided_at = $1 WHERE used_at IS NULL AND voided_at IS NULL \
         AND expires_at > $1 AND purpose NOT IN {PROTECTS}"
    );
    let timed = [
        (
            "sessions",
            "UPDATE session SET ended_at = $1 WHERE ended_at IS NULL",
        ),
        (
            "codes",
            "UPDATE challenge SET voided_at = $1 WHERE used_at IS NULL AND voided_at IS NULL AND expires_at > $1",
        ),
        ("links", &links),
        ("recovery codes", &recovery),
        (
            "emergency passwords",
            "UPDATE emergency SET voided_at = $1 WHERE used_at IS NULL AND voided_at IS NULL",
        ),
        (
            "calls",
            "UPDATE call SET closed_at = $1 WHERE closed_at IS NULL",
        ),
        (
            "caller checks",
            "UPDATE caller_check SET voided_at = $1 WHERE decision IS NULL AND voided_at IS NULL",
        ),
        (
            "requests to managers",
            "UPDATE approval SET stage = '\"lapsed\"', live = 0, waits = 0, ends_at = NULL, version = version + 1 \
             WHERE live = 1 AND asked_at <= $1",
        ),
        // Whoever stopped them since did so in a state that is gone.
        (
            "approvals of cases",
            "UPDATE desk_case SET stage = '\"lapsed\"', waits = 0, agent = NULL, closed_at = $1, version = version + 1 \
             WHERE closed_at IS NULL AND stage LIKE '{\"approved\"%'",
        ),
        (
            "first approvals of cases",
            "UPDATE desk_case SET stage = '\"open\"', waits = 1, agent = NULL, version = version + 1 \
             WHERE closed_at IS NULL AND opened_at <= $1 AND stage LIKE '{\"seconded\"%'",
        ),
        (
            "deputies",
            "UPDATE deputy SET until_at = $1 WHERE until_at > $1",
        ),
        (
            "acts that wait",
            "UPDATE desk_act SET expires_at = $1 WHERE decided_at IS NULL AND expires_at > $1",
        ),
        (
            "acts agreed to",
            "UPDATE desk_act SET used_at = $1 WHERE agreed = 1 AND used_at IS NULL",
        ),
    ];
    let mut counts = Vec::new();
    for (name, sql) in timed {
        let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql.to_owned()))
            .bind(now.millis())
            .execute(&mut *c)
            .await?;
        counts.push((name, done.rows_affected()));
    }
    let others = [
        ("ceremonies", "DELETE FROM ceremony"),
        ("remembered browsers", "DELETE FROM device"),
        ("desk codes", "DELETE FROM desk_code"),
        (
            "phone requests",
            "UPDATE phone_request SET stage = 'voided' WHERE stage IN ('waiting', 'accepted')",
        ),
        ("people", "UPDATE person SET epoch = epoch + 1"),
    ];
    for (name, sql) in others {
        let done = sqlx::query::<Db>(sql).execute(&mut *c).await?;
        counts.push((name, done.rows_affected()));
    }
    counts.push(("messages", messages(c, now).await?));
    counts.push(("sign-ins to applications", all_over(c, now).await?));
    sqlx::query::<Db>("UPDATE factor SET last_step = $1 WHERE kind = 'totp' AND last_step < $1")
        .bind(step)
        .execute(c)
        .await?;
    Ok(counts)
}

/// Takes back what waits and carries a code or a link that is void now. Notices stay:
/// what they tell of is still so.
async fn messages(c: &mut Connection, now: Timestamp) -> Result<u64> {
    let nothing: &[u8] = &[];
    let done = sqlx::query::<Db>(
        "UPDATE outbox SET dead_at = $1, claimed_until = 0, sealed = $2, error = 'taken back' \
         WHERE sent_at IS NULL AND dead_at IS NULL AND useless_after IS NOT NULL AND slug <> 'notice'",
    )
    .bind(now.millis())
    .bind(nothing)
    .execute(&mut *c)
    .await?;
    sqlx::query::<Db>("UPDATE outbox SET claimed_until = 0 WHERE sent_at IS NULL")
        .execute(c)
        .await?;
    Ok(done.rows_affected())
}

/// Who kept recovery codes all the same, because they hold nothing else.
pub async fn restored_kept(c: &mut Connection) -> Result<Vec<(PersonId, RealmSlug)>> {
    let sql = format!(
        "SELECT DISTINCT person.id AS id, person.realm AS realm FROM recovery_code \
         JOIN person ON person.id = recovery_code.person \
         WHERE recovery_code.used_at IS NULL AND {NOTHING_ELSE} ORDER BY person.id"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .fetch_all(c)
        .await?;
    rows.iter()
        .map(|row| {
            let realm = RealmSlug::parse(&text(row, "realm")?);
            Ok((
                PersonId::new(text(row, "id")?),
                realm.ok_or(crate::Error::Row("realm"))?,
            ))
        })
        .collect()
}
