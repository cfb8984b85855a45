//! Messages on their way out, and the demo's mailbox.

use super::{Connection, Db, Row, SKIP_LOCKED, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    Lang, Timestamp,
    ids::{PersonId, RealmSlug},
    message::Way,
    records::{OutboxRow, OutboxSeen},
};
use sqlx::Row as _;

fn row_of(row: &Row) -> Result<OutboxRow> {
    Ok(OutboxRow {
        id: text(row, "id")?,
        person: row
            .try_get::<Option<String>, _>("person")?
            .map(PersonId::new),
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        recipient: text(row, "recipient")?,
        lang: Lang::parse(&text(row, "lang")?).ok_or(Error::Row("lang"))?,
        way: Way::parse(&text(row, "way")?).ok_or(Error::Row("way"))?,
        sealed: row.try_get("sealed")?,
        created_at: time(row, "created_at")?,
        useless_after: maybe_time(row, "useless_after")?,
        attempts: row.try_get("attempts")?,
        send_at: time(row, "next_at")?,
    })
}

pub async fn outbox_insert(c: &mut Connection, row: &OutboxRow, slug: &str) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO outbox (id, realm, person, recipient, lang, slug, sealed, created_at, useless_after, next_at, way) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&row.id)
    .bind(row.realm.as_str())
    .bind(row.person.as_ref().map(PersonId::as_str))
    .bind(&row.recipient)
    .bind(row.lang.code())
    .bind(slug)
    .bind(&row.sealed)
    .bind(row.created_at.millis())
    .bind(row.useless_after.map(Timestamp::millis))
    .bind(row.send_at.millis())
    .bind(row.way.slug())
    .execute(c)
    .await?;
    Ok(())
}

/// Claims messages that are due, for `lease_seconds`; counts the try before it
/// is made, so a crash never sends for ever.
pub async fn outbox_claim(
    c: &mut Connection,
    limit: i64,
    lease_seconds: i64,
    now: Timestamp,
) -> Result<Vec<OutboxRow>> {
    let sql = format!(
        "UPDATE outbox SET claimed_until = $1, attempts = attempts + 1 WHERE id IN ( \
           SELECT id FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND next_at <= $2 AND claimed_until <= $2 \
           ORDER BY next_at LIMIT $3 {SKIP_LOCKED}) \
         RETURNING id, realm, person, recipient, lang, sealed, created_at, useless_after, attempts, next_at, way"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.plus_seconds(lease_seconds).millis())
        .bind(now.millis())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(row_of).collect()
}

/// Sent: what it said is wiped.
pub async fn outbox_sent(c: &mut Connection, id: &str, now: Timestamp) -> Result<()> {
    let nothing: &[u8] = &[];
    sqlx::query::<Db>(
        "UPDATE outbox SET sent_at = $2, claimed_until = 0, sealed = $3, error = '' WHERE id = $1",
    )
    .bind(id)
    .bind(now.millis())
    .bind(nothing)
    .execute(c)
    .await?;
    Ok(())
}

/// Not now: again at `next_at`.
pub async fn outbox_later(
    c: &mut Connection,
    id: &str,
    error: &str,
    next_at: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE outbox SET next_at = $2, claimed_until = 0, error = $3 WHERE id = $1",
    )
    .bind(id)
    .bind(next_at.millis())
    .bind(error)
    .execute(c)
    .await?;
    Ok(())
}

/// Never: a dead letter that staff can see; what it said is wiped.
pub async fn outbox_dead(c: &mut Connection, id: &str, error: &str, now: Timestamp) -> Result<()> {
    let nothing: &[u8] = &[];
    sqlx::query::<Db>(
        "UPDATE outbox SET dead_at = $2, claimed_until = 0, sealed = $3, error = $4 WHERE id = $1",
    )
    .bind(id)
    .bind(now.millis())
    .bind(nothing)
    .bind(error)
    .execute(c)
    .await?;
    Ok(())
}

/// Messages to a person, newest first, without what they say.
pub async fn outbox_of(
    c: &mut Connection,
    person: &PersonId,
    limit: i64,
) -> Result<Vec<OutboxSeen>> {
    let rows = sqlx::query::<Db>(
        "SELECT id, slug, way, recipient, created_at, next_at, sent_at, dead_at, error FROM outbox WHERE person = $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(person.as_str())
    .bind(limit)
    .fetch_all(c)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(OutboxSeen {
                id: text(row, "id")?,
                slug: text(row, "slug")?,
                way: Way::parse(&text(row, "way")?).ok_or(Error::Row("way"))?,
                recipient: text(row, "recipient")?,
                created_at: time(row, "created_at")?,
                send_at: time(row, "next_at")?,
                sent_at: maybe_time(row, "sent_at")?,
                dead_at: maybe_time(row, "dead_at")?,
                error: text(row, "error")?,
            })
        })
        .collect()
}

/// Takes back what was not sent yet; what it said is wiped.
pub async fn outbox_void(
    c: &mut Connection,
    person: &PersonId,
    slug: &str,
    now: Timestamp,
) -> Result<u64> {
    let nothing: &[u8] = &[];
    let done = sqlx::query::<Db>(
        "UPDATE outbox SET dead_at = $3, claimed_until = 0, sealed = $4, error = 'taken back' \
         WHERE person = $1 AND slug = $2 AND sent_at IS NULL AND dead_at IS NULL",
    )
    .bind(person.as_str())
    .bind(slug)
    .bind(now.millis())
    .bind(nothing)
    .execute(c)
    .await?;
    Ok(done.rows_affected())
}

/// When the next message is due, claimed ones aside.
pub async fn outbox_next(c: &mut Connection) -> Result<Option<Timestamp>> {
    let row = sqlx::query::<Db>(
        "SELECT MIN(CASE WHEN claimed_until > next_at THEN claimed_until ELSE next_at END) AS next_at \
         FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL",
    )
    .fetch_one(c)
    .await?;
    Ok(maybe_time(&row, "next_at")?)
}

/// How many messages wait, and since when the oldest of those is due that are.
pub async fn outbox_waiting(
    c: &mut Connection,
    now: Timestamp,
) -> Result<(i64, Option<Timestamp>)> {
    let row = sqlx::query::<Db>(
        "SELECT COUNT(*) AS n, MIN(CASE WHEN next_at <= $1 THEN created_at END) AS oldest \
         FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL",
    )
    .bind(now.millis())
    .fetch_one(c)
    .await?;
    Ok((row.try_get("n")?, maybe_time(&row, "oldest")?))
}

/// Lets go of a message that was claimed and not tried: the next node may take it at
/// once, and no try was made.
pub async fn outbox_release(c: &mut Connection, id: &str) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE outbox SET claimed_until = 0, attempts = attempts - 1 \
         WHERE id = $1 AND sent_at IS NULL AND dead_at IS NULL AND attempts > 0",
    )
    .bind(id)
    .execute(c)
    .await?;
    Ok(())
}

pub async fn demo_mail_insert(
    c: &mut Connection,
    id: &str,
    entry: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO demo_mail (id, at, entry) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(now.millis())
    .bind(entry)
    .execute(c)
    .await?;
    Ok(())
}

pub async fn demo_mail(c: &mut Connection, limit: i64) -> Result<Vec<String>> {
    let rows = sqlx::query::<Db>("SELECT entry FROM demo_mail ORDER BY at DESC, id DESC LIMIT $1")
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(|row| Ok(text(row, "entry")?)).collect()
}
