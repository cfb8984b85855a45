//! What time does to requests: a reminder, and the end. Nothing depends on it: that time
//! is over is judged at use.

use super::{advance, ask};
use crate::{Fact, Failure, Request, Services, ceremony::Ctx};
use domain::approval::{Approval, Event};

/// Requests in one round.
const BATCH: i64 = 50;

/// Reminds whoever decides, once each, and says of what is out of time that it is.
///
/// # Errors
/// The database could not; the next round does it.
pub async fn round(services: &Services) -> Result<(), Failure> {
    let request = Request::default();
    let now = services.now();
    let Some(any) = services.realms.iter().find(|r| r.approvals.is_some()) else {
        return Ok(());
    };
    let mut fact = Fact::begin(Ctx {
        services,
        request: &request,
        realm: any,
    })
    .await?;
    let due = fact.tx().approvals_remind(BATCH, now).await?;
    for approval in &due {
        if let Some(who) = fact.tx().person(&approval.person).await? {
            ask(&mut fact, &who, approval, true).await?;
        }
    }
    if due.is_empty() {
        drop(fact);
    } else {
        fact.commit().await?;
    }
    let mut conn = services.store.read().await?;
    let ended = conn.approvals_ended(BATCH, now).await?;
    drop(conn);
    for approval in ended {
        lapse(services, &request, approval).await?;
    }
    Ok(())
}

async fn lapse(services: &Services, request: &Request, approval: Approval) -> Result<(), Failure> {
    let Some(realm) = services.realms.get(&approval.realm) else {
        return Ok(());
    };
    let Some(rules) = &realm.approvals else {
        return Ok(());
    };
    let ctx = Ctx {
        services,
        request,
        realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    // Another node may have been faster.
    if advance(&mut fact, approval, Event::Lapse, rules, None)
        .await?
        .is_ok()
    {
        fact.commit().await?;
    }
    Ok(())
}
