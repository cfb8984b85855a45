//! An emergency password for a caller (workforce guide, I.4): whether this agent may
//! issue one now is judged by the domain, on every call, whatever a page shows.

use super::{
    acts,
    caller::Caller,
    person::{Found, find, show},
};
use crate::{
    Fact, Failure, Reply, Request, Services,
    ceremony::Ctx,
    emergency::{self, By},
    pages, prove,
    request::is_fresh,
    when::Times,
};
use domain::{
    Refusal, Timestamp,
    desk_act::DeskAct,
    emergency::{
        Delivery, Emergency, Issued, LENGTH, MOST_WRONG, REQUEST_LENGTH, Ruling, Wish, judge,
    },
    ids::PersonId,
    paths,
    policy::{Realm, ResetPinRules},
    records::Person,
    refusal::{Code, Field},
    screen::{EmergencyFace, EmergencyStage, News, Screen},
    text,
};
use store::Conn;

/// What a ruling rests on, read at once.
struct Known {
    caller: Caller,
    is_agreed: bool,
    issued: Issued,
}

async fn known(conn: &mut Conn, found: &Found, now: Timestamp) -> Result<Known, Failure> {
    let (who, agent) = (&found.who, found.desk.id());
    let caller = Caller::read(conn, &found.realm, &who.id, agent, now).await?;
    let is_agreed = match &caller.call {
        Some(call) => {
            let act = DeskAct::IssueEmergency;
            conn.desk_act_agreed(&who.id, act, agent, &call.id).await?
        }
        None => false,
    };
    Ok(Known {
        caller,
        is_agreed,
        issued: conn
            .emergency_issued(agent, &who.id, &who.realm, now)
            .await?,
    })
}

fn ruling(realm: &Realm, found: &Found, known: &Known, now: Timestamp) -> Ruling {
    let wish = Wish {
        agent: found.desk.id(),
        who: &known.caller.who,
        factors: &known.caller.factors,
        checked: known.caller.checked(),
        is_protected: known.caller.is_protected,
        is_agreed: known.is_agreed,
        issued: known.issued,
    };
    judge(realm, wish, now)
}

/// Issues one, which is shown in this answer and nowhere else; or approves the request
/// that waits in the person's browser under `code`.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::Forbidden`] for one's own account,
/// [`Failure::NotFound`] where no PIN is reset.
pub async fn emergency(
    services: &Services,
    request: &Request,
    id: String,
    code: String,
) -> Result<Reply, Failure> {
    let found = find(services, request, &PersonId::new(id)).await?;
    if found.who.id == *found.desk.id() {
        return services.denied_reply(request, &found.desk.session).await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let rules = emergency::rules(ctx)?;
    match rules.delivery {
        Delivery::Spoken => issue(ctx, &found).await,
        Delivery::Blind => approve(ctx, &found, &code).await,
    }
}

/// What is refused, with the page.
async fn refused(ctx: Ctx<'_>, found: &Found, refusal: Refusal) -> Result<Reply, Failure> {
    let mut view = show(ctx.services, ctx.request, found).await?;
    view.refusals = vec![refusal];
    Ok(Reply::show(view))
}

/// Two who issue do so one after the other, whether they are one agent for two people
/// or two agents for one: each is counted before the next is judged.
async fn hold(fact: &mut Fact<'_>, found: &Found) -> Result<(), Failure> {
    // In the same order everywhere, so that nobody waits in a circle.
    let mut both = [found.desk.id(), &found.who.id];
    both.sort_by_key(|id| id.as_str());
    for id in both {
        fact.tx().person_lock(id).await?;
    }
    Ok(())
}

/// What a second agent agreed to serves once.
async fn use_agreement(fact: &mut Fact<'_>, found: &Found, known: &Known) -> Result<(), Failure> {
    if let (Some(call), true) = (&known.caller.call, known.is_agreed) {
        let (act, now) = (DeskAct::IssueEmergency, fact.ctx().services.now());
        let (who, agent) = (&found.who.id, found.desk.id());
        fact.tx()
            .desk_act_use(who, act, agent, &call.id, now)
            .await?;
    }
    Ok(())
}

/// A wish that was granted: the transaction in which it was judged, and what it rests
/// on.
struct Granted<'a> {
    fact: Fact<'a>,
    evidence: String,
    issued: Issued,
}

/// Judges the wish, in the transaction in which it is carried out; `Err` is the answer
/// where it is not granted.
async fn grant<'a>(ctx: Ctx<'a>, found: &Found) -> Result<Result<Granted<'a>, Reply>, Failure> {
    let (services, now) = (ctx.services, ctx.services.now());
    let mut fact = Fact::begin(ctx).await?;
    hold(&mut fact, found).await?;
    let known = known(fact.tx(), found, now).await?;
    let staff = services.realm(paths::STAFF_REALM)?;
    let session = &found.desk.session;
    let last = known.issued.last_at;
    let is_used = last.is_some_and(|last| session.fresh_at <= last);
    if is_used || !is_fresh(session, &staff, now) {
        drop(fact);
        // Each one takes a proof of its own, of a moment ago (XG14).
        let page = paths::desk_person(found.who.id.as_str());
        let proves = prove::begin_confirm(services, ctx.request, &staff, page);
        return Ok(Err(proves.await?));
    }
    match ruling(ctx.realm, found, &known, now) {
        Ruling::Issue(evidence) => {
            use_agreement(&mut fact, found, &known).await?;
            let issued = known.issued;
            Ok(Ok(Granted {
                fact,
                evidence,
                issued,
            }))
        }
        Ruling::Second => {
            drop(fact);
            let act = DeskAct::IssueEmergency;
            Ok(Err(acts::ask(ctx, found, act, String::new()).await?))
        }
        Ruling::Refuse(code) => {
            drop(fact);
            Ok(Err(refused(ctx, found, Refusal::page(code)).await?))
        }
    }
}

