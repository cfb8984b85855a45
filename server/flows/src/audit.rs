//! The audit trail: entries commit with their fact; the sealer puts them into
//! the hash chain afterwards and writes the signed head beside the database,
//! so that a cut tail is found.

use crate::{Fact, Failure, Services, infra::Random};
use domain::{
    Timestamp,
    audit::{Actor, Entry, Event},
    ids::{PersonId, RealmSlug},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Writes an event down with its fact; `by` is who acted, where a session or a
/// proof says so.
///
/// # Errors
/// The database could not: the fact must not happen either.
pub async fn record(
    fact: &mut Fact<'_>,
    by: Option<&PersonId>,
    event: &Event,
) -> Result<(), Failure> {
    let actor = fact.ctx().request.actor(by);
    write(fact, actor, event).await
}

/// Seconds for which what is refused is counted together.
const HOUR: i64 = 3600;

/// [`record`], for what anybody can do who is nobody, as often as they like: all are
/// counted, and the first of an hour, the tenth, the hundredth and so on are written down,
/// so that a flood is seen in the trail and does not fill it. `what` is what they are
/// counted by.
///
/// # Errors
/// The database could not.
pub async fn record_seldom(fact: &mut Fact<'_>, what: &str, event: &Event) -> Result<(), Failure> {
    let ctx = fact.ctx();
    let bucket = format!("refused:{}:{what}", ctx.realm.slug);
    let now = ctx.services.now();
    let many = fact
        .tx()
        .ration_take(&bucket, 1, i64::MAX / 2, HOUR, now)
        .await?;
    let many = many.unwrap_or_default();
    if !is_told(many) {
        fact.counts(event);
        return Ok(());
    }
    let detail = match (event.detail.as_str(), many) {
        ("", many) => format!("{many} in an hour"),
        (why, 1) => why.to_owned(),
        (why, many) => format!("{why}, {many} in an hour"),
    };
    record(fact, None, &event.clone().because(detail)).await
}

/// Whether so many are a line of the trail: 1, 10, 100, 1000 …
const fn is_told(mut many: i64) -> bool {
    while many > 1 && many % 10 == 0 {
        many /= 10;
    }
    many == 1
}

/// [`record`], for what a worker did.
///
/// # Errors
/// The database could not: the fact must not happen either.
pub async fn record_worker(fact: &mut Fact<'_>, event: &Event) -> Result<(), Failure> {
    let actor = Actor {
        other: Some("worker".to_owned()),
        ..Actor::default()
    };
    write(fact, actor, event).await
}

async fn write(fact: &mut Fact<'_>, actor: Actor, event: &Event) -> Result<(), Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    let entry = Entry {
        seq: None,
        id: ctx.services.random.id(now),
        at: now,
        realm: ctx.realm.slug.clone(),
        actor: actor
            .person
            .map(|p| p.as_str().to_owned())
            .or(actor.other)
            .unwrap_or_else(|| "nobody".to_owned()),
        action: event.action.slug().to_owned(),
        outcome: event.outcome.slug().to_owned(),
        target: event.target.as_ref().map(|t| t.as_str().to_owned()),
        factor: event.factor.map(|f| f.slug().to_owned()),
        detail: event.detail.clone(),
        address: actor.address,
        agent: actor.agent,
        hash: String::new(),
    };
    fact.tx().audit_insert(&entry).await?;
    fact.counts(event);
    Ok(())
}

/// An entry for what was done on the command line, where there is no caller.
pub fn of_command_line(random: &Random, realm: &RealmSlug, event: &Event, now: Timestamp) -> Entry {
    without_caller("cli", random, realm, event, now)
}

/// An entry for what a node does by itself.
pub fn of_worker(random: &Random, realm: &RealmSlug, event: &Event, now: Timestamp) -> Entry {
    without_caller("worker", random, realm, event, now)
}

fn without_caller(
    actor: &str,
    random: &Random,
    realm: &RealmSlug,
    event: &Event,
    now: Timestamp,
) -> Entry {
    Entry {
        seq: None,
        id: random.id(now),
        at: now,
        realm: realm.clone(),
        actor: actor.to_owned(),
        action: event.action.slug().to_owned(),
        outcome: event.outcome.slug().to_owned(),
        target: event.target.as_ref().map(|t| t.as_str().to_owned()),
        factor: event.factor.map(|f| f.slug().to_owned()),
        detail: event.detail.clone(),
        address: String::new(),
        agent: String::new(),
        hash: String::new(),
    }
}

/// The hash of an entry in its place.
pub fn chain(entry: &Entry, seq: i64, previous: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(entry.canonical(seq, previous)))
}

/// The head of the chain as it is kept outside of the database.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The last place.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// When it was written.
    pub at: Timestamp,
    /// HMAC-SHA-256 over the above, with a key outside of the database.
    pub signature: String,
}

