//! Checking a caller (workforce guide, I.1 to I.4; `domain::caller`): a message to the
//! phone on record, a passkey of theirs, the word of their manager, or a call to the number
//! on record, each bound to the call by digits; and what came of it kept as evidence.

use super::{
    call, call_back,
    caller::Caller,
    person::{Found, find, show},
};
use crate::{
    Fact, Failure, Reply, Request, Services, audit, ceremony::Ctx, lines, phone, vouch, when::Times,
};
use domain::{
    FactorKind, Refusal, Timestamp,
    audit::{Action, Event},
    call::Call,
    caller::{self, CallerCheck, CallerProof, DIGITS},
    ids::{CallerCheckId, PersonId},
    number, paths,
    phone::{Decision, LIFE, PERIOD, Purpose, Stage, may_ask},
    refusal::{Code, Field},
    screen::{CheckFace, CheckStage, EvidenceFace},
    text,
    throttle::DAY,
};
use store::Conn;

/// The proofs that policy accepts of a caller, each with why it cannot be had now.
pub(super) fn ways(
    caller: &Caller,
    agent: &PersonId,
    now: Timestamp,
) -> Vec<(CallerProof, Option<Code>)> {
    let why = |proof| caller::refusal(proof, &caller.who, &caller.factors, agent, now);
    let accepts = caller.accepts().iter();
    accepts.map(|proof| (*proof, why(*proof))).collect()
}

/// Asks for a proof.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::Forbidden`] for one's own account,
/// [`Failure::BadRequest`] for what is no proof or none that policy accepts.
pub async fn check(
    services: &Services,
    request: &Request,
    id: String,
    proof: String,
) -> Result<Reply, Failure> {
    let found = find(services, request, &PersonId::new(id)).await?;
    let agent = found.desk.id();
    if found.who.id == *agent {
        return services.denied_reply(request, &found.desk.session).await;
    }
    let proof = CallerProof::parse(&proof).ok_or(Failure::BadRequest("proof"))?;
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let now = services.now();
    let mut fact = Fact::begin(ctx).await?;
    let caller = Caller::read(fact.tx(), &found.realm, &found.who.id, agent, now).await?;
    let ways = ways(&caller, agent, now);
    let way = ways.into_iter().find(|(way, _)| *way == proof);
    let (_, refusal) = way.ok_or(Failure::BadRequest("policy does not accept it"))?;
    if let Some(code) = refusal {
        drop(fact);
        return refused(services, request, &found, code).await;
    }
    let call = call::current(&mut fact, &found).await?;
    let asked = match proof {
        CallerProof::Smartphone => {
            let who = Some(&found.who);
            let asked = phone::ask(&mut fact, who, Purpose::CallerCheck, Some(&call)).await?;
            // Where nobody was asked, they were asked too often, by whoever it was.
            asked
                .is_asked()
                .then_some(())
                .ok_or(Denied::By(Code::Wait { seconds: PERIOD }))
        }
        _ => ask(&mut fact, &found, &call, proof).await?,
    };
    if let Err(denied) = asked {
        drop(fact);
        if let Denied::Lines(refused) = &denied {
            let mut told = Fact::begin(ctx).await?;
            let (who, to) = (&found.who, &found.who.number);
            lines::tell(&mut told, who, FactorKind::Voice, to, refused).await?;
            told.commit().await?;
        }
        return refused(services, request, &found, denied.code()).await;
    }
    fact.moves();
    fact.commit().await?;
    Ok(Reply::show(show(services, request, &found).await?))
}

/// Why nobody was asked.
enum Denied {
    By(Code),
    /// Nobody is called now.
    Lines(lines::Refused),
}

impl Denied {
    fn code(&self) -> Code {
        match self {
            Self::By(code) => code.clone(),
            Self::Lines(refused) => refused.code(),
        }
    }
}

/// Asks for a proof that is given elsewhere than on a phone.
async fn ask(
    fact: &mut Fact<'_>,
    found: &Found,
    call: &Call,
    proof: CallerProof,
) -> Result<Result<(), Denied>, Failure> {
    let services = fact.ctx().services;
    let (who, agent, now) = (&found.who, &found.desk.session.person, services.now());
    let in_period = now.plus_seconds(-PERIOD);
    let in_period = fact.tx().caller_checks_since(&who.id, in_period).await?;
    let in_day = now.plus_seconds(-DAY);
    let in_day = fact.tx().caller_checks_since(&who.id, in_day).await?;
    if !may_ask(in_period, in_day) {
        return Ok(Err(Denied::By(Code::Wait { seconds: PERIOD })));
    }
    let check = CallerCheck {
        id: CallerCheckId::new(services.random.id(now)),
        person: who.id.clone(),
        proof,
        code: services.random.digits(DIGITS).reveal().to_owned(),
        call: call.id.clone(),
        agent: agent.id.clone(),
        created_at: now,
        wrong: 0,
        decision: None,
        voided: false,
    };
    if !fact.tx().caller_check_insert(&check, &who.realm).await? {
        // Asked for by another one in this very moment.
        return Ok(Err(Denied::By(Code::ChangedMeanwhile)));
    }
    if proof == CallerProof::Manager && !vouch::ask(fact, who, call, agent, &check).await? {
        return Ok(Err(Denied::By(Code::NoProofToCheck)));
    }
    if proof == CallerProof::CallBack
        && let Err(refused) = call_back::ask(fact, who, agent, &check).await?
    {
        return Ok(Err(Denied::Lines(refused)));
    }
    let event = Event::done(Action::CallerAsked, who.id.clone()).because(proof.slug());
    audit::record(fact, Some(&agent.id), &event).await?;
    Ok(Ok(()))
}

