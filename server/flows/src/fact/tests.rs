//! A fact happens whole or not at all, and nobody is woken for half of one.

use super::*;
use crate::{
    Realms, Request, Services, audit,
    infra::{HashCost, HashSettings, HashThreads, Random, SetClock, Vault, VaultSource},
    outbox,
};
use data_encoding::BASE64;
use domain::{
    Lang, Timestamp,
    audit::{Action, Event},
    ids::PersonId,
    message::Notice,
    policy::{self, Realm},
    records::Person,
    secret::Secret,
};
use std::{
    path::PathBuf,
    pin::pin,
    sync::Arc,
    task::{Context, Waker},
};
use store::{Config, Store};
use tokio::sync::Notify;
use webauthn_rs::prelude::{Url, WebauthnBuilder};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn realm() -> Realm {
    policy::parse(include_str!("../../../policies/customers.toml")).expect("a shipped policy")
}

async fn services() -> Services {
    let store = Store::open(&Config {
        url: "sqlite::memory:".to_owned(),
        connections: 1,
    })
    .await
    .expect("opens");
    store.migrate().await.expect("migrates");
    let settings = HashSettings {
        cost: HashCost {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
            tag_bytes: 32,
        },
        threads: 1,
        queue: 1,
    };
    let keys = Secret::new(format!("test:{}", BASE64.encode(&[7; 32])));
    let origin = Url::parse("https://portal.example").expect("an address");
    Services {
        store,
        hasher: HashThreads::start(settings, [7; 32]).expect("starts"),
        vault: Vault::load(VaultSource::Value(keys)).expect("opens"),
        random: Random::seeded(7),
        clock: Arc::new(SetClock::new(NOW)),
        realms: Realms::new(vec![realm()]),
        webauthn: WebauthnBuilder::new("portal.example", &origin)
            .and_then(WebauthnBuilder::build)
            .expect("builds"),
        public_url: "https://portal.example".to_owned(),
        demo: false,
        audit_head: PathBuf::from("audit-head.json"),
        outbox_bell: Arc::new(Notify::new()),
        transfer_bell: Arc::new(Notify::new()),
        noticed: crate::announcements::Noticed::default(),
        board: crate::infra::Board::default(),
        metrics: crate::infra::Metrics::default(),
        push: crate::infra::Push::new("", |_| None),
    }
}

async fn person(services: &Services, realm: &Realm) -> Person {
    let who = Person {
        id: PersonId::new(services.id()),
        realm: realm.slug.clone(),
        login: "tess".to_owned(),
        name: String::new(),
        lang: Lang::En,
        email: "tess@customers.example".to_owned(),
        disabled_at: None,
        frozen_at: None,
        created_at: NOW,
        partner: None,
        manager: None,
        number: String::new(),
        number_since: domain::Timestamp::default(),
        epoch: 0,
    };
    let mut tx = services.store.begin().await.expect("begins");
    tx.person_insert(&who, "tess", "").await.expect("inserts");
    tx.commit().await.expect("commits");
    who
}

/// Whether the bell has rung since it was last asked.
fn rang(services: &Services) -> bool {
    let rung = pin!(services.outbox_bell.notified());
    rung.poll(&mut Context::from_waker(Waker::noop()))
        .is_ready()
}

/// Whether there is an audit row, a message, a person who is frozen.
async fn happened(services: &Services, who: &Person) -> [bool; 3] {
    let mut conn = services.store.read().await.expect("reads");
    let rows = conn.audit_unsealed(10).await.expect("reads");
    let message = conn.outbox_next(None).await.expect("reads");
    let now = conn.person(&who.id).await.expect("reads");
    [
        !rows.is_empty(),
        message.is_some(),
        now.is_some_and(|p| p.frozen_at.is_some()),
    ]
}

async fn freeze(fact: &mut Fact<'_>, who: &Person) {
    fact.tx()
        .person_freeze(&who.id, Some(NOW))
        .await
        .expect("freezes");
    let event = Event::done(Action::NotMe, who.id.clone());
    audit::record(fact, None, &event).await.expect("records");
    outbox::notify(fact, who, Notice::Frozen, &[])
        .await
        .expect("tells");
}

#[tokio::test]
async fn a_fact_commits_whole_and_rings_afterwards() {
    let (services, request, realm) = (services().await, Request::default(), realm());
    let who = person(&services, &realm).await;
    let ctx = Ctx {
        services: &services,
        request: &request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await.expect("begins");
    freeze(&mut fact, &who).await;
    assert!(!rang(&services), "rung before the commit");
    fact.commit().await.expect("commits");
    assert!(rang(&services));
    assert_eq!(happened(&services, &who).await, [true; 3]);
    let line = r#"rekey_audit_entries_total{action="not_me",outcome="done"} 1"#;
    assert!(services.metrics.text().contains(line));
}

#[tokio::test]
async fn a_dropped_fact_never_happened() {
    let (services, request, realm) = (services().await, Request::default(), realm());
    let who = person(&services, &realm).await;
    let ctx = Ctx {
        services: &services,
        request: &request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await.expect("begins");
    freeze(&mut fact, &who).await;
    drop(fact);
    assert!(!rang(&services));
    assert!(!services.metrics.text().contains("not_me"), "counted");
    assert_eq!(happened(&services, &who).await, [false; 3]);
}

#[tokio::test]
async fn a_fact_without_a_message_wakes_nobody() {
    let (services, request, realm) = (services().await, Request::default(), realm());
    let who = person(&services, &realm).await;
    let ctx = Ctx {
        services: &services,
        request: &request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await.expect("begins");
    let event = Event::done(Action::SignOut, who.id.clone());
    audit::record(&mut fact, Some(&who.id), &event)
        .await
        .expect("records");
    fact.commit().await.expect("commits");
    assert!(!rang(&services));
    assert_eq!(happened(&services, &who).await, [true, false, false]);
}
