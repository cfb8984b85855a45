//! The rows of a million people, as the portal itself would have written them in
//! the course of two years.

use super::{bulk::Bulk, cases::cases};
use crate::{Failed, people::People};
use domain::{
    FactorKind, Timestamp,
    audit::{Action, Entry, Outcome},
    ids::{FactorId, PersonId, RealmSlug},
};
use flows::{audit::chain, proof::totp_context};

/// People.
pub const PEOPLE: u64 = 1_000_000;
/// Entries of the audit trail.
pub const ENTRIES: u64 = 1_000_000;
/// Agents of the service desk; the first one is ours.
pub const AGENTS: u64 = 10;
const MINUTE: u64 = 60_000;
/// An hour, in milliseconds.
pub const HOUR: u64 = 60 * MINUTE;

const GIVEN: [&str; 16] = [
    "Anna", "Bela", "Clara", "David", "Emma", "Felix", "Greta", "Hannes", "Ida", "Jonas", "Klara",
    "Leon", "Mila", "Noah", "Olga", "Paul",
];
const FAMILY: [&str; 24] = [
    "Albrecht", "Bauer", "Clausen", "Dietrich", "Ebert", "Fischer", "Graf", "Huber", "Iversen",
    "Jansen", "Krause", "Lehmann", "Maurer", "Neumann", "Otto", "Peters", "Quandt", "Richter",
    "Schulz", "Thoma", "Ullrich", "Vogel", "Winter", "Ziegler",
];

/// An id as [`flows::infra::Random`] makes them, but for its random part: the
/// millisecond, the table, the row.
pub fn id(millis: u64, table: u64, row: u64) -> String {
    let (high, low) = (millis >> 16, millis & 0xffff);
    format!("{high:08x}-{low:04x}-7000-8{table:03x}-{row:012x}")
}

/// When all of it begins and ends.
#[derive(Clone, Copy)]
pub struct Span {
    end: u64,
}

impl Span {
    /// Two years that end now.
    pub fn until(now: Timestamp) -> Self {
        let end = u64::try_from(now.millis()).unwrap_or_default() - HOUR;
        Self { end }
    }

    /// The moment of a row among so many, one a minute.
    pub const fn at(self, row: u64, of: u64) -> u64 {
        self.end - (of - row) * MINUTE
    }

    /// Somebody of the million.
    pub fn person(self, row: u64) -> String {
        id(self.at(row, PEOPLE), 1, row)
    }

    /// Somebody of the desk.
    pub fn agent(self, row: u64) -> PersonId {
        PersonId::new(id(self.end - HOUR, 0, row))
    }
}

/// Whose realm a person is of.
pub const fn realm(row: u64) -> &'static str {
    match row % 10 {
        0..=3 => "customers",
        4..=7 => "cloud",
        _ => "dealers",
    }
}

