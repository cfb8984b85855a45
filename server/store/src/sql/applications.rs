//! Applications that administrators registered by a page.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    ids::RealmSlug,
    oidc::{Draft, Kind, Registered},
};
use sqlx::Row as _;

const COLUMNS: &str = "realm, id, kind, draft, secrets, version, created_at, disabled_at";

fn registered_of(row: &Row) -> Result<Registered> {
    let secrets = text(row, "secrets")?;
    Ok(Registered {
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        id: text(row, "id")?,
        kind: Kind::parse(&text(row, "kind")?).ok_or(Error::Row("kind"))?,
        draft: serde_json::from_str::<Draft>(&text(row, "draft")?)
            .map_err(|_| Error::Row("draft"))?,
        secrets: secrets.split_whitespace().map(str::to_owned).collect(),
        version: row.try_get("version")?,
        created_at: time(row, "created_at")?,
        disabled_at: maybe_time(row, "disabled_at")?,
    })
}

fn json(draft: &Draft) -> Result<String> {
    serde_json::to_string(draft).map_err(|_| Error::Row("draft"))
}

pub async fn application_insert(c: &mut Connection, a: &Registered) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "INSERT INTO application (realm, id, kind, draft, secrets, version, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(a.realm.as_str())
    .bind(&a.id)
    .bind(a.kind.slug())
    .bind(json(&a.draft)?)
    .bind(a.secrets.join(" "))
    .bind(a.version)
    .bind(a.created_at.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn application_change(c: &mut Connection, a: &Registered) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE application SET draft = $4, secrets = $5, disabled_at = $6, version = version + 1 \
         WHERE realm = $1 AND id = $2 AND version = $3",
    )
    .bind(a.realm.as_str())
    .bind(&a.id)
    .bind(a.version)
    .bind(json(&a.draft)?)
    .bind(a.secrets.join(" "))
    .bind(a.disabled_at.map(Timestamp::millis))
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn applications_of(c: &mut Connection, realm: &RealmSlug) -> Result<Vec<Registered>> {
    let sql = format!("SELECT {COLUMNS} FROM application WHERE realm = $1 ORDER BY created_at, id");
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .fetch_all(c)
        .await?;
    rows.iter().map(registered_of).collect()
}
