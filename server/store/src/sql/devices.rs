//! Browsers where the password is enough for a while.

use super::{Connection, Db, Row, text, time};
use crate::Result;
use domain::{Timestamp, ids::PersonId, records::Device};

const COLUMNS: &str = "d.id, d.person, d.agent, d.address, d.used_at, d.expires_at";

fn device_of(row: &Row) -> Result<Device> {
    Ok(Device {
        id: text(row, "id")?,
        person: PersonId::new(text(row, "person")?),
        agent: text(row, "agent")?,
        address: text(row, "address")?,
        used_at: time(row, "used_at")?,
        expires_at: time(row, "expires_at")?,
    })
}

/// Remembers a browser under the hash of its secret, at the person's epoch as
/// it is now.
pub async fn device_insert(c: &mut Connection, d: &Device, hash: &str) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO device (id, hash, person, epoch, agent, address, used_at, expires_at) \
         SELECT $1, $2, p.id, p.epoch, $4, $5, $6, $7 FROM person p WHERE p.id = $3",
    )
    .bind(&d.id)
    .bind(hash)
    .bind(d.person.as_str())
    .bind(&d.agent)
    .bind(&d.address)
    .bind(d.used_at.millis())
    .bind(d.expires_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// The devices of a person that still count, newest first.
pub async fn devices_of(
    c: &mut Connection,
    person: &PersonId,
    now: Timestamp,
) -> Result<Vec<Device>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM device d JOIN person p ON p.id = d.person AND p.epoch = d.epoch \
         WHERE d.person = $1 AND d.expires_at > $2 ORDER BY d.id DESC LIMIT 100"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(now.millis())
        .fetch_all(c)
        .await?;
    rows.iter().map(device_of).collect()
}

/// The device of a person by its secret, if it still counts.
pub async fn device_by_hash(
    c: &mut Connection,
    person: &PersonId,
    hash: &str,
    now: Timestamp,
) -> Result<Option<Device>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM device d JOIN person p ON p.id = d.person AND p.epoch = d.epoch \
         WHERE d.hash = $1 AND d.person = $2 AND d.expires_at > $3"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(hash)
        .bind(person.as_str())
        .bind(now.millis())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(device_of).transpose()
}

/// A device signed somebody in; `false` when it was forgotten meanwhile.
pub async fn device_used(c: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    let done = sqlx::query::<Db>("UPDATE device SET used_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets one device of a person; `false` when it is none of theirs.
pub async fn device_forget(c: &mut Connection, id: &str, person: &PersonId) -> Result<bool> {
    let done = sqlx::query::<Db>("DELETE FROM device WHERE id = $1 AND person = $2")
        .bind(id)
        .bind(person.as_str())
        .execute(c)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets every device of a person.
pub async fn devices_forget(c: &mut Connection, person: &PersonId) -> Result<u64> {
    let done = sqlx::query::<Db>("DELETE FROM device WHERE person = $1")
        .bind(person.as_str())
        .execute(c)
        .await?;
    Ok(done.rows_affected())
}