/// No order that an index has: the rows of a page lie apart.
pub const fn mixed(row: u64) -> u64 {
    (row.wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> 20
}

/// Given and family name of a person.
pub fn name(row: u64) -> String {
    let (given, family) = (mixed(row) % 16, mixed(row + 1) % 24);
    let (given, family) = (GIVEN[given as usize], FAMILY[family as usize]);
    format!("{given} {family}")
}

/// Fills a database that has its schema and nothing else.
///
/// # Errors
/// The database could not.
pub async fn fill(bulk: &mut Bulk, people: &People, span: Span) -> Result<String, Failed> {
    persons(bulk, span).await?;
    agents(bulk, span).await?;
    factors(bulk, people, span).await?;
    cases(bulk, span).await?;
    entries(bulk, span).await
}

const PERSON: &str =
    "person (id, realm, login, login_key, name, name_key, lang, email, created_at)";

async fn persons(bulk: &mut Bulk, span: Span) -> Result<(), Failed> {
    let row = |row| {
        let (id, realm, name) = (span.person(row), realm(row), name(row));
        let key = domain::text::name_key(&name);
        let login = format!("{}.{row}@{realm}.example", key.replace(' ', "."));
        let at = span.at(row, PEOPLE);
        format!("'{id}','{realm}','{login}','{login}','{name}','{key}','de','{login}',{at}")
    };
    bulk.insert(PERSON, (0..PEOPLE).map(row)).await
}

async fn agents(bulk: &mut Bulk, span: Span) -> Result<(), Failed> {
    let row = |row| {
        let (id, at) = (span.agent(row), span.end);
        let login = format!("q9{row:05}");
        let mail = format!("{login}@staff.example");
        format!(
            "'{id}','workforce','{login}','{login}','Agent {row}','agent {row}','en','{mail}',{at}"
        )
    };
    bulk.insert(PERSON, (0..AGENTS).map(row)).await?;
    let mut grants = Vec::new();
    for row in 0..AGENTS {
        for realm in ["customers", "cloud", "dealers"] {
            for role in ["reviewer", "auditor"] {
                grants.push(format!("'{}','{role}','{realm}'", span.agent(row)));
            }
        }
    }
    bulk.insert("grant_of (person, role, realm)", grants).await
}

async fn factors(bulk: &mut Bulk, people: &People, span: Span) -> Result<(), Failed> {
    let into = "factor (id, person, kind, name, secret, address, created_at)";
    let bytes = bulk.bytes();
    let hash = bytes.write(people.hash.as_bytes());
    let (password, totp) = (FactorKind::Password.slug(), FactorKind::Totp.slug());
    let row = |row| {
        let (person, at) = (span.person(row), span.at(row, PEOPLE));
        format!(
            "'{}','{person}','{password}','',{hash},'',{at}",
            id(at, 2, row)
        )
    };
    bulk.insert(into, (0..PEOPLE).map(row)).await?;
    let row = |row| {
        let (person, at) = (span.person(row), span.at(row, PEOPLE));
        let id = FactorId::new(id(at + 1, 2, row));
        let seed = people.random.totp_seed();
        let sealed = people.vault.seal(&totp_context(&id), &seed, &people.random);
        let sealed = bytes.write(&sealed);
        format!("'{id}','{person}','{totp}','',{sealed},'',{at}")
    };
    bulk.insert(into, (0..PEOPLE).map(row)).await
}

/// The trail with its chain; gives the hash of its last place.
async fn entries(bulk: &mut Bulk, span: Span) -> Result<String, Failed> {
    let into = "audit (id, seq, at, realm, actor, action, outcome, target, factor, detail, address, agent, hash)";
    let mut hash = String::new();
    let row = |row| {
        let entry = entry(row, span);
        let seq = i64::try_from(row + 1).unwrap_or_default();
        hash = chain(&entry, seq, &hash);
        let maybe = |text: &Option<String>| {
            text.as_ref()
                .map_or("NULL".to_owned(), |t| format!("'{t}'"))
        };
        format!(
            "'{}',{seq},{},'{}','{}','{}','{}',{},{},'{}','{}','{}','{hash}'",
            entry.id,
            entry.at.millis(),
            entry.realm,
            entry.actor,
            entry.action,
            entry.outcome,
            maybe(&entry.target),
            maybe(&entry.factor),
            entry.detail,
            entry.address,
            entry.agent,
        )
    };
    bulk.insert(into, (0..ENTRIES).map(row)).await?;
    Ok(hash)
}

/// An entry of the trail, as it was written down.
///
/// # Panics
/// Never: the realms are realms.
pub fn entry(row: u64, span: Span) -> Entry {
    let person = mixed(row) % PEOPLE;
    let at = span.at(row, ENTRIES);
    let (action, factor) = match row % 5 {
        0 | 1 => (Action::Proof, Some(FactorKind::Password)),
        2 => (Action::Proof, Some(FactorKind::Totp)),
        3 => (Action::SignIn, None),
        _ => (Action::SessionsEnded, None),
    };
    let outcome = if row.is_multiple_of(37) {
        Outcome::Refused
    } else {
        Outcome::Done
    };
    let who = span.person(person);
    Entry {
        seq: None,
        id: id(at, 4, row),
        at: Timestamp::from_millis(i64::try_from(at).unwrap_or_default()),
        realm: RealmSlug::parse(realm(person)).expect("the realms are realms"),
        actor: who.clone(),
        action: action.slug().to_owned(),
        outcome: outcome.slug().to_owned(),
        target: Some(who),
        factor: factor.map(|f| f.slug().to_owned()),
        detail: String::new(),
        address: format!("192.0.2.{}", row % 250),
        agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
        hash: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_age_and_look_like_ours() {
        let span = Span::until(Timestamp::from_millis(1_800_000_000_000));
        let ids: Vec<_> = (0..100).map(|row| span.person(row)).collect();
        assert!(ids.is_sorted());
        assert!(
            ids[0].len() == 36 && ids[0].as_bytes()[14] == b'7',
            "{}",
            ids[0]
        );
        assert_ne!(entry(0, span).id, entry(1, span).id);
    }
}
