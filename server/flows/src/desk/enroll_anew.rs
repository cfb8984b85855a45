//! Somebody who has lost their factors and was verified otherwise: a mailed link with
//! which they enroll a passkey. What they had goes on until they remove it.

use crate::{Fact, Failure, audit, outbox, reset_password};
use domain::{
    FactorKind,
    audit::{Action, Event},
    caller::ENROLL_WINDOW,
    ids::PersonId,
    link::Purpose,
    message::Notice,
    policy::Realm,
    records::Person,
    screen::News,
};

/// Whether there is something to enroll by such a link.
pub(super) fn is_offered(realm: &Realm, who: &Person) -> bool {
    realm.offers.contains(&FactorKind::Passkey) && !who.email.is_empty()
}

/// Puts the link into the outbox. It waits for so many seconds
/// ([`domain::caller::cool_down`]); every address hears of it at once, so that the owner
/// can say "this was not me" first (`security.md`, XH07).
///
/// # Errors
/// The database could not; [`Failure::BadRequest`] where nothing can be enrolled.
pub(super) async fn mail(
    fact: &mut Fact<'_>,
    who: &Person,
    by: &PersonId,
    wait: i64,
) -> Result<News, Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    if !is_offered(ctx.realm, who) {
        return Err(Failure::BadRequest("nothing can be enrolled by a link"));
    }
    // One that waits from before would only say that its link is void.
    fact.tx().outbox_void(&who.id, "enroll_link", now).await?;
    reset_password::mail_link_after(fact, who, Purpose::Enroll, ENROLL_WINDOW, wait).await?;
    let event = Event::done(Action::EnrollAnew, who.id.clone());
    audit::record(fact, Some(by), &event).await?;
    let minutes = wait / 60;
    outbox::notify(fact, who, Notice::EnrollAnew { minutes }, &[]).await?;
    Ok(News::EnrollAnew)
}