impl Head {
    /// The head in a file; `None` where there is no file.
    ///
    /// # Errors
    /// There is a file, and it cannot be read or is no head.
    pub fn read(file: &Path) -> std::io::Result<Option<Self>> {
        match std::fs::read_to_string(file) {
            Ok(text) => Ok(Some(serde_json::from_str(&text)?)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// Puts it into a file, whole or not at all.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, file: &Path) -> std::io::Result<()> {
        let new = file.with_extension("new");
        std::fs::write(&new, serde_json::to_string(self)?)?;
        std::fs::rename(&new, file)
    }

    fn bytes(seq: i64, hash: &str, at: Timestamp) -> String {
        format!("rekey audit head\n{seq}\n{hash}\n{}", at.millis())
    }

    fn mac(key: &[u8; 32], seq: i64, hash: &str, at: Timestamp) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
        mac.update(Self::bytes(seq, hash, at).as_bytes());
        mac
    }

    /// Signs a head.
    pub fn sign(key: &[u8; 32], seq: i64, hash: String, at: Timestamp) -> Self {
        let tag = Self::mac(key, seq, &hash, at).finalize().into_bytes();
        Self {
            seq,
            hash,
            at,
            signature: data_encoding::HEXLOWER.encode(&tag),
        }
    }

    /// Whether the signature holds.
    pub fn verify(&self, key: &[u8; 32]) -> bool {
        let Ok(tag) = data_encoding::HEXLOWER.decode(self.signature.as_bytes()) else {
            return false;
        };
        Self::mac(key, self.seq, &self.hash, self.at)
            .verify_slice(&tag)
            .is_ok()
    }
}

/// Puts up to `most` entries into the chain; the new head, if it moved. Nodes do so one
/// after another.
///
/// # Errors
/// The database could not.
pub async fn seal(services: &Services, most: i64) -> Result<Option<Head>, Failure> {
    let (key, now) = (services.vault.audit_key(), services.now());
    seal_in(&services.store, &key, most, now).await
}

/// [`seal`], where nothing but the database is open.
///
/// # Errors
/// The database could not.
pub async fn seal_in(
    store: &store::Store,
    key: &[u8; 32],
    most: i64,
    now: Timestamp,
) -> Result<Option<Head>, Failure> {
    let mut tx = store.begin().await?;
    let entries = tx.audit_unsealed(most).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    let (mut seq, mut hash) = tx.audit_head().await?.unwrap_or((0, String::new()));
    for entry in &entries {
        seq += 1;
        hash = chain(entry, seq, &hash);
        tx.audit_seal(&entry.id, seq, &hash).await?;
    }
    tx.commit().await?;
    Ok(Some(Head::sign(key, seq, hash, now)))
}

/// What verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry is as it was written; so many.
    Whole(i64),
    /// The first entry that is not: its place and id.
    Altered {
        /// The place in the chain.
        seq: i64,
        /// The entry's id; empty where an entry is missing.
        id: String,
    },
    /// The chain ends before the head that was written beside the database.
    Cut {
        /// The last place that is there.
        found: i64,
        /// The place of the head.
        expected: i64,
    },
    /// The head's signature does not hold.
    ForgedHead,
}

/// Walks the whole chain, and holds it against the head.
///
/// # Errors
/// The database could not be read.
pub async fn verify(
    store: &store::Store,
    key: &[u8; 32],
    head: Option<&Head>,
) -> Result<Verdict, Failure> {
    if head.is_some_and(|h| !h.verify(key)) {
        return Ok(Verdict::ForgedHead);
    }
    let mut conn = store.read().await?;
    let (mut seq, mut hash) = (0, String::new());
    loop {
        let page = conn.audit_from(seq + 1, 1000).await?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            seq += 1;
            let expected = chain(&entry, seq, &hash);
            if entry.seq != Some(seq) {
                return Ok(Verdict::Altered {
                    seq,
                    id: String::new(),
                });
            }
            if entry.hash != expected {
                return Ok(Verdict::Altered { seq, id: entry.id });
            }
            hash = expected;
            if head.is_some_and(|h| h.seq == seq && h.hash != hash) {
                return Ok(Verdict::Altered { seq, id: entry.id });
            }
        }
    }
    match head {
        Some(head) if head.seq > seq => Ok(Verdict::Cut {
            found: seq,
            expected: head.seq,
        }),
        _ => Ok(Verdict::Whole(seq)),
    }
}

#[cfg(test)]
mod tests {
    use super::is_told;

    #[test]
    fn a_flood_is_a_few_lines() {
        let lines: Vec<_> = (0..=2000).filter(|n| is_told(*n)).collect();
        assert_eq!(lines, [1, 10, 100, 1000]);
    }
}
