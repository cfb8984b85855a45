//! One person as the desk sees them: factors, sessions, cases, messages, history;
//! and what the desk may do for them. Whatever is done, they are told.

use super::{Desk, queue};
use crate::{
    Fact, Failure, Reply, Request, Services, audit, capture_address, cases,
    ceremony::Ctx,
    infra::browser_name,
    outbox,
    pages::{self, Query},
    people, reset_password, throttle, when,
};
use domain::{
    Timestamp,
    audit::{Action, Event},
    cases::Stage,
    ids::{FactorId, PersonId},
    message::Notice,
    paths,
    policy::Realm,
    records::{OutboxSeen, Person},
    screen::{DeskFactor, DeskMessage, DeskPerson, MessageState, News, PersonChange, Screen, View},
    text,
};
use std::sync::Arc;

/// An address or a login that may be one; in full while a case is open
/// (`security.md`, 5: personal data is masked until there is a reason).
pub fn masked(address: &str, open: bool) -> String {
    if open || !address.contains('@') {
        address.to_owned()
    } else {
        text::mask_email(address)
    }
}

struct Found {
    desk: Desk,
    realm: Arc<Realm>,
    who: Person,
    /// Of staff themselves.
    is_staff: bool,
}

async fn find(services: &Services, request: &Request, id: &PersonId) -> Result<Found, Failure> {
    let desk = services.desk(request).await?;
    let mut conn = services.store.read().await?;
    let who = conn.person(id).await?.ok_or(Failure::NotFound)?;
    desk.serves(&who.realm)?;
    let is_staff = !conn.grants(id).await?.is_empty();
    drop(conn);
    Ok(Found {
        realm: services.realm(who.realm.as_str())?,
        desk,
        who,
        is_staff,
    })
}

