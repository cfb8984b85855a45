//! What is known of a caller, read anew for every ruling: what was true when the page
//! was asked for may not be so any more.

use crate::Failure;
use domain::{
    Timestamp,
    call::Call,
    caller::{CallerProof, Checked, Evidence},
    desk_act::is_protected,
    ids::PersonId,
    policy::Realm,
    records::{Factor, Person},
};
use store::Conn;

/// Checks of a caller that are looked at: more than fit into the time that they count.
const CHECKS: i64 = 20;

/// A caller, as one agent knows them.
pub(super) struct Caller {
    pub who: Person,
    pub factors: Vec<Factor>,
    /// Protected from this agent alone.
    pub is_protected: bool,
    /// The call that goes on with this agent.
    pub call: Option<Call>,
    agent: PersonId,
    evidence: Vec<Evidence>,
    accepts: Vec<CallerProof>,
}

impl Caller {
    /// Reads what is known of `who`, for `agent`.
    ///
    /// # Errors
    /// The database could not; [`Failure::NotFound`] for nobody.
    pub async fn read(
        conn: &mut Conn,
        realm: &Realm,
        who: &PersonId,
        agent: &PersonId,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let is_staff = !conn.grants(who).await?.is_empty();
        let by = conn.person(agent).await?.ok_or(Failure::NotFound)?;
        let is_protected = is_protected(who, is_staff, &by);
        Ok(Self {
            who: conn.person(who).await?.ok_or(Failure::NotFound)?,
            factors: conn.factors(who).await?,
            is_protected,
            call: conn.call_open(who, agent, now).await?,
            agent: agent.clone(),
            evidence: conn.evidence_of(who, CHECKS).await?,
            accepts: realm.caller.of(is_protected).to_vec(),
        })
    }

    /// What came of checking them, as rulings take it.
    pub fn checked(&self) -> Checked<'_> {
        Checked {
            evidence: &self.evidence,
            call: self.call.as_ref().map(|call| &call.id),
            accepts: &self.accepts,
            number_since: self.who.number_since,
        }
    }

    /// What the agent may rest on now; nothing where the account is frozen.
    pub fn proofs(&self, now: Timestamp) -> Vec<&Evidence> {
        if self.who.frozen_at.is_some() {
            return Vec::new();
        }
        self.checked().proofs(&self.agent, &self.factors, now)
    }

    /// Every check that is remembered, newest first.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The proofs that policy accepts of them.
    pub fn accepts(&self) -> &[CallerProof] {
        &self.accepts
    }
}
