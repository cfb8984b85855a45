//! People, their roles and their addresses for notices.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    Lang, Timestamp,
    ids::{PersonId, RealmSlug},
    records::{Partner, Person},
    role::{Grant, Role},
};
use sqlx::Row as _;

const COLUMNS: &str = "id, realm, login, name, lang, email, created_at, disabled_at, frozen_at, epoch, partner, mail_domain, partner_contact, manager, number, number_since";

/// The columns of a person who stands as `p` beside other tables, for [`person_of`]. They
/// are named here for every query, so that none forgets the newest.
pub const OF_P: &str = "p.id, p.realm, p.login, p.name, p.lang, p.email, p.created_at, \
     p.disabled_at, p.frozen_at, p.epoch, p.partner, p.mail_domain, p.partner_contact, \
     p.manager, p.number, p.number_since";

/// The partner in a row; `None` where there is none.
pub fn partner_of(row: &Row) -> Result<Option<Partner>> {
    let part = |name| -> Result<Option<String>> { Ok(row.try_get(name)?) };
    Ok(match part("partner")? {
        Some(number) => Some(Partner {
            number,
            mail_domain: part("mail_domain")?.unwrap_or_default(),
            contact: part("partner_contact")?.unwrap_or_default(),
        }),
        None => None,
    })
}

pub fn person_of(row: &Row) -> Result<Person> {
    Ok(Person {
        id: PersonId::new(text(row, "id")?),
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        login: text(row, "login")?,
        name: text(row, "name")?,
        lang: Lang::parse(&text(row, "lang")?).ok_or(Error::Row("lang"))?,
        email: text(row, "email")?,
        created_at: time(row, "created_at")?,
        disabled_at: maybe_time(row, "disabled_at")?,
        frozen_at: maybe_time(row, "frozen_at")?,
        partner: partner_of(row)?,
        manager: row
            .try_get::<Option<String>, _>("manager")?
            .map(PersonId::new),
        number: text(row, "number")?,
        number_since: time(row, "number_since")?,
        epoch: row.try_get("epoch")?,
    })
}

/// The rows that were inserted.
async fn insert(
    c: &mut Connection,
    p: &Person,
    login_key: &str,
    name_key: &str,
    tail: &str,
) -> Result<u64> {
    let sql = format!(
        "INSERT INTO person (id, realm, login, login_key, name, name_key, lang, email, created_at, partner, mail_domain, partner_contact, manager, number, number_since) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) {tail}"
    );
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(p.id.as_str())
        .bind(p.realm.as_str())
        .bind(&p.login)
        .bind(login_key)
        .bind(&p.name)
        .bind(name_key)
        .bind(p.lang.code())
        .bind(&p.email)
        .bind(p.created_at.millis())
        .bind(p.partner.as_ref().map(|o| o.number.as_str()))
        .bind(p.partner.as_ref().map(|o| o.mail_domain.as_str()))
        .bind(p.partner.as_ref().map(|o| o.contact.as_str()))
        .bind(p.manager.as_ref().map(PersonId::as_str))
        .bind(&p.number)
        .bind(p.number_since.millis())
        .execute(c)
        .await?;
    Ok(done.rows_affected())
}

pub async fn person_insert(
    c: &mut Connection,
    p: &Person,
    login_key: &str,
    name_key: &str,
) -> Result<()> {
    insert(c, p, login_key, name_key, "").await?;
    Ok(())
}

/// Puts a number on record, or takes it off (empty).
pub async fn person_number(
    c: &mut Connection,
    id: &PersonId,
    number: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET number = $2, number_since = $3 WHERE id = $1")
        .bind(id.as_str())
        .bind(number)
        .bind(now.millis())
        .execute(c)
        .await?;
    Ok(())
}

/// Puts a manager on record, or takes them off.
pub async fn person_manager(
    c: &mut Connection,
    id: &PersonId,
    manager: Option<&PersonId>,
) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET manager = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(manager.map(PersonId::as_str))
        .execute(c)
        .await?;
    Ok(())
}

