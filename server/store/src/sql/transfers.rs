//! Imports and exports that go on beside the requests.

use super::{Connection, Db, Row, SKIP_LOCKED, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    ids::{PersonId, RealmSlug, TransferId},
    transfer::{Format, Transfer, TransferFault, TransferKind, TransferState},
};
use sqlx::Row as _;

const COLUMNS: &str = "id, realm, kind, format, about, starter, state, fault, done, total, skipped, reached, created_at, started_at, finished_at, tries";

fn transfer_of(row: &Row) -> Result<Transfer> {
    let fault: Option<String> = row.try_get("fault")?;
    Ok(Transfer {
        id: TransferId::new(text(row, "id")?),
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        kind: TransferKind::parse(&text(row, "kind")?).ok_or(Error::Row("kind"))?,
        format: Format::parse(&text(row, "format")?).ok_or(Error::Row("format"))?,
        about: text(row, "about")?,
        starter: PersonId::new(text(row, "starter")?),
        state: TransferState::parse(&text(row, "state")?).ok_or(Error::Row("state"))?,
        fault: fault
            .map(|slug| TransferFault::parse(&slug).ok_or(Error::Row("fault")))
            .transpose()?,
        done: row.try_get("done")?,
        total: row.try_get("total")?,
        skipped: row.try_get("skipped")?,
        reached: text(row, "reached")?,
        created_at: time(row, "created_at")?,
        started_at: maybe_time(row, "started_at")?,
        finished_at: maybe_time(row, "finished_at")?,
        tries: row.try_get("tries")?,
    })
}

