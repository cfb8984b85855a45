//! Somebody who has lost their factors and was verified otherwise: a mailed link with
//! which they enroll a passkey, or another number for their codes
//! ([`crate::lost_line`]). What they had goes on until they remove it, or until the new
//! number proved itself.

use crate::{Fact, Failure, audit, outbox, reset_password};
use domain::{
    FactorKind,
    audit::{Action, Event},
    caller::ENROLL_WINDOW,
    ids::PersonId,
    link::Anew,
    message::Notice,
    policy::Realm,
    records::{Factor, Person},
    screen::News,
};

/// What such a link sets up anew; `None` where there is nothing. Whoever has no codes by
/// SMS or call yet chooses them with the password alone, and needs no link.
pub(super) fn offered(realm: &Realm, who: &Person, factors: &[Factor]) -> Option<Anew> {
    if who.email.is_empty() {
        return None;
    }
    if realm.offers.contains(&FactorKind::Passkey) {
        return Some(Anew::Passkey);
    }
    (!realm.lines().is_empty() && line(factors).is_some()).then_some(Anew::Line)
}

/// The codes over the telephone network that somebody has.
fn line(factors: &[Factor]) -> Option<&Factor> {
    factors.iter().find(|f| f.kind.is_line())
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
    let factors = fact.tx().factors(&who.id).await?;
    let Some(anew) = offered(ctx.realm, who, &factors) else {
        return Err(Failure::BadRequest("nothing can be enrolled by a link"));
    };
    // One that waits from before would only say that its link is void.
    fact.tx().outbox_void(&who.id, "enroll_link", now).await?;
    let lost = line(&factors).filter(|_| anew == Anew::Line);
    let lost = lost.map_or("", |f| f.id.as_str());
    reset_password::mail_enroll_after(fact, who, lost, ENROLL_WINDOW, wait).await?;
    let event = Event::done(Action::EnrollAnew, who.id.clone());
    audit::record(fact, Some(by), &event).await?;
    let minutes = wait / 60;
    outbox::notify(fact, who, Notice::EnrollAnew { minutes, anew }, &[]).await?;
    Ok(News::EnrollAnew)
}
