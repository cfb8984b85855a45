//! What the engine has to know of a machine: how its rows are kept, and what it presumes of
//! the account that it is about.

use domain::{
    add_address::AddAddress,
    confirm::Confirm,
    enrollment::Enroll,
    ids::PersonId,
    reset::{self, Reset},
    reset_pin::{self, ResetPin},
    sign_in::{self, SignIn},
    step::Machine,
};
use serde::{Serialize, de::DeserializeOwned};

/// A machine that is kept in a row of its own per browser and realm.
pub trait Kept: Machine + Clone + Serialize + DeserializeOwned + Send {
    /// The kind in the row's key.
    const KIND: &'static str;
    /// Minutes that it lives after its last change.
    const MINUTES: i64;

    /// Nothing can happen any more: the row goes.
    fn is_over(&self) -> bool;

    /// The account that an event presumes to be what it was, and its epoch then. The engine
    /// holds that account and compares before the event happens. `None` for what may
    /// happen whatever became of the account, and for what the caller judges itself on an
    /// account that it holds.
    fn presumes(&self, _event: &Self::Event) -> Option<(PersonId, i64)> {
        None
    }

    /// Where the machine stands when the account is not what it presumed.
    #[must_use]
    fn voided(self) -> Self {
        self
    }

    /// The account's epoch moved on by what this ceremony did itself.
    fn stand_at(&mut self, _epoch: i64) {}

    /// Who was proven, or who is signed in and does this.
    fn speaks_for(&self) -> Option<&PersonId>;
}

impl Kept for SignIn {
    const KIND: &'static str = "sign_in";
    const MINUTES: i64 = 15;

    fn is_over(&self) -> bool {
        matches!(self, Self::Finished)
    }

    fn presumes(&self, event: &Self::Event) -> Option<(PersonId, i64)> {
        let subject = match event {
            sign_in::Event::Proved { subject, .. } => Some(subject),
            sign_in::Event::Enroll(_) | sign_in::Event::AnotherWay(_) => self.subject(),
            sign_in::Event::Failed { .. } | sign_in::Event::Cancel => None,
        };
        subject.map(|subject| (subject.person.clone(), subject.epoch))
    }

    fn voided(self) -> Self {
        Self::default()
    }

    fn stand_at(&mut self, epoch: i64) {
        if let Self::Prove { subject, .. } | Self::Enroll { subject, .. } = self {
            subject.epoch = epoch;
        }
    }

    fn speaks_for(&self) -> Option<&PersonId> {
        self.subject().map(|subject| &subject.person)
    }
}

impl Kept for Confirm {
    const KIND: &'static str = "confirm";
    const MINUTES: i64 = 10;

    fn is_over(&self) -> bool {
        matches!(self, Self::Finished)
    }

    fn speaks_for(&self) -> Option<&PersonId> {
        None
    }
}

impl Kept for Enroll {
    const KIND: &'static str = "enroll";
    const MINUTES: i64 = 15;

    fn is_over(&self) -> bool {
        matches!(self, Self::Done { .. })
    }

    fn speaks_for(&self) -> Option<&PersonId> {
        match self {
            Self::Choose { person, .. } | Self::Work { person, .. } => Some(person),
            Self::Done { .. } => None,
        }
    }
}

impl Kept for Reset {
    const KIND: &'static str = "reset";
    const MINUTES: i64 = 30;

    fn is_over(&self) -> bool {
        matches!(self, Self::Finished)
    }

    fn presumes(&self, event: &Self::Event) -> Option<(PersonId, i64)> {
        match (self, event) {
            (Self::NewPassword { person, epoch, .. }, reset::Event::Set) => {
                Some((person.clone(), *epoch))
            }
            _ => None,
        }
    }

    fn voided(self) -> Self {
        Self::default()
    }

    fn speaks_for(&self) -> Option<&PersonId> {
        match self {
            Self::NewPassword { person, .. } => Some(person),
            Self::Ask | Self::Sent { .. } | Self::Finished => None,
        }
    }
}

impl Kept for ResetPin {
    const KIND: &'static str = "reset_pin";
    const MINUTES: i64 = 20;

    fn is_over(&self) -> bool {
        matches!(self, Self::Finished)
    }

    fn presumes(&self, event: &Self::Event) -> Option<(PersonId, i64)> {
        match event {
            reset_pin::Event::Proved { subject, .. } => {
                Some((subject.person.clone(), subject.epoch))
            }
            _ => None,
        }
    }

    fn voided(self) -> Self {
        Self::default()
    }

    fn speaks_for(&self) -> Option<&PersonId> {
        self.subject().map(|subject| &subject.person)
    }
}

impl Kept for AddAddress {
    const KIND: &'static str = "address";
    const MINUTES: i64 = 30;

    fn is_over(&self) -> bool {
        matches!(self, Self::Finished)
    }

    fn speaks_for(&self) -> Option<&PersonId> {
        None
    }
}