/// Puts a transfer where a worker finds it.
pub async fn transfer_insert(c: &mut Connection, t: &Transfer, input: &[u8]) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO transfer (id, realm, kind, format, about, starter, state, total, input, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(t.id.as_str())
    .bind(t.realm.as_str())
    .bind(t.kind.slug())
    .bind(t.format.slug())
    .bind(&t.about)
    .bind(t.starter.as_str())
    .bind(t.state.slug())
    .bind(t.total)
    .bind(input)
    .bind(t.created_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// One of a realm.
pub async fn transfer(
    c: &mut Connection,
    realm: &RealmSlug,
    id: &TransferId,
) -> Result<Option<Transfer>> {
    let sql = format!("SELECT {COLUMNS} FROM transfer WHERE realm = $1 AND id = $2");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(id.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(transfer_of).transpose()
}

/// The one that this person started for the same and that is not over.
pub async fn transfer_same(
    c: &mut Connection,
    realm: &RealmSlug,
    starter: &PersonId,
    about: &str,
) -> Result<Option<Transfer>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM transfer WHERE finished_at IS NULL AND realm = $1 AND starter = $2 AND about = $3 ORDER BY id LIMIT 1"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(starter.as_str())
        .bind(about)
        .fetch_optional(c)
        .await?;
    row.as_ref().map(transfer_of).transpose()
}

/// Those of a realm and of these kinds before the id `before`, newest first, with
/// the name or else the login of who started each.
pub async fn transfers_page(
    c: &mut Connection,
    realm: &RealmSlug,
    kinds: &[TransferKind],
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<(Transfer, String)>> {
    // Our own words, so they may stand in the text.
    let kinds: Vec<_> = kinds.iter().map(|k| format!("'{}'", k.slug())).collect();
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = kinds.join(", ");
    let narrow = if before.is_some() { "AND id < $3" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS}, (SELECT CASE WHEN p.name = '' THEN p.login ELSE p.name END FROM person p WHERE p.id = transfer.starter) AS starter_name \
         FROM transfer WHERE realm = $1 AND kind IN ({kinds}) {narrow} ORDER BY id DESC LIMIT $2"
    );
    let mut query = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(limit);
    if let Some(before) = before {
        query = query.bind(before);
    }
    let rows = query.fetch_all(c).await?;
    let each = rows
        .iter()
        .map(|row| Ok((transfer_of(row)?, text(row, "starter_name")?)));
    each.collect()
}

/// Whether one waits for a worker.
pub async fn transfer_waits(c: &mut Connection, now: Timestamp) -> Result<bool> {
    let row = sqlx::query::<Db>(
        "SELECT id FROM transfer WHERE finished_at IS NULL AND claimed_until <= $1 ORDER BY claimed_until LIMIT 1",
    )
    .bind(now.millis())
    .fetch_optional(c)
    .await?;
    Ok(row.is_some())
}

/// Claims the one that waited longest, for `lease_seconds`, with what it works on;
/// counts the try before it is made, so that what kills a worker does not kill
/// every worker for ever.
pub async fn transfer_claim(
    c: &mut Connection,
    lease_seconds: i64,
    now: Timestamp,
) -> Result<Option<(Transfer, Vec<u8>)>> {
    let sql = format!(
        "UPDATE transfer SET claimed_until = $1, tries = tries + 1, state = 'running', started_at = COALESCE(started_at, $2) \
         WHERE id IN (SELECT id FROM transfer WHERE finished_at IS NULL AND claimed_until <= $2 \
           ORDER BY claimed_until, id LIMIT 1 {SKIP_LOCKED}) \
         RETURNING {COLUMNS}, input"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.plus_seconds(lease_seconds).millis())
        .bind(now.millis())
        .fetch_optional(c)
        .await?;
    let whole = |row: &Row| Ok((transfer_of(row)?, row.try_get("input")?));
    row.as_ref().map(whole).transpose()
}

/// Comes further, from the rows `from` that were done to `to`; `false` when it is
/// over, or another worker was here meanwhile: then the transaction must be
/// dropped. It comes first in its transaction, because it locks the transfer.
pub async fn transfer_advance(
    c: &mut Connection,
    id: &TransferId,
    from: i64,
    to: i64,
    reached: &str,
    claimed_until: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE transfer SET done = $3, reached = $4, claimed_until = $5, tries = 0 WHERE id = $1 AND done = $2 AND finished_at IS NULL",
    )
    .bind(id.as_str())
    .bind(from)
    .bind(to)
    .bind(reached)
    .bind(claimed_until.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// So many rows there are in all.
pub async fn transfer_total(c: &mut Connection, id: &TransferId, total: i64) -> Result<()> {
    sqlx::query::<Db>("UPDATE transfer SET total = $2 WHERE id = $1 AND finished_at IS NULL")
        .bind(id.as_str())
        .bind(total)
        .execute(c)
        .await?;
    Ok(())
}

/// So many more rows were left out.
pub async fn transfer_skip(c: &mut Connection, id: &TransferId, rows: i64) -> Result<()> {
    sqlx::query::<Db>("UPDATE transfer SET skipped = skipped + $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(rows)
        .execute(c)
        .await?;
    Ok(())
}

/// Lets go, so that the next worker may go on at once; the others that wait come
/// before it.
pub async fn transfer_release(c: &mut Connection, id: &TransferId, now: Timestamp) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE transfer SET claimed_until = $2 WHERE id = $1 AND finished_at IS NULL",
    )
    .bind(id.as_str())
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// Ends it, once: `false` when it is over already. What it worked on is wiped;
/// what came of it goes too, unless `keep`.
pub async fn transfer_finish(
    c: &mut Connection,
    id: &TransferId,
    state: TransferState,
    fault: Option<TransferFault>,
    keep: bool,
    now: Timestamp,
) -> Result<bool> {
    let nothing: &[u8] = &[];
    let done = sqlx::query::<Db>(
        "UPDATE transfer SET state = $2, fault = $3, finished_at = $4, claimed_until = 0, input = $5, reached = '' \
         WHERE id = $1 AND finished_at IS NULL",
    )
    .bind(id.as_str())
    .bind(state.slug())
    .bind(fault.map(TransferFault::slug))
    .bind(now.millis())
    .bind(nothing)
    .execute(&mut *c)
    .await?;
    let ended = done.rows_affected() == 1;
    if ended && !keep {
        sqlx::query::<Db>("DELETE FROM transfer_part WHERE transfer = $1")
            .bind(id.as_str())
            .execute(c)
            .await?;
    }
    Ok(ended)
}

/// Adds a piece of what came of it.
pub async fn transfer_part_insert(
    c: &mut Connection,
    id: &TransferId,
    from_row: i64,
    sealed: &[u8],
) -> Result<()> {
    sqlx::query::<Db>("INSERT INTO transfer_part (transfer, from_row, sealed) VALUES ($1, $2, $3)")
        .bind(id.as_str())
        .bind(from_row)
        .bind(sealed)
        .execute(c)
        .await?;
    Ok(())
}

/// The piece that follows, with the rows before it.
pub async fn transfer_part(
    c: &mut Connection,
    id: &TransferId,
    after: Option<i64>,
) -> Result<Option<(i64, Vec<u8>)>> {
    let row = sqlx::query::<Db>(
        "SELECT from_row, sealed FROM transfer_part WHERE transfer = $1 AND from_row > $2 ORDER BY from_row LIMIT 1",
    )
    .bind(id.as_str())
    .bind(after.unwrap_or(-1))
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok((row.try_get("from_row")?, row.try_get("sealed")?)))
        .transpose()
}

/// Deletes what came of those that were over by `files`, and those themselves that
/// were over by `rows`.
pub async fn transfers_sweep(c: &mut Connection, files: Timestamp, rows: Timestamp) -> Result<()> {
    sqlx::query::<Db>(
        "DELETE FROM transfer_part WHERE transfer IN (SELECT id FROM transfer WHERE finished_at IS NOT NULL AND finished_at <= $1)",
    )
    .bind(files.millis().max(rows.millis()))
    .execute(&mut *c)
    .await?;
    sqlx::query::<Db>("DELETE FROM transfer WHERE finished_at IS NOT NULL AND finished_at <= $1")
        .bind(rows.millis())
        .execute(c)
        .await?;
    Ok(())
}
