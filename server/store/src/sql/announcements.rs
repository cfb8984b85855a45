//! What realms announce.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    announcement::{Announcement, Audience},
    ids::{AnnouncementId, RealmSlug},
    policy::Both,
};
use sqlx::Row as _;

const COLUMNS: &str = "id, realm, text_en, text_de, details_en, details_de, audience, begins_at, ends_at, withdrawn_at";

fn announcement_of(row: &Row) -> Result<Announcement> {
    let both = |en: &str, de: &str| -> Result<Both> {
        Ok(Both {
            en: row.try_get(en)?,
            de: row.try_get(de)?,
        })
    };
    Ok(Announcement {
        id: AnnouncementId::new(text(row, "id")?),
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        text: both("text_en", "text_de")?,
        details: both("details_en", "details_de")?,
        audience: Audience::parse(&text(row, "audience")?).ok_or(Error::Row("audience"))?,
        begins_at: time(row, "begins_at")?,
        ends_at: time(row, "ends_at")?,
        withdrawn_at: maybe_time(row, "withdrawn_at")?,
    })
}

pub async fn announcement_insert(c: &mut Connection, a: &Announcement) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO announcement (id, realm, text_en, text_de, details_en, details_de, audience, begins_at, ends_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(a.id.as_str())
    .bind(a.realm.as_str())
    .bind(&a.text.en)
    .bind(&a.text.de)
    .bind(&a.details.en)
    .bind(&a.details.de)
    .bind(a.audience.slug())
    .bind(a.begins_at.millis())
    .bind(a.ends_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// Takes one back; `false` when it is over, taken back or of another realm.
pub async fn announcement_withdraw(
    c: &mut Connection,
    id: &AnnouncementId,
    realm: &RealmSlug,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE announcement SET withdrawn_at = $3 WHERE id = $1 AND realm = $2 AND withdrawn_at IS NULL AND ends_at > $3",
    )
    .bind(id.as_str())
    .bind(realm.as_str())
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Those of a realm, newest first.
pub async fn announcements_of(
    c: &mut Connection,
    realm: &RealmSlug,
    limit: i64,
) -> Result<Vec<Announcement>> {
    let sql =
        format!("SELECT {COLUMNS} FROM announcement WHERE realm = $1 ORDER BY id DESC LIMIT $2");
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(announcement_of).collect()
}

/// Those of every realm that are shown, or will be, newest first.
pub async fn announcements_ahead(c: &mut Connection, now: Timestamp) -> Result<Vec<Announcement>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM announcement WHERE withdrawn_at IS NULL AND ends_at > $1 ORDER BY id DESC"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .fetch_all(c)
        .await?;
    rows.iter().map(announcement_of).collect()
}
