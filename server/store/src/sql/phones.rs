//! Phones that approve, and what they are asked.

use super::{Connection, Db, Row, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    ids::{CallId, FactorId, PersonId, PhoneRequestId},
    phone::{LIFE, Phone, Purpose, Request, Stage},
};
use sqlx::Row as _;

const COLUMNS: &str = "r.id, r.person, r.purpose, r.digits, r.challenge, r.browser, r.address, r.created_at, r.wrong, r.stage, r.asked_by, r.phone, r.call";

fn request_of(row: &Row) -> Result<Request> {
    Ok(Request {
        id: PhoneRequestId::new(text(row, "id")?),
        person: PersonId::new(text(row, "person")?),
        purpose: Purpose::parse(&text(row, "purpose")?).ok_or(Error::Row("phone purpose"))?,
        digits: text(row, "digits")?,
        challenge: text(row, "challenge")?,
        browser: text(row, "browser")?,
        address: text(row, "address")?,
        created_at: time(row, "created_at")?,
        wrong: row.try_get("wrong")?,
        stage: Stage::parse(&text(row, "stage")?).ok_or(Error::Row("phone stage"))?,
        asked_by: row
            .try_get::<Option<String>, _>("asked_by")?
            .map(PersonId::new),
        call: row.try_get::<Option<String>, _>("call")?.map(CallId::new),
        phone: row
            .try_get::<Option<String>, _>("phone")?
            .map(FactorId::new),
    })
}

/// Notes in which browser the key of a factor lies, and which factor the codes are that
/// it shows without network.
pub async fn phone_insert(
    c: &mut Connection,
    factor: &FactorId,
    device: &str,
    codes: Option<&FactorId>,
) -> Result<()> {
    // A browser that is reached for one account is reached for the next one too.
    sqlx::query::<Db>(
        "INSERT INTO phone (factor, device, codes, subscription) VALUES ($1, $2, $3, \
         (SELECT subscription FROM phone WHERE device = $2 AND subscription IS NOT NULL LIMIT 1))",
    )
    .bind(factor.as_str())
    .bind(device)
    .bind(codes.map(FactorId::as_str))
    .execute(c)
    .await?;
    Ok(())
}

/// The demo puts a phone that it knows into another browser.
pub async fn demo_phone_place(c: &mut Connection, factor: &FactorId, device: &str) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO phone (factor, device) VALUES ($1, $2) \
         ON CONFLICT (factor) DO UPDATE SET device = excluded.device, subscription = NULL",
    )
    .bind(factor.as_str())
    .bind(device)
    .execute(c)
    .await?;
    Ok(())
}

/// The phones that live in a browser and are factors still, oldest first.
pub async fn phones_of_device(c: &mut Connection, device: &str) -> Result<Vec<Phone>> {
    let rows = sqlx::query::<Db>(
        "SELECT f.id, f.person, f.secret, f.name, f.created_at, p.subscription IS NOT NULL AS reachable, p.codes IS NOT NULL AS codes FROM phone p JOIN factor f ON f.id = p.factor \
         WHERE p.device = $1 AND f.removed_at IS NULL AND f.disabled_at IS NULL \
         ORDER BY f.id LIMIT 100",
    )
    .bind(device)
    .fetch_all(c)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Phone {
                factor: FactorId::new(text(row, "id")?),
                person: PersonId::new(text(row, "person")?),
                key: row.try_get("secret")?,
                name: text(row, "name")?,
                reachable: row.try_get("reachable")?,
                codes: row.try_get("codes")?,
                created_at: time(row, "created_at")?,
            })
        })
        .collect()
}

/// Keeps how a browser is reached, for every phone in it; nothing ends it.
pub async fn phone_subscribe(
    c: &mut Connection,
    device: &str,
    sealed: Option<&[u8]>,
) -> Result<()> {
    sqlx::query::<Db>("UPDATE phone SET subscription = $2 WHERE device = $1")
        .bind(device)
        .bind(sealed)
        .execute(c)
        .await?;
    Ok(())
}

/// The browser of a phone that is a factor still, and how it is reached.
pub async fn phone_subscription(
    c: &mut Connection,
    factor: &FactorId,
) -> Result<Option<(String, Vec<u8>)>> {
    let row = sqlx::query::<Db>(
        "SELECT p.device, p.subscription FROM phone p JOIN factor f ON f.id = p.factor \
         WHERE f.id = $1 AND p.subscription IS NOT NULL AND f.removed_at IS NULL AND f.disabled_at IS NULL",
    )
    .bind(factor.as_str())
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok((text(&row, "device")?, row.try_get("subscription")?)))
        .transpose()
}

/// The phones of a person that are reached while their page is closed: factor and
/// name.
pub async fn phones_reachable(
    c: &mut Connection,
    person: &PersonId,
) -> Result<Vec<(FactorId, String)>> {
    let rows = sqlx::query::<Db>(
        "SELECT f.id, f.name FROM phone p JOIN factor f ON f.id = p.factor \
         WHERE f.person = $1 AND p.subscription IS NOT NULL AND f.removed_at IS NULL AND f.disabled_at IS NULL \
         ORDER BY f.id LIMIT 10",
    )
    .bind(person.as_str())
    .fetch_all(c)
    .await?;
    rows.iter()
        .map(|row| Ok((FactorId::new(text(row, "id")?), text(row, "name")?)))
        .collect()
}

