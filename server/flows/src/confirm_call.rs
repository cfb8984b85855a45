//! A caller without their phone shows the service desk with a passkey that it is them
//! (`security.md`, 5, proof 1). The agent reads a code out; the caller types it on the
//! portal, sees who asks, and uses the passkey.
//!
//! The code finds the check and proves nothing: what a stranger is read they can read
//! on, so the page says who asks and that nobody else should be helped with it.

use crate::{
    Fact, Failure, Reply, Request, Services, alarm,
    caller_checks::{evidence, keep},
    ceremony::Ctx,
    discovery, pages, passkeys,
    throttle::{self, Whose},
    when::Times,
};
use domain::{
    Refusal,
    caller::{CallerCheck, CallerProof, DIGITS, Evidence, verifies},
    ids::{CallerCheckId, RealmSlug},
    message::Alarm,
    paths,
    phone::Decision,
    policy::Realm,
    records::Person,
    refusal::{Code, Field},
    screen::{CallAsked, ConfirmCall, Screen, View},
    text,
};
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Whether a realm lets callers be verified by a passkey.
pub fn is_offered(realm: &Realm) -> bool {
    realm.caller.accepts.contains(&CallerProof::Passkey)
}

fn door(services: &Services, realm: &str) -> Result<Arc<Realm>, Failure> {
    let realm = services.realm(realm)?;
    if is_offered(&realm) {
        Ok(realm)
    } else {
        Err(Failure::NotFound)
    }
}

fn show(ctx: Ctx<'_>, screen: ConfirmCall, refusals: Vec<Refusal>) -> Reply {
    let path = paths::confirm_call(&ctx.realm.slug);
    let frame = pages::frame(ctx.services, ctx.request, Some(ctx.realm), None, path);
    Reply::show(View {
        refusals,
        ..pages::view(frame, Screen::ConfirmCall(screen))
    })
}

/// What was answered is not kept: the check waits no more.
fn over(ctx: Ctx<'_>) -> Reply {
    let refusal = Refusal::page(Code::StartAgain);
    show(ctx, ConfirmCall::Code, vec![refusal])
}

