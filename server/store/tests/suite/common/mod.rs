//! A store of each engine, and people in it: what the tests of the store share.

use domain::{
    FactorKind, Lang, Timestamp,
    call::Call,
    ids::{CallId, FactorId, PersonId, RealmSlug},
    records::{Factor, Person},
};
use sqlx::{Connection, Executor};
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};
use store::{Config, Store};
use tokio::sync::OnceCell;

static NEXT: AtomicU32 = AtomicU32::new(1);

fn number() -> u32 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Where tests leave files: with what was built, so that whoever clears that has all of it.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// Where the cluster is, if there is one.
fn cluster() -> Option<String> {
    std::env::var("REKEY_TEST_POSTGRES").ok()
}

/// A database of the cluster.
fn on_cluster(cluster: &str, name: &str) -> String {
    let (base, _) = cluster
        .rsplit_once('/')
        .expect("an address with a database");
    format!("{base}/{name}")
}

async fn ask_cluster(cluster: &str, statements: &[String]) {
    let mut admin = sqlx::PgConnection::connect(cluster)
        .await
        .expect("the cluster answers");
    for statement in statements {
        let sql = sqlx::AssertSqlSafe(statement.clone());
        admin.execute(sql).await.expect("a database of its own");
    }
}

async fn open(url: String) -> Store {
    let config = Config {
        url,
        connections: 4,
    };
    Store::open(&config).await.expect("opens")
}

/// Brings up the schema of an empty database, and leaves it.
async fn migrate(url: String) {
    let store = open(url).await;
    store.migrate().await.expect("migrates");
    store.migrate().await.expect("twice does no harm");
    store.close().await;
}

/// Migrated databases to copy: the whole file of the embedded engine, and the name of a database
/// of the cluster. Made once, because every test would run all migrations otherwise.
struct Template {
    file: Vec<u8>,
    database: String,
}

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();

async fn make_template() -> Template {
    let path = fresh_file();
    migrate(format!("sqlite:{}", path.display())).await;
    let file = std::fs::read(&path).expect("reads");
    let _ = std::fs::remove_file(&path);
    let database = format!("store_{}_template", std::process::id());
    if let Some(cluster) = cluster() {
        let drop = format!("DROP DATABASE IF EXISTS {database}");
        let create = format!("CREATE DATABASE {database}");
        ask_cluster(&cluster, &[drop, create]).await;
        migrate(on_cluster(&cluster, &database)).await;
    }
    Template { file, database }
}

/// A file that is not there.
fn fresh_file() -> PathBuf {
    let file = folder().join(format!("store-{}-{}.db", std::process::id(), number()));
    // Process numbers come round again: what an earlier run left is not ours.
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    file
}

/// An empty store of each engine.
pub async fn stores() -> Vec<Store> {
    let template = TEMPLATE.get_or_init(make_template).await;
    let file = fresh_file();
    std::fs::write(&file, &template.file).expect("writes");
    let mut stores = vec![open(format!("sqlite:{}", file.display())).await];
    if let Some(cluster) = cluster() {
        let name = format!("store_{}_{}", std::process::id(), number());
        let drop = format!("DROP DATABASE IF EXISTS {name}");
        let create = format!("CREATE DATABASE {name} TEMPLATE {}", template.database);
        ask_cluster(&cluster, &[drop, create]).await;
        stores.push(open(on_cluster(&cluster, &name)).await);
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
