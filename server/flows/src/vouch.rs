//! A manager says whether it is somebody of theirs who calls the service desk: signed
//! in at their own realm, with a code that the caller reads to them (`security.md`, 5,
//! proof 3). The pattern is that of [`crate::confirm_case`].

use crate::{
    Fact, Failure, Reply, Request, Services,
    account::LockedAccount,
    caller_checks::{evidence, keep},
    cases,
    ceremony::Ctx,
    not_me, outbox,
    pages::{self, Query},
    throttle::{self, Whose},
    when::Times,
};
use domain::{
    Refusal,
    call::Call,
    caller::{CallerCheck, CallerProof, DIGITS, Evidence, MOST_WRONG},
    ids::{CallerCheckId, RealmSlug},
    message::{Message, Notice},
    paths,
    phone::Decision,
    policy::Realm,
    records::{Person, Session},
    refusal::{Code, Field},
    screen::{News, Screen, View, Vouch},
    secret::Secret,
    text,
};
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Asks the manager; `false` where they cannot be reached.
///
/// # Errors
/// The database could not.
pub async fn ask(
    fact: &mut Fact<'_>,
    who: &Person,
    call: &Call,
    agent: &Person,
    check: &CallerCheck,
) -> Result<bool, Failure> {
    let manager = match &who.manager {
        Some(manager) => fact.tx().person(manager).await?,
        None => None,
    };
    let Some(manager) =
        manager.filter(|m| m.is_enabled() && m.frozen_at.is_none() && !m.email.is_empty())
    else {
        return Ok(false);
    };
    let page = paths::vouch(&manager.realm, check.id.as_str());
    let message = Message::Vouch {
        call: call.name(),
        who: who.called().to_owned(),
        agent: agent.called().to_owned(),
        link: Secret::new(fact.ctx().services.url(&page)),
        valid_until: check.expires_at(),
    };
    outbox::put(fact, &manager, &manager.email, &message).await?;
    Ok(true)
}

struct Found {
    session: Session,
    own: Arc<Realm>,
    realm: Arc<Realm>,
    who: Person,
    agent: String,
    call: String,
    check: CallerCheck,
}

/// The check of somebody who reports to the caller; for everybody else it is not there.
async fn find(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &CallerCheckId,
) -> Result<Found, Failure> {
    let own = services.realm(slug.as_str())?;
    let session = services.signed_in(request, &own).await?;
    let mut conn = services.store.read().await?;
    let check = conn.caller_check(id).await?;
    let check = check.filter(|check| check.proof == CallerProof::Manager);
    let check = check.ok_or(Failure::NotFound)?;
    let who = conn.person(&check.person).await?.ok_or(Failure::NotFound)?;
    let agent = conn.person(&check.agent).await?;
    let call = conn.call(&check.call).await?;
    drop(conn);
    let me = &session.person.id;
    if who.manager.as_ref() != Some(me) || check.agent == *me {
        return Err(Failure::NotFound);
    }
    Ok(Found {
        realm: services.realm(who.realm.as_str())?,
        agent: agent.map(|a| a.called().to_owned()).unwrap_or_default(),
        call: call.map(|call| call.name()).unwrap_or_default(),
        session,
        own,
        who,
        check,
    })
}

fn show(services: &Services, request: &Request, found: &Found) -> View {
    let Found {
        session,
        own,
        realm,
        who,
        check,
        ..
    } = found;
    let path = paths::vouch(&own.slug, check.id.as_str());
    let frame = pages::frame(services, request, Some(own), Some(session), path);
    let lang = frame.lang;
    let screen = Vouch {
        id: check.id.as_str().to_owned(),
        person: who.called().to_owned(),
        at: realm.name.get(lang).to_owned(),
        agent: found.agent.clone(),
        call: found.call.clone(),
        since: Times::of(services, request, realm, lang).clock(check.created_at),
        waits: check.waits(services.now()),
    };
    pages::view(frame, Screen::Vouch(screen))
}

/// The page.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] for everybody but the manager.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &CallerCheckId,
    query: &Query,
) -> Result<Reply, Failure> {
    let found = find(services, request, slug, id).await?;
    let mut view = show(services, request, &found);
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// The manager's word: yes, with the code, or no.
///
/// # Errors
/// See [`page`]; [`Failure::BadRequest`] for what is neither.
pub async fn answer(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    word: String,
    code: String,
) -> Result<Reply, Failure> {
    let own = services.realm(&realm)?;
    let found = find(services, request, &own.slug, &CallerCheckId::new(id)).await?;
    let refused = |refusal: Refusal| {
        let mut view = show(services, request, &found);
        view.refusals = vec![refusal];
        Ok(Reply::show(view))
    };
    let (decision, news) = match word.as_str() {
        "yes" => (Decision::Accept, News::Vouched),
        "no" => (Decision::NotMe, News::VouchRefused),
        _ => return Err(Failure::BadRequest("word")),
    };
    if !found.check.waits(services.now()) {
        return refused(Refusal::page(Code::ExpiredCode));
    }
    if decision == Decision::Accept
        && let Err(code) = judge(services, request, &found, &code).await?
    {
        return refused(Refusal::at(Field::Code, code));
    }
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let manager = &found.session.person;
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::of_session(&mut fact, &found.session).await?;
    // Whose account is frozen, or who just got back in, vouches for nobody.
    let held_back = account.held_back(&found.session.proven, services.now());
    if let Some(code) = held_back.filter(|_| decision == Decision::Accept) {
        drop(fact);
        return refused(Refusal::page(code));
    }
    let evidence = Evidence {
        manager: Some(manager.id.clone()),
        ..evidence(ctx, &found.check, decision)
    };
    if !keep(&mut fact, &found.check, &evidence).await? {
        drop(fact);
        return refused(Refusal::page(Code::ExpiredCode));
    }
    if decision == Decision::Accept {
        let manager = manager.called().to_owned();
        outbox::notify(
            &mut fact,
            &found.who,
            Notice::ManagerVouched { manager },
            &[],
        )
        .await?;
    } else {
        not_me::freeze(&mut fact, &found.who).await?;
        cases::veto_open(&mut fact, &found.who).await?;
        outbox::notify(&mut fact, &found.who, Notice::Frozen, &[]).await?;
    }
    fact.commit().await?;
    let to = paths::vouch(&own.slug, found.check.id.as_str());
    Ok(Reply::go(pages::with_news(&to, &news)))
}

/// Judges the code; guesses count against the manager's own account, and a few of them
/// end the check.
async fn judge(
    services: &Services,
    request: &Request,
    found: &Found,
    typed: &str,
) -> Result<Result<(), Code>, Failure> {
    let typed = match text::digits(typed, DIGITS) {
        Ok(typed) => typed,
        Err(code) => return Ok(Err(code)),
    };
    let whose = Whose::Person(&found.session.person.id);
    let tries = match throttle::take_call_code(services, request, whose).await? {
        Ok(tries) => tries,
        Err(code) => return Ok(Err(code)),
    };
    // Counted before it is compared, in a transaction of its own.
    let mut tx = services.store.begin().await?;
    let may = tx.caller_check_try(&found.check.id, MOST_WRONG).await?;
    tx.commit().await?;
    let is_right: bool = typed.as_bytes().ct_eq(found.check.code.as_bytes()).into();
    if !may || !is_right {
        return Ok(Err(Code::WrongCode));
    }
    let mut tx = services.store.begin().await?;
    tries.give_back(&mut tx).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
