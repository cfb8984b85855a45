//! Sending what lies in the outbox: claimed for two minutes, tried again with growing
//! pauses, dropped when it is useless, dead in sight of staff at last. Each way has workers
//! of its own, so that a gateway that hangs holds no mail up.

use crate::demo;
use courier::{
    Contact, Envelope, Reader, SendError, Smtp, Transport,
    gateway::{Delivery, Gateway, Parcel},
    push::Sender,
};
use domain::{
    delivery::Receipt,
    message::{Message, Way},
    records::OutboxRow,
};
use flows::{Services, infra::metrics::Sent};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};

/// Tries until a message is dead: a little over a day.
const MOST_TRIES: i64 = 16;
/// How long a claim holds, in seconds; longer than its messages may take, at 30
/// seconds each, so that no other node sends them as well.
const LEASE: i64 = 120;

/// How many messages one claim takes; they are sent one after the other. Behind a call that
/// is not taken nobody's code waits.
const fn batch(way: Way) -> i64 {
    match way {
        Way::Mail | Way::Push => 3,
        Way::Sms | Way::Voice => 1,
    }
}

/// How many send at the same time.
const fn workers(way: Way) -> usize {
    match way {
        Way::Mail | Way::Push => 1,
        Way::Sms | Way::Voice => 4,
    }
}

/// What carries messages away.
pub struct Carriers {
    /// The mail server; `None` where none is named.
    pub smtp: Option<Smtp>,
    /// The gateway for SMS and calls; `None` where none is named.
    pub gateway: Option<Arc<Gateway>>,
    /// To push services.
    pub push: Sender,
}

impl Carriers {
    /// Whether something carries what goes one way: the demo's mailbox takes what nothing
    /// else does.
    const fn carry(&self, way: Way, demo: bool) -> bool {
        match way {
            Way::Mail => demo || self.smtp.is_some(),
            Way::Sms | Way::Voice => demo || self.gateway.is_some(),
            // It names its service itself.
            Way::Push => true,
        }
    }
}

/// Runs until the node drains.
pub async fn run(services: Arc<Services>, carriers: Carriers, mut stop: watch::Receiver<bool>) {
    let carriers = Arc::new(carriers);
    let mut all = JoinSet::new();
    let mut bells = Vec::new();
    for way in Way::ALL {
        for _ in 0..workers(way) {
            let bell = Arc::new(Notify::new());
            bells.push(Arc::clone(&bell));
            let (services, carriers) = (Arc::clone(&services), Arc::clone(&carriers));
            let stop = stop.clone();
            all.spawn(async move { work(&services, &carriers, way, &bell, stop).await });
        }
    }
    loop {
        tokio::select! {
            () = services.outbox_bell.notified() => bells.iter().for_each(|bell| bell.notify_one()),
            _ = stop.changed() => break,
        }
    }
    while all.join_next().await.is_some() {}
}

