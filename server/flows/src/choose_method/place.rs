//! Where somebody sets a factor up, and what is kept there.

use crate::{
    Failure, approval, cases,
    ceremony::{self, Ctx, Extras, Run},
    lost_line, manage_factors, proof, prove,
};
use domain::{
    FactorKind,
    enrollment::Enroll,
    ids::FactorId,
    records::{Person, Session},
    sign_in::SignIn,
};

/// Where somebody sets a factor up.
pub enum Where {
    /// In their first sign-in.
    SignIn(Run<SignIn>),
    /// Signed in and freshly proven, or by an enrol link.
    Own(Run<Enroll>, Option<Box<Session>>),
}

/// Where this caller sets a factor up, and who they are.
///
/// # Errors
/// [`Failure::SignIn`] or [`Failure::Confirm`] for who is nowhere.
pub async fn locate(ctx: Ctx<'_>) -> Result<(Where, Person), Failure> {
    let session = ctx.services.session(ctx.request, ctx.realm).await?;
    if session.is_none() {
        if let Some(run) = ceremony::load::<SignIn>(ctx).await?
            && let SignIn::Enroll { subject, .. } = &run.machine
        {
            let who = prove::current(ctx, subject).await?;
            let who = who.ok_or_else(|| Failure::SignIn(ctx.realm.slug.clone()))?;
            // Read anew: whoever has a second factor by now must prove it (Z9).
            let mut conn = ctx.services.store.read().await?;
            let now = ctx.services.now();
            let asks = match &run.extras.case {
                Some(id) => cases::is_usable(&mut conn, id, now).await?,
                None => false,
            };
            let mut factors = proof::without_address(&conn.factors(&who.id).await?, asks);
            let mut left = conn.recovery_left(&who.id).await?;
            let link = run.extras.link.as_deref();
            if lost_line::of(&mut conn, link, &who.id, now)
                .await?
                .is_some()
            {
                (factors, left) = (lost_line::known(&factors), 0);
            }
            if !proof::subject(&who, &factors, left).bare {
                return Err(Failure::SignIn(ctx.realm.slug.clone()));
            }
            ctx.request.is_about(&who)?;
            return Ok((Where::SignIn(run), who));
        }
        if let Some(run) = ceremony::load::<Enroll>(ctx).await?
            && run.extras.link.is_some()
            && let Enroll::Choose { person, .. } | Enroll::Work { person, .. } = &run.machine
        {
            let who = ctx.services.store.read().await?.person(person).await?;
            let who = who
                .filter(Person::is_enabled)
                .ok_or_else(|| Failure::SignIn(ctx.realm.slug.clone()))?;
            ctx.request.is_about(&who)?;
            return Ok((Where::Own(run, None), who));
        }
        return Err(Failure::SignIn(ctx.realm.slug.clone()));
    }
    let session = ctx.services.fresh(ctx.request, ctx.realm).await?;
    let who = session.person.clone();
    let run = ceremony::load::<Enroll>(ctx).await?.filter(|run| {
        matches!(&run.machine, Enroll::Choose { person, .. } | Enroll::Work { person, .. } if *person == who.id)
    });
    let mut conn = ctx.services.store.read().await?;
    let factors = conn.factors(&who.id).await?;
    let (mut offers, replaces) = manage_factors::offers(ctx.realm, &factors);
    let now = ctx.services.now();
    if offers.first().is_some_and(|kind| kind.is_line())
        && replaces.is_some()
        && let Some(live) = approval::live_of(&mut conn, &who.id, now).await?
        && live.is_released()
        && !offers.contains(&live.wish.kind)
    {
        offers.push(live.wish.kind);
    }
    drop(conn);
    let run = match run {
        Some(run) if goes_on(&run.machine, &offers, replaces.as_ref()) => run,
        kept => {
            let choice = Enroll::Choose {
                person: who.id.clone(),
                replaces,
                offers,
            };
            match kept {
                // The row is the same: only what stands in it is newer.
                Some(mut run) => {
                    run.machine = choice;
                    run
                }
                None => Run::new(choice),
            }
        }
    };
    Ok((Where::Own(run, Some(Box::new(session))), who))
}

/// Whether what is under way goes on: codes, of which there is one line and one mailbox,
/// only as long as they would begin the same way now, for the desk or another browser may
/// have been faster; anything else in any case.
fn goes_on(enroll: &Enroll, offers: &[FactorKind], replaces: Option<&FactorId>) -> bool {
    match enroll {
        Enroll::Work { kind, .. } if kind.is_sent() => {
            enroll.offers() == offers && enroll.replaces() == replaces
        }
        Enroll::Work { .. } => true,
        Enroll::Choose { .. } | Enroll::Done { .. } => false,
    }
}

/// The machine that a place holds.
pub fn machine(place: &Where) -> Option<&Enroll> {
    match place {
        Where::SignIn(run) => match &run.machine {
            SignIn::Enroll { enroll, .. } => Some(enroll),
            _ => None,
        },
        Where::Own(run, _) => Some(&run.machine),
    }
}

/// What a place keeps beside its machine.
pub fn extras(place: &Where) -> &Extras {
    match place {
        Where::SignIn(run) => &run.extras,
        Where::Own(run, _) => &run.extras,
    }
}

/// The same, to be changed.
pub fn extras_mut(place: &mut Where) -> &mut Extras {
    match place {
        Where::SignIn(run) => &mut run.extras,
        Where::Own(run, _) => &mut run.extras,
    }
}