/// [`person_insert`], or `false` where the login is taken: nothing fails, so the
/// transaction goes on.
pub async fn person_insert_new(
    c: &mut Connection,
    p: &Person,
    login_key: &str,
    name_key: &str,
) -> Result<bool> {
    let tail = "ON CONFLICT (realm, login_key) DO NOTHING";
    Ok(insert(c, p, login_key, name_key, tail).await? == 1)
}

/// People of a realm after an id, in the order of their ids: whoever is renamed
/// meanwhile stays in their place.
pub async fn people_after(
    c: &mut Connection,
    realm: &RealmSlug,
    after: &str,
    limit: i64,
) -> Result<Vec<Person>> {
    let sql =
        format!("SELECT {COLUMNS} FROM person WHERE realm = $1 AND id > $2 ORDER BY id LIMIT $3");
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(after)
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(person_of).collect()
}

pub async fn people_count(c: &mut Connection, realm: &RealmSlug) -> Result<i64> {
    let row = sqlx::query::<Db>("SELECT COUNT(*) AS n FROM person WHERE realm = $1")
        .bind(realm.as_str())
        .fetch_one(c)
        .await?;
    Ok(row.try_get("n")?)
}

/// How many people each realm has.
pub async fn people_by_realm(c: &mut Connection) -> Result<Vec<(String, i64)>> {
    let rows =
        sqlx::query::<Db>("SELECT realm, COUNT(*) AS n FROM person GROUP BY realm ORDER BY realm")
            .fetch_all(c)
            .await?;
    rows.iter()
        .map(|row| Ok((text(row, "realm")?, row.try_get("n")?)))
        .collect()
}

pub async fn person_by_login(
    c: &mut Connection,
    realm: &RealmSlug,
    login_key: &str,
) -> Result<Option<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE realm = $1 AND login_key = $2");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(login_key)
        .fetch_optional(c)
        .await?;
    row.as_ref().map(person_of).transpose()
}

pub async fn person(c: &mut Connection, id: &PersonId) -> Result<Option<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = $1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(person_of).transpose()
}

/// One page of a realm's people by name; `search` has words (`domain::text::search_key`),
/// each a part of name, login or address.
pub async fn people_page(
    c: &mut Connection,
    realm: &RealmSlug,
    search: &str,
    after: Option<&(String, String)>,
    limit: i64,
) -> Result<Vec<Person>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE realm = $1 \
         AND (name_key > $2 OR (name_key = $2 AND id > $3)) AND {} \
         ORDER BY name_key, id LIMIT $4",
        super::finds(&["name_key", "login_key", "LOWER(email)"], 5)
    );
    let (name, id) = after.map_or(("", ""), |(n, i)| (n.as_str(), i.as_str()));
    let mut query = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(name)
        .bind(id)
        .bind(limit);
    for word in super::patterns(search) {
        query = query.bind(word);
    }
    let rows = query.fetch_all(c).await?;
    rows.iter().map(person_of).collect()
}

/// Another key for a person's name: how names are folded has changed. Whoever was renamed
/// since the name was read has a key of that name already.
pub async fn person_name_key(
    c: &mut Connection,
    id: &PersonId,
    name: &str,
    name_key: &str,
) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET name_key = $3 WHERE id = $1 AND name = $2")
        .bind(id.as_str())
        .bind(name)
        .bind(name_key)
        .execute(c)
        .await?;
    Ok(())
}

/// People of several realms by name, for the desk; `search` as above.
pub async fn people_of(
    c: &mut Connection,
    realms: &[RealmSlug],
    search: &str,
    limit: i64,
) -> Result<Vec<Person>> {
    if realms.is_empty() {
        return Ok(Vec::new());
    }
    let first = 2 + super::WORDS;
    let places: Vec<_> = (first..first + realms.len())
        .map(|n| format!("${n}"))
        .collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE realm IN ({}) AND {} ORDER BY name_key, id LIMIT $1",
        places.join(", "),
        super::finds(&["name_key", "login_key"], 2)
    );
    let mut query = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql)).bind(limit);
    for word in super::patterns(search) {
        query = query.bind(word);
    }
    for realm in realms {
        query = query.bind(realm.as_str());
    }
    let rows = query.fetch_all(c).await?;
    rows.iter().map(person_of).collect()
}

