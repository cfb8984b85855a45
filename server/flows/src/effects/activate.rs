//! A factor becomes active: what it takes the place of goes in the same fact.

use super::{Material, person};
use crate::{Fact, Failure, account::outgrow_sessions, approval, cases, outbox, undo_change};
use domain::{
    FactorKind,
    factor::MOST_OF_A_KIND,
    ids::{CaseId, FactorId, PersonId},
    message::Undo,
    records::Factor,
};

/// Returns whether one of some factors of a kind has this name; what has none is told apart
/// by its kind alone.
pub fn is_named_like(same: &[&Factor], name: &str) -> bool {
    !name.is_empty() && same.iter().any(|f| f.name == name)
}

/// What the notices that follow have to know.
#[derive(Default)]
pub(super) struct Told {
    /// Who hears of it beside the person's own addresses.
    pub also: Vec<String>,
    /// The way to take it back.
    pub undo: Option<Undo>,
    /// Codes of this kind go to another number now.
    pub line_moved: Option<FactorKind>,
}

/// Activates what `material` holds, in the place of `replaces` and of what its kind or
/// the way it came by do not leave beside it.
///
/// # Errors
/// The database could not; [`Failure::BadRequest`] where another browser was faster: what
/// is replaced is gone, or the one line for codes over the telephone network is taken.
pub(super) async fn activate(
    fact: &mut Fact<'_>,
    id: &PersonId,
    replaces: Option<&FactorId>,
    material: &mut Material,
    told: &mut Told,
) -> Result<(), Failure> {
    let ctx = fact.ctx();
    let (realm, now) = (ctx.realm, ctx.services.now());
    let Some(factor) = &material.factor else {
        return Err(Failure::unavailable(
            &"a factor was to be activated, and none was made",
        ));
    };
    let mut factor = factor.clone();
    // Held first: who sets another one up at this moment waits. Sign-ins that are under
    // way elsewhere saw another set of factors: they are void (XA19).
    fact.tx().person_bump(id).await?;
    let held = fact.tx().factors(id).await?;
    let mut gone: Vec<FactorId> = replaces.into_iter().cloned().collect();
    let is_there = |id: &FactorId| held.iter().any(|f| f.id == *id);
    let before = person(fact, id).await?;
    let mut until = None;
    if let Some(case) = &material.case {
        let probation = use_case(fact, case).await?;
        factor.probation_until = Some(now.plus_seconds(probation));
        until = Some(now.plus_seconds(probation));
        let same = held
            .iter()
            .filter(|f| f.kind == factor.kind && f.stands_alone());
        gone = same.map(|f| f.id.clone()).collect();
        // Whoever is in came by what the owner says is gone.
        fact.tx().sessions_end(id, None, now).await?;
        fact.tx().person_recover(id, now).await?;
    } else if material.recovers && factor.kind == FactorKind::Passkey {
        if held.iter().any(|f| !f.kind.is_knowledge()) {
            // By a mailed link, beside what the owner had.
            fact.tx().person_recover(id, now).await?;
        }
    } else if material.recovers && factor.kind.is_line() {
        // By a mailed link, in the place of the number that is lost: whoever has that
        // telephone may be in.
        let lines = held.iter().filter(|f| f.kind.is_line());
        gone = lines.map(|f| f.id.clone()).collect();
        fact.tx().sessions_end(id, None, now).await?;
        fact.tx().browsers_forget(id).await?;
        fact.tx().person_recover(id, now).await?;
    } else if factor.kind.is_line() && replaces.is_some_and(is_there) {
        // There is one line; whoever came to have two is left with the new one.
        let lines = held.iter().filter(|f| f.kind.is_line());
        gone = lines.map(|f| f.id.clone()).collect();
    } else if realm.capture.is_some() && replaces.is_some() {
        until = Some(now.plus_seconds(undo_change::OWN_CHANGE));
    }
    // Judged a moment ago by who called, before the person was held: another browser may
    // have been faster.
    let stays = |f: &&Factor| !gone.contains(&f.id);
    let has_line = held.iter().filter(stays).any(|f| f.kind.is_line());
    if !replaces.is_none_or(is_there) || factor.kind.is_line() && has_line {
        return Err(Failure::BadRequest("another one took its place meanwhile"));
    }
    if factor.kind == FactorKind::Email {
        let contact = before.partner.as_ref().map(|p| p.contact.clone());
        told.also.extend(contact.filter(|c| !c.is_empty()));
        if realm.capture.is_some() {
            // The mailbox that proved itself is the one on record now.
            fact.tx().person_email(id, &factor.address).await?;
        }
    }
    for old in held.iter().filter(|f| gone.contains(&f.id)) {
        // Codes went there until now: it hears that they go elsewhere.
        if old.kind.is_line() {
            told.line_moved = Some(factor.kind);
            outbox::tell_line(fact, &before, old.kind, &old.address).await?;
        } else if !old.address.is_empty() {
            told.also.push(old.address.clone());
        }
        fact.tx().factor_remove(&old.id, id, now).await?;
    }
    let same = held.iter().filter(stays);
    let same: Vec<_> = same
        .filter(|f| f.kind == factor.kind && f.stands_alone())
        .collect();
    if same.len() >= MOST_OF_A_KIND || is_named_like(&same, &factor.name) {
        return Err(Failure::BadRequest("another one was added meanwhile"));
    }
    fact.tx().factor_insert(&factor).await?;
    outgrow_sessions(fact, id, material.session.as_ref(), factor.kind).await?;
    if let Some(approval) = material.approval.take() {
        approval::use_up(fact, approval).await?;
    }
    if let Some(until) = until.filter(|_| !gone.is_empty()) {
        let is_email = factor.kind == FactorKind::Email;
        let change = undo_change::Change {
            added: &factor.id,
            kind: factor.kind,
            removed: gone,
            email: is_email.then(|| before.email.clone()),
            case: material.case.clone(),
            until,
        };
        told.undo = Some(undo_change::offer(fact, &before, change).await?);
    }
    Ok(())
}

/// Uses an approved case up; gives the seconds of probation.
async fn use_case(fact: &mut Fact<'_>, id: &CaseId) -> Result<i64, Failure> {
    let ctx = fact.ctx();
    let case = fact.tx().case(id).await?.ok_or(Failure::NotFound)?;
    let rules = cases::rules(ctx, case.kind)?;
    let by = case.person.clone();
    match cases::advance(fact, case, cases::Event::Use, rules, Some(&by)).await? {
        Ok(_) => Ok(rules.probation_hours * 3600),
        // Judged a moment ago by who called; somebody stopped it in between.
        Err(_) => Err(Failure::BadRequest("the case was stopped meanwhile")),
    }
}
