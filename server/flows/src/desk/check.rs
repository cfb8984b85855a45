//! Checking a caller by their phone (workforce guide, I.1 to I.4): a message to the
//! phone on record, its number read out by the agent, and what came of it kept as
//! evidence.

use super::{
    call,
    person::{Found, find, show},
};
use crate::{Fact, Failure, Reply, Request, Services, ceremony::Ctx, phone, when::Times};
use domain::{
    FactorKind, Refusal, Timestamp,
    call::Checked,
    ids::PersonId,
    phone::{LIFE, NEW, Purpose, Stage},
    records::{Factor, Person},
    refusal::Code,
    screen::{CheckFace, CheckStage, EvidenceFace},
};
use store::Conn;

/// Whether a phone verifies a caller: none that is new does.
fn verifies(factor: &Factor, now: Timestamp) -> bool {
    factor.kind == FactorKind::Smartphone
        && factor.disabled_at.is_none()
        && factor.created_at.plus_seconds(NEW) <= now
}

/// Why the caller cannot be checked by a phone now; `None` when they can.
pub(super) fn refusal(who: &Person, factors: &[Factor], now: Timestamp) -> Option<Code> {
    if who.frozen_at.is_some() {
        return Some(Code::Frozen);
    }
    let any = factors.iter().any(|f| verifies(f, now));
    (!any).then_some(Code::NoPhoneToCheck)
}

/// Sends the message.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::Forbidden`] for one's own account.
pub async fn check(services: &Services, request: &Request, id: String) -> Result<Reply, Failure> {
    let found = find(services, request, &PersonId::new(id)).await?;
    if found.who.id == *found.desk.id() {
        return services.denied_reply(request, &found.desk.session).await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let factors = fact.tx().factors(&found.who.id).await?;
    if let Some(code) = refusal(&found.who, &factors, services.now()) {
        drop(fact);
        return refused(services, request, &found, code).await;
    }
    let call = call::current(&mut fact, &found).await?;
    let by = Some(&call);
    let asked = phone::ask(&mut fact, Some(&found.who), Purpose::CallerCheck, by).await?;
    if !asked.is_asked() {
        // Asked too often by now, by whoever it was.
        drop(fact);
        let seconds = domain::phone::PERIOD;
        return refused(services, request, &found, Code::Wait { seconds }).await;
    }
    fact.moves();
    fact.commit().await?;
    Ok(Reply::show(show(services, request, &found).await?))
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

/// The check that is under way, or was a moment ago. The number is for the agent who
/// asked, and for nobody else.
pub(super) async fn face(
    conn: &mut Conn,
    found: &Found,
    now: Timestamp,
) -> Result<Option<CheckFace>, Failure> {
    let last = conn
        .phone_request_last(&found.who.id, Purpose::CallerCheck)
        .await?;
    let Some(last) = last.filter(|r| now < r.created_at.plus_seconds(2 * LIFE)) else {
        return Ok(None);
    };
    let stage = match last.stage {
        Stage::Waiting if last.waits(now) => CheckStage::Waiting,
        Stage::Accepted | Stage::Used => CheckStage::Accepted,
        Stage::Declined => CheckStage::Declined,
        Stage::NotMe => CheckStage::NotMe,
        Stage::Waiting | Stage::Voided => CheckStage::Over,
    };
    let mine = last.asked_by.as_ref() == Some(found.desk.id());
    Ok(Some(CheckFace {
        digits: if mine && stage == CheckStage::Waiting {
            last.digits.clone()
        } else {
            String::new()
        },
        stage,
        // Never none while it waits: the page asks anew when there is none left.
        seconds_left: now.seconds_until(last.expires_at()).max(1),
        seconds_total: LIFE,
    }))
}

/// What came of the last checks, newest first.
pub(super) async fn evidence(
    conn: &mut Conn,
    found: &Found,
    factors: &[Factor],
    times: &Times,
    now: Timestamp,
) -> Result<Vec<EvidenceFace>, Failure> {
    let (who, agent) = (&found.who, found.desk.id());
    let all = conn.evidence_of(&who.id, 5).await?;
    let call = conn.call_open(&who.id, agent, now).await?;
    let checked = Checked {
        evidence: &all,
        call: call.as_ref().map(|call| &call.id),
    };
    // The one that this agent may rest on.
    let rests = checked.rests_on(agent, factors, now).map(|e| e.id.clone());
    let rests = rests.filter(|_| who.frozen_at.is_none());
    let mut faces = Vec::new();
    for one in all {
        let agent = conn.person(&one.agent).await?;
        let call = conn.call(&one.call).await?;
        faces.push(EvidenceFace {
            call: call.map(|call| call.name()).unwrap_or_default(),
            kind: one.kind,
            decision: one.decision,
            holds: rests.as_ref() == Some(&one.id),
            by: agent.map(|a| a.login).unwrap_or_default(),
            at: times.moment(one.at),
        });
    }
    Ok(faces)
}
