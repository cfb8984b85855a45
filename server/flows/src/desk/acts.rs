//! What the desk does for a person. Whatever is done, they are told; what is done
//! to a protected account takes a second one of the desk.

use super::{
    caller::Caller,
    enroll_anew,
    person::{Found, find, show},
    switch_line,
};
use crate::{
    Fact, Failure, Reply, Request, Services, account::LockedAccount, approval, audit,
    capture_address, cases, ceremony::Ctx, emergency, manage_factors, outbox, pages, prove,
    request::is_fresh, reset_password, throttle, when::Times,
};
use domain::{
    Lang, Refusal,
    audit::{Action, Event},
    caller::{self, COOL_DOWN, Ruling},
    cases::Stage,
    desk_act::{DeskAct, Hand, agrees},
    ids::{FactorId, PersonId},
    message::Notice,
    paths,
    records::{PendingAct, Person},
    refusal::Code,
    role::Role,
    screen::{News, PendingFace, PersonChange},
};

/// Seconds that a wish waits for a second one of the desk.
pub(crate) const WAITS: i64 = 24 * 3600;

fn done(who: &Person, news: &News) -> Reply {
    let to = paths::desk_person(who.id.as_str());
    Reply::go(pages::with_news(&to, news))
}

/// Does something for a person, or has it wait for a second one of the desk.
/// `subject` is the factor or message that it is about.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::Forbidden`] for what the caller's role does
/// not do, [`Failure::BadRequest`] for what is no act or cannot be done now.
pub async fn act(
    services: &Services,
    request: &Request,
    id: String,
    act: String,
    subject: String,
) -> Result<Reply, Failure> {
    let found = find(services, request, &PersonId::new(id)).await?;
    let act = DeskAct::parse(&act).ok_or(Failure::BadRequest("act"))?;
    let realm = &found.who.realm;
    let may = match act {
        // It has a call of its own, which asks for evidence.
        DeskAct::IssueEmergency => return Err(Failure::BadRequest("act")),
        DeskAct::LiftFreeze => found.desk.leads(realm),
        DeskAct::Resume | DeskAct::Remove | DeskAct::EnrollAnew | DeskAct::SwitchLine => {
            found.desk.may(realm, Role::decides)
        }
        _ => true,
    };
    if !may {
        return services.denied_reply(request, &found.desk.session).await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    if let Some(code) = possible(services, &found, act, &subject).await? {
        return refused(services, request, &found, code).await;
    }
    // Each change of somebody's factors takes a proof of a moment ago (`security.md`, 5).
    let staff = services.realm(paths::STAFF_REALM)?;
    if act.takes_evidence() && !is_fresh(&found.desk.session, &staff, services.now()) {
        let page = paths::desk_person(found.who.id.as_str());
        return prove::begin_confirm(services, request, &staff, page).await;
    }
    // What protects is done at once, by one.
    let takes_two = act != DeskAct::VoidEmergency;
    if takes_two && found.desk.is_protected(&found.who, found.is_staff) {
        return ask(ctx, &found, act, subject).await;
    }
    let mut fact = Fact::begin(ctx).await?;
    if let Some(code) = held_back(&mut fact, &found.who, act).await? {
        drop(fact);
        return refused(services, request, &found, code).await;
    }
    let mut wait = COOL_DOWN;
    if act.takes_evidence() {
        let caller = read(&mut fact, &found, found.desk.id()).await?;
        let proofs = caller.proofs(services.now());
        wait = caller::cool_down(&proofs);
        match caller::judge(proofs.len(), caller.is_protected, false) {
            Ruling::Do => {}
            Ruling::Second => {
                drop(fact);
                return ask(ctx, &found, act, subject).await;
            }
            Ruling::Refuse => {
                drop(fact);
                return refused(services, request, &found, Code::NotVerified).await;
            }
        }
    }
    let what = What { act, subject, wait };
    let news = carry_out(&mut fact, &found.who, what, found.desk.id()).await?;
    fact.commit().await?;
    Ok(done(&found.who, &news))
}

/// Why an act is not carried out now, judged on the account that the fact holds from here
/// on. Somebody said "this was not me": what was switched off stays so, and nothing is set
/// up, until a lead has looked.
async fn held_back(
    fact: &mut Fact<'_>,
    who: &Person,
    act: DeskAct,
) -> Result<Option<Code>, Failure> {
    let account = LockedAccount::hold(fact, &who.id).await?;
    let brings = matches!(act, DeskAct::Resume | DeskAct::EnrollAnew);
    Ok((brings && account.who.frozen_at.is_some()).then_some(Code::Frozen))
}

/// Refuses what could not be carried out anyway, before anybody is asked to agree: a code
/// where the agent can do something about it.
async fn possible(
    services: &Services,
    found: &Found,
    act: DeskAct,
    subject: &str,
) -> Result<Option<Code>, Failure> {
    let realm = &found.realm;
    let mut conn = services.store.read().await?;
    match act {
        DeskAct::Remove => {
            let factors = conn.factors(&found.who.id).await?;
            let one = factors.iter().find(|f| f.id.as_str() == subject);
            let one = one.ok_or(Failure::NotFound)?;
            if !manage_factors::removable(realm, one, &factors) {
                return Err(Failure::BadRequest("the last way in stays"));
            }
        }
        DeskAct::SwitchLine => {
            let factors = conn.factors(&found.who.id).await?;
            let one = factors.iter().find(|f| f.id.as_str() == subject);
            let one = one.ok_or(Failure::NotFound)?;
            let now = services.now();
            let live = approval::live_of(&mut conn, &found.who.id, now).await?;
            let live = live.filter(|a| a.allows(a.wish.kind, &a.wish.address, now));
            if let Err(code) = switch_line::judge(realm, one, live.as_ref()) {
                return Ok(Some(code));
            }
        }
        DeskAct::EnrollAnew => {
            let factors = conn.factors(&found.who.id).await?;
            if enroll_anew::offered(realm, &found.who, &factors).is_none() {
                return Err(Failure::BadRequest("nothing can be enrolled by a link"));
            }
        }
        _ => {}
    }
    Ok(None)
}

/// What is known of the caller now.
async fn read(fact: &mut Fact<'_>, found: &Found, agent: &PersonId) -> Result<Caller, Failure> {
    let now = fact.ctx().services.now();
    Caller::read(fact.tx(), &found.realm, &found.who.id, agent, now).await
}

async fn refused(
    services: &Services,
    request: &Request,
    found: &Found,
    code: Code,
) -> Result<Reply, Failure> {
    let mut view = show(services, request, found).await?;
    view.refusals = vec![Refusal::page(code)];
    Ok(Reply::show(view))
}

/// Has it wait. Asked twice, it waits once.
///
/// # Errors
/// The database could not.
pub(super) async fn ask(
    ctx: Ctx<'_>,
    found: &Found,
    act: DeskAct,
    subject: String,
) -> Result<Reply, Failure> {
    let (services, now) = (ctx.services, ctx.services.now());
    let who = &found.who;
    let mut fact = Fact::begin(ctx).await?;
    if let Some(code) = held_back(&mut fact, who, act).await? {
        drop(fact);
        return refused(services, ctx.request, found, code).await;
    }
    let mut call = None;
    if act.takes_evidence() {
        let caller = read(&mut fact, found, found.desk.id()).await?;
        if !caller.proofs(now).is_empty() {
            call = caller.call.map(|call| call.id);
        }
        if call.is_none() {
            drop(fact);
            return refused(services, ctx.request, found, Code::NotVerified).await;
        }
    }
    let waiting = fact.tx().desk_acts_of(&who.id, now).await?;
    // What rests on a call is the wish of who is in it, and of nobody else.
    let is_there = |w: &PendingAct| w.act == act && w.subject == subject && w.call == call;
    let is_there = waiting.iter().any(is_there);
    if !is_there {
        let pending = PendingAct {
            id: services.random.id(now),
            person: who.id.clone(),
            act,
            subject,
            call,
            asked_by: found.desk.id().clone(),
            asked_login: found.desk.session.person.login.clone(),
            asked_at: now,
        };
        fact.tx()
            .desk_act_insert(&pending, now.plus_seconds(WAITS))
            .await?;
        let event = Event::done(Action::ActAsked, who.id.clone()).because(act.slug());
        audit::record(&mut fact, Some(found.desk.id()), &event).await?;
        fact.commit().await?;
    }
    Ok(done(who, &News::ActAsked))
}

/// Whether this member of the desk may agree to what another one wants.
async fn may_agree(
    services: &Services,
    found: &Found,
    pending: &PendingAct,
) -> Result<bool, Failure> {
    let (desk, realm) = (&found.desk, &found.who.realm);
    // Roles are read again: whoever asked must still serve there.
    let grants = services
        .store
        .read()
        .await?
        .grants(&pending.asked_by)
        .await?;
    let holds = |fits: fn(Role) -> bool| {
        let mut there = grants.iter().filter(|g| g.realm == *realm);
        there.any(|g| fits(g.role))
    };
    if !holds(Role::serves) {
        return Ok(false);
    }
    let manages = |agent| found.who.manager.as_ref() == Some(agent);
    let first = Hand {
        id: &pending.asked_by,
        leads: holds(|role| role == Role::Lead),
        reports: false,
        manages: manages(&pending.asked_by),
    };
    let second = Hand {
        id: desk.id(),
        leads: desk.leads(realm),
        reports: desk.reports_to(&found.who.id),
        manages: manages(desk.id()),
    };
    Ok(agrees(first, second, &found.who.id))
}

/// Agrees to what another one of the desk wants, and does it; or refuses it.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::NotFound`] for what never waited,
/// [`Failure::Forbidden`] for who may not agree to it.
pub async fn second(
    services: &Services,
    request: &Request,
    id: String,
    change: String,
) -> Result<Reply, Failure> {
    let now = services.now();
    services.desk(request).await?;
    let mut conn = services.store.read().await?;
    let pending = conn.desk_act(&id, now).await?;
    let Some(pending) = pending else {
        // The person dropped it, a colleague was faster, or its time is over.
        let person = conn.desk_act_person(&id).await?;
        drop(conn);
        let found = find(services, request, &person.ok_or(Failure::NotFound)?).await?;
        return refused(services, request, &found, Code::ApprovalOver).await;
    };
    drop(conn);
    let found = find(services, request, &pending.person).await?;
    let agreed = match change.as_str() {
        "agree" => true,
        "refuse" => false,
        _ => return Err(Failure::BadRequest("change")),
    };
    let is_own = pending.asked_by == *found.desk.id();
    if !(may_agree(services, &found, &pending).await? || !agreed && is_own) {
        return services.denied_reply(request, &found.desk.session).await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let by = found.desk.id();
    let mut fact = Fact::begin(ctx).await?;
    let held_back = held_back(&mut fact, &found.who, pending.act).await?;
    if let Some(code) = held_back.filter(|_| agreed) {
        drop(fact);
        return refused(services, request, &found, code).await;
    }
    if !fact.tx().desk_act_decide(&id, by, agreed, now).await? {
        return Err(Failure::NotFound);
    }
    let mut wait = COOL_DOWN;
    // The call of the one who asked must still go on.
    let (act, asked_by) = (pending.act, &pending.asked_by);
    if agreed && act.takes_evidence() {
        let caller = read(&mut fact, &found, asked_by).await?;
        let proofs = caller.proofs(now);
        let is_there = !proofs.is_empty();
        wait = caller::cool_down(&proofs);
        let call = caller.call.map(|call| call.id);
        if !is_there || call != pending.call {
            drop(fact);
            return refused(services, request, &found, Code::NotVerified).await;
        }
    }
    let news = if agreed {
        let what = What {
            act: pending.act,
            subject: pending.subject,
            wait,
        };
        carry_out(&mut fact, &found.who, what, by).await?
    } else {
        let event =
            Event::done(Action::ActRefused, found.who.id.clone()).because(pending.act.slug());
        audit::record(&mut fact, Some(by), &event).await?;
        News::ActRefused
    };
    fact.commit().await?;
    Ok(done(&found.who, &news))
}

/// What waits for a second one, as this member of the desk sees it.
///
/// # Errors
/// The database could not.
pub async fn faces(
    services: &Services,
    request: &Request,
    found: &Found,
    lang: Lang,
) -> Result<Vec<PendingFace>, Failure> {
    let now = services.now();
    let times = Times::of(services, request, &found.realm, lang);
    let mut conn = services.store.read().await?;
    let waiting = conn.desk_acts_of(&found.who.id, now).await?;
    let factors = conn.factors(&found.who.id).await?;
    drop(conn);
    let mut faces = Vec::new();
    for one in waiting {
        let agrees = may_agree(services, found, &one).await?;
        let own = one.asked_by == *found.desk.id();
        let about = factors.iter().find(|f| f.id.as_str() == one.subject);
        let since = times.moment(one.asked_at);
        faces.push(PendingFace {
            act: one.act,
            about: about.map_or(String::new(), |f| {
                let kind = words::factor::name(lang, f.kind);
                [kind, f.name.as_str()].join(" ").trim().to_owned()
            }),
            by: format!("{}, {since}", one.asked_login),
            agrees,
            refuses: agrees || own,
            own,
            id: one.id,
        });
    }
    Ok(faces)
}

/// What is carried out.
struct What {
    act: DeskAct,
    /// The factor or message that it is about.
    subject: String,
    /// Seconds that a link to enroll anew waits.
    wait: i64,
}

/// Does it: written down, and told to the person.
async fn carry_out(
    fact: &mut Fact<'_>,
    who: &Person,
    what: What,
    by: &PersonId,
) -> Result<News, Failure> {
    let now = fact.ctx().services.now();
    let What { act, subject, wait } = what;
    let (action, notice, change) = match act {
        DeskAct::Suspend => return switch_factor(fact, who, subject, true, by).await,
        DeskAct::Resume => return switch_factor(fact, who, subject, false, by).await,
        DeskAct::Remove => return remove(fact, who, subject, by).await,
        DeskAct::EnrollAnew => return enroll_anew::mail(fact, who, by, wait).await,
        DeskAct::SwitchLine => return switch_line::carry_out(fact, who, &subject, by).await,
        DeskAct::Resend => return resend(fact, who, subject, by).await,
        // Agreed to: the one who asked issues it, and nobody else sees it.
        DeskAct::IssueEmergency => {
            let event = Event::done(Action::ActAgreed, who.id.clone()).because(act.slug());
            audit::record(fact, Some(by), &event).await?;
            return Ok(News::EmergencyAgreed);
        }
        DeskAct::VoidEmergency => {
            emergency::void(fact, who, Some(by)).await?;
            return Ok(News::EmergencyVoided);
        }
        DeskAct::Unlock => {
            throttle::unlock(fact.tx(), &who.id).await?;
            (
                Action::Unlocked,
                Some(Notice::Unlocked),
                PersonChange::Unlocked,
            )
        }
        DeskAct::EndSessions => {
            fact.tx().sessions_end(&who.id, None, now).await?;
            (
                Action::SessionsEnded,
                Some(Notice::SessionsEnded),
                PersonChange::SessionsEnded,
            )
        }
        DeskAct::LiftFreeze => {
            fact.tx().person_freeze(&who.id, None).await?;
            (
                Action::FreezeLifted,
                Some(Notice::FreezeLifted),
                PersonChange::FreezeLifted,
            )
        }
        DeskAct::SendAddressCode => {
            capture_address::send_code(fact, who).await?;
            (Action::AddressCodeSent, None, PersonChange::AddressCodeSent)
        }
    };
    let event = Event::done(action, who.id.clone());
    audit::record(fact, Some(by), &event).await?;
    if let Some(notice) = notice {
        outbox::notify(fact, who, notice, &[]).await?;
    }
    Ok(News::PersonChanged(change))
}

/// Switches a factor off, or on again; both end what stands on it.
async fn switch_factor(
    fact: &mut Fact<'_>,
    who: &Person,
    factor: String,
    off: bool,
    by: &PersonId,
) -> Result<News, Failure> {
    let now = fact.ctx().services.now();
    // Sign-ins that are under way saw another set of factors (XA19); also the
    // lock under which two agents do not both switch.
    fact.tx().person_bump(&who.id).await?;
    let factors = fact.tx().factors(&who.id).await?;
    let id = FactorId::new(factor);
    let factor = factors
        .into_iter()
        .find(|f| f.id == id && f.stands_alone() && !f.kind.is_knowledge())
        .ok_or(Failure::NotFound)?;
    let news = if off {
        News::FactorSuspended
    } else {
        News::FactorResumed
    };
    if factor.disabled_at.is_some() == off {
        // A colleague was faster, with the same.
        return Ok(news);
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
    audit::record(fact, Some(by), &event).await?;
    outbox::notify(fact, who, notice, &[]).await?;
    Ok(news)
}

/// Removes a factor, as long as a way in stays; sessions end, every address is told.
async fn remove(
    fact: &mut Fact<'_>,
    who: &Person,
    factor: String,
    by: &PersonId,
) -> Result<News, Failure> {
    let now = fact.ctx().services.now();
    // The lock under which two agents do not remove the last two.
    fact.tx().person_bump(&who.id).await?;
    let factors = fact.tx().factors(&who.id).await?;
    let id = FactorId::new(factor);
    let one = factors.iter().find(|f| f.id == id && f.stands_alone());
    let one = one.ok_or(Failure::NotFound)?;
    if !manage_factors::removable(fact.ctx().realm, one, &factors) {
        return Err(Failure::BadRequest("the last way in stays"));
    }
    fact.tx().factor_remove(&id, &who.id, now).await?;
    fact.tx().sessions_end(&who.id, None, now).await?;
    let (kind, name) = (one.kind, one.name.clone());
    let event = Event::done(Action::FactorRemoved, who.id.clone()).with(kind);
    audit::record(fact, Some(by), &event).await?;
    outbox::notify(fact, who, Notice::FactorRemoved { kind, name }, &[]).await?;
    Ok(News::FactorGone)
}

/// Sends a message again: a fresh link, for what a message said is wiped once it
/// is sent.
async fn resend(
    fact: &mut Fact<'_>,
    who: &Person,
    message: String,
    by: &PersonId,
) -> Result<News, Failure> {
    let now = fact.ctx().services.now();
    let messages = fact.tx().outbox_of(&who.id, 200).await?;
    let message = messages.into_iter().find(|m| m.id == message);
    let message = message.ok_or(Failure::NotFound)?;
    match message.slug.as_str() {
        "invitation" => reset_password::invite_anew(fact, who).await?,
        "replace" => {
            let case = fact.tx().case_open_of(&who.id).await?;
            let case = case
                .filter(|c| matches!(c.stage, Stage::Approved { .. }))
                .filter(|c| c.is_usable(now))
                .ok_or(Failure::BadRequest("no window is open"))?;
            cases::mail_way_in(fact, who, &case).await?;
        }
        _ => return Err(Failure::BadRequest("this is never sent again")),
    }
    let event = Event::done(Action::Resent, who.id.clone()).because(message.slug);
    audit::record(fact, Some(by), &event).await?;
    Ok(News::Resent)
}
