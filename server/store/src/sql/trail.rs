//! Reading the audit trail by what one looks for, newest first.

use super::{
    Connection, Db, Row,
    audit::{COLUMNS, entry_of},
};
use crate::Result;
use domain::{
    audit::Outcome,
    ids::RealmSlug,
    trail::{Filter, Line, Who},
};
use sqlx::Row as _;

fn line_of(row: &Row) -> Result<Line> {
    let who = |login, name| -> Result<Option<Who>> {
        let login: Option<String> = row.try_get(login)?;
        let name: Option<String> = row.try_get(name)?;
        Ok(login.map(|login| Who {
            login,
            name: name.unwrap_or_default(),
        }))
    };
    Ok(Line {
        entry: entry_of(row)?,
        actor: who("actor_login", "actor_name")?,
        target: who("target_login", "target_name")?,
    })
}

/// Entries of a realm before the id `before`, newest first, with the people in
/// them. Each person who is looked for is read from an index of their own, so
/// that a rare one costs no more than a busy one.
pub async fn trail_page(
    c: &mut Connection,
    realm: &RealmSlug,
    filter: &Filter,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Line>> {
    if filter.who.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    // Which index serves is said here and not left to the engines, which know
    // nothing of how rare a thing is: a column behind `''||` has none to offer.
    let by_person = filter.who.is_some();
    let by_refusal = by_person || filter.outcome == Some(Outcome::Refused);
    let column = |name: &str, aside: bool| match aside {
        true => format!("(''||{name})"),
        false => name.to_owned(),
    };
    let mut narrow = format!("{} = $1", column("realm", by_person));
    let mut texts = Vec::new();
    let mut text = |value: &str| {
        texts.push(value.to_owned());
        format!("${}", texts.len() + 2)
    };
    if let Some(before) = before {
        narrow.push_str(&format!(" AND id < {}", text(before)));
    }
    if let Some(action) = filter.action {
        let action = text(action.slug());
        narrow.push_str(&format!(" AND {} = {action}", column("action", by_refusal)));
    }
    // Written out: an index of refusals alone serves no parameter.
    if let Some(outcome) = filter.outcome {
        narrow.push_str(&format!(" AND outcome = '{}'", outcome.slug()));
    }
    let found = |more: String| {
        format!("SELECT {COLUMNS} FROM audit WHERE {narrow}{more} ORDER BY id DESC LIMIT $2")
    };
    let found = match &filter.who {
        None => found(String::new()),
        Some(who) => {
            let mut parts = Vec::new();
            for one in who {
                let one = text(one);
                for column in ["actor", "target"] {
                    let part = found(format!(" AND {column} = {one}"));
                    parts.push(format!("SELECT * FROM ({part}) AS part{}", parts.len()));
                }
            }
            parts.join(" UNION ")
        }
    };
    let sql = format!(
        "SELECT e.*, a.login AS actor_login, a.name AS actor_name, t.login AS target_login, t.name AS target_name \
         FROM ({found}) AS e LEFT JOIN person a ON a.id = e.actor LEFT JOIN person t ON t.id = e.target \
         ORDER BY e.id DESC LIMIT $2"
    );
    let mut query = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(realm.as_str())
        .bind(limit);
    for one in &texts {
        query = query.bind(one);
    }
    let rows = query.fetch_all(c).await?;
    rows.iter().map(line_of).collect()
}
