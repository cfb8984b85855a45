//! The one signature of every ceremony.

use crate::{
    FactorKind, Refusal, Timestamp, audit,
    ids::{FactorId, PersonId},
    message::Notice,
    policy::Realm,
};

/// A machine takes one event and always gives its state back, refused or not:
/// a wrong code is a refusal *and* a change, because it uses up a try. Who
/// calls `apply` saves the state in every case.
pub trait Machine: Sized {
    /// What can happen to it.
    type Event;
    /// Takes one event.
    fn apply(self, event: Self::Event, realm: &Realm, now: Timestamp) -> Step<Self>;
}

/// The answer of a machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<S> {
    /// The state to save.
    pub state: S,
    /// What is to be done, in this order, in the same transaction.
    pub effects: Vec<Effect>,
    /// What the person is told to try again.
    pub refusal: Option<Refusal>,
}

impl<S> Step<S> {
    /// Nothing but a new state.
    pub const fn to(state: S) -> Self {
        Self {
            state,
            effects: Vec::new(),
            refusal: None,
        }
    }
    /// The state stays or changes, and the person may try again.
    pub const fn refuse(state: S, refusal: Refusal) -> Self {
        Self {
            state,
            effects: Vec::new(),
            refusal: Some(refusal),
        }
    }
    /// And this is to be done.
    #[must_use]
    pub fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }
}

/// What a machine asks its caller to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Tell the person, on every address for notices, what changed.
    Notify(PersonId, Notice),
    /// Write it down.
    Record(audit::Event),
    /// Make the challenge for a factor: send a code, draw up passkey options.
    Challenge {
        /// To whom.
        person: PersonId,
        /// For which kind of factor.
        kind: FactorKind,
    },
    /// Let the person in, with these proofs.
    OpenSession {
        /// Who.
        person: PersonId,
        /// What was proven, in order.
        proven: Vec<FactorKind>,
    },
    /// Note that a session proved itself anew (step-up), with these proofs.
    Refresh {
        /// What was proven, in order.
        proven: Vec<FactorKind>,
    },
    /// Make the new factor active; retire the one it replaces.
    Activate {
        /// For whom.
        person: PersonId,
        /// What kind.
        kind: FactorKind,
        /// Which factor goes, now that the new one works.
        replaces: Option<FactorId>,
    },
    /// Let notices go to a further address, from now on.
    AddAddress {
        /// Whose notices.
        person: PersonId,
        /// Where they go as well.
        email: String,
    },
    /// Set the password whose hash the caller holds.
    SetPassword(PersonId),
    /// End all sessions, pending ceremonies and links of the person.
    EndSessions(PersonId),
}
