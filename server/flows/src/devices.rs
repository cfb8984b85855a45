//! Browsers that a realm's policy lets go without the second factor for a while
//! (C12). Each has a secret of its own: the one that merely tells browsers apart
//! may have been planted by somebody else.

use crate::{Cookie, Fact, Failure, audit, ceremony::Ctx, request::token_hash};
use domain::{
    audit::{Action, Event},
    ids::{PersonId, RealmSlug},
    policy::Remember,
    records::{Device, Person},
};

/// The cookie that a remembered browser is known by: one for each realm.
pub fn cookie(realm: &RealmSlug) -> String {
    format!("__Host-device-{realm}")
}

/// The device of this person that the caller's browser is, if it still counts.
///
/// # Errors
/// The database could not.
pub async fn of(ctx: Ctx<'_>, person: &PersonId) -> Result<Option<Device>, Failure> {
    if ctx.realm.remember.is_none() {
        return Ok(None);
    }
    let Some(token) = ctx.request.cookie(&cookie(&ctx.realm.slug)) else {
        return Ok(None);
    };
    let hash = token_hash(token);
    let mut conn = ctx.services.store.read().await?;
    Ok(conn
        .device_by_hash(person, &hash, ctx.services.now())
        .await?)
}

/// Remembers the caller's browser; gives what it keeps.
///
/// # Errors
/// The database could not.
pub async fn remember(
    fact: &mut Fact<'_>,
    who: &Person,
    rule: Remember,
) -> Result<Cookie, Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    let keep = rule.days * 24 * 3600;
    let device = Device {
        id: services.random.id(now),
        person: who.id.clone(),
        agent: ctx.request.agent.clone(),
        address: ctx.request.address.clone(),
        used_at: now,
        expires_at: now.plus_seconds(keep),
    };
    let token = services.random.token();
    fact.tx()
        .device_insert(&device, &token_hash(token.reveal()))
        .await?;
    let event = Event::done(Action::DeviceRemembered, who.id.clone());
    audit::record(fact, Some(&who.id), &event).await?;
    Ok(Cookie {
        name: cookie(&ctx.realm.slug),
        value: token,
        keep: Some(keep),
    })
}