/// The page. That it was looked at is written down.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::NotFound`] for people of other realms.
pub async fn page(
    services: &Services,
    request: &Request,
    id: &PersonId,
    query: &Query,
) -> Result<Reply, Failure> {
    let found = find(services, request, id).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let event = Event::done(Action::Viewed, found.who.id.clone());
    audit::record(&mut fact, Some(found.desk.id()), &event).await?;
    fact.commit().await?;
    let mut view = show(services, request, &found).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

async fn show(services: &Services, request: &Request, found: &Found) -> Result<View, Failure> {
    let Found {
        desk,
        realm,
        who,
        is_staff,
    } = found;
    let (id, now) = (&who.id, services.now());
    let mut conn = services.store.read().await?;
    let factors = conn.factors(id).await?;
    let left = conn.recovery_left(id).await?;
    let locked = conn.attempt_locked(&format!("p:{id}:%"), now).await?;
    let sessions = conn.sessions_of(id, now).await?;
    let cases = conn.cases_of(id, 20).await?;
    let messages = conn.outbox_of(id, 20).await?;
    let history = conn.audit_of(id, 30).await?;
    drop(conn);
    let path = paths::desk_person(id.as_str());
    let frame = pages::frame(services, request, None, Some(&desk.session), path);
    let lang = frame.lang;
    let say = |at| when::moment(realm, lang, at, now);
    let maybe = |at| when::maybe(realm, lang, at, now);
    let out_of_reach = desk.is_out_of_reach(who, *is_staff);
    let open = cases.iter().any(|c| !c.case.stage.is_over()) && !out_of_reach;
    let set_up = !factors.is_empty();
    let screen = DeskPerson {
        id: id.as_str().to_owned(),
        name: who.name.clone(),
        login: masked(&who.login, open),
        email: masked(&who.email, open),
        realm: realm.name.get(lang).to_owned(),
        slug: realm.slug.as_str().to_owned(),
        disabled: who.disabled_at.is_some(),
        frozen: who.frozen_at.is_some(),
        locked,
        protected: out_of_reach,
        acts: !out_of_reach,
        leads: desk.leads(&who.realm),
        address_code: capture_address::can_send_code(realm, who, &factors) == Some(true),
        factors: factors
            .iter()
            .map(|f| DeskFactor {
                id: f.id.as_str().to_owned(),
                kind: f.kind,
                name: f.name.clone(),
                added: say(f.created_at),
                used: maybe(f.used_at),
                ready: f.disabled_at.is_none(),
                probation: maybe(f.probation_until.filter(|until| *until > now)),
            })
            .collect(),
        recovery_left: u32::try_from(left).unwrap_or(0),
        sessions: sessions
            .iter()
            .map(|s| (browser_name::describe(&s.agent), say(s.opened_at)))
            .collect(),
        cases: cases
            .iter()
            .map(|listed| queue::row(services, lang, listed, now))
            .collect(),
        messages: messages
            .iter()
            .map(|m| DeskMessage {
                id: m.id.clone(),
                slug: m.slug.clone(),
                to: text::mask_email(&m.recipient),
                at: say(m.created_at),
                state: state_of(m, now),
                again: match m.slug.as_str() {
                    "invitation" => !set_up && realm.invitation_hours.is_some(),
                    "replace" => cases.iter().any(|c| c.case.is_usable(now)),
                    _ => false,
                },
            })
            .collect(),
        history: people::history(realm, lang, &history, now),
    };
    Ok(pages::view(frame, Screen::DeskPerson(Box::new(screen))))
}

fn state_of(m: &OutboxSeen, now: Timestamp) -> MessageState {
    match (m.sent_at, m.dead_at) {
        (Some(_), _) => MessageState::Sent,
        (_, Some(_)) => MessageState::Failed,
        _ if m.error.is_empty() && m.send_at > now => MessageState::Planned,
        _ => MessageState::Waiting,
    }
}

/// The person, for somebody who may act on them.
async fn reach(services: &Services, request: &Request, id: String) -> Result<Found, Failure> {
    let found = find(services, request, &PersonId::new(id)).await?;
    if found.desk.is_out_of_reach(&found.who, found.is_staff) {
        services.denied(request, &found.desk.session).await?;
    }
    Ok(found)
}

fn done(who: &Person, news: &News) -> Reply {
    let to = paths::desk_person(who.id.as_str());
    Reply::go(pages::with_news(&to, news))
}

/// Unlocks, ends sessions, lifts or sets a freeze.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::Forbidden`] for who is out of reach, and for
/// a freeze that only a lead lifts.
pub async fn change(
    services: &Services,
    request: &Request,
    id: String,
    change: String,
) -> Result<Reply, Failure> {
    let found = reach(services, request, id).await?;
    let (desk, who) = (&found.desk, &found.who);
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let now = services.now();
    if change == "address_code_sent" {
        let mut fact = Fact::begin(ctx).await?;
        capture_address::send_code(&mut fact, who).await?;
        let event = Event::done(Action::AddressCodeSent, who.id.clone());
        audit::record(&mut fact, Some(desk.id()), &event).await?;
        fact.commit().await?;
        return Ok(done(
            who,
            &News::PersonChanged(PersonChange::AddressCodeSent),
        ));
    }
    let (action, notice, change) = match change.as_str() {
        "unlocked" => (Action::Unlocked, Notice::Unlocked, PersonChange::Unlocked),
        "sessions_ended" => (
            Action::SessionsEnded,
            Notice::SessionsEnded,
            PersonChange::SessionsEnded,
        ),
        "freeze_lifted" if !desk.leads(&who.realm) => {
            return services.denied_reply(request, &desk.session).await;
        }
        "freeze_lifted" => (
            Action::FreezeLifted,
            Notice::FreezeLifted,
            PersonChange::FreezeLifted,
        ),
        _ => return Err(Failure::BadRequest("change")),
    };
    let mut fact = Fact::begin(ctx).await?;
    match change {
        PersonChange::Unlocked => throttle::unlock(fact.tx(), &who.id).await?,
        PersonChange::SessionsEnded => {
            fact.tx().sessions_end(&who.id, None, now).await?;
        }
        _ => fact.tx().person_freeze(&who.id, None).await?,
    }
    let event = Event::done(action, who.id.clone());
    audit::record(&mut fact, Some(desk.id()), &event).await?;
    outbox::notify(&mut fact, who, notice, &[]).await?;
    fact.commit().await?;
    Ok(done(who, &News::PersonChanged(change)))
}

/// Switches a factor off, or on again; both end what stands on it.
///
/// # Errors
/// See [`change`]; switching on is for who decides cases.
pub async fn switch_factor(
    services: &Services,
    request: &Request,
    id: String,
    factor: String,
    change: String,
) -> Result<Reply, Failure> {
    let found = reach(services, request, id).await?;
    let (desk, who) = (&found.desk, &found.who);
    let off = match change.as_str() {
        "suspend" => true,
        "resume" => false,
        _ => return Err(Failure::BadRequest("change")),
    };
    if !off && !desk.may(&who.realm, domain::role::Role::decides) {
        return services.denied_reply(request, &desk.session).await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let now = services.now();
    let mut fact = Fact::begin(ctx).await?;
    // Sign-ins that are under way saw another set of factors (XA19); also the
    // lock under which two agents do not both switch.
    fact.tx().person_bump(&who.id).await?;
    let factors = fact.tx().factors(&who.id).await?;
    let id = FactorId::new(factor);
    let factor = factors
        .into_iter()
        .find(|f| f.id == id && !f.kind.is_knowledge())
        .ok_or(Failure::NotFound)?;
    let news = if off {
        News::FactorSuspended
    } else {
        News::FactorResumed
    };
    if factor.disabled_at.is_some() == off {
        // A colleague was faster, with the same.
        return Ok(done(who, &news));
    }
    fact.tx().factor_disable(&id, off.then_some(now)).await?;
    fact.tx().sessions_end(&who.id, None, now).await?;
    let (kind, name) = (factor.kind, factor.name);
    let (action, notice) = if off {
        (
            Action::FactorSuspended,
            Notice::FactorSuspended { kind, name },
        )
    } else {
        (Action::FactorResumed, Notice::FactorResumed { kind, name })
    };
    let event = Event::done(action, who.id.clone()).with(kind);
    audit::record(&mut fact, Some(desk.id()), &event).await?;
    outbox::notify(&mut fact, who, notice, &[]).await?;
    fact.commit().await?;
    Ok(done(who, &news))
}

/// Sends a message again: a fresh link, for what a message said is wiped once it
/// is sent.
///
/// # Errors
/// See [`change`]; [`Failure::BadRequest`] for what cannot be sent again.
pub async fn resend(
    services: &Services,
    request: &Request,
    id: String,
    message: String,
) -> Result<Reply, Failure> {
    let found = reach(services, request, id).await?;
    let who = &found.who;
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let messages = fact.tx().outbox_of(&who.id, 200).await?;
    let message = messages.into_iter().find(|m| m.id == message);
    let message = message.ok_or(Failure::NotFound)?;
    match message.slug.as_str() {
        "invitation" => reset_password::invite_anew(&mut fact, who).await?,
        "replace" => {
            let case = fact.tx().case_open_of(&who.id).await?;
            let case = case
                .filter(|c| matches!(c.stage, Stage::Approved { .. }))
                .filter(|c| c.is_usable(services.now()))
                .ok_or(Failure::BadRequest("no window is open"))?;
            cases::mail_way_in(&mut fact, who, &case).await?;
        }
        _ => return Err(Failure::BadRequest("this is never sent again")),
    }
    let event = Event::done(Action::Resent, who.id.clone()).because(message.slug);
    audit::record(&mut fact, Some(found.desk.id()), &event).await?;
    fact.commit().await?;
    Ok(done(who, &News::Resent))
}
