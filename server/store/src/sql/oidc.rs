//! Sign-ins to other applications.

use super::{Connection, Db, Row, people::OF_P, text, time};
use crate::{Error, Result};
use domain::{
    FactorKind, Timestamp,
    ids::{PersonId, RealmSlug, SessionId},
    oidc::{Grant, NewCode, NewToken, Proven, TokenKind},
    records::Person,
};
use sqlx::Row as _;

const GRANT: &str = "g.id AS g_id, g.realm AS g_realm, g.client, g.person AS g_person, g.session, g.scope AS g_scope, g.auth_time, \
     g.acr, g.amr, g.epoch AS g_epoch, g.offline, g.created_at AS g_created_at";

/// What a grant hangs on; `$1` is always now. A session that ended by itself leaves
/// refresh tokens alone; one that was ended revoked its grants.
const LIVES: &str = "g.revoked_at IS NULL AND p.disabled_at IS NULL AND p.frozen_at IS NULL AND p.epoch = g.epoch \
     AND (g.offline = 1 OR (s.ended_at IS NULL AND s.expires_at > $1))";
/// Where it stands in a condition it is bound to the row by `EXISTS`: of `grant_id IN
/// (SELECT …)` SQLite makes a list of everybody's first.
const OF_GRANT: &str =
    "oidc_grant g JOIN person p ON p.id = g.person JOIN session s ON s.id = g.session";

fn grant_of(row: &Row) -> Result<Grant> {
    Ok(Grant {
        id: text(row, "g_id")?,
        realm: RealmSlug::parse(&text(row, "g_realm")?).ok_or(Error::Row("realm"))?,
        client: text(row, "client")?,
        person: PersonId::new(text(row, "g_person")?),
        session: SessionId::new(text(row, "session")?),
        scope: text(row, "g_scope")?,
        auth_time: time(row, "auth_time")?,
        acr: text(row, "acr")?,
        amr: text(row, "amr")?,
        epoch: row.try_get("g_epoch")?,
        offline: row.try_get::<i64, _>("offline")? == 1,
        created_at: time(row, "g_created_at")?,
    })
}

