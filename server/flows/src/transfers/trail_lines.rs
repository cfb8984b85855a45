//! Entries of the audit trail as lines of a file.

use crate::{infra::csv_lines, when};
use domain::{
    trail::{Line, Who},
    transfer::Format,
};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// What stands before the first row.
pub(super) fn head(format: Format) -> String {
    match format {
        Format::Csv => csv_lines::lines([NAMES]),
        Format::Json => "[".to_owned(),
    }
}

/// What stands after the last row.
pub(super) const fn tail(format: Format) -> &'static str {
    match format {
        Format::Csv => "",
        Format::Json => "\n]\n",
    }
}

/// Rows of the file; `any` says that there were others before them.
pub(super) fn rows(format: Format, page: &[Line], any: bool) -> String {
    match format {
        Format::Csv => csv_lines::lines(page.iter().map(|line| cells(line).map(plain))),
        Format::Json => objects(page, any),
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
