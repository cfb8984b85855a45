//! The trail as a file: read and written page by page, so that a million
//! entries take no more memory than a thousand.

use super::{asked, sought};
use crate::{
    Fact, Failure, Request, Services, audit, ceremony::Ctx, infra::csv_lines, pages::Query, when,
};
use domain::{
    admin_place::AdminPlace,
    audit::{Action, Event},
    ids::RealmSlug,
    screen::AuditAsked,
    trail::{Filter, Line, Who},
};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::sync::Arc;

/// Entries that are in memory at a time.
const PAGE: i64 = 500;

/// What the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A line per entry.
    Csv,
    /// An array with an object per entry.
    Json,
}

impl Format {
    /// Its ending.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// An export under way.
pub struct Export {
    services: Arc<Services>,
    realm: RealmSlug,
    filter: Filter,
    format: Format,
    before: Option<String>,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was written yet.
    Begin,
    /// The head was written, and perhaps entries.
    Rows { any: bool },
    /// Everything was written.
    Over,
}

/// Begins an export of what the page shows for the same query. It is written
/// into the trail before its first byte leaves, because a reader may break off.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::BadRequest`] for what the page
/// refuses at a field.
pub async fn export(
    services: &Arc<Services>,
    request: &Request,
    realm: &str,
    format: Format,
    query: &Query,
) -> Result<Export, Failure> {
    let realm = services.realm(realm)?;
    let session = services
        .admitted(request, &realm, AdminPlace::Audit)
        .await?;
    let asked = asked(query);
    let filter = sought(services, &realm, &asked)
        .await?
        .map_err(|_| Failure::BadRequest("filter"))?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let by = &session.person.id;
    let event = Event::done(Action::Exported, by.clone()).because(purpose(format, &asked));
    let mut fact = Fact::begin(ctx).await?;
    audit::record(&mut fact, Some(by), &event).await?;
    fact.commit().await?;
    Ok(Export {
        services: Arc::clone(services),
        realm: realm.slug.clone(),
        filter,
        format,
        before: None,
        stage: Stage::Begin,
    })
}

/// "audit trail, csv, action sign_in": what left, for the reader of the trail.
fn purpose(format: Format, asked: &AuditAsked) -> String {
    let mut out = format!("audit trail, {}", format.slug());
    let given = [
        ("person", &asked.person),
        ("action", &asked.action),
        ("result", &asked.result),
    ];
    for (name, value) in given.into_iter().filter(|(_, v)| !v.is_empty()) {
        out.push_str(&format!(", {name} {value}"));
    }
    out
}

impl Export {
    /// The next part of the file; `None` after the last one.
    ///
    /// # Errors
    /// The database could not: the file is broken off, so that nobody takes it
    /// for a whole one.
    pub async fn next(&mut self) -> Result<Option<String>, Failure> {
        match self.stage {
            Stage::Over => Ok(None),
            Stage::Begin => {
                self.stage = Stage::Rows { any: false };
                Ok(Some(match self.format {
                    Format::Csv => csv_lines::lines([NAMES]),
                    Format::Json => "[".to_owned(),
                }))
            }
            Stage::Rows { any } => {
                let page = self.page().await?;
                let Some(last) = page.last() else {
                    self.stage = Stage::Over;
                    return Ok((self.format == Format::Json).then(|| "\n]\n".to_owned()));
                };
                self.before = Some(last.entry.id.clone());
                self.stage = Stage::Rows { any: true };
                Ok(Some(match self.format {
                    Format::Csv => csv_lines::lines(page.iter().map(|l| cells(l).map(plain))),
                    Format::Json => objects(&page, any),
                }))
            }
        }
    }

    async fn page(&self) -> Result<Vec<Line>, Failure> {
        let mut conn = self.services.store.read().await?;
        let before = self.before.as_deref();
        Ok(conn
            .trail_page(&self.realm, &self.filter, before, PAGE)
            .await?)
    }
}

/// What each entry holds, in this order.
const NAMES: [&str; 17] = [
    "time",
    "place",
    "id",
    "realm",
    "actor",
    "actor_login",
    "actor_name",
    "action",
    "result",
    "target",
    "target_login",
    "target_name",
    "factor",
    "detail",
    "address",
    "browser",
    "hash",
];

fn cells(line: &Line) -> [Value; NAMES.len()] {
    let entry = &line.entry;
    let login = |who: &Option<Who>| who.as_ref().map(|w| w.login.clone()).into();
    let name = |who: &Option<Who>| who.as_ref().map(|w| w.name.clone()).into();
    [
        when::utc(entry.at).into(),
        entry.seq.into(),
        entry.id.clone().into(),
        entry.realm.as_str().into(),
        entry.actor.clone().into(),
        login(&line.actor),
        name(&line.actor),
        entry.action.clone().into(),
        entry.outcome.clone().into(),
        entry.target.clone().into(),
        login(&line.target),
        name(&line.target),
        entry.factor.clone().into(),
        entry.detail.clone().into(),
        entry.address.clone().into(),
        entry.agent.clone().into(),
        entry.hash.clone().into(),
    ]
}

/// A value as a cell of a CSV.
fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The entries of a page, each on a line of its own.
fn objects(page: &[Line], mut any: bool) -> String {
    let mut out = String::new();
    for line in page {
        out.push_str(if any { ",\n" } else { "\n" });
        any = true;
        // Texts and numbers always serialise.
        out.push_str(&serde_json::to_string(&Named(cells(line))).unwrap_or_default());
    }
    out
}

/// Cells with their names, in their order.
struct Named([Value; NAMES.len()]);

impl Serialize for Named {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(NAMES.iter().zip(&self.0))
    }
}
