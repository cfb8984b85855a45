//! Putting messages on their way: the row commits with the change, a worker
//! sends it later. What it says lies sealed until then.

use crate::{Fact, Failure, Request, Services, infra::browser_name, lines, request::token_hash};
use domain::{
    FactorKind, Timestamp,
    link::Purpose,
    message::{Asked, Message, Notice, Undo, Way},
    paths,
    records::{Link, OutboxRow, Person},
    secret::Secret,
};

fn context(id: &str) -> String {
    format!("outbox/{id}")
}

/// Puts a message to one address into the outbox; gives its id.
///
/// # Errors
/// The database could not.
pub async fn put(
    fact: &mut Fact<'_>,
    person: &Person,
    recipient: &str,
    message: &Message,
) -> Result<String, Failure> {
    let now = fact.ctx().services.now();
    insert(fact, person, recipient, message, message.way(), now).await
}

/// [`put`], to a telephone: as an SMS or as a call.
///
/// # Errors
/// The database could not.
pub async fn put_by(
    fact: &mut Fact<'_>,
    person: &Person,
    number: &str,
    message: &Message,
    way: Way,
) -> Result<String, Failure> {
    let now = fact.ctx().services.now();
    insert(fact, person, number, message, way, now).await
}

/// [`put`], not to be sent before a moment.
///
/// # Errors
/// The database could not.
pub async fn put_at(
    fact: &mut Fact<'_>,
    person: &Person,
    recipient: &str,
    message: &Message,
    send_at: Timestamp,
) -> Result<String, Failure> {
    insert(fact, person, recipient, message, message.way(), send_at).await
}

async fn insert(
    fact: &mut Fact<'_>,
    person: &Person,
    recipient: &str,
    message: &Message,
    way: Way,
    send_at: Timestamp,
) -> Result<String, Failure> {
    let services = fact.ctx().services;
    let now = services.now();
    let id = services.random.id(now);
    let plain = serde_json::to_vec(message).map_err(|e| Failure::unavailable(&e))?;
    let row = OutboxRow {
        sealed: services.vault.seal(&context(&id), &plain, &services.random),
        id,
        person: Some(person.id.clone()),
        realm: person.realm.clone(),
        recipient: recipient.to_owned(),
        lang: person.lang,
        way,
        created_at: now,
        useless_after: message.useless_after(),
        attempts: 0,
        send_at,
    };
    fact.tx().outbox_insert(&row, message.slug()).await?;
    fact.ring();
    Ok(row.id)
}

/// Opens a message that is about to be sent.
///
/// # Errors
/// The key is gone, or the row was tampered with.
pub fn open(services: &Services, row: &OutboxRow) -> Result<Message, Failure> {
    let plain = services.vault.open(&context(&row.id), &row.sealed)?;
    serde_json::from_slice(&plain).map_err(|e| Failure::unavailable(&e))
}

/// Which browser asked.
pub fn asked(services: &Services, request: &Request) -> Asked {
    Asked {
        browser: browser_name::describe(&request.agent),
        address: request.address.clone(),
        at: services.now(),
    }
}

/// Every address that hears of changes in an account, each once; `also` as for
/// [`notify`].
///
/// # Errors
/// The database could not.
pub async fn recipients(
    fact: &mut Fact<'_>,
    person: &Person,
    also: &[&str],
) -> Result<Vec<String>, Failure> {
    let mut recipients = Vec::new();
    if !person.email.is_empty() {
        recipients.push(person.email.clone());
    }
    let further = fact.tx().addresses(&person.id).await?;
    recipients.extend(further.into_iter().map(|(_, email)| email));
    recipients.extend(also.iter().map(|&email| email.to_owned()));
    let mut seen = std::collections::BTreeSet::new();
    recipients.retain(|email| seen.insert(email.clone()));
    Ok(recipients)
}

/// Tells a telephone that codes of a kind go elsewhere from now on: as an SMS, or by a call
/// to what shows none.
///
/// # Errors
/// The database could not.
pub async fn tell_line(
    fact: &mut Fact<'_>,
    person: &Person,
    kind: FactorKind,
    number: &str,
) -> Result<(), Failure> {
    let message = Message::LineLeft {
        at: fact.ctx().services.now(),
    };
    let way = match kind {
        FactorKind::Sms => Way::Sms,
        _ => Way::Voice,
    };
    lines::use_up(fact, number).await?;
    put_by(fact, person, number, &message, way).await?;
    Ok(())
}

/// Tells a person on every address for notices what changed, each with a link
/// to "this was not me"; `also` names those that are none of them: one that was
/// one until now, the contact of the person's partner.
///
/// # Errors
/// The database could not.
pub async fn notify(
    fact: &mut Fact<'_>,
    person: &Person,
    what: Notice,
    also: &[&str],
) -> Result<(), Failure> {
    notify_with(fact, person, what, also, None).await
}

/// [`notify`], with the way back from the change.
///
/// # Errors
/// The database could not.
pub async fn notify_with(
    fact: &mut Fact<'_>,
    person: &Person,
    what: Notice,
    also: &[&str],
    undo: Option<Undo>,
) -> Result<(), Failure> {
    let ctx = fact.ctx();
    let services = ctx.services;
    let now = services.now();
    for recipient in recipients(fact, person, also).await? {
        let token = services.random.token();
        let message = Message::Notice {
            what: what.clone(),
            at: now,
            asked: asked(services, ctx.request),
            not_me: Secret::new(services.url(&paths::link(
                &ctx.realm.slug,
                Purpose::NotMe,
                token.reveal(),
            ))),
            undo: undo.clone(),
        };
        let outbox = put(fact, person, &recipient, &message).await?;
        let link = Link {
            id: services.random.id(now),
            person: person.id.clone(),
            purpose: Purpose::NotMe,
            created_at: now,
            expires_at: now.plus_seconds(30 * 24 * 3600),
            used_at: None,
            voided_at: None,
            opened_at: None,
            subject: String::new(),
        };
        let hash = token_hash(token.reveal());
        fact.tx()
            .link_insert(&link, &ctx.realm.slug, &hash, "", &outbox)
            .await?;
    }
    Ok(())
}