/// Sends what goes one way, until the node drains.
async fn work(
    services: &Services,
    carriers: &Carriers,
    way: Way,
    bell: &Notify,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let busy = match round(services, carriers, way, &stop).await {
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
            () = bell.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Sends what is due and goes one way, a few at a time, as far as the node does not drain:
/// then the rest is let go, for another one or for the restart. Says how many were claimed.
///
/// # Errors
/// The database could not.
pub async fn round(
    services: &Services,
    carriers: &Carriers,
    way: Way,
    stop: &watch::Receiver<bool>,
) -> store::Result<usize> {
    if !carriers.carry(way, services.demo) {
        // They wait, and lose no try.
        return Ok(0);
    }
    // A look before the claim, so that an idle node does not write.
    let next = services.store.read().await?.outbox_next(Some(way)).await?;
    if next.is_none_or(|next| next > services.now()) {
        return Ok(0);
    }
    let mut tx = services.store.begin().await?;
    let now = services.now();
    let rows = tx.outbox_claim(Some(way), batch(way), LEASE, now).await?;
    tx.commit().await?;
    for row in &rows {
        if *stop.borrow() {
            let mut tx = services.store.begin().await?;
            tx.outbox_release(&row.id).await?;
            tx.commit().await?;
            continue;
        }
        send(services, carriers, row).await?;
    }
    Ok(rows.len())
}

async fn send(services: &Services, carriers: &Carriers, row: &OutboxRow) -> store::Result<()> {
    let now = services.now();
    if row.useless_after.is_some_and(|until| now >= until) {
        if matches!(row.way, Way::Sms | Way::Voice) {
            // Tried in vain until nobody waited for it any more.
            services.metrics.code(row.way, Sent::Never);
        }
        return end(services, row, Err("Too late to be of use")).await;
    }
    let Ok(message) = flows::outbox::open(services, row) else {
        return end(services, row, Err("the seal does not open")).await;
    };
    let sent = carry(services, carriers, row, &message).await?;
    if courier::code_of(&message).is_some() {
        let fared = match &sent {
            Ok(_) => Sent::Taken,
            Err(SendError::Later(_) | SendError::After { .. }) if row.attempts < MOST_TRIES => {
                Sent::Later
            }
            Err(_) => Sent::Never,
        };
        services.metrics.code(row.way, fared);
    }
    let (why, least) = match sent {
        Ok(carrier) => return end(services, row, Ok(&carrier.unwrap_or_default())).await,
        Err(SendError::Never(why)) => {
            tracing::warn!(id = %row.id, "a message will never arrive");
            return end(services, row, Err(&why)).await;
        }
        Err(SendError::Later(why)) => (why, 0),
        Err(SendError::After { why, seconds }) => (why, seconds),
    };
    if row.attempts >= MOST_TRIES {
        return end(services, row, Err("tried too often")).await;
    }
    tracing::warn!(id = %row.id, tries = row.attempts, "a message has to wait");
    let pause = (5_i64 << row.attempts.clamp(0, 10)).min(7200).max(least);
    let mut tx = services.store.begin().await?;
    tx.outbox_later(&row.id, &why, services.now().plus_seconds(pause))
        .await?;
    tx.commit().await
}

/// The message is sent, with the carrier's name for it, or given up, with the reason. A
/// page that waits for an SMS or a call hears of it.
async fn end(services: &Services, row: &OutboxRow, end: Result<&str, &str>) -> store::Result<()> {
    let mut tx = services.store.begin().await?;
    match end {
        Ok(carrier) => tx.outbox_sent(&row.id, carrier, services.now()).await?,
        Err(why) => tx.outbox_dead(&row.id, why, services.now()).await?,
    }
    let waits = matches!(row.way, Way::Sms | Way::Voice);
    let topic = flows::receipts::topic(&row.id);
    if waits {
        tx.tell_nodes(&topic).await?;
    }
    tx.commit().await?;
    if waits {
        services.board.ring(&topic);
    }
    Ok(())
}

/// Hands a message to what carries it, and gives the carrier's name for it, where it told
/// one. The demo's mailbox takes what nothing else does.
async fn carry(
    services: &Services,
    carriers: &Carriers,
    row: &OutboxRow,
    message: &Message,
) -> store::Result<Result<Option<String>, SendError>> {
    let (name, reader) = reader(services, row).await?;
    let said = match row.way {
        Way::Mail | Way::Push => None,
        Way::Sms => courier::short(message, &reader, &host(services)),
        Way::Voice => courier::spoken(message, &reader),
    };
    let envelope = |letter| Envelope {
        id: row.id.clone(),
        to: row.recipient.clone(),
        to_name: name.clone(),
        letter,
    };
    let carried = match row.way {
        Way::Mail => carriers.smtp.is_some(),
        Way::Push => false,
        Way::Sms | Way::Voice => carriers.gateway.is_some(),
    };
    if services.demo && !carried {
        let mut letter = courier::render(message, &reader);
        if let Some(said) = said {
            letter.text = said;
        }
        let delivered = demo::deliver(services, &envelope(letter), message, row.way).await;
        if let Err(e) = delivered {
            return Ok(Err(SendError::Later(e.to_string())));
        }
        if matches!(row.way, Way::Sms | Way::Voice) {
            // It lies in the mailbox, and what a gateway would tell of it is told.
            let receipt = Receipt {
                id: row.id.clone(),
                carrier: String::new(),
                told: demo::told(&row.recipient),
            };
            if flows::receipts::take(services, &receipt).await.is_err() {
                return Ok(Err(SendError::Later("the receipt was not kept".to_owned())));
            }
        }
        return Ok(Ok(None));
    }
    Ok(match row.way {
        Way::Push => super::push::send(services, &carriers.push, row, message)
            .await
            .map(|()| None),
        Way::Mail => match &carriers.smtp {
            Some(smtp) => smtp
                .send(&envelope(courier::render(message, &reader)))
                .await
                .map(|()| None),
            None => Err(SendError::Later("no mail server is named".to_owned())),
        },
        Way::Sms | Way::Voice => match (&carriers.gateway, &said) {
            (_, None) => Err(SendError::Never("this is not said by telephone".to_owned())),
            (None, _) => Err(SendError::Later("no gateway is named".to_owned())),
            (Some(gateway), Some(said)) => {
                let delivery = Delivery {
                    id: &row.id,
                    to: &row.recipient,
                    lang: row.lang,
                    parcel: match row.way {
                        Way::Sms => Parcel::Sms(said),
                        _ => Parcel::Call(said),
                    },
                };
                gateway.send(&delivery).await
            }
        },
    })
}

/// The name that a browser knows the portal by.
fn host(services: &Services) -> String {
    let url = url::Url::parse(&services.public_url).ok();
    let host = url.as_ref().and_then(url::Url::host_str);
    host.unwrap_or_default().to_owned()
}

/// Who reads it, and their name for the envelope.
async fn reader(services: &Services, row: &OutboxRow) -> store::Result<(Option<String>, Reader)> {
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
    Ok((name, reader))
}
