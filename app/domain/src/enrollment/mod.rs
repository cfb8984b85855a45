//! Setting a factor up: it is active only after it proved itself, and what it
//! replaces is retired only then.
//!
//! ```text
//!          Begin              Proved
//! Choose ────────▶ Work ────────────────▶ Done
//!    ▲              │ five wrong, Back
//!    └──────────────┘
//! ```

#[cfg(test)]
mod tests;

use crate::{
    FactorKind, Timestamp,
    audit::{self, Action},
    ids::{FactorId, PersonId},
    message::Notice,
    policy::Realm,
    refusal::{Code, Field, Refusal},
    step::{Effect, Machine, Step},
};
use serde::{Deserialize, Serialize};

/// Wrong codes until the work is thrown away.
pub const MOST_TRIES: u8 = 5;

/// Where setting up stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "enroll", rename_all = "snake_case")]
pub enum Enroll {
    /// The person chooses what.
    Choose {
        /// For whom.
        person: PersonId,
        /// Which factor goes when the new one works.
        replaces: Option<FactorId>,
        /// What may be chosen.
        offers: Vec<FactorKind>,
    },
    /// A secret was made, or a code sent, or options drawn up.
    Work {
        /// For whom.
        person: PersonId,
        /// Which factor goes when the new one works.
        replaces: Option<FactorId>,
        /// What may be chosen instead.
        offers: Vec<FactorKind>,
        /// What kind.
        kind: FactorKind,
        /// What the caller needs to evaluate the proof: the seed of an app, the
        /// address of a mail code. Sealed with the row that this is kept in.
        sealed: String,
        /// Wrong tries so far.
        tries: u8,
    },
    /// The factor is active.
    Done {
        /// What kind.
        kind: FactorKind,
    },
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The person chose; the caller made what it takes.
    Begin {
        /// What.
        kind: FactorKind,
        /// What it takes to evaluate the proof; see [`Enroll::Work`].
        sealed: String,
    },
    /// The proof did not hold.
    Failed(Code),
    /// The proof held.
    Proved,
    /// Another choice.
    Back,
}

impl Enroll {
    /// What may be chosen.
    pub fn offers(&self) -> &[FactorKind] {
        match self {
            Self::Choose { offers, .. } | Self::Work { offers, .. } => offers,
            Self::Done { .. } => &[],
        }
    }

    /// Which factor goes when the new one works.
    pub const fn replaces(&self) -> Option<&FactorId> {
        match self {
            Self::Choose { replaces, .. } | Self::Work { replaces, .. } => replaces.as_ref(),
            Self::Done { .. } => None,
        }
    }

    /// What is being set up.
    pub const fn kind(&self) -> Option<FactorKind> {
        match self {
            Self::Work { kind, .. } | Self::Done { kind } => Some(*kind),
            Self::Choose { .. } => None,
        }
    }
}

impl Machine for Enroll {
    type Event = Event;

    fn apply(self, event: Event, _: &Realm, _: Timestamp) -> Step<Self> {
        match (self, event) {
            (
                Self::Choose {
                    person,
                    replaces,
                    offers,
                }
                | Self::Work {
                    person,
                    replaces,
                    offers,
                    ..
                },
                Event::Begin { kind, sealed },
            ) => {
                if offers.contains(&kind) {
                    Step::to(Self::Work {
                        person,
                        replaces,
                        offers,
                        kind,
                        sealed,
                        tries: 0,
                    })
                } else {
                    let refusal = Refusal::at(Field::Method, Code::NotOffered);
                    Step::refuse(
                        Self::Choose {
                            person,
                            replaces,
                            offers,
                        },
                        refusal,
                    )
                }
            }
            (
                Self::Work {
                    person,
                    replaces,
                    offers,
                    ..
                },
                Event::Back,
            ) => Step::to(Self::Choose {
                person,
                replaces,
                offers,
            }),
            (
                Self::Work {
                    person,
                    replaces,
                    offers,
                    kind,
                    sealed,
                    tries,
                },
                Event::Failed(code),
            ) => {
                let record = Effect::Record(
                    audit::Event::refused(Action::FactorAdded, Some(person.clone())).with(kind),
                );
                let tries = tries.saturating_add(1);
                if tries >= MOST_TRIES {
                    let refusal = Refusal::page(Code::NewCodeNeeded);
                    return Step::refuse(
                        Self::Choose {
                            person,
                            replaces,
                            offers,
                        },
                        refusal,
                    )
                    .with(record);
                }
                let field = if kind == FactorKind::Passkey {
                    Field::Page
                } else {
                    Field::Code
                };
                let state = Self::Work {
                    person,
                    replaces,
                    offers,
                    kind,
                    sealed,
                    tries,
                };
                Step::refuse(state, Refusal::at(field, code)).with(record)
            }
            (
                Self::Work {
                    person,
                    replaces,
                    kind,
                    ..
                },
                Event::Proved,
            ) => {
                let record = audit::Event::done(Action::FactorAdded, person.clone()).with(kind);
                let notice = Notice::FactorAdded {
                    kind,
                    name: String::new(),
                };
                Step::to(Self::Done { kind })
                    .with(Effect::Activate {
                        person: person.clone(),
                        kind,
                        replaces,
                    })
                    .with(Effect::Record(record))
                    .with(Effect::Notify(person, notice))
            }
            (state @ Self::Choose { .. }, Event::Back) => Step::to(state),
            (state, _) => Step::refuse(state, Refusal::page(Code::StartAgain)),
        }
    }
}
