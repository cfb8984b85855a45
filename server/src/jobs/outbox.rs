//! Sending what lies in the outbox: claimed for a minute, tried again with
//! growing pauses, dropped when it is useless, dead in sight of staff at last.

use crate::demo;
use courier::{Contact, Envelope, Reader, SendError, Smtp, Transport, push::Sender};
use domain::{message::Message, records::OutboxRow};
use flows::Services;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Tries until a message is dead: a little over a day.
const MOST_TRIES: i64 = 16;
/// How many messages one claim takes; they are sent one after the other.
const BATCH: i64 = 3;
/// How long a claim holds, in seconds; longer than its messages may take, at 30
/// seconds each, so that no other node sends them as well.
const LEASE: i64 = 120;

/// Runs until the node drains.
pub async fn run(
    services: Arc<Services>,
    smtp: Option<Smtp>,
    push: Sender,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let busy = match round(&services, smtp.as_ref(), &push).await {
            Ok(sent) => sent > 0,
            Err(error) => {
                tracing::error!(%error, "outbox: the database could not");
                false
            }
        };
        if *stop.borrow() {
            return;
        }
        if busy {
            continue;
        }
        tokio::select! {
            () = services.outbox_bell.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stop.changed() => return,
        }
    }
}

async fn round(services: &Services, smtp: Option<&Smtp>, push: &Sender) -> store::Result<usize> {
    if smtp.is_none() && !services.demo {
        // Nothing could carry them: they wait, and lose no try.
        return Ok(0);
    }
    // A look before the claim, so that an idle node does not write.
    match services.store.read().await?.outbox_next().await? {
        Some(next) if next <= services.now() => {}
        _ => return Ok(0),
    }
    let mut tx = services.store.begin().await?;
    let rows = tx.outbox_claim(BATCH, LEASE, services.now()).await?;
    tx.commit().await?;
    for row in &rows {
        send(services, smtp, push, row).await?;
    }
    Ok(rows.len())
}

async fn send(
    services: &Services,
    smtp: Option<&Smtp>,
    push: &Sender,
    row: &OutboxRow,
) -> store::Result<()> {
    let now = services.now();
    let end = async |dead: Option<&str>| -> store::Result<()> {
        let mut tx = services.store.begin().await?;
        match dead {
            None => tx.outbox_sent(&row.id, services.now()).await?,
            Some(why) => tx.outbox_dead(&row.id, why, services.now()).await?,
        }
        tx.commit().await
    };
    if row.useless_after.is_some_and(|until| now >= until) {
        return end(Some("too late to be of use")).await;
    }
    let Ok(message) = flows::outbox::open(services, row) else {
        return end(Some("the seal does not open")).await;
    };
    let envelope = envelope(services, row, &message).await?;
    let sent = match smtp {
        _ if matches!(message, Message::PhoneAsked { .. }) && !services.demo => {
            super::push::send(services, push, row, &message).await
        }
        Some(smtp) => smtp.send(&envelope).await,
        None => demo::deliver(services, &envelope, &message)
            .await
            .map_err(|e| SendError::Later(e.to_string())),
    };
    match sent {
        Ok(()) => end(None).await,
        Err(SendError::Never(why)) => {
            tracing::warn!(id = %row.id, "a message will never arrive");
            end(Some(&why)).await
        }
        Err(SendError::Later(_)) if row.attempts >= MOST_TRIES => {
            end(Some("tried too often")).await
        }
        Err(SendError::Later(why)) => {
            tracing::warn!(id = %row.id, tries = row.attempts, "a message has to wait");
            let pause = (5_i64 << row.attempts.clamp(0, 10)).min(7200);
            let mut tx = services.store.begin().await?;
            tx.outbox_later(&row.id, &why, services.now().plus_seconds(pause))
                .await?;
            tx.commit().await
        }
    }
}

async fn envelope(
    services: &Services,
    row: &OutboxRow,
    message: &Message,
) -> store::Result<Envelope> {
    let person = match &row.person {
        Some(id) => services.store.read().await?.person(id).await?,
        None => None,
    };
    let name = person.map(|p| p.name).filter(|n| !n.is_empty());
    let realm = services.realms.get(&row.realm);
    let lang = row.lang;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let reader = Reader {
        lang,
        name: name.clone(),
        realm_name: realm.map_or_else(|| row.realm.to_string(), |r| r.name.get(lang).to_owned()),
        brand: realm.map_or_else(|| "#46546b".to_owned(), |r| r.brand.clone()),
        zone: realm.map_or_else(|| "UTC".to_owned(), |r| r.zone.clone()),
        contact: realm.map_or_else(Contact::default, |r| Contact {
            phone: some(&r.contact.phone),
            hours: some(r.contact.hours.get(lang)),
            email: some(&r.contact.email),
        }),
        now: services.now(),
    };
    Ok(Envelope {
        id: row.id.clone(),
        to: row.recipient.clone(),
        to_name: name,
        letter: courier::render(message, &reader),
    })
}
