//! Switching from codes by SMS to calls, or back: the service desk alone does it, for a
//! caller who was verified (agents guide, 1: "only by request at the service desk").

use crate::{Fact, Failure, approval, audit, infra::numbers, outbox};
use domain::{
    Refusal,
    approval::{Approval, Event as ApprovalEvent, Switch},
    audit::{Action, Event},
    ids::{FactorId, PersonId},
    message::Notice,
    number,
    policy::Realm,
    records::{Factor, Person},
    refusal::Code,
    screen::News,
};

/// Whether a factor can be switched, and what that takes; a refusal says why not.
pub(super) fn judge<'a>(
    realm: &Realm,
    factor: &Factor,
    approved: Option<&'a Approval>,
) -> Result<Switch<'a>, Code> {
    let current = (factor.kind, factor.address.as_str());
    let way = Switch::of(current, &realm.lines(), approved, |kind| {
        realm.approves(kind)
    })?;
    if let Switch::Now(kind, _) = way {
        let number = numbers::read(&factor.address, realm.numbers.home())?;
        number.takes(kind, &realm.numbers)?;
    }
    Ok(way)
}

/// Switches, or lets the person do it.
///
/// # Errors
/// The database could not; [`Failure::BadRequest`] for what cannot be switched (any more).
pub(super) async fn carry_out(
    fact: &mut Fact<'_>,
    who: &Person,
    factor: &str,
    by: &PersonId,
) -> Result<News, Failure> {
    let ctx = fact.ctx();
    let (services, realm) = (ctx.services, ctx.realm);
    let now = services.now();
    // The lock under which two agents do not both switch.
    fact.tx().person_bump(&who.id).await?;
    let factors = fact.tx().factors(&who.id).await?;
    let old = factors.iter().find(|f| f.id.as_str() == factor);
    let old = old.ok_or(Failure::NotFound)?;
    let live = approval::live_of(fact.tx(), &who.id, now).await?;
    let live = live.filter(|a| a.allows(a.wish.kind, &a.wish.address, now));
    let way = judge(realm, old, live.as_ref());
    let way = way.map_err(|_| Failure::BadRequest("this cannot be switched"))?;
    let (kind, approved) = match way {
        Switch::Now(kind, approved) => (kind, approved.cloned()),
        Switch::Release(approved) => {
            let rules = realm.approvals.as_ref().ok_or(Failure::NotFound)?;
            let event = ApprovalEvent::Release;
            let moved = approval::advance(fact, approved.clone(), event, rules, Some(by)).await?;
            return match moved {
                Ok(_) => Ok(News::LineReleased),
                Err(Refusal { .. }) => Err(Failure::BadRequest("the approval moved meanwhile")),
            };
        }
    };
    let new = Factor {
        id: FactorId::new(services.random.id(now)),
        kind,
        created_at: now,
        used_at: None,
        tested_at: None,
        ..old.clone()
    };
    fact.tx().factor_insert(&new).await?;
    fact.tx().factor_remove(&old.id, &who.id, now).await?;
    fact.tx().sessions_end(&who.id, None, now).await?;
    if let Some(approved) = approved {
        approval::use_up(fact, approved).await?;
    }
    let event = Event::done(Action::LineSwitched, who.id.clone()).with(kind);
    audit::record(fact, Some(by), &event).await?;
    let number = number::mask(&new.address);
    outbox::notify(fact, who, Notice::LineSwitched { kind, number }, &[]).await?;
    Ok(News::LineSwitched(kind))
}
