//! A store of each engine, and people in it: what the tests of the store share.

// Every test file is a program of its own and uses its part of this.
#![allow(dead_code)]

use domain::{
    FactorKind, Lang, Timestamp,
    call::Call,
    ids::{CallId, FactorId, PersonId, RealmSlug},
    records::{Factor, Person},
};
use sqlx::{Connection, Executor};
use std::{
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};
use store::{Config, Store};

static NEXT: AtomicU32 = AtomicU32::new(1);

fn number() -> u32 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Where tests leave files: with what was built, so that whoever clears that has all of it.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

pub async fn stores() -> Vec<Store> {
    let file = folder().join(format!("store-{}-{}.db", std::process::id(), number()));
    // Process numbers come round again: what an earlier run left is not ours.
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    let mut urls = vec![format!("sqlite:{}", file.display())];
    if let Ok(cluster) = std::env::var("REKEY_TEST_POSTGRES") {
        let name = format!("store_{}_{}", std::process::id(), number());
        let mut admin = sqlx::PgConnection::connect(&cluster)
            .await
            .expect("the cluster answers");
        for statement in ["DROP DATABASE IF EXISTS", "CREATE DATABASE"] {
            let sql = sqlx::AssertSqlSafe(format!("{statement} {name}"));
            admin.execute(sql).await.expect("a database of its own");
        }
        let (base, _) = cluster
            .rsplit_once('/')
            .expect("an address with a database");
        urls.push(format!("{base}/{name}"));
    }
    let mut stores = Vec::new();
    for url in urls {
        let store = Store::open(&Config {
            url,
            connections: 4,
        })
        .await
        .expect("opens");
        store.migrate().await.expect("migrates");
        store.migrate().await.expect("twice does no harm");
        stores.push(store);
    }
    stores
}

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000).plus_seconds(seconds)
}

pub fn realm() -> RealmSlug {
    RealmSlug::parse("customers").expect("a slug")
}

pub fn somebody(name: &str) -> Person {
    Person {
        id: PersonId::new(format!("person-{name}")),
        realm: realm(),
        login: format!("{name}@example.com"),
        name: name.to_owned(),
        lang: Lang::De,
        email: format!("{name}@example.com"),
        disabled_at: None,
        frozen_at: None,
        created_at: at(0),
        partner: None,
        manager: None,
        number: String::new(),
        number_since: domain::Timestamp::default(),
        epoch: 0,
    }
}

pub async fn insert(store: &Store, who: &Person) {
    let mut tx = store.begin().await.expect("begins");
    tx.person_insert(who, &who.login, &who.name)
        .await
        .expect("inserts");
    tx.commit().await.expect("commits");
}

pub fn call(id: &str, person: &PersonId, agent: &PersonId, opened_at: Timestamp) -> Call {
    Call {
        id: CallId::new(id),
        number: i64::from(number()),
        person: person.clone(),
        agent: agent.clone(),
        opened_at,
        closed_at: None,
    }
}

pub fn factor(who: &Person, kind: FactorKind) -> Factor {
    Factor {
        id: FactorId::new(format!("{}-{}", who.id, kind.slug())),
        person: who.id.clone(),
        kind,
        name: String::new(),
        secret: vec![1, 2, 3],
        address: String::new(),
        credential: None,
        created_at: at(0),
        used_at: None,
        tested_at: None,
        disabled_at: None,
        last_step: 0,
        probation_until: None,
        shown_by: None,
    }
}
