//! Messages on their way out, and the demo's mailbox.

use super::{Connection, Db, Row, SKIP_LOCKED, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    Lang, Timestamp,
    delivery::{Receipt, Told},
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

/// Later than anything is useless: what is of use for ever.
const NEVER: i64 = i64::MAX;

/// Claims messages that are due and go one way, or any, for `lease_seconds`: what is
/// useless soonest first, so that a code does not wait behind a thousand invitations.
/// Counts the try before it is made, so a crash never sends for ever.
pub async fn outbox_claim(
    c: &mut Connection,
    way: Option<Way>,
    limit: i64,
    lease_seconds: i64,
    now: Timestamp,
) -> Result<Vec<OutboxRow>> {
    let sql = format!(
        "UPDATE outbox SET claimed_until = $1, attempts = attempts + 1 WHERE id IN ( \
           SELECT id FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND next_at <= $2 AND claimed_until <= $2 \
           AND ($4 = '' OR way = $4) \
           ORDER BY COALESCE(useless_after, {NEVER}), next_at LIMIT $3 {SKIP_LOCKED}) \
         RETURNING id, realm, person, recipient, lang, sealed, created_at, useless_after, attempts, next_at, way"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.plus_seconds(lease_seconds).millis())
        .bind(now.millis())
        .bind(limit)
        .bind(way.map_or("", Way::slug))
        .fetch_all(c)
        .await?;
    rows.iter().map(row_of).collect()
}

/// Sent: what it said is wiped. `carrier` is the gateway's own name for it, where it told
/// one; a receipt may have been faster than this.
pub async fn outbox_sent(
    c: &mut Connection,
    id: &str,
    carrier: &str,
    now: Timestamp,
) -> Result<()> {
    let nothing: &[u8] = &[];
    sqlx::query::<Db>(
        "UPDATE outbox SET sent_at = COALESCE(sent_at, $2), claimed_until = 0, sealed = $3, error = '', \
           carrier_id = CASE WHEN $4 <> '' THEN $4 ELSE carrier_id END \
         WHERE id = $1",
    )
    .bind(id)
    .bind(now.millis())
    .bind(nothing)
    .bind(carrier)
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
        "UPDATE outbox SET next_at = $2, claimed_until = 0, error = $3 WHERE id = $1 AND sent_at IS NULL",
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
        "UPDATE outbox SET dead_at = $2, claimed_until = 0, sealed = $3, error = $4 WHERE id = $1 AND sent_at IS NULL",
    )
    .bind(id)
    .bind(now.millis())
    .bind(nothing)
    .bind(error)
    .execute(c)
    .await?;
    Ok(())
}

/// Keeps what the gateway tells of a message, unless it is no news
/// ([`Told::follows`]); gives our name for it. What the gateway knows of, it has taken:
/// such a message is sent, whatever we heard of it ourselves, and no try follows.
pub async fn outbox_receipt(
    c: &mut Connection,
    receipt: &Receipt,
    now: Timestamp,
) -> Result<Option<String>> {
    let nothing: &[u8] = &[];
    let why = match receipt.told {
        Told::Failed(why) => why.slug(),
        Told::Accepted | Told::Delivered => "",
    };
    let row = sqlx::query::<Db>(
        "UPDATE outbox SET receipt = $3, receipt_why = $4, receipt_at = $5, claimed_until = 0, sealed = $6, \
           sent_at = CASE WHEN dead_at IS NULL THEN COALESCE(sent_at, $5) ELSE sent_at END, \
           carrier_id = CASE WHEN carrier_id = '' THEN $2 ELSE carrier_id END \
         WHERE ((id = $1 AND ($2 = '' OR carrier_id IN ('', $2))) OR (carrier_id <> '' AND carrier_id = $1)) \
           AND way IN ('sms', 'voice') AND (receipt = '' OR (receipt = 'accepted' AND $3 <> 'accepted')) \
         RETURNING id",
    )
    .bind(&receipt.id)
    .bind(&receipt.carrier)
    .bind(receipt.told.slug())
    .bind(why)
    .bind(now.millis())
    .bind(nothing)
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok(text(&row, "id")?)).transpose()
}

/// When SMS and calls went to a number since `since`, whoever asked for them, newest first.
pub async fn outbox_to_number(
    c: &mut Connection,
    number: &str,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Timestamp>> {
    let rows = sqlx::query::<Db>(
        "SELECT created_at FROM outbox WHERE recipient = $1 AND way IN ('sms', 'voice') AND created_at > $2 \
         ORDER BY created_at DESC LIMIT $3",
    )
    .bind(number)
    .bind(since.millis())
    .bind(limit)
    .fetch_all(c)
    .await?;
    rows.iter()
        .map(|row| Ok(time(row, "created_at")?))
        .collect()
}

const SEEN: &str =
    "id, slug, way, recipient, created_at, next_at, sent_at, dead_at, error, receipt, receipt_why";

fn seen_of(row: &Row) -> Result<OutboxSeen> {
    let told = text(row, "receipt")?;
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
        told: Told::parse(&told, &text(row, "receipt_why")?),
    })
}

/// One message, without what it says.
pub async fn outbox_seen(c: &mut Connection, id: &str) -> Result<Option<OutboxSeen>> {
    let sql = format!("SELECT {SEEN} FROM outbox WHERE id = $1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(c)
        .await?;
    row.as_ref().map(seen_of).transpose()
}

/// Messages to a person, newest first, without what they say.
pub async fn outbox_of(
    c: &mut Connection,
    person: &PersonId,
    limit: i64,
) -> Result<Vec<OutboxSeen>> {
    let sql = format!("SELECT {SEEN} FROM outbox WHERE person = $1 ORDER BY id DESC LIMIT $2");
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(seen_of).collect()
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

/// When the next message that goes one way, or any, is due, claimed ones aside.
pub async fn outbox_next(c: &mut Connection, way: Option<Way>) -> Result<Option<Timestamp>> {
    let row = sqlx::query::<Db>(
        "SELECT MIN(CASE WHEN claimed_until > next_at THEN claimed_until ELSE next_at END) AS next_at \
         FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND ($1 = '' OR way = $1)",
    )
    .bind(way.map_or("", Way::slug))
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
