//! One person as the desk sees them: factors, sessions, cases, messages, history;
//! and what the desk may do for them. Whatever is done, they are told.

use super::{Desk, acts, call, caller::Caller, check, emergency, enroll_anew, queue, switch_line};
use crate::{
    Fact, Failure, Reply, Request, Services, approval, audit, capture_address,
    ceremony::Ctx,
    infra::browser_name,
    manage_factors,
    pages::{self, Query},
    people,
    when::Times,
};
use domain::{
    FactorKind, Timestamp,
    audit::{Action, Event},
    caller::judge,
    delivery::{Delivery, Why},
    ids::PersonId,
    paths,
    phone::NEW,
    policy::Realm,
    records::{OutboxSeen, Person},
    role::Role,
    screen::{DeskFactor, DeskMessage, DeskPerson, MessageState, Screen, View},
    text,
};
use std::sync::Arc;

/// An address or a login that may be one, or a telephone number; in full while a case is open
/// (`security.md`, 5: personal data is masked until there is a reason).
pub fn masked(address: &str, open: bool) -> String {
    let is_number = address.starts_with('+');
    if open || !(is_number || address.contains('@')) {
        address.to_owned()
    } else {
        text::mask(address)
    }
}

/// Seconds for which one look stands for those of the page itself.
const LOOKED: i64 = 900;

/// A person, and who of the desk looks at them.
pub(super) struct Found {
    pub desk: Desk,
    pub realm: Arc<Realm>,
    pub who: Person,
    /// Of staff themselves.
    pub is_staff: bool,
}

/// The person, for somebody of the desk of their realm.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::NotFound`] for people of other realms.
pub(super) async fn find(
    services: &Services,
    request: &Request,
    id: &PersonId,
) -> Result<Found, Failure> {
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
    // A page that looks again by itself was looked at already.
    if !(request.quiet && looked_already(services, &found).await?) {
        let mut fact = Fact::begin(ctx).await?;
        let event = Event::done(Action::Viewed, found.who.id.clone());
        audit::record(&mut fact, Some(found.desk.id()), &event).await?;
        fact.commit().await?;
    }
    let mut view = show(services, request, &found).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// Whether this agent looked at this person within the last minutes.
async fn looked_already(services: &Services, found: &Found) -> Result<bool, Failure> {
    let since = services.now().plus_seconds(-LOOKED);
    let mut conn = services.store.read().await?;
    let entries = conn.audit_of(&found.who.id, 30).await?;
    Ok(entries.iter().any(|e| {
        e.action == Action::Viewed.slug() && e.actor == found.desk.id().as_str() && e.at > since
    }))
}

pub(super) async fn show(
    services: &Services,
    request: &Request,
    found: &Found,
) -> Result<View, Failure> {
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
    let check = check::face(services, &mut conn, found).await?;
    let caller = Caller::read(&mut conn, realm, id, desk.id(), now).await?;
    let path = paths::desk_person(id.as_str());
    let frame = pages::frame(services, request, None, Some(&desk.session), path);
    let lang = frame.lang;
    let times = Times::of(services, request, realm, lang);
    let asked = conn.approvals_of(id, 5).await?;
    let mut approvals = Vec::new();
    for one in &asked {
        approvals.push(approval::face(&mut conn, &times, who, one, true, now).await?);
    }
    let approved = approval::live_of(&mut conn, id, now).await?;
    let approved = approved.filter(|a| a.allows(a.wish.kind, &a.wish.address, now));
    let evidence = check::evidence(&mut conn, &caller, &times, now).await?;
    let (call, calls) = call::faces(&mut conn, found, &times, now).await?;
    let emergency = emergency::face(&mut conn, found, &times, now).await?;
    drop(conn);
    let (say, maybe) = (|at| times.moment(at), |at| times.maybe(at));
    let is_protected = desk.is_protected(who, *is_staff);
    let proofs = caller.proofs(now).len();
    let decides = desk.may(&who.realm, Role::decides) && who.id != *desk.id();
    let ways = check::ways(&caller, desk.id(), now);
    let pending = acts::faces(services, request, found, lang).await?;
    let open = cases.iter().any(|c| !c.case.stage.is_over()) && !is_protected;
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
        protected: is_protected,
        acts: true,
        pending,
        leads: desk.leads(&who.realm),
        address_code: capture_address::can_send_code(realm, who, &factors) == Some(true),
        factors: factors
            .iter()
            .filter(|f| f.stands_alone())
            .map(|f| DeskFactor {
                id: f.id.as_str().to_owned(),
                kind: f.kind,
                name: f.name.clone(),
                added: say(f.created_at),
                used: maybe(f.used_at),
                ready: f.disabled_at.is_none(),
                is_new: matches!(f.kind, FactorKind::Smartphone | FactorKind::Passkey)
                    && now < f.created_at.plus_seconds(NEW),
                tested: maybe(f.tested_at),
                removable: manage_factors::removable(realm, f, &factors),
                switches: switch_line::judge(realm, f, approved.as_ref())
                    .ok()
                    .and_then(|_| f.kind.other_line()),
                probation: maybe(f.probation_until.filter(|until| *until > now)),
                codes: f.codes(&factors).map(|codes| maybe(codes.used_at)),
            })
            .collect(),
        recovery_left: u32::try_from(left).unwrap_or(0),
        sessions: sessions
            .iter()
            .map(|s| (browser_name::describe(&s.agent), say(s.opened_at)))
            .collect(),
        cases: cases
            .iter()
            .map(|listed| queue::row(services, request, lang, listed))
            .collect(),
        approvals,
        messages: messages
            .iter()
            .map(|m| DeskMessage {
                id: m.id.clone(),
                slug: m.slug.clone(),
                to: masked(&m.recipient, false),
                way: m.way,
                at: say(m.created_at),
                state: state_of(m, now),
                again: match m.slug.as_str() {
                    "invitation" => !set_up && realm.invitation_hours.is_some(),
                    "replace" => cases.iter().any(|c| c.case.is_usable(now)),
                    _ => false,
                },
            })
            .collect(),
        history: people::history(&times, &history),
        has_phone: factors.iter().any(|f| f.kind == FactorKind::Smartphone),
        proofs: if who.id == *desk.id() {
            Vec::new()
        } else {
            ways
        },
        check,
        changes: decides.then(|| judge(proofs, is_protected, false)),
        enrolls_anew: enroll_anew::offered(realm, who, &factors),
        evidence,
        emergency,
        call,
        calls,
        can_call: who.id != *desk.id(),
    };
    Ok(pages::view(frame, Screen::DeskPerson(Box::new(screen))))
}

fn state_of(m: &OutboxSeen, now: Timestamp) -> MessageState {
    match Delivery::of(m) {
        Delivery::Delivered => MessageState::Delivered,
        Delivery::Failed(Why::NotTaken) => MessageState::Failed,
        Delivery::Failed(why) => MessageState::Undelivered(why),
        Delivery::Sent => MessageState::Sent,
        Delivery::Waiting if m.error.is_empty() && m.send_at > now => MessageState::Planned,
        Delivery::Waiting => MessageState::Waiting,
    }
}
