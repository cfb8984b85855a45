//! An account that is held: the only place where it is judged whether a session may
//! open or a factor may change.
//!
//! Whoever changes what protects an account holds it first, in the same transaction.
//! What was read before that is only good for showing a page: a freeze, a removal or the
//! end of all sessions may have been committed in between.

use crate::{Fact, Failure};
use domain::{
    FactorKind, Timestamp,
    ids::{PersonId, SessionId},
    probation,
    records::{Factor, Person, Session},
    refusal::Code,
};

/// An account as it is while its fact holds it: nobody else changes it until the fact
/// commits or is dropped.
#[derive(Debug)]
pub struct LockedAccount {
    /// The person.
    pub who: Person,
    /// Their factors, also those that are switched off.
    pub factors: Vec<Factor>,
}

impl LockedAccount {
    /// Holds an account, waiting for whoever holds it now.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if there is no such person; the database could not.
    pub async fn hold(fact: &mut Fact<'_>, id: &PersonId) -> Result<Self, Failure> {
        fact.tx().person_lock(id).await?;
        let who = fact.tx().person(id).await?.ok_or(Failure::NotFound)?;
        let factors = fact.tx().factors(id).await?;
        Ok(Self { who, factors })
    }

    /// Holds the account of a session, which must still live: whoever ended it did not
    /// want what it is about to do.
    ///
    /// # Errors
    /// [`Failure::SignIn`] if the session was ended or the account disabled meanwhile; the
    /// database could not.
    pub async fn of_session(fact: &mut Fact<'_>, session: &Session) -> Result<Self, Failure> {
        let account = Self::hold(fact, &session.person.id).await?;
        let lives = fact.tx().session_lives(&session.id).await?;
        if lives && account.who.is_enabled() {
            Ok(account)
        } else {
            Err(Failure::SignIn(session.realm.clone()))
        }
    }

    /// Returns whether a ceremony that began at this epoch may go on: nothing that protects
    /// the account changed since (XA19), and nobody disabled it.
    pub const fn stands_at(&self, epoch: i64) -> bool {
        self.who.epoch == epoch && self.who.is_enabled()
    }

    /// Returns why somebody who proved these kinds changes nothing in the account now;
    /// `None` when they may.
    pub fn held_back(&self, proven: &[FactorKind], now: Timestamp) -> Option<Code> {
        if self.who.frozen_at.is_some() {
            return Some(Code::Frozen);
        }
        let left = probation::left(proven, &self.factors, now);
        left.map(|seconds| Code::OnProbation { seconds })
    }
}

/// A factor was added: sessions that never proved as much as the realm asks for end, and
/// no other session may change anything before it proves itself anew. `by` is the session
/// that added it; setting the factor up was a proof of it.
///
/// # Errors
/// The database could not.
pub async fn outgrow_sessions(
    fact: &mut Fact<'_>,
    id: &PersonId,
    by: Option<&SessionId>,
    kind: FactorKind,
) -> Result<(), Failure> {
    let (realm, now) = (fact.ctx().realm, fact.ctx().services.now());
    if let Some(own) = by {
        fact.tx().session_proof_put(own, kind, now).await?;
    }
    for session in fact.tx().sessions_of(id, now).await? {
        if by == Some(&session.id) {
            continue;
        }
        let mut proven = session.proven.clone();
        let later = fact.tx().session_proofs(&session.id).await?;
        proven.extend(later.into_iter().map(|(kind, _)| kind));
        if !realm.opens(&proven) {
            fact.tx().session_end(&session.id, id, now).await?;
        }
    }
    fact.tx().sessions_stale(id, by).await?;
    Ok(())
}
