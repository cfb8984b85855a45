//! The call under which an agent works for somebody: begun by the first thing that is
//! done in it, ended by the agent; and the code by which the person finds out that it
//! is the desk who calls.

use super::person::{Found, find, show};
use crate::{
    Fact, Failure, Reply, Request, Services, audit, cases, ceremony::Ctx, pages, phone, when::Times,
};
use domain::{
    Refusal, Timestamp,
    audit::{Action, Event},
    call::{CODE_DIGITS, CODE_TRIES, Call},
    ids::{CallId, PersonId},
    paths,
    refusal::{Code, Field},
    screen::{CallFace, News},
    text,
};
use store::Conn;
use subtle::ConstantTimeEq;

/// The call that goes on with this agent; where there is none, it begins.
pub(super) async fn current(fact: &mut Fact<'_>, found: &Found) -> Result<Call, Failure> {
    let services = fact.ctx().services;
    let now = services.now();
    let (who, agent) = (&found.who.id, found.desk.id());
    if let Some(call) = fact.tx().call_open(who, agent, now).await? {
        return Ok(call);
    }
    let call = Call {
        id: CallId::new(services.random.id(now)),
        number: cases::next_number(fact).await?,
        person: who.clone(),
        agent: agent.clone(),
        opened_at: now,
        closed_at: None,
    };
    if !fact.tx().call_insert(&call).await? {
        // Another tab of the same agent was faster.
        let begun = fact.tx().call_open(who, agent, now).await?;
        return begun.ok_or(Failure::BadRequest("the call ended meanwhile"));
    }
    let event = Event::done(Action::CallOpened, who.clone()).because(call.name());
    audit::record(fact, Some(agent), &event).await?;
    Ok(call)
}

/// Begins a call (`start`) or ends it (`end`).
///
/// # Errors
/// See [`Services::desk`]; [`Failure::Forbidden`] for one's own account.
pub async fn call(
    services: &Services,
    request: &Request,
    id: String,
    change: String,
) -> Result<Reply, Failure> {
    let found = find(services, request, &PersonId::new(id)).await?;
    let agent = found.desk.id();
    if found.who.id == *agent {
        return services.denied_reply(request, &found.desk.session).await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    match change.as_str() {
        "start" => {
            current(&mut fact, &found).await?;
        }
        "end" => {
            let now = services.now();
            let who = &found.who.id;
            if let Some(call) = fact.tx().call_open(who, agent, now).await?
                && fact.tx().call_close(&call.id, now).await?
            {
                let event = Event::done(Action::CallClosed, who.clone()).because(call.name());
                audit::record(&mut fact, Some(agent), &event).await?;
            }
        }
        _ => return Err(Failure::BadRequest("change")),
    }
    fact.moves();
    fact.commit().await?;
    Ok(Reply::show(show(services, request, &found).await?))
}

/// The code that the person's phone shows: typed here, the phone says by whom. It
/// verifies nobody to the desk.
///
/// # Errors
/// See [`call`].
pub async fn code(
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
    match typed(ctx, &found, &code).await? {
        Ok(()) => {
            let page = paths::desk_person(found.who.id.as_str());
            Ok(Reply::go(pages::with_news(&page, &News::DeskCodeTyped)))
        }
        Err(why) => {
            let mut view = show(services, request, &found).await?;
            view.refusals = vec![Refusal::at(Field::Proof, why)];
            Ok(Reply::show(view))
        }
    }
}

async fn typed(ctx: Ctx<'_>, found: &Found, code: &str) -> Result<Result<(), Code>, Failure> {
    let (services, now) = (ctx.services, ctx.services.now());
    let typed = match text::digits(code, CODE_DIGITS) {
        Ok(typed) => typed,
        Err(code) => return Ok(Err(code)),
    };
    let who = &found.who.id;
    let shown = services.store.read().await?.desk_code(who).await?;
    let Some(shown) = shown.filter(|c| c.waits(now)) else {
        return Ok(Err(Code::WrongCode));
    };
    // Counted before it is compared, in a transaction of its own.
    let mut tx = services.store.begin().await?;
    let may = tx.desk_code_try(&shown.id, CODE_TRIES).await?;
    tx.commit().await?;
    let is_right: bool = typed.as_bytes().ct_eq(shown.digits.as_bytes()).into();
    if !may || !is_right {
        return Ok(Err(Code::WrongCode));
    }
    let mut fact = Fact::begin(ctx).await?;
    let call = current(&mut fact, found).await?;
    let agent = found.desk.id();
    if !fact
        .tx()
        .desk_code_typed(&shown.id, agent, &call.id)
        .await?
    {
        return Ok(Err(Code::UsedCode));
    }
    fact.tells(&phone::topic(who));
    let event = Event::done(Action::DeskCodeTyped, who.clone()).because(call.name());
    audit::record(&mut fact, Some(agent), &event).await?;
    fact.commit().await?;
    Ok(Ok(()))
}

/// The call that goes on with this agent, and the last ones of all.
pub(super) async fn faces(
    conn: &mut Conn,
    found: &Found,
    times: &Times,
    now: Timestamp,
) -> Result<(Option<CallFace>, Vec<CallFace>), Failure> {
    let (mut own, mut all) = (None, Vec::new());
    for call in conn.calls_of(&found.who.id, 10).await? {
        let agent = conn.person(&call.agent).await?;
        let face = CallFace {
            name: call.name(),
            by: agent.map(|a| a.login).unwrap_or_default(),
            since: times.moment(call.opened_at),
            open: call.is_open(now),
        };
        if face.open && call.agent == *found.desk.id() {
            own = Some(face.clone());
        }
        all.push(face);
    }
    Ok((own, all))
}