/// The page with what was wrong with the digits that were typed.
///
/// # Errors
/// The database could not.
pub(super) async fn refused_at(
    services: &Services,
    request: &Request,
    found: &Found,
    code: Code,
) -> Result<Reply, Failure> {
    let mut view = show(services, request, found).await?;
    view.refusals = vec![Refusal::at(Field::Told, code)];
    Ok(Reply::show(view))
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

/// The check that is under way, or was a moment ago. Its digits are for the agent who
/// asked, and for nobody else.
pub(super) async fn face(
    services: &Services,
    conn: &mut Conn,
    found: &Found,
) -> Result<Option<CheckFace>, Failure> {
    let (who, now) = (&found.who.id, services.now());
    let asked = conn.phone_request_last(who, Purpose::CallerCheck).await?;
    let asked = asked.filter(|r| now < r.created_at.plus_seconds(2 * LIFE));
    let check = conn.caller_check_last(who).await?;
    let check = check.filter(|c| now < c.expires_at().plus_seconds(LIFE));
    // Whatever was asked before somebody said no counts no more, nor looks as if it did;
    // what says no itself is told.
    let frozen_at = found.who.frozen_at;
    let check = check.filter(|c| {
        let says_no = c.decision.is_some_and(|d| d != Decision::Accept);
        says_no || frozen_at.is_none_or(|at| c.created_at >= at)
    });
    let newest = asked.as_ref().map(|r| r.created_at);
    if let Some(check) = check.filter(|c| newest.is_none_or(|at| c.created_at >= at)) {
        return Ok(Some(elsewhere(services, found, &check)));
    }
    let Some(asked) = asked else {
        return Ok(None);
    };
    let stage = match asked.stage {
        Stage::Waiting if asked.waits(now) => CheckStage::Waiting,
        Stage::Accepted | Stage::Used => CheckStage::Accepted,
        Stage::Declined => CheckStage::Declined,
        Stage::NotMe => CheckStage::NotMe,
        Stage::Waiting | Stage::Voided => CheckStage::Over,
    };
    let is_mine = asked.asked_by.as_ref() == Some(found.desk.id());
    let shows = is_mine && stage == CheckStage::Waiting;
    Ok(Some(CheckFace {
        proof: CallerProof::Smartphone,
        page: String::new(),
        number: String::new(),
        is_mine,
        digits: if shows {
            asked.digits.clone()
        } else {
            String::new()
        },
        stage,
        // Never none while it waits: the page asks anew when there is none left.
        seconds_left: now.seconds_until(asked.expires_at()).max(1),
        seconds_total: LIFE,
    }))
}

fn elsewhere(services: &Services, found: &Found, check: &CallerCheck) -> CheckFace {
    let now = services.now();
    let stage = match check.decision {
        Some(Decision::Accept) => CheckStage::Accepted,
        Some(Decision::Decline) => CheckStage::Declined,
        Some(Decision::NotMe) => CheckStage::NotMe,
        None if check.waits(now) => CheckStage::Waiting,
        None => CheckStage::Over,
    };
    let is_mine = check.agent == *found.desk.id();
    let is_call_back = check.proof == CallerProof::CallBack;
    let shows = is_mine && !is_call_back && stage == CheckStage::Waiting;
    CheckFace {
        is_mine,
        number: if is_call_back {
            number::mask(&found.who.number)
        } else {
            String::new()
        },
        proof: check.proof,
        page: match check.proof {
            CallerProof::Passkey => services.url(&paths::confirm_call(&found.realm.slug)),
            CallerProof::Smartphone | CallerProof::Manager | CallerProof::CallBack => String::new(),
        },
        digits: if shows {
            text::in_groups(&check.code, 3)
        } else {
            String::new()
        },
        stage,
        seconds_left: now.seconds_until(check.expires_at()).max(1),
        seconds_total: check.life(),
    }
}

/// What came of the last checks, newest first.
pub(super) async fn evidence(
    conn: &mut Conn,
    caller: &Caller,
    times: &Times,
    now: Timestamp,
) -> Result<Vec<EvidenceFace>, Failure> {
    let counts: Vec<_> = caller.proofs(now).into_iter().map(|e| &e.id).collect();
    let mut faces = Vec::new();
    for one in caller.evidence().iter().take(5) {
        let agent = conn.person(&one.agent).await?;
        let call = conn.call(&one.call).await?;
        let manager = match &one.manager {
            Some(manager) => conn.person(manager).await?,
            None => None,
        };
        faces.push(EvidenceFace {
            call: call.map(|call| call.name()).unwrap_or_default(),
            proof: one.proof,
            manager: manager.map(|m| m.called().to_owned()).unwrap_or_default(),
            decision: one.decision,
            holds: counts.contains(&&one.id),
            by: agent.map(|a| a.login).unwrap_or_default(),
            at: times.moment(one.at),
        });
    }
    Ok(faces)
}
