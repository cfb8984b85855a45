//! What is to be known of a session before an application's request is decided.

use super::pending::Pending;
use crate::{Failure, ceremony::Ctx, proof};
use domain::{
    FactorKind,
    oidc::{Given, Scope},
    records::Session,
};

/// What is to be known of a session.
pub(super) struct Facts {
    /// What was proven, each kind with the last time.
    pub proofs: Vec<Given>,
    /// What could be proven.
    pub held: Vec<FactorKind>,
    /// The person agreed to what is asked for.
    pub agreed: bool,
}

impl Facts {
    pub async fn of(ctx: Ctx<'_>, session: &Session, pending: &Pending) -> Result<Self, Failure> {
        let proofs = proofs(ctx, session).await?;
        let who = &session.person.id;
        let mut conn = ctx.services.store.read().await?;
        let factors = conn.factors(who).await?;
        let held = proof::held(&factors, conn.recovery_left(who).await?);
        let asked = &pending.asked;
        let before = conn.oidc_consent(who, &asked.client).await?;
        let before = Scope::split(&before.unwrap_or_default());
        let covers = Scope::split(&asked.scope)
            .iter()
            .all(|s| before.contains(s));
        Ok(Self {
            proofs,
            held,
            agreed: pending.agreed || (covers && !asked.prompt.consent),
        })
    }
}

/// What a session has proven, at sign-in and since.
async fn proofs(ctx: Ctx<'_>, session: &Session) -> Result<Vec<Given>, Failure> {
    let mut conn = ctx.services.store.read().await?;
    let since = conn.session_proofs(&session.id).await?;
    let at_sign_in = session.proven.iter().map(|kind| (*kind, session.opened_at));
    let mut out: Vec<Given> = at_sign_in.collect();
    for (kind, when) in since {
        match out.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, at)) => *at = (*at).max(when),
            None => out.push((kind, when)),
        }
    }
    Ok(out)
}
