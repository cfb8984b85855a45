//! The phone shows a code for whoever calls from the service desk, and who typed it.

use super::{device, page};
use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::Ctx,
    throttle::{self, Whose},
};
use domain::{
    Refusal,
    audit::{Action, Event},
    call::{CODE_DIGITS, DeskCode},
    ids::FactorId,
};

/// Shows one for the account of a phone; the one before is gone.
///
/// # Errors
/// [`Failure::NotFound`] for a phone that does not live in this browser.
pub async fn show(
    services: &Services,
    request: &Request,
    factor: String,
) -> Result<Reply, Failure> {
    let device = device(request).ok_or(Failure::NotFound)?;
    let factor = FactorId::new(factor);
    let mut conn = services.store.read().await?;
    let phones = conn.phones_of_device(&device).await?;
    let phone = phones.into_iter().find(|p| p.factor == factor);
    let phone = phone.ok_or(Failure::NotFound)?;
    let who = conn.person(&phone.person).await?;
    let who = who.filter(|w| w.is_enabled()).ok_or(Failure::NotFound)?;
    drop(conn);
    let whose = Whose::Person(&who.id);
    if let Err(code) = throttle::take_send(services, request, whose, "desk-code").await? {
        let refusals = vec![Refusal::page(code)];
        return Ok(Reply::show(page::show(services, request, refusals).await?));
    }
    let realm = services.realm(who.realm.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let now = services.now();
    let code = DeskCode {
        id: services.random.id(now),
        person: who.id.clone(),
        phone: factor,
        digits: services.random.digits(CODE_DIGITS).reveal().to_owned(),
        created_at: now,
        wrong: 0,
        typed: None,
    };
    let mut fact = Fact::begin(ctx).await?;
    fact.tx().desk_code_set(&code).await?;
    let event = Event::done(Action::DeskCodeShown, who.id.clone());
    audit::record(&mut fact, Some(&who.id), &event).await?;
    fact.commit().await?;
    Ok(Reply::show(
        page::show(services, request, Vec::new()).await?,
    ))
}
