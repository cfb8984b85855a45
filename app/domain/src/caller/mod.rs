//! Whether a caller is who they say (workforce guide, I.1 to I.4; `security.md`, 5).
//! Nobody at the desk can say so: each way is a proof that the server took in itself,
//! and none asks what a stranger could know.
//!
//! | proof | who gives it | how it is bound to the call |
//! |---|---|---|
//! | smartphone | the caller, on a phone of more than a day | two digits on the agent's screen ([`crate::phone`]) |
//! | passkey | the caller, with one of more than a day | six digits on the agent's screen |
//! | manager | the manager on record, signed in | six digits that the caller reads to them |
//! | call back | whoever answers the number on record, which is a day old | six digits that are spoken there, and read back to the agent |
//!
//! Policy says which of them counts, and which for accounts that are protected. One of
//! them is enough for what leaves the person's factors alone; what changes those takes
//! two different ones, or one and a second agent ([`judge`]).

mod check;
#[cfg(test)]
mod tests;

pub use check::{CALL_BACK_LIFE, CallerCheck, DIGITS, MANAGER_LIFE, MOST_WRONG, PASSKEY_LIFE};

use crate::{
    FactorKind, Timestamp,
    ids::{CallId, FactorId, PersonId},
    phone::{Decision, NEW},
    records::{Factor, Person},
    refusal::Code,
};
use serde::{Deserialize, Serialize};

/// Seconds for which an accepted check of a caller counts (workforce guide, I.3).
pub const COUNTS: i64 = 600;
/// Seconds that somebody waits who holds no factor any more and whose manager spoke
/// for them: time for the owner to say "this was not me" (`security.md`, XH07).
pub const COOL_DOWN: i64 = 3600;
/// Seconds for which the mailed link works with which they enroll anew.
pub const ENROLL_WINDOW: i64 = 24 * 3600;

/// A way to find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallerProof {
    /// A message to their phone, answered with the number.
    Smartphone,
    /// Their passkey, used for this call.
    Passkey,
    /// Their manager, who spoke with them.
    Manager,
    /// The portal calls the number on record, never one that the caller names.
    CallBack,
}

impl CallerProof {
    /// Every way, the strongest first.
    pub const ALL: [Self; 4] = [
        Self::Smartphone,
        Self::Passkey,
        Self::CallBack,
        Self::Manager,
    ];

    /// The name in tables, policies and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Smartphone => "smartphone",
            Self::Passkey => "passkey",
            Self::Manager => "manager",
            Self::CallBack => "call_back",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.slug() == text)
    }

    /// The kind of factor behind it; a manager's word and a call have none.
    pub const fn factor(self) -> Option<FactorKind> {
        match self {
            Self::Smartphone => Some(FactorKind::Smartphone),
            Self::Passkey => Some(FactorKind::Passkey),
            Self::Manager | Self::CallBack => None,
        }
    }
}

/// Whether a factor verifies a caller: whoever took an account over begins with one of
/// their own, so none that is new does.
pub fn verifies(proof: CallerProof, factor: &Factor, now: Timestamp) -> bool {
    proof.factor() == Some(factor.kind)
        && factor.disabled_at.is_none()
        && factor.created_at.plus_seconds(NEW) <= now
}

/// Why somebody cannot be checked by a proof now; `None` when they can. That policy
/// accepts it is the caller's to see to.
pub fn refusal(
    proof: CallerProof,
    who: &Person,
    factors: &[Factor],
    agent: &PersonId,
    now: Timestamp,
) -> Option<Code> {
    if who.frozen_at.is_some() {
        return Some(Code::Frozen);
    }
    let can = match (proof, &who.manager) {
        // An agent vouches for nobody whose call they take.
        (CallerProof::Manager, Some(manager)) => manager != agent && *manager != who.id,
        (CallerProof::Manager, None) => false,
        // Whoever takes an account over puts their own number there first.
        (CallerProof::CallBack, _) => {
            !who.number.is_empty() && who.number_since.plus_seconds(NEW) <= now
        }
        _ => factors.iter().any(|f| verifies(proof, f, now)),
    };
    (!can).then_some(match proof {
        CallerProof::Smartphone => Code::NoPhoneToCheck,
        CallerProof::Passkey | CallerProof::Manager | CallerProof::CallBack => Code::NoProofToCheck,
    })
}

