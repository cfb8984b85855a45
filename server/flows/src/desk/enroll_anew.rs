//! Somebody who has lost their factors and was verified otherwise: a mailed link with
//! which they enroll a passkey. What they had goes on until they remove it.

use crate::{Fact, Failure, audit, outbox, reset_password};
use domain::{
    FactorKind,
    audit::{Action, Event},
    caller::{COOL_DOWN, ENROLL_WINDOW},
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

/// Puts the link into the outbox. It waits out a cool-down unless a factor of the
/// person's own spoke for them a moment ago; every address hears of it at once, so that
/// the owner can say "this was not me" first (`security.md`, XH07).
///
/// # Errors
/// The database could not; [`Failure::BadRequest`] where nothing can be enrolled.
pub(super) async fn mail(
    fact: &mut Fact<'_>,
    who: &Person,
    by: &PersonId,
) -> Result<News, Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    if !is_offered(ctx.realm, who) {
        return Err(Failure::BadRequest("nothing can be enrolled by a link"));
    }
    let evidence = fact.tx().evidence_of(&who.id, 20).await?;
    let is_live = evidence.iter().any(|e| e.holds(now) && e.factor.is_some());
    let wait = if is_live { 0 } else { COOL_DOWN };
    reset_password::mail_link_after(fact, who, Purpose::Enroll, ENROLL_WINDOW, wait).await?;
    // For a day they take nothing away that the owner would need to come back.
    fact.tx().person_recover(&who.id, now).await?;
    let event = Event::done(Action::EnrollAnew, who.id.clone());
    audit::record(fact, Some(by), &event).await?;
    let opens_at = now.plus_seconds(wait);
    outbox::notify(fact, who, Notice::EnrollAnew { opens_at }, &[]).await?;
    Ok(News::EnrollAnew)
}
