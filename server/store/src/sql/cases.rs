//! Cases of the service desk.

use super::{Connection, Db, Row, maybe_time, text, time};
use crate::{Error, Result};
use domain::{
    FactorKind, Timestamp,
    cases::{Case, CaseKind, Proof},
    ids::{CaseId, FactorId, PersonId, RealmSlug},
    records::{CaseFilter, CaseListed, Reversal, WhoseCases},
};
use sqlx::Row as _;

const COLUMNS: &str = "desk_case.id, desk_case.number, desk_case.realm, desk_case.kind, desk_case.person, desk_case.form, desk_case.proof, desk_case.protected, desk_case.opened_at, desk_case.due_at, desk_case.stage, desk_case.version";

fn case_of(row: &Row) -> Result<Case> {
    let proof: Option<String> = row.try_get("proof")?;
    Ok(Case {
        id: CaseId::new(text(row, "id")?),
        number: row.try_get("number")?,
        realm: RealmSlug::parse(&text(row, "realm")?).ok_or(Error::Row("realm"))?,
        kind: CaseKind::parse(&text(row, "kind")?).ok_or(Error::Row("kind"))?,
        person: PersonId::new(text(row, "person")?),
        form: serde_json::from_str(&text(row, "form")?).map_err(|_| Error::Row("form"))?,
        proof: proof
            .map(|slug| Proof::parse(&slug).ok_or(Error::Row("proof")))
            .transpose()?,
        protected: row.try_get::<i64, _>("protected")? == 1,
        opened_at: time(row, "opened_at")?,
        due_at: time(row, "due_at")?,
        stage: serde_json::from_str(&text(row, "stage")?).map_err(|_| Error::Row("stage"))?,
        version: row.try_get("version")?,
    })
}

/// Counts on and gives the new number; the first one is `from`.
pub async fn counter_next(c: &mut Connection, name: &str, from: i64) -> Result<i64> {
    let row = sqlx::query::<Db>(
        "INSERT INTO counter (name, value) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value",
    )
    .bind(name)
    .bind(from)
    .fetch_one(c)
    .await?;
    Ok(row.try_get("value")?)
}