pub async fn person_rename(
    c: &mut Connection,
    id: &PersonId,
    name: &str,
    name_key: &str,
    lang: Lang,
) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET name = $2, name_key = $3, lang = $4 WHERE id = $1")
        .bind(id.as_str())
        .bind(name)
        .bind(name_key)
        .bind(lang.code())
        .execute(c)
        .await?;
    Ok(())
}

/// Disables or enables; pending ceremonies are void in both cases.
pub async fn person_disable(
    c: &mut Connection,
    id: &PersonId,
    at: Option<Timestamp>,
) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "UPDATE person SET disabled_at = $2, epoch = epoch + 1 WHERE id = $1 \
         AND ((disabled_at IS NULL AND $2 IS NOT NULL) OR (disabled_at IS NOT NULL AND $2 IS NULL))",
    )
    .bind(id.as_str())
    .bind(at.map(Timestamp::millis))
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Freezes or lifts the freeze; pending ceremonies are void in both cases.
pub async fn person_freeze(c: &mut Connection, id: &PersonId, at: Option<Timestamp>) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET frozen_at = $2, epoch = epoch + 1 WHERE id = $1")
        .bind(id.as_str())
        .bind(at.map(Timestamp::millis))
        .execute(c)
        .await?;
    Ok(())
}

/// Something that protects the account changed: what was pending is void.
pub async fn person_bump(c: &mut Connection, id: &PersonId) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET epoch = epoch + 1 WHERE id = $1")
        .bind(id.as_str())
        .execute(c)
        .await?;
    Ok(())
}

/// Holds a person until the transaction ends: whoever else holds them waits.
pub async fn person_lock(c: &mut Connection, id: &PersonId) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET epoch = epoch WHERE id = $1")
        .bind(id.as_str())
        .execute(c)
        .await?;
    Ok(())
}

