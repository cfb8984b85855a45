//! What came of a check that takes its answer elsewhere than on a phone
//! ([`domain::caller::CallerCheck`]): by the caller's passkey ([`crate::confirm_call`]) by
//! the manager's word ([`crate::vouch`]) or by a call back ([`crate::desk`]), kept once
//! and in the same way.

use crate::{Fact, Failure, audit, ceremony::Ctx};
use domain::{
    audit::{Action, Event},
    caller::{CallerCheck, CallerProof, Evidence},
    phone::Decision,
};

/// What an answer to a check is kept as.
pub fn evidence(ctx: Ctx<'_>, check: &CallerCheck, decision: Decision) -> Evidence {
    let now = ctx.services.now();
    Evidence {
        id: ctx.services.random.id(now),
        person: check.person.clone(),
        proof: check.proof,
        factor: None,
        manager: None,
        decision,
        agent: check.agent.clone(),
        call: check.call.clone(),
        at: now,
    }
}

/// Keeps an answer, once; the desk's page follows. `false` when the check waits no
/// more, or the account was frozen meanwhile: then the fact must be dropped.
///
/// # Errors
/// The database could not.
pub async fn keep(
    fact: &mut Fact<'_>,
    check: &CallerCheck,
    evidence: &Evidence,
) -> Result<bool, Failure> {
    let now = fact.ctx().services.now();
    // Somebody said "this was not me": nothing that was asked before confirms anybody.
    let who = fact.tx().person(&check.person).await?;
    let is_frozen = who.is_none_or(|who| who.frozen_at.is_some());
    if is_frozen && evidence.decision == Decision::Accept {
        return Ok(false);
    }
    let answered = fact.tx().caller_check_answer(check, evidence.decision, now);
    if !answered.await? {
        return Ok(false);
    }
    fact.tx().evidence_insert(evidence).await?;
    let why = format!("{} {}", check.proof.slug(), evidence.decision.slug());
    let event = Event::done(Action::CallerAnswered, check.person.clone()).because(why);
    // Who has the code alone has proved nothing: that is nobody's act.
    let person = evidence.factor.as_ref().map(|_| &check.person);
    let told = (check.proof == CallerProof::CallBack).then_some(&check.agent);
    let by = evidence.manager.as_ref().or(person).or(told);
    audit::record(fact, by, &event).await?;
    fact.moves();
    Ok(true)
}