/// Opens a case; `false` when the person has one that is not over.
pub async fn case_insert(c: &mut Connection, case: &Case) -> Result<bool> {
    let form = serde_json::to_string(&case.form).map_err(|_| Error::Row("form"))?;
    let stage = serde_json::to_string(&case.stage).map_err(|_| Error::Row("stage"))?;
    let done = sqlx::query::<Db>(
        "INSERT INTO desk_case (id, number, realm, kind, person, form, proof, protected, opened_at, due_at, stage, waits, agent) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING",
    )
    .bind(case.id.as_str())
    .bind(case.number)
    .bind(case.realm.as_str())
    .bind(case.kind.slug())
    .bind(case.person.as_str())
    .bind(form)
    .bind(case.proof.map(Proof::slug))
    .bind(i64::from(case.protected))
    .bind(case.opened_at.millis())
    .bind(case.due_at.millis())
    .bind(stage)
    .bind(i64::from(case.stage.waits()))
    .bind(case.stage.agent().map(PersonId::as_str))
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Saves a case as it was read; `false` when somebody was faster.
pub async fn case_save(c: &mut Connection, case: &Case, now: Timestamp) -> Result<bool> {
    let stage = serde_json::to_string(&case.stage).map_err(|_| Error::Row("stage"))?;
    let done = sqlx::query::<Db>(
        "UPDATE desk_case SET stage = $3, waits = $4, agent = $5, closed_at = $6, proof = $7, version = version + 1 \
         WHERE id = $1 AND version = $2",
    )
    .bind(case.id.as_str())
    .bind(case.version)
    .bind(stage)
    .bind(i64::from(case.stage.waits()))
    .bind(case.stage.agent().map(PersonId::as_str))
    .bind(case.stage.is_over().then_some(now.millis()))
    .bind(case.proof.map(Proof::slug))
    .execute(c)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn case(c: &mut Connection, id: &CaseId) -> Result<Option<Case>> {
    let sql = format!("SELECT {COLUMNS} FROM desk_case WHERE id = $1");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(id.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(case_of).transpose()
}

/// The case of a person that is not over.
pub async fn case_open_of(c: &mut Connection, person: &PersonId) -> Result<Option<Case>> {
    let sql = format!("SELECT {COLUMNS} FROM desk_case WHERE person = $1 AND closed_at IS NULL");
    let row = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .fetch_optional(c)
        .await?;
    row.as_ref().map(case_of).transpose()
}

const LISTED: &str = "person.name AS person_name, person.login AS person_login, holder.name AS agent_name FROM desk_case JOIN person ON person.id = desk_case.person LEFT JOIN person AS holder ON holder.id = desk_case.agent";

fn listed_of(row: &Row) -> Result<CaseListed> {
    let name = text(row, "person_name")?;
    Ok(CaseListed {
        case: case_of(row)?,
        person: if name.is_empty() {
            text(row, "person_login")?
        } else {
            name
        },
        agent: row
            .try_get::<Option<String>, _>("agent_name")?
            .unwrap_or_default(),
    })
}

/// Cases of a person, newest first.
pub async fn cases_of(
    c: &mut Connection,
    person: &PersonId,
    limit: i64,
) -> Result<Vec<CaseListed>> {
    let sql = format!(
        "SELECT {COLUMNS}, {LISTED} WHERE desk_case.person = $1 ORDER BY desk_case.id DESC LIMIT $2"
    );
    let rows = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(person.as_str())
        .bind(limit)
        .fetch_all(c)
        .await?;
    rows.iter().map(listed_of).collect()
}

/// One page of the queue, the most urgent first, after the key `(due_at, id)`.
/// Each realm is read from an index of its own, a page of it at most: with all of
/// them in one condition SQLite sorts every case that waits.
pub async fn cases_page(
    c: &mut Connection,
    filter: &CaseFilter,
    after: Option<&(i64, String)>,
    limit: i64,
) -> Result<Vec<CaseListed>> {
    if filter.realms.is_empty() {
        return Ok(Vec::new());
    }
    // Placeholders are counted as they are written; no text of a caller is.
    let mut n = filter.realms.len();
    let mut next = || {
        n += 1;
        format!("${n}")
    };
    let waits = i64::from(!matches!(filter.whose, WhoseCases::Done));
    let mut narrow = format!("desk_case.waits = {waits}");
    match &filter.whose {
        WhoseCases::Mine(_) => narrow.push_str(&format!(" AND desk_case.agent = {}", next())),
        WhoseCases::Nobodys => narrow.push_str(" AND desk_case.agent IS NULL"),
        WhoseCases::Late(_) => narrow.push_str(&format!(" AND desk_case.due_at < {}", next())),
        WhoseCases::All | WhoseCases::Done => {}
    }
    if filter.kind.is_some() {
        narrow.push_str(&format!(" AND desk_case.kind = {}", next()));
    }
    let mut people = "";
    if filter.number.is_some() {
        narrow.push_str(&format!(" AND desk_case.number = {}", next()));
    } else if !filter.search.is_empty() {
        people = " JOIN person ON person.id = desk_case.person";
        let places: Vec<_> = (0..super::WORDS).map(|_| next()).collect();
        let first = places[0].trim_start_matches('$').parse().unwrap_or(1);
        let found = super::finds(&["person.name_key", "person.login_key"], first);
        narrow.push_str(&format!(" AND {found}"));
    }
    if after.is_some() {
        let (due, id) = (next(), next());
        narrow.push_str(&format!(
            " AND (desk_case.due_at, desk_case.id) > ({due}, {id})"
        ));
    }
    let most = next();
    let parts: Vec<_> = (1..=filter.realms.len())
        .map(|realm| {
            format!(
                "SELECT * FROM (SELECT desk_case.id, desk_case.due_at FROM desk_case{people} \
                 WHERE desk_case.realm = ${realm} AND {narrow} \
                 ORDER BY desk_case.due_at, desk_case.id LIMIT {most}) AS part{realm}"
            )
        })
        .collect();
    let sql = format!(
        "SELECT {COLUMNS}, {LISTED} WHERE desk_case.id IN \
         (SELECT id FROM ({} ORDER BY due_at, id LIMIT {most}) AS page) \
         ORDER BY desk_case.due_at, desk_case.id",
        parts.join(" UNION ALL ")
    );
    let mut query = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql));
    for realm in &filter.realms {
        query = query.bind(realm.as_str());
    }
    query = match &filter.whose {
        WhoseCases::Mine(agent) => query.bind(agent.as_str()),
        WhoseCases::Late(now) => query.bind(now.millis()),
        WhoseCases::All | WhoseCases::Nobodys | WhoseCases::Done => query,
    };
    if let Some(kind) = filter.kind {
        query = query.bind(kind.slug());
    }
    if let Some(number) = filter.number {
        query = query.bind(number);
    } else if !filter.search.is_empty() {
        for word in super::patterns(&filter.search) {
            query = query.bind(word);
        }
    }
    if let Some((due, id)) = after {
        query = query.bind(due).bind(id);
    }
    let rows = query.bind(limit).fetch_all(c).await?;
    rows.iter().map(listed_of).collect()
}

/// How many wait: in all, with an agent, with nobody, late; each counted up to
/// `most`, so that a queue of any length costs the same.
pub async fn cases_count(
    c: &mut Connection,
    realms: &[RealmSlug],
    agent: &PersonId,
    most: i64,
    now: Timestamp,
) -> Result<(i64, i64, i64, i64)> {
    if realms.is_empty() {
        return Ok((0, 0, 0, 0));
    }
    let places: Vec<_> = (4..4 + realms.len()).map(|n| format!("${n}")).collect();
    let places = places.join(", ");
    let count = |more: &str| {
        format!(
            "(SELECT COUNT(*) FROM (SELECT 1 AS one FROM desk_case WHERE waits = 1 AND realm IN ({places}){more} LIMIT $3) AS part)"
        )
    };
    let sql = format!(
        "SELECT {} AS alls, {} AS mine, {} AS nobodys, {} AS late",
        count(""),
        count(" AND agent = $1"),
        count(" AND agent IS NULL"),
        count(" AND due_at < $2"),
    );
    let mut query = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(agent.as_str())
        .bind(now.millis())
        .bind(most);
    for realm in realms {
        query = query.bind(realm.as_str());
    }
    let row = query.fetch_one(c).await?;
    Ok((
        row.try_get("alls")?,
        row.try_get("mine")?,
        row.try_get("nobodys")?,
        row.try_get("late")?,
    ))
}

/// Keeps a way back.
pub async fn reversal_insert(c: &mut Connection, r: &Reversal) -> Result<()> {
    let removed: Vec<_> = r.removed.iter().map(FactorId::as_str).collect();
    sqlx::query::<Db>(
        "INSERT INTO reversal (id, person, kind, desk_case, added, removed, email, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&r.id)
    .bind(r.person.as_str())
    .bind(r.kind.slug())
    .bind(r.case.as_ref().map(CaseId::as_str))
    .bind(r.added.as_str())
    .bind(serde_json::to_string(&removed).map_err(|_| Error::Row("removed"))?)
    .bind(&r.email)
    .bind(r.until.millis())
    .execute(c)
    .await?;
    Ok(())
}

pub async fn reversal(c: &mut Connection, id: &str) -> Result<Option<Reversal>> {
    let row = sqlx::query::<Db>(
        "SELECT id, person, kind, desk_case, added, removed, email, until FROM reversal WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await?;
    row.map(|row| {
        let removed: Vec<String> =
            serde_json::from_str(&text(&row, "removed")?).map_err(|_| Error::Row("removed"))?;
        let case: Option<String> = row.try_get("desk_case")?;
        Ok(Reversal {
            id: text(&row, "id")?,
            person: PersonId::new(text(&row, "person")?),
            kind: FactorKind::parse(&text(&row, "kind")?).ok_or(Error::Row("kind"))?,
            case: case.map(CaseId::new),
            added: FactorId::new(text(&row, "added")?),
            removed: removed.into_iter().map(FactorId::new).collect(),
            email: row.try_get("email")?,
            until: maybe_time(&row, "until")?.unwrap_or_default(),
        })
    })
    .transpose()
}
