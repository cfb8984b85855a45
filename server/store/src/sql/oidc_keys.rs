//! The keys that sign tokens for applications.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    Timestamp,
    ids::RealmSlug,
    oidc::{Alg, SigningKey},
};
use sqlx::Row as _;

fn key_of(row: &Row) -> Result<SigningKey> {
    Ok(SigningKey {
        id: text(row, "id")?,
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        alg: Alg::parse(&text(row, "alg")?).ok_or(Error::Row("alg"))?,
        public: text(row, "public")?,
        sealed: row.try_get("sealed")?,
        created_at: time(row, "created_at")?,
        signs_from: time(row, "signs_from")?,
        retired_at: maybe_time(row, "retired_at")?,
    })
}

pub async fn oidc_key_insert(c: &mut Connection, k: &SigningKey) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "INSERT INTO oidc_key (id, realm, alg, public, sealed, created_at, signs_from) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT DO NOTHING",
    )
    .bind(&k.id)
    .bind(k.realm.as_str())
    .bind(k.alg.name())
    .bind(&k.public)
    .bind(&k.sealed)
    .bind(k.created_at.millis())
    .bind(k.signs_from.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn oidc_keys(c: &mut Connection, realm: &RealmSlug) -> Result<Vec<SigningKey>> {
    let rows = sqlx::query::<Db>(
        "SELECT id, realm, alg, public, sealed, created_at, signs_from, retired_at FROM oidc_key \
         WHERE realm = $1 ORDER BY created_at DESC, id DESC",
    )
    .bind(realm.as_str())
    .fetch_all(c)
    .await?;
    rows.iter().map(key_of).collect()
}

pub async fn oidc_key_retire(
    c: &mut Connection,
    realm: &RealmSlug,
    alg: Alg,
    at: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE oidc_key SET retired_at = $3 WHERE realm = $1 AND alg = $2 AND (retired_at IS NULL OR retired_at > $3)",
    )
    .bind(realm.as_str())
    .bind(alg.name())
    .bind(at.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn oidc_key_retire_due(
    c: &mut Connection,
    realm: &RealmSlug,
    alg: Alg,
    signed_before: Timestamp,
    at: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE oidc_key SET retired_at = $4 WHERE realm = $1 AND alg = $2 AND retired_at IS NULL AND signs_from <= $3",
    )
    .bind(realm.as_str())
    .bind(alg.name())
    .bind(signed_before.millis())
    .bind(at.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}