pub async fn oidc_grant_insert(c: &mut Connection, g: &Grant) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO oidc_grant (id, realm, client, person, session, scope, auth_time, acr, amr, epoch, offline, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(&g.id)
    .bind(g.realm.as_str())
    .bind(&g.client)
    .bind(g.person.as_str())
    .bind(g.session.as_str())
    .bind(&g.scope)
    .bind(g.auth_time.millis())
    .bind(&g.acr)
    .bind(&g.amr)
    .bind(g.epoch)
    .bind(i64::from(g.offline))
    .bind(g.created_at.millis())
    .execute(&mut *c)
    .await?;
    // From here on the application has to hear when the session ends.
    sqlx::query::<Db>(
        "INSERT INTO oidc_login (session, client, realm, person, created_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(g.session.as_str())
    .bind(&g.client)
    .bind(g.realm.as_str())
    .bind(g.person.as_str())
    .bind(g.created_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn oidc_grant_revoke(c: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE oidc_grant SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
    )
    .bind(id)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn oidc_client_revoke(
    c: &mut Connection,
    realm: &RealmSlug,
    client: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "UPDATE oidc_grant SET revoked_at = $3 WHERE realm = $1 AND client = $2 AND revoked_at IS NULL",
    )
    .bind(realm.as_str())
    .bind(client)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn oidc_code_insert(c: &mut Connection, code: &NewCode) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO oidc_code (hash, grant_id, redirect_uri, challenge, nonce, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&code.hash)
    .bind(&code.grant)
    .bind(&code.redirect_uri)
    .bind(&code.challenge)
    .bind(&code.nonce)
    .bind(code.created_at.millis())
    .bind(code.expires_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn oidc_code_take(
    c: &mut Connection,
    hash: &str,
    realm: &RealmSlug,
    client: &str,
    redirect_uri: &str,
    challenge: &str,
    now: Timestamp,
) -> Result<Option<(Grant, Option<String>)>> {
    let sql = format!(
        "UPDATE oidc_code SET used_at = $1 WHERE hash = $2 AND used_at IS NULL AND expires_at > $1 AND created_at <= $1 \
         AND redirect_uri = $3 AND challenge = $4 \
         AND EXISTS (SELECT 1 FROM {OF_GRANT} WHERE g.id = oidc_code.grant_id AND g.realm = $5 AND g.client = $6 AND {LIVES}) \
         RETURNING grant_id, nonce"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .bind(hash)
        .bind(redirect_uri)
        .bind(challenge)
        .bind(realm.as_str())
        .bind(client)
        .fetch_optional(&mut *c)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let nonce = row.try_get::<Option<String>, _>("nonce")?;
    let grant = grant(c, &text(&row, "grant_id")?).await?;
    Ok(Some((grant, nonce)))
}

async fn grant(c: &mut Connection, id: &str) -> Result<Grant> {
    let sql = format!("SELECT {GRANT} FROM oidc_grant g WHERE g.id = $1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_one(c)
        .await?;
    grant_of(&row)
}

pub async fn oidc_code_used(c: &mut Connection, hash: &str) -> Result<Option<Grant>> {
    let sql = "SELECT grant_id FROM oidc_code WHERE hash = $1 AND used_at IS NOT NULL";
    let row = sqlx::query::<Db>(sql).bind(hash).fetch_optional(&mut *c);
    let row = row.await?;
    grant_behind(c, row).await
}

pub async fn oidc_code_unused(
    c: &mut Connection,
    hash: &str,
    now: Timestamp,
) -> Result<Option<Grant>> {
    let row = sqlx::query::<Db>(
        "SELECT grant_id FROM oidc_code WHERE hash = $1 AND used_at IS NULL AND expires_at > $2",
    )
    .bind(hash)
    .bind(now.millis())
    .fetch_optional(&mut *c)
    .await?;
    grant_behind(c, row).await
}

/// The grant that a row names.
async fn grant_behind(c: &mut Connection, row: Option<Row>) -> Result<Option<Grant>> {
    match row {
        Some(row) => Ok(Some(grant(c, &text(&row, "grant_id")?).await?)),
        None => Ok(None),
    }
}

pub async fn oidc_token_insert(c: &mut Connection, t: &NewToken) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO oidc_token (hash, grant_id, kind, scope, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&t.hash)
    .bind(&t.grant)
    .bind(t.kind.slug())
    .bind(&t.scope)
    .bind(t.created_at.millis())
    .bind(t.expires_at.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn oidc_access(
    c: &mut Connection,
    hash: &str,
    realm: &RealmSlug,
    now: Timestamp,
) -> Result<Option<(Person, String, String)>> {
    let sql = format!(
        "SELECT t.scope AS t_scope, g.client, {OF_P} \
         FROM {OF_GRANT} JOIN oidc_token t ON t.grant_id = g.id \
         WHERE t.hash = $2 AND t.kind = 'access' AND t.expires_at > $1 AND t.created_at <= $1 AND g.realm = $3 AND {LIVES}"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .bind(hash)
        .bind(realm.as_str())
        .fetch_optional(c)
        .await?;
    row.map(|row| {
        Ok((
            super::people::person_of(&row)?,
            text(&row, "client")?,
            text(&row, "t_scope")?,
        ))
    })
    .transpose()
}

/// Whom the cookie of an application behind a proxy speaks of.
pub async fn oidc_proxied(
    c: &mut Connection,
    hash: &str,
    realm: &RealmSlug,
    client: &str,
    now: Timestamp,
) -> Result<Option<Proven>> {
    let sql = format!(
        "SELECT t.scope AS t_scope, g.acr, {OF_P}, \
         (SELECT COUNT(*) FROM factor f WHERE f.person = p.id AND f.kind = 'email' AND f.disabled_at IS NULL AND f.removed_at IS NULL \
          AND LOWER(f.address) = LOWER(p.email)) AS reached \
         FROM {OF_GRANT} JOIN oidc_token t ON t.grant_id = g.id \
         WHERE t.hash = $2 AND t.kind = 'proxied' AND t.expires_at > $1 AND t.created_at <= $1 \
         AND g.realm = $3 AND g.client = $4 AND {LIVES}"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .bind(hash)
        .bind(realm.as_str())
        .bind(client)
        .fetch_optional(c)
        .await?;
    row.map(|row| {
        Ok(Proven {
            person: super::people::person_of(&row)?,
            scope: text(&row, "t_scope")?,
            acr: text(&row, "acr")?,
            reached: row.try_get::<i64, _>("reached")? > 0,
        })
    })
    .transpose()
}

pub async fn oidc_refresh_take(
    c: &mut Connection,
    hash: &str,
    realm: &RealmSlug,
    client: &str,
    oldest: Timestamp,
    now: Timestamp,
) -> Result<Option<Grant>> {
    let sql = format!(
        "UPDATE oidc_token SET used_at = $1 WHERE hash = $2 AND kind = 'refresh' AND used_at IS NULL AND expires_at > $1 AND created_at <= $1 \
         AND EXISTS (SELECT 1 FROM {OF_GRANT} WHERE g.id = oidc_token.grant_id AND g.realm = $3 AND g.client = $4 AND g.created_at > $5 AND {LIVES}) \
         RETURNING grant_id"
    );
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .bind(hash)
        .bind(realm.as_str())
        .bind(client)
        .bind(oldest.millis())
        .fetch_optional(&mut *c)
        .await?;
    grant_behind(c, row).await
}

pub async fn oidc_refresh_used(c: &mut Connection, hash: &str) -> Result<Option<Grant>> {
    let row = sqlx::query::<Db>(
        "SELECT grant_id FROM oidc_token WHERE hash = $1 AND kind = $2 AND used_at IS NOT NULL",
    )
    .bind(hash)
    .bind(TokenKind::Refresh.slug())
    .fetch_optional(&mut *c)
    .await?;
    grant_behind(c, row).await
}

pub async fn oidc_consent(
    c: &mut Connection,
    person: &PersonId,
    client: &str,
) -> Result<Option<String>> {
    let row = sqlx::query::<Db>("SELECT scope FROM oidc_consent WHERE person = $1 AND client = $2")
        .bind(person.as_str())
        .bind(client)
        .fetch_optional(c)
        .await?;
    row.map(|row| Ok(text(&row, "scope")?)).transpose()
}

pub async fn oidc_consents(
    c: &mut Connection,
    person: &PersonId,
) -> Result<Vec<(String, String, Timestamp)>> {
    let rows = sqlx::query::<Db>(
        "SELECT client, scope, at FROM oidc_consent WHERE person = $1 ORDER BY at DESC, client",
    )
    .bind(person.as_str())
    .fetch_all(c)
    .await?;
    rows.iter()
        .map(|row| Ok((text(row, "client")?, text(row, "scope")?, time(row, "at")?)))
        .collect()
}

pub async fn oidc_consent_withdraw(
    c: &mut Connection,
    person: &PersonId,
    client: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query::<Db>("DELETE FROM oidc_consent WHERE person = $1 AND client = $2")
        .bind(person.as_str())
        .bind(client)
        .execute(&mut *c)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query::<Db>(
        "UPDATE oidc_grant SET revoked_at = $3 WHERE person = $1 AND client = $2 AND revoked_at IS NULL",
    )
    .bind(person.as_str())
    .bind(client)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(true)
}

pub async fn oidc_consent_put(
    c: &mut Connection,
    person: &PersonId,
    realm: &RealmSlug,
    client: &str,
    scope: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO oidc_consent (person, realm, client, scope, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person, client) DO UPDATE SET scope = $4, at = $5",
    )
    .bind(person.as_str())
    .bind(realm.as_str())
    .bind(client)
    .bind(scope)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn session_proof_put(
    c: &mut Connection,
    session: &SessionId,
    kind: FactorKind,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO session_proof (session, kind, at) VALUES ($1, $2, $3) \
         ON CONFLICT (session, kind) DO UPDATE SET at = $3",
    )
    .bind(session.as_str())
    .bind(kind.slug())
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn session_proofs(
    c: &mut Connection,
    session: &SessionId,
) -> Result<Vec<(FactorKind, Timestamp)>> {
    let rows = sqlx::query::<Db>(
        "SELECT kind, at FROM session_proof WHERE session = $1 ORDER BY at, kind",
    )
    .bind(session.as_str())
    .fetch_all(c)
    .await?;
    rows.iter()
        .map(|row| {
            let kind = FactorKind::parse(&text(row, "kind")?).ok_or(Error::Row("kind"))?;
            Ok((kind, time(row, "at")?))
        })
        .collect()
}

pub async fn oidc_sweep(c: &mut Connection, before: Timestamp, tokens: Timestamp) -> Result<()> {
    // Of refresh tokens the used ones are kept while their family lives: that is how a copy
    // is known.
    sqlx::query::<Db>(
        "DELETE FROM oidc_token WHERE kind IN ('access', 'proxied') AND expires_at < $1",
    )
    .bind(tokens.millis())
    .execute(&mut *c)
    .await?;
    for sql in [
        "DELETE FROM oidc_code WHERE grant_id IN (SELECT id FROM oidc_grant WHERE created_at < $1)",
        "DELETE FROM oidc_token WHERE grant_id IN (SELECT id FROM oidc_grant WHERE created_at < $1)",
        "DELETE FROM oidc_grant WHERE created_at < $1",
        "DELETE FROM oidc_login WHERE created_at < $1",
    ] {
        sqlx::query::<Db>(sql)
            .bind(before.millis())
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}
