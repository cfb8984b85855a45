//! One SQL text for both engines: `$1` placeholders, `ON CONFLICT` and
//! `RETURNING` run on both; the differences are constants of the engine.

use super::{Connection, Db, SEAL_ALONE, SKIP_LOCKED, TELL_NODES};
use domain::Timestamp;
use sqlx::Row as _;

/// A row of the engine.
type Row = <Db as sqlx::Database>::Row;

pub mod announcements;
pub mod applications;
pub mod approvals;
pub mod attempts;
pub mod audit;
pub mod callers;
pub mod calls;
pub mod cases;
pub mod ceremonies;
pub mod challenges;
pub mod desk_acts;
pub mod devices;
pub mod emergency;
pub mod factors;
pub mod links;
pub mod oidc;
pub mod oidc_keys;
pub mod oidc_logins;
pub mod outbox;
pub mod people;
pub mod phones;
pub mod rations;
pub mod recovery;
pub mod restored;
pub mod sessions;
pub mod settings;
pub mod sweep;
pub mod trail;
pub mod transfers;

/// A pattern for `LIKE … ESCAPE '\'` that finds a text anywhere.
fn contains(text: &str) -> String {
    let escaped = text.chars().flat_map(|ch| {
        let escape = matches!(ch, '%' | '_' | '\\').then_some('\\');
        escape.into_iter().chain([ch])
    });
    format!("%{}%", escaped.collect::<String>())
}

/// Words of a search that count; a name has fewer.
const WORDS: usize = 5;

/// Patterns for the words of a search, each to be found anywhere; those that there are not
/// find everything.
fn patterns(search: &str) -> [String; WORDS] {
    let mut words = search.split(' ').filter(|word| !word.is_empty());
    std::array::from_fn(|_| contains(words.next().unwrap_or_default()))
}

/// The condition that each of the [`patterns`] is found in one of these columns; they are
/// bound from `first` on.
fn finds(columns: &[&str], first: usize) -> String {
    let word = |place: usize| {
        let one = |column: &&str| format!("{column} LIKE ${place} ESCAPE '\\'");
        let any: Vec<_> = columns.iter().map(one).collect();
        format!("({})", any.join(" OR "))
    };
    let all: Vec<_> = (first..first + WORDS).map(word).collect();
    all.join(" AND ")
}

fn time(row: &Row, column: &str) -> sqlx::Result<Timestamp> {
    Ok(Timestamp::from_millis(row.try_get::<i64, _>(column)?))
}

fn maybe_time(row: &Row, column: &str) -> sqlx::Result<Option<Timestamp>> {
    Ok(row
        .try_get::<Option<i64>, _>(column)?
        .map(Timestamp::from_millis))
}

fn text(row: &Row, column: &str) -> sqlx::Result<String> {
    row.try_get(column)
}