async fn issue(ctx: Ctx<'_>, found: &Found) -> Result<Reply, Failure> {
    let services = ctx.services;
    let password = services.random.crockford(LENGTH);
    // Hashed before the transaction begins: nobody waits for it.
    let salt = services.random.bytes();
    let hash = services.hasher.hash(&password, salt).await?;
    let granted = match grant(ctx, found).await? {
        Ok(granted) => granted,
        Err(reply) => return Ok(reply),
    };
    let Granted {
        mut fact,
        evidence,
        issued,
    } = granted;
    let by = by(found, &evidence, issued);
    emergency::issue(&mut fact, &found.who, by, hash).await?;
    fact.commit().await?;
    let mut view = show(services, ctx.request, found).await?;
    if let Screen::DeskPerson(screen) = &mut view.screen
        && let Some(face) = &mut screen.emergency
    {
        face.shown = text::in_groups(password.reveal(), 4);
    }
    Ok(Reply::show(view))
}

async fn approve(ctx: Ctx<'_>, found: &Found, code: &str) -> Result<Reply, Failure> {
    let now = ctx.services.now();
    let at_field = |code| Refusal::at(Field::Code, code);
    let typed = match text::crockford(code, REQUEST_LENGTH) {
        Ok(typed) => typed,
        Err(code) => return refused(ctx, found, at_field(code)).await,
    };
    let granted = match grant(ctx, found).await? {
        Ok(granted) => granted,
        Err(reply) => return Ok(reply),
    };
    let Granted {
        mut fact,
        evidence,
        issued,
    } = granted;
    let asked = fact.tx().emergency_standing(&found.who.id).await?;
    let waits = |one: &Emergency| one.issued_by.is_none() && now < one.expires_at;
    let Some(asked) = asked.filter(waits) else {
        drop(fact);
        return refused(ctx, found, at_field(Code::WrongCode)).await;
    };
    if asked.request != typed {
        drop(fact);
        return misread(ctx, found, &asked).await;
    }
    let by = by(found, &evidence, issued);
    if !emergency::approve(&mut fact, &found.who, by, &asked).await? {
        drop(fact);
        return refused(ctx, found, at_field(Code::WrongCode)).await;
    }
    fact.commit().await?;
    let page = paths::desk_person(found.who.id.as_str());
    Ok(Reply::go(pages::with_news(&page, &News::EmergencyApproved)))
}

/// A caller who guesses is cut off: with the last wrong code the request is void.
async fn misread(ctx: Ctx<'_>, found: &Found, asked: &Emergency) -> Result<Reply, Failure> {
    let now = ctx.services.now();
    let mut fact = Fact::begin(ctx).await?;
    fact.tx()
        .emergency_misread(&asked.id, MOST_WRONG, now)
        .await?;
    fact.commit().await?;
    let refusal = Refusal::at(Field::Code, Code::WrongCode);
    refused(ctx, found, refusal).await
}

const fn by<'a>(found: &'a Found, evidence: &'a str, issued: Issued) -> By<'a> {
    By {
        agent: &found.desk.session.person,
        evidence,
        issued,
    }
}

/// What the page of a person shows about it; `None` where the realm has none, or the
/// account is the agent's own.
pub(super) async fn face(
    conn: &mut Conn,
    found: &Found,
    times: &Times,
    now: Timestamp,
) -> Result<Option<EmergencyFace>, Failure> {
    let Some(rules) = &found.realm.reset_pin else {
        return Ok(None);
    };
    if found.who.id == *found.desk.id() {
        return Ok(None);
    }
    let known = known(conn, found, now).await?;
    let stage = match ruling(&found.realm, found, &known, now) {
        Ruling::Issue(_) => EmergencyStage::Open,
        Ruling::Second => EmergencyStage::Second,
        Ruling::Refuse(code) => EmergencyStage::Refused(code),
    };
    let stands = conn.emergency_standing(&found.who.id).await?;
    let stands = stands.filter(|one| one.is_live(now));
    let agent = match stands.as_ref().and_then(|one| one.issued_by.as_ref()) {
        Some(agent) => conn.person(agent).await?,
        None => None,
    };
    Ok(Some(drawn(rules, stage, stands, agent, times, now)))
}

fn drawn(
    rules: &ResetPinRules,
    stage: EmergencyStage,
    stands: Option<Emergency>,
    agent: Option<Person>,
    times: &Times,
    now: Timestamp,
) -> EmergencyFace {
    let mut face = EmergencyFace {
        blind: rules.delivery == Delivery::Blind,
        stage,
        shown: String::new(),
        by: String::new(),
        valid_until: String::new(),
        seconds_left: 0,
        seconds_total: rules.minutes * 60,
    };
    if let Some(one) = stands {
        let login = agent.map(|a| a.login).unwrap_or_default();
        face.by = format!("{login}, {}", times.moment(one.at));
        face.valid_until = times.clock(one.expires_at);
        face.seconds_left = now.seconds_until(one.expires_at);
    }
    face
}