/// Asks a person: every earlier request is void. `false` when another one was asked
/// in this very moment.
pub async fn phone_request_insert(c: &mut Connection, r: &Request) -> Result<bool> {
    phone_requests_void(&mut *c, &r.person).await?;
    let done = sqlx::query::<Db>(
        "INSERT INTO phone_request (id, person, purpose, digits, challenge, browser, address, created_at, wrong, stage, asked_by, call) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 'waiting', $9, $10) ON CONFLICT DO NOTHING",
    )
    .bind(r.id.as_str())
    .bind(r.person.as_str())
    .bind(r.purpose.slug())
    .bind(&r.digits)
    .bind(&r.challenge)
    .bind(&r.browser)
    .bind(&r.address)
    .bind(r.created_at.millis())
    .bind(r.asked_by.as_ref().map(PersonId::as_str))
    .bind(r.call.as_ref().map(CallId::as_str))
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A request.
pub async fn phone_request(c: &mut Connection, id: &PhoneRequestId) -> Result<Option<Request>> {
    let sql = format!("SELECT {COLUMNS} FROM phone_request r WHERE r.id = $1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(request_of).transpose()
}

/// The newest request for a purpose.
pub async fn phone_request_last(
    c: &mut Connection,
    person: &PersonId,
    purpose: Purpose,
) -> Result<Option<Request>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM phone_request r WHERE r.person = $1 AND r.purpose = $2 \
         ORDER BY r.created_at DESC, r.id DESC LIMIT 1"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(purpose.slug())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(request_of).transpose()
}

/// What a person is asked now, oldest first.
pub async fn phone_requests_waiting(
    c: &mut Connection,
    person: &PersonId,
    now: Timestamp,
) -> Result<Vec<Request>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM phone_request r \
         WHERE r.person = $1 AND r.created_at > $2 AND r.stage = 'waiting' ORDER BY r.id"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(now.plus_seconds(-LIFE).millis())
        .fetch_all(c)
        .await?;
    rows.iter().map(request_of).collect()
}

/// How often a person was asked since `since` and after what they accepted last, by
/// the desk or by ceremonies.
pub async fn phone_requests_since(
    c: &mut Connection,
    person: &PersonId,
    by_desk: bool,
    since: Timestamp,
) -> Result<i64> {
    let row = sqlx::query::<Db>(
        "SELECT COUNT(*) AS n FROM phone_request \
         WHERE person = $1 AND created_at > $2 AND (asked_by IS NOT NULL) = $3 \
         AND created_at > COALESCE((SELECT MAX(created_at) FROM phone_request \
         WHERE person = $1 AND (asked_by IS NOT NULL) = $3 AND stage IN ('accepted', 'used')), 0)",
    )
    .bind(person.as_str())
    .bind(since.millis())
    .bind(by_desk)
    .fetch_one(c)
    .await?;
    Ok(row.try_get("n")?)
}

/// Voids what a person is asked, and what they accepted and nothing used yet.
pub async fn phone_requests_void(c: &mut Connection, person: &PersonId) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE phone_request SET stage = 'voided' WHERE person = $1 AND stage IN ('waiting', 'accepted')",
    )
    .bind(person.as_str())
    .execute(c)
    .await?;
    Ok(())
}

/// Counts wrong digits; with the last ones the request is void.
pub async fn phone_request_wrong(c: &mut Connection, id: &PhoneRequestId, most: i64) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE phone_request SET wrong = wrong + 1, \
         stage = CASE WHEN wrong + 1 >= $2 THEN 'voided' ELSE stage END \
         WHERE id = $1 AND stage = 'waiting'",
    )
    .bind(id.as_str())
    .bind(most)
    .execute(c)
    .await?;
    Ok(())
}

/// Writes the answer of a phone down; `false` when the request waits no more.
pub async fn phone_request_answer(
    c: &mut Connection,
    id: &PhoneRequestId,
    stage: Stage,
    phone: &FactorId,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE phone_request SET stage = $2, phone = $3, answered_at = $4 \
         WHERE id = $1 AND stage = 'waiting' AND created_at > $5",
    )
    .bind(id.as_str())
    .bind(stage.slug())
    .bind(phone.as_str())
    .bind(now.millis())
    .bind(now.plus_seconds(-LIFE).millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses an accepted request up, as long as its phone is a factor still; `false`
/// when it is not accepted, used already, or its phone was taken away.
pub async fn phone_request_take(c: &mut Connection, id: &PhoneRequestId) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE phone_request SET stage = 'used' WHERE id = $1 AND stage = 'accepted' \
         AND EXISTS (SELECT 1 FROM factor f WHERE f.id = phone_request.phone \
                     AND f.removed_at IS NULL AND f.disabled_at IS NULL)",
    )
    .bind(id.as_str())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Drops requests that count no more.
pub async fn phone_requests_sweep(c: &mut Connection, before: Timestamp) -> Result<()> {
    sqlx::query::<Db>("DELETE FROM phone_request WHERE created_at <= $1")
        .bind(before.millis())
        .execute(c)
        .await?;
    Ok(())
}