/// What came of checking a caller. It is kept for as long as the trail: what the desk
/// does afterwards rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its id.
    pub id: String,
    /// Who called.
    pub person: PersonId,
    /// By which proof, and with it how strong.
    pub proof: CallerProof,
    /// By which factor; `None` for a manager's word and for a call, and where none was
    /// used to say no.
    pub factor: Option<FactorId>,
    /// Which manager; `None` where it was no manager.
    pub manager: Option<PersonId>,
    /// What was answered.
    pub decision: Decision,
    /// Who of the service desk asked.
    pub agent: PersonId,
    /// In which call.
    pub call: CallId,
    /// When it was answered.
    pub at: Timestamp,
}

impl Evidence {
    /// Whether it says now that the caller is who they say.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.decision == Decision::Accept && now < self.at.plus_seconds(COUNTS)
    }

    /// Whether what it rests on is still there: a factor that works, a manager, or the
    /// number that was called.
    fn stands(&self, factors: &[Factor], number_since: Timestamp) -> bool {
        match (self.proof, &self.factor) {
            (CallerProof::Manager, _) => self.manager.is_some(),
            (CallerProof::CallBack, _) => number_since < self.at,
            (_, Some(id)) => {
                let mut factors = factors.iter();
                factors.any(|f| f.id == *id && f.disabled_at.is_none())
            }
            (_, None) => false,
        }
    }
}

/// What came of checking a caller, the call that goes on, and what policy accepts.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// What was found out.
    pub evidence: &'a [Evidence],
    /// The call between the two.
    pub call: Option<&'a CallId>,
    /// The proofs that count for this person.
    pub accepts: &'a [CallerProof],
    /// Since when their number is on record.
    pub number_since: Timestamp,
}

impl<'a> Checked<'a> {
    /// What an agent may rest on: what they found out themselves in the call that goes
    /// on, a moment ago, by proofs that policy accepts and that stand still. One of
    /// each, the newest first.
    pub fn proofs(self, agent: &PersonId, factors: &[Factor], now: Timestamp) -> Vec<&'a Evidence> {
        let mut all: Vec<_> = self.evidence.iter().collect();
        all.sort_by_key(|e| std::cmp::Reverse(e.at));
        let counts = |one: &&Evidence| {
            one.agent == *agent
                && self.call == Some(&one.call)
                && one.holds(now)
                && one.stands(factors, self.number_since)
                && self.accepts.contains(&one.proof)
        };
        let mut out: Vec<&Evidence> = Vec::new();
        // A later "no" outweighs every earlier "yes", whoever asked.
        for one in all.into_iter().take_while(counts) {
            if !out.iter().any(|e| e.proof == one.proof) {
                out.push(one);
            }
        }
        out
    }

    /// The newest of [`Self::proofs`].
    pub fn rests_on(
        self,
        agent: &PersonId,
        factors: &[Factor],
        now: Timestamp,
    ) -> Option<&'a Evidence> {
        self.proofs(agent, factors, now).into_iter().next()
    }
}

/// Seconds that a link to enroll anew waits, by the proofs that the agent rests on: none
/// where a factor of the caller's own spoke for them.
pub fn cool_down(proofs: &[&Evidence]) -> i64 {
    if proofs.iter().any(|one| one.factor.is_some()) {
        0
    } else {
        COOL_DOWN
    }
}

/// What is made of a wish that takes a verified caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// It is done.
    Do,
    /// A second agent has to agree first.
    Second,
    /// It is not done.
    Refuse,
}

/// Judges a change of somebody's factors by what was found out about the caller:
/// two different proofs, or one and a second agent (NIST SP 800-63B-4, 4.2.2.2).
pub const fn judge(proofs: usize, is_protected: bool, is_agreed: bool) -> Ruling {
    match (proofs, is_protected, is_agreed) {
        (0, ..) => Ruling::Refuse,
        (_, _, true) | (2.., false, _) => Ruling::Do,
        _ => Ruling::Second,
    }
}