/// Gives a role; `false` when the person holds it already.
pub async fn grant(c: &mut Connection, id: &PersonId, grant: &Grant) -> Result<bool> {
    let done = sqlx::query::<Db>(
        "INSERT INTO grant_of (person, role, realm) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(id.as_str())
    .bind(grant.role.slug())
    .bind(grant.realm.as_str())
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a role away; `false` when the person does not hold it.
pub async fn grant_take(c: &mut Connection, id: &PersonId, grant: &Grant) -> Result<bool> {
    let done =
        sqlx::query::<Db>("DELETE FROM grant_of WHERE person = $1 AND role = $2 AND realm = $3")
            .bind(id.as_str())
            .bind(grant.role.slug())
            .bind(grant.realm.as_str())
            .execute(c)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// One page of who holds which role at a realm, by login and role.
pub async fn grants_page(
    c: &mut Connection,
    realm: &RealmSlug,
    after: Option<&(String, String)>,
    limit: i64,
) -> Result<Vec<(Person, Role)>> {
    let (login, role) = after.cloned().unwrap_or_default();
    let columns = COLUMNS.replace(", ", ", p.");
    let sql = format!(
        "SELECT p.{columns}, g.role AS g_role FROM grant_of g JOIN person p ON p.id = g.person \
         WHERE g.realm = $1 AND (p.login_key, g.role) > ($2, $3) \
         ORDER BY p.login_key, g.role LIMIT $4"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(login)
        .bind(role)
        .bind(limit)
        .fetch_all(c)
        .await?;
    let both = |row| -> Result<(Person, Role)> {
        let role = Role::parse(&text(row, "g_role")?).ok_or(Error::Row("role"))?;
        Ok((person_of(row)?, role))
    };
    rows.iter().map(both).collect()
}

/// Who holds a role at a realm and may sign in, by login.
pub async fn holders(c: &mut Connection, realm: &RealmSlug, role: Role) -> Result<Vec<Person>> {
    let columns = COLUMNS.replace(", ", ", p.");
    let sql = format!(
        "SELECT p.{columns} FROM grant_of g JOIN person p ON p.id = g.person \
         WHERE g.realm = $1 AND g.role = $2 AND p.disabled_at IS NULL \
         ORDER BY p.login_key LIMIT 20"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(role.slug())
        .fetch_all(c)
        .await?;
    rows.iter().map(person_of).collect()
}

pub async fn grants(c: &mut Connection, id: &PersonId) -> Result<Vec<Grant>> {
    let rows = sqlx::query::<Db>(
        "SELECT role, realm FROM grant_of WHERE person = $1 ORDER BY realm, role",
    )
    .bind(id.as_str())
    .fetch_all(c)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Grant {
                role: Role::parse(&text(row, "role")?).ok_or(Error::Row("role"))?,
                realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
            })
        })
        .collect()
}

pub async fn addresses(c: &mut Connection, id: &PersonId) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query::<Db>(
        "SELECT id, email FROM address WHERE person = $1 AND removed_at IS NULL ORDER BY id",
    )
    .bind(id.as_str())
    .fetch_all(c)
    .await?;
    rows.iter()
        .map(|row| Ok((text(row, "id")?, text(row, "email")?)))
        .collect()
}

pub async fn address_insert(
    c: &mut Connection,
    id: &str,
    person: &PersonId,
    email: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>(
        "INSERT INTO address (id, person, email, created_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(id)
    .bind(person.as_str())
    .bind(email)
    .bind(now.millis())
    .execute(c)
    .await?;
    Ok(())
}

/// Removes an address and says which it was.
pub async fn address_remove(
    c: &mut Connection,
    id: &str,
    person: &PersonId,
    now: Timestamp,
) -> Result<Option<String>> {
    let row = sqlx::query::<Db>(
        "UPDATE address SET removed_at = $3 WHERE id = $1 AND person = $2 AND removed_at IS NULL RETURNING email",
    )
    .bind(id)
    .bind(person.as_str())
    .bind(now.millis())
    .fetch_optional(c)
    .await?;
    row.map(|r| Ok(text(&r, "email")?)).transpose()
}

/// Notes that the person got back in by a recovery: a reset, a recovery code.
pub async fn person_recover(c: &mut Connection, id: &PersonId, at: Timestamp) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET recovered_at = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(at.millis())
        .execute(c)
        .await?;
    Ok(())
}

/// When the person last got back in by a recovery.
pub async fn person_recovered(c: &mut Connection, id: &PersonId) -> Result<Option<Timestamp>> {
    let row = sqlx::query::<Db>("SELECT recovered_at FROM person WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(c)
        .await?;
    Ok(match row {
        Some(row) => maybe_time(&row, "recovered_at")?,
        None => None,
    })
}

/// Notes what the person agreed to.
pub async fn person_agree(
    c: &mut Connection,
    id: &PersonId,
    version: &str,
    at: Timestamp,
) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET terms_version = $2, terms_at = $3 WHERE id = $1")
        .bind(id.as_str())
        .bind(version)
        .bind(at.millis())
        .execute(c)
        .await?;
    Ok(())
}

/// What the person agreed to, and when.
pub async fn person_agreed(
    c: &mut Connection,
    id: &PersonId,
) -> Result<Option<(String, Timestamp)>> {
    let row = sqlx::query::<Db>(
        "SELECT terms_version, terms_at FROM person WHERE id = $1 AND terms_version IS NOT NULL",
    )
    .bind(id.as_str())
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok((text(&row, "terms_version")?, time(&row, "terms_at")?)))
        .transpose()
}

/// Another first address for mails.
pub async fn person_email(c: &mut Connection, id: &PersonId, email: &str) -> Result<()> {
    sqlx::query::<Db>("UPDATE person SET email = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(email)
        .execute(c)
        .await?;
    Ok(())
}
