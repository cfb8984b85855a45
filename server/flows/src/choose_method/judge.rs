//! Whether a factor may be set up now, and what it may be called.

use super::{Where, extras, machine};
use crate::{Fact, Failure, account::LockedAccount, cases, ceremony::Ctx, effects::is_named_like};
use domain::{
    FactorKind, enrollment::Enroll, factor::MOST_OF_A_KIND, records::Person, refusal::Code,
};

/// Why nothing is set up here now: a freeze, a session that may change nothing,
/// a case that no longer stands, or enough of the kind. It holds the account until the fact
/// ends, so what it finds stays true for what the fact does.
///
/// # Errors
/// [`Failure::SignIn`] where the session was ended meanwhile; the database could not.
pub(super) async fn held_back(
    fact: &mut Fact<'_>,
    place: &Where,
    who: &Person,
    kind: Option<FactorKind>,
) -> Result<Option<Code>, Failure> {
    let now = fact.ctx().services.now();
    let (account, proven) = match place {
        Where::Own(_, Some(session)) => (
            LockedAccount::of_session(fact, session).await?,
            session.proven.as_slice(),
        ),
        Where::Own(_, None) | Where::SignIn(_) => {
            (LockedAccount::hold(fact, &who.id).await?, &[][..])
        }
    };
    if account.who.frozen_at.is_some() {
        return Ok(Some(Code::Frozen));
    }
    if let Some(id) = &extras(place).case {
        let usable = cases::is_usable(fact.tx(), id, now).await?;
        return Ok((!usable).then_some(Code::LinkExpired));
    }
    let goes = machine(place).and_then(Enroll::replaces);
    let same = account.factors.iter().filter(|f| Some(f.kind) == kind);
    let same = same.filter(|f| f.stands_alone() && Some(&f.id) != goes);
    if same.count() >= MOST_OF_A_KIND {
        return Ok(Some(Code::EnoughFactors {
            most: u32::try_from(MOST_OF_A_KIND).unwrap_or(u32::MAX),
        }));
    }
    Ok(match place {
        Where::Own(_, Some(_)) => account.held_back(proven, now),
        Where::Own(_, None) | Where::SignIn(_) => None,
    })
}

/// The name for a new factor of a kind: what was typed, unless another one is called so.
///
/// # Errors
/// The database could not.
pub async fn name_for(
    ctx: Ctx<'_>,
    who: &Person,
    kind: FactorKind,
    name: String,
) -> Result<Result<String, Code>, Failure> {
    let factors = ctx.services.store.read().await?.factors(&who.id).await?;
    let same: Vec<_> = factors.iter().filter(|f| f.kind == kind).collect();
    Ok(if is_named_like(&same, &name) {
        Err(Code::NameTaken)
    } else {
        Ok(name)
    })
}

/// A name that nobody typed, with a number behind it where it is taken.
///
/// # Errors
/// The database could not.
pub async fn proposed_name(
    ctx: Ctx<'_>,
    who: &Person,
    kind: FactorKind,
    name: &str,
) -> Result<String, Failure> {
    let factors = ctx.services.store.read().await?.factors(&who.id).await?;
    let same: Vec<_> = factors.iter().filter(|f| f.kind == kind).collect();
    let numbered = (2..).map(|n| format!("{name} {n}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    Ok(names
        .find(|name| !is_named_like(&same, name))
        .unwrap_or_default())
}