/// The page: it asks for the code.
///
/// # Errors
/// [`Failure::NotFound`] where no caller is verified by a passkey.
pub fn page(services: &Services, request: &Request, slug: &RealmSlug) -> Result<Reply, Failure> {
    let realm = door(services, slug.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    Ok(show(ctx, ConfirmCall::Code, Vec::new()))
}

/// The code that an agent read out: who asks, and what the passkey has to answer.
///
/// # Errors
/// See [`page`]; the database could not.
pub async fn find(
    services: &Services,
    request: &Request,
    realm: String,
    code: String,
) -> Result<Reply, Failure> {
    let realm = door(services, &realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let refused = |code| {
        let refusal = Refusal::at(Field::Code, code);
        Ok(show(ctx, ConfirmCall::Code, vec![refusal]))
    };
    let typed = match text::digits(&code, DIGITS) {
        Ok(typed) => typed,
        Err(code) => return refused(code),
    };
    // Guesses count against where they come from: the code names nobody yet.
    let whose = Whose::Unnamed(&realm.slug);
    let tries = match throttle::take_call_code(services, request, whose).await? {
        Ok(tries) => tries,
        Err(code) => return refused(code),
    };
    let now = services.now();
    let mut conn = services.store.read().await?;
    let check = conn.caller_check_by_code(&realm.slug, &typed, now).await?;
    drop(conn);
    let Some(check) = check.filter(|check| check.waits(now)) else {
        return refused(Code::WrongCode);
    };
    let mut tx = services.store.begin().await?;
    if tx.caller_check_seen(&check.id, now).await? {
        // Once per check: a code of one's own opens no way to guess on.
        tries.give_back(&mut tx).await?;
    }
    tx.commit().await?;
    asked(ctx, &check, Vec::new()).await
}

/// Who asks, with a challenge of its own: the one before is void.
async fn asked(
    ctx: Ctx<'_>,
    check: &CallerCheck,
    refusals: Vec<Refusal>,
) -> Result<Reply, Failure> {
    let lang = ctx.request.lang(Some(ctx.realm));
    let times = Times::of(ctx.services, ctx.request, ctx.realm, lang);
    let mut tx = ctx.services.store.begin().await?;
    // Asked of nobody by name: the page tells nobody which passkeys there are (XD13).
    let question = passkeys::discover(ctx)?;
    tx.caller_check_state(&check.id, &question.state).await?;
    let agent = tx.person(&check.agent).await?;
    let call = tx.call(&check.call).await?;
    tx.commit().await?;
    let screen = CallAsked {
        id: check.id.as_str().to_owned(),
        code: check.code.clone(),
        agent: agent.map(|a| a.name).unwrap_or_default(),
        call: call.map(|call| call.name()).unwrap_or_default(),
        since: times.clock(check.created_at),
        options: question.options,
    };
    Ok(show(ctx, ConfirmCall::Asked(screen), refusals))
}

/// The caller's answer: the passkey's, or "I did not call".
///
/// # Errors
/// See [`page`]; [`Failure::BadRequest`] for what is neither.
pub async fn answer(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    code: String,
    decision: String,
    credential: String,
) -> Result<Reply, Failure> {
    let realm = door(services, &realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut conn = services.store.read().await?;
    let check = conn.caller_check(&CallerCheckId::new(id)).await?;
    let who = match &check {
        Some(check) => conn.person(&check.person).await?,
        None => None,
    };
    drop(conn);
    let (Some(check), Some(who)) = (check, who) else {
        return Ok(over(ctx));
    };
    let knows: bool = code.as_bytes().ct_eq(check.code.as_bytes()).into();
    let is_here = who.realm == realm.slug && who.is_enabled() && who.frozen_at.is_none();
    let is_passkey = check.proof == CallerProof::Passkey;
    if !knows || !is_here || !is_passkey || !check.waits(services.now()) {
        return Ok(over(ctx));
    }
    match Decision::parse(&decision) {
        Some(Decision::Accept) => accept(ctx, &check, &who, credential).await,
        Some(Decision::NotMe) => deny(ctx, &check, &who).await,
        _ => Err(Failure::BadRequest("decision")),
    }
}

async fn accept(
    ctx: Ctx<'_>,
    check: &CallerCheck,
    who: &Person,
    credential: String,
) -> Result<Reply, Failure> {
    let (services, now) = (ctx.services, ctx.services.now());
    // Taken out before the answer is looked at (XD01).
    let mut tx = services.store.begin().await?;
    let state = tx.caller_check_state_take(&check.id).await?;
    tx.commit().await?;
    let found = match discovery::evaluate(ctx, state, &credential).await? {
        Ok(found) if found.who.id == who.id => found,
        Ok(_) => return asked(ctx, check, vec![Refusal::page(Code::PasskeyUnknown)]).await,
        Err((_, code)) => return asked(ctx, check, vec![Refusal::page(code)]).await,
    };
    if !verifies(CallerProof::Passkey, &found.factor, now) {
        return asked(ctx, check, vec![Refusal::page(Code::NoProofToCheck)]).await;
    }
    let mut fact = Fact::begin(ctx).await?;
    let factor = found.factor.id;
    if !fact.tx().factor_secret(&factor, &found.record).await? {
        // Removed or suspended in this moment.
        drop(fact);
        return asked(ctx, check, vec![Refusal::page(Code::PasskeyUnknown)]).await;
    }
    fact.tx().factor_used(&factor, now).await?;
    found.tries.give_back(fact.tx()).await?;
    let evidence = Evidence {
        factor: Some(factor),
        ..evidence(ctx, check, Decision::Accept)
    };
    if !keep(&mut fact, check, &evidence).await? {
        drop(fact);
        return Ok(over(ctx));
    }
    fact.commit().await?;
    Ok(show(ctx, ConfirmCall::Confirmed, Vec::new()))
}

/// Somebody was read the code who did not call: what they say counts at once, and
/// freezes nothing, for they have proved nothing.
async fn deny(ctx: Ctx<'_>, check: &CallerCheck, who: &Person) -> Result<Reply, Failure> {
    let mut fact = Fact::begin(ctx).await?;
    let evidence = evidence(ctx, check, Decision::NotMe);
    if !keep(&mut fact, check, &evidence).await? {
        drop(fact);
        return Ok(over(ctx));
    }
    alarm::raise(&mut fact, &who.realm, Alarm::Denied, who).await?;
    fact.commit().await?;
    Ok(show(ctx, ConfirmCall::Denied, Vec::new()))
}
