//! Calling back: the portal calls the number on record, never one that the caller names,
//! and speaks digits that the agent does not see (`security.md`, 5, proof 2). Who answers
//! there reads them to the agent, whose typing them in is the evidence.

use super::{
    check::refused_at,
    person::{Found, find, show},
};
use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    caller_checks::{evidence, keep},
    ceremony::Ctx,
    lines, outbox,
};
use domain::{
    audit::{Action, Event},
    caller::{CallerCheck, CallerProof, DIGITS, MOST_WRONG},
    ids::PersonId,
    message::{Message, Notice, Way},
    number,
    phone::Decision,
    records::Person,
    refusal::Code,
    secret::Secret,
    text,
};
use subtle::ConstantTimeEq;

/// Has the number on record called, unless so many calls went there, or anywhere, that
/// none does now; the caller tells of that ([`lines::tell`]) when nothing else is left of
/// the fact.
///
/// # Errors
/// The database could not.
pub(super) async fn ask(
    fact: &mut Fact<'_>,
    who: &Person,
    agent: &Person,
    check: &CallerCheck,
) -> Result<Result<(), lines::Refused>, Failure> {
    if let Err(refused) = lines::take(fact, &who.number, true).await? {
        return Ok(Err(refused));
    }
    let message = Message::CallBack {
        code: Secret::new(check.code.clone()),
        agent: agent.called().to_owned(),
        valid_until: check.expires_at(),
    };
    outbox::put_by(fact, who, &who.number, &message, Way::Voice).await?;
    Ok(Ok(()))
}

/// The digits that the caller read to the agent.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::Forbidden`] for one's own account.
pub async fn told(
    services: &Services,
    request: &Request,
    id: String,
    told: String,
) -> Result<Reply, Failure> {
    let found = find(services, request, &PersonId::new(id)).await?;
    let agent = found.desk.id();
    if found.who.id == *agent {
        return services.denied_reply(request, &found.desk.session).await;
    }
    if found.who.frozen_at.is_some() {
        return refused_at(services, request, &found, Code::Frozen).await;
    }
    let digits = match text::digits(&told, DIGITS) {
        Ok(digits) => digits,
        Err(code) => return refused_at(services, request, &found, code).await,
    };
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let now = services.now();
    let mut tx = services.store.begin().await?;
    let check = tx.caller_check_last(&found.who.id).await?;
    let mine =
        |c: &CallerCheck| c.proof == CallerProof::CallBack && c.agent == *agent && c.waits(now);
    let Some(check) = check.filter(mine) else {
        drop(tx);
        return refused_at(services, request, &found, Code::ExpiredCode).await;
    };
    // Counted before it is compared, and committed whatever comes of it.
    let may = tx.caller_check_try(&check.id, MOST_WRONG).await?;
    tx.commit().await?;
    if !may {
        return refused_at(services, request, &found, Code::ExpiredCode).await;
    }
    let fits: bool = digits.as_bytes().ct_eq(check.code.as_bytes()).into();
    if !fits {
        let mut fact = Fact::begin(ctx).await?;
        let event = Event::refused(Action::CallerAnswered, Some(found.who.id.clone()))
            .because(CallerProof::CallBack.slug());
        audit::record(&mut fact, Some(agent), &event).await?;
        fact.commit().await?;
        let code = if check.wrong + 1 >= MOST_WRONG {
            Code::NewCodeNeeded
        } else {
            Code::WrongCode
        };
        return refused_at(services, request, &found, code).await;
    }
    kept(ctx, &found, &check).await
}

async fn kept(ctx: Ctx<'_>, found: &Found, check: &CallerCheck) -> Result<Reply, Failure> {
    let (services, request) = (ctx.services, ctx.request);
    let mut fact = Fact::begin(ctx).await?;
    let evidence = evidence(ctx, check, Decision::Accept);
    if !keep(&mut fact, check, &evidence).await? {
        drop(fact);
        return refused_at(services, request, found, Code::ExpiredCode).await;
    }
    let what = Notice::CalledBack {
        number: number::mask(&found.who.number),
    };
    outbox::notify(&mut fact, &found.who, what, &[]).await?;
    fact.commit().await?;
    Ok(Reply::show(show(services, request, found).await?))
}
