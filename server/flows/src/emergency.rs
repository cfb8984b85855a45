//! The emergency password: issued by the desk to a caller whom it verified
//! ([`crate::desk`]), proved by that caller after their phone ([`crate::reset_pin`]).

use crate::{
    Fact, Failure, alarm, audit,
    ceremony::Ctx,
    outbox,
    proof::{Held, Spend},
    throttle::Tries,
};
use domain::{
    Timestamp,
    audit::{Action, Event},
    emergency::{Emergency, Issued, LENGTH, MOST_WRONG, REQUEST_LENGTH},
    ids::PersonId,
    message::{Alarm, Notice},
    policy::ResetPinRules,
    records::Person,
    refusal::Code,
    secret::Secret,
    text,
};

/// The rules of the realm at hand.
///
/// # Errors
/// [`Failure::NotFound`] where no PIN is reset.
pub fn rules<'a>(ctx: Ctx<'a>) -> Result<&'a ResetPinRules, Failure> {
    ctx.realm.reset_pin.as_ref().ok_or(Failure::NotFound)
}

/// What a page listens to that waits for an approval.
pub fn topic(id: &str) -> String {
    format!("emergency {id}")
}

/// Who issues it, resting on what.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The agent.
    pub agent: &'a Person,
    /// The evidence that the caller is who they say.
    pub evidence: &'a str,
    /// What was issued lately.
    pub issued: Issued,
}

/// Issues one, whose slow hash the caller made; the one before is void. Every address
/// of the person hears of it.
///
/// # Errors
/// The database could not.
pub async fn issue(
    fact: &mut Fact<'_>,
    who: &Person,
    by: By<'_>,
    hash: String,
) -> Result<Emergency, Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    let one = Emergency {
        id: ctx.services.random.id(now),
        person: who.id.clone(),
        hash,
        request: String::new(),
        issued_by: Some(by.agent.id.clone()),
        at: now,
        expires_at: now.plus_seconds(rules(ctx)?.minutes * 60),
        wrong: 0,
    };
    fact.tx().emergency_void(&who.id, now).await?;
    fact.tx()
        .emergency_insert(&one, &who.realm, Some(by.evidence))
        .await?;
    told(fact, who, by, one.expires_at).await?;
    Ok(one)
}

/// Approves what waits in the person's browser under a code: it works from now on,
/// there alone. `false` when nothing waits any more.
///
/// # Errors
/// The database could not.
pub async fn approve(
    fact: &mut Fact<'_>,
    who: &Person,
    by: By<'_>,
    asked: &Emergency,
) -> Result<bool, Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    let until = now.plus_seconds(rules(ctx)?.minutes * 60);
    let (agent, evidence) = (&by.agent.id, by.evidence);
    let done = fact
        .tx()
        .emergency_approve(&asked.id, agent, evidence, until, now)
        .await?;
    if done {
        told(fact, who, by, until).await?;
        fact.tells(&topic(&asked.id));
    }
    Ok(done)
}

async fn told(
    fact: &mut Fact<'_>,
    who: &Person,
    by: By<'_>,
    valid_until: Timestamp,
) -> Result<(), Failure> {
    let event = Event::done(Action::EmergencyIssued, who.id.clone()).because(by.evidence);
    audit::record(fact, Some(&by.agent.id), &event).await?;
    outbox::notify(fact, who, Notice::EmergencyIssued { valid_until }, &[]).await?;
    if by.issued.is_last() {
        alarm::raise(fact, &who.realm, Alarm::ManyIssued, by.agent).await?;
    }
    Ok(())
}

/// Makes a person's void, and tells them; `by` is who of the desk did, `None` where it
/// was what happened to it. `false` when there is none.
///
/// # Errors
/// The database could not.
pub async fn void(
    fact: &mut Fact<'_>,
    who: &Person,
    by: Option<&PersonId>,
) -> Result<bool, Failure> {
    let now = fact.ctx().services.now();
    let stood = fact.tx().emergency_standing(&who.id).await?;
    if !fact.tx().emergency_void(&who.id, now).await? {
        return Ok(false);
    }
    if let Some(stood) = &stood {
        fact.tells(&topic(&stood.id));
    }
    // What nobody approved, or was too old already, is no news.
    if stood.is_some_and(|one| one.issued_by.is_some() && now < one.expires_at) {
        let event = Event::done(Action::EmergencyVoided, who.id.clone());
        audit::record(fact, by, &event).await?;
        outbox::notify(fact, who, Notice::EmergencyVoided, &[]).await?;
    }
    Ok(true)
}

/// Asks the desk to approve this browser: a code for its person to read out, which
/// opens nothing. One that was asked for before is void.
///
/// # Errors
/// The database could not.
pub async fn ask(fact: &mut Fact<'_>, who: &PersonId) -> Result<String, Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    let one = Emergency {
        id: services.random.id(now),
        person: who.clone(),
        hash: String::new(),
        request: services
            .random
            .crockford(REQUEST_LENGTH)
            .reveal()
            .to_owned(),
        issued_by: None,
        at: now,
        expires_at: now.plus_seconds(rules(ctx)?.minutes * 60),
        wrong: 0,
    };
    // Two tabs ask one after the other.
    fact.tx().person_lock(who).await?;
    fact.tx().emergency_void(who, now).await?;
    fact.tx()
        .emergency_insert(&one, &ctx.realm.slug, None)
        .await?;
    let event = Event::done(Action::EmergencyAsked, who.clone());
    audit::record(fact, Some(who), &event).await?;
    Ok(one.id)
}

/// What was typed. The try is taken before it is compared; with the last one it is
/// void, and its person hears of it.
///
/// # Errors
/// The database or the hash queue could not.
pub async fn evaluate(
    ctx: Ctx<'_>,
    who: &Person,
    typed: &Secret,
) -> Result<Result<Held, Code>, Failure> {
    let services = ctx.services;
    let typed = match text::crockford(typed.reveal(), LENGTH) {
        Ok(typed) => Secret::new(typed),
        Err(code) => return Ok(Err(code)),
    };
    let now = services.now();
    let stands = services
        .store
        .read()
        .await?
        .emergency_standing(&who.id)
        .await?;
    let Some(one) = stands.filter(|one| one.is_live(now) && !one.hash.is_empty()) else {
        return Ok(Err(Code::EmergencyGone));
    };
    let mut tx = services.store.begin().await?;
    let taken = tx.emergency_try(&one.id, MOST_WRONG, now).await?;
    tx.commit().await?;
    let Some(taken) = taken else {
        return Ok(Err(Code::EmergencyGone));
    };
    if services
        .hasher
        .verify(&typed, Some(&one.hash))
        .await?
        .matches
    {
        return Ok(Ok(proved(one.id)));
    }
    if taken < MOST_WRONG {
        return Ok(Err(Code::WrongCode));
    }
    let mut fact = Fact::begin(ctx).await?;
    void(&mut fact, who, None).await?;
    fact.commit().await?;
    Ok(Err(Code::EmergencyGone))
}

/// A proof by what the desk issued.
pub const fn proved(id: String) -> Held {
    Held {
        factor: None,
        spend: Some(Spend::Emergency(id)),
        tries: Tries::none(),
    }
}
