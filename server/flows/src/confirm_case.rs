//! A manager vouches for somebody who opened a case: signed in at their own
//! realm, with a code that the person reads to them (`security.md`, 5, proof 3).
//! It shortens the wait after an approval and decides nothing.

use crate::{
    Fact, Failure, Reply, Request, Services,
    account::LockedAccount,
    cases::{self, advance},
    ceremony::Ctx,
    outbox,
    pages::{self, Query},
    throttle::{self, Whose},
    when::Times,
};
use domain::{
    Refusal,
    cases::{Case, Event},
    ids::{CaseId, RealmSlug},
    message::Message,
    paths,
    policy::Realm,
    records::{Person, Session},
    refusal::{Code, Field},
    screen::{ConfirmCase, News, Screen, View},
    secret::Secret,
    text,
};
use std::sync::Arc;
use subtle::ConstantTimeEq;

const DIGITS: usize = 6;

/// The code that the person reads to their manager; empty where nobody waits for
/// it. It is made anew each time from the case, so that nothing has to be kept.
pub fn code(services: &Services, who: &Person, case: &Case) -> String {
    if who.manager.is_none() || !waits(case) {
        return String::new();
    }
    made(services, case)
}

fn made(services: &Services, case: &Case) -> String {
    let mac = services
        .vault
        .mac("confirm-case", case.id.as_str().as_bytes());
    let number = u64::from_str_radix(&mac[..15], 16).unwrap_or_default();
    format!("{:0DIGITS$}", number % 10_u64.pow(6))
}

const fn waits(case: &Case) -> bool {
    case.stage.waits() && case.proof.is_none()
}

/// Asks the manager on record, where there is one who can sign in.
///
/// # Errors
/// The database could not.
pub async fn ask(fact: &mut Fact<'_>, who: &Person, case: &Case) -> Result<(), Failure> {
    let Some(manager) = who.manager.as_ref().filter(|_| waits(case)) else {
        return Ok(());
    };
    let manager = fact.tx().person(manager).await?;
    let Some(manager) = manager.filter(|m| m.is_enabled() && !m.email.is_empty()) else {
        return Ok(());
    };
    let services = fact.ctx().services;
    let url = services.url(&paths::confirm_case(&manager.realm, case.id.as_str()));
    let message = Message::ConfirmCase {
        name: case.name(),
        who: who.called().to_owned(),
        link: Secret::new(url),
    };
    outbox::put(fact, &manager, &manager.email, &message).await?;
    Ok(())
}

struct Found {
    session: Session,
    own: Arc<Realm>,
    realm: Arc<Realm>,
    who: Person,
    case: Case,
}

/// The case of somebody who reports to the caller; for everybody else it is not
/// there.
async fn find(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &CaseId,
) -> Result<Found, Failure> {
    let own = services.realm(slug.as_str())?;
    let session = services.signed_in(request, &own).await?;
    let mut conn = services.store.read().await?;
    let case = conn.case(id).await?.ok_or(Failure::NotFound)?;
    let who = conn.person(&case.person).await?.ok_or(Failure::NotFound)?;
    drop(conn);
    if who.manager.as_ref() != Some(&session.person.id) {
        return Err(Failure::NotFound);
    }
    Ok(Found {
        realm: services.realm(case.realm.as_str())?,
        session,
        own,
        who,
        case,
    })
}

fn show(services: &Services, request: &Request, found: &Found) -> View {
    let Found {
        session,
        own,
        realm,
        who,
        case,
    } = found;
    let path = paths::confirm_case(&own.slug, case.id.as_str());
    let frame = pages::frame(services, request, Some(own), Some(session), path);
    let lang = frame.lang;
    let screen = ConfirmCase {
        id: case.id.as_str().to_owned(),
        name: case.name(),
        kind: case.kind,
        person: who.called().to_owned(),
        at: realm.name.get(lang).to_owned(),
        asked: Times::of(services, request, realm, lang).moment(case.opened_at),
        waits: waits(case),
    };
    pages::view(frame, Screen::ConfirmCase(screen))
}

/// The page.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] for everybody but the manager.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &CaseId,
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
pub async fn confirm(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    word: String,
    code: String,
) -> Result<Reply, Failure> {
    let own = services.realm(&realm)?;
    let found = find(services, request, &own.slug, &CaseId::new(id)).await?;
    let refused = |found: &Found, refusal: Refusal| {
        let mut view = show(services, request, found);
        view.refusals = vec![refusal];
        Ok(Reply::show(view))
    };
    let (event, news) = match word.as_str() {
        "yes" => {
            if let Err(code) = judge(services, request, &found, &code).await? {
                return refused(&found, Refusal::at(Field::Code, code));
            }
            let manager = found.session.person.id.clone();
            (Event::Confirm(manager), News::CaseConfirmed)
        }
        "no" => (Event::Veto, News::CaseStopped),
        _ => return Err(Failure::BadRequest("word")),
    };
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let rules = cases::rules(ctx, found.case.kind)?;
    let by = &found.session.person.id;
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::of_session(&mut fact, &found.session).await?;
    let held_back = account.held_back(&found.session.proven, services.now());
    if let Some(code) = held_back.filter(|_| event != Event::Veto) {
        drop(fact);
        return refused(&found, Refusal::page(code));
    }
    match advance(&mut fact, found.case.clone(), event, rules, Some(by)).await? {
        Ok(case) => {
            fact.commit().await?;
            let to = paths::confirm_case(&found.own.slug, case.id.as_str());
            Ok(Reply::go(pages::with_news(&to, &news)))
        }
        Err(refusal) => {
            drop(fact);
            let found = find(services, request, &own.slug, &found.case.id).await?;
            refused(&found, refusal)
        }
    }
}

/// Judges the code; guesses count against the manager's own account.
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
    let tries = match throttle::take_case_code(services, request, whose).await? {
        Ok(tries) => tries,
        Err(code) => return Ok(Err(code)),
    };
    let right: bool = typed
        .as_bytes()
        .ct_eq(made(services, &found.case).as_bytes())
        .into();
    if !right {
        return Ok(Err(Code::WrongCode));
    }
    let mut tx = services.store.begin().await?;
    tries.give_back(&mut tx).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
