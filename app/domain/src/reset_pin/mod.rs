//! "Forgot your PIN?" (workforce guide, I.6 to I.10): a name, a chain of the realm's
//! policy, one proof after the other, and a session that can do nothing but set the PIN.
//!
//! ```text
//!      Named          Chosen      phone or passkey     the emergency password
//! Ask ───────▶ Choose ───────▶ Prove ───────────▶ Prove ─────────────────────▶ Finished
//!  ▲             ▲ │             │ Back             │
//!  └── Cancel ───┴─┴─────────────┴──────────────────┘
//! ```
//!
//! Nobody is known before the first proof says who it is: a name that nobody has goes
//! through the same screens, waits for a phone that never answers, and is asked for a
//! passkey that any browser may offer.

#[cfg(test)]
mod tests;

use crate::{
    FactorKind, Timestamp,
    audit::{self, Action},
    ids::PersonId,
    policy::Realm,
    refusal::{Code, Field, Refusal},
    step::{Effect, Machine, Step},
};
use serde::{Deserialize, Serialize};

/// Who it is, by their own proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Who.
    pub person: PersonId,
    /// The account's epoch then; when it has moved on, the ceremony is void (XA19).
    pub epoch: i64,
}

/// Where a reset stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum ResetPin {
    /// Which account?
    #[default]
    Ask,
    /// By which chain?
    Choose {
        /// What was typed.
        login: String,
    },
    /// One proof after the other.
    Prove {
        /// What was typed.
        login: String,
        /// What the chosen chain asks for, in order.
        chain: Vec<FactorKind>,
        /// How many of them were proven.
        proven: usize,
        /// Who, once a proof said so.
        subject: Option<Subject>,
    },
    /// A session was opened that sets the PIN.
    Finished,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A name was typed.
    Named(String),
    /// A chain was chosen.
    Chosen(Vec<FactorKind>),
    /// A factor was tried and did not prove anything.
    Failed {
        /// Whose it was; `None` where nobody is known.
        person: Option<PersonId>,
        /// What kind.
        kind: FactorKind,
        /// Why.
        code: Code,
    },
    /// A factor was tried and proved somebody.
    Proved {
        /// Who, as the proof itself says.
        subject: Subject,
        /// What kind.
        kind: FactorKind,
    },
    /// Back to the choice of chains.
    Back,
    /// The person leaves.
    Cancel,
}

impl ResetPin {
    /// What is asked for now.
    pub fn asked(&self) -> Option<FactorKind> {
        match self {
            Self::Prove { chain, proven, .. } => chain.get(*proven).copied(),
            Self::Ask | Self::Choose { .. } | Self::Finished => None,
        }
    }

    /// What says who it is: the first of the chosen chain.
    pub fn first(&self) -> Option<FactorKind> {
        match self {
            Self::Prove { chain, .. } => chain.first().copied(),
            Self::Ask | Self::Choose { .. } | Self::Finished => None,
        }
    }

    /// Who it is, once a proof said so.
    pub const fn subject(&self) -> Option<&Subject> {
        match self {
            Self::Prove { subject, .. } => subject.as_ref(),
            Self::Ask | Self::Choose { .. } | Self::Finished => None,
        }
    }

    /// What was typed as the name.
    pub fn login(&self) -> &str {
        match self {
            Self::Choose { login } | Self::Prove { login, .. } => login,
            Self::Ask | Self::Finished => "",
        }
    }
}

impl Machine for ResetPin {
    type Event = Event;

    fn apply(self, event: Event, realm: &Realm, _: Timestamp) -> Step<Self> {
        match (self, event) {
            (_, Event::Cancel) => Step::to(Self::Ask),
            (_, Event::Named(login)) => Step::to(Self::Choose { login }),
            (Self::Choose { login } | Self::Prove { login, .. }, Event::Chosen(chain)) => {
                let offered = realm.reset_pin.as_ref();
                if offered.is_some_and(|rules| rules.chains.contains(&chain)) {
                    return Step::to(Self::Prove {
                        login,
                        chain,
                        proven: 0,
                        subject: None,
                    });
                }
                let refusal = Refusal::at(Field::Method, Code::NotOffered);
                Step::refuse(Self::Choose { login }, refusal)
            }
            (Self::Choose { login } | Self::Prove { login, .. }, Event::Back) => {
                Step::to(Self::Choose { login })
            }
            (state, Event::Failed { person, kind, code }) => {
                let record = audit::Event::refused(Action::Proof, person).with(kind);
                let field = match kind {
                    FactorKind::Smartphone | FactorKind::Passkey => Field::Page,
                    _ => Field::Code,
                };
                Step::refuse(state, Refusal::at(field, code)).with(Effect::Record(record))
            }
            (state, Event::Proved { subject, kind }) => prove(state, subject, kind),
            (state, Event::Chosen(_) | Event::Back) => {
                Step::refuse(state, Refusal::page(Code::StartAgain))
            }
        }
    }
}

fn prove(state: ResetPin, by: Subject, kind: FactorKind) -> Step<ResetPin> {
    // A proof of somebody else, or of a kind that was not asked for, moves nothing:
    // the proof says who and what, not the caller (Z1).
    let fits = state.asked() == Some(kind) && state.subject().is_none_or(|known| *known == by);
    let ResetPin::Prove {
        login,
        chain,
        proven,
        ..
    } = state
    else {
        return Step::refuse(state, Refusal::page(Code::StartAgain));
    };
    if !fits {
        let chosen = ResetPin::Choose { login };
        return Step::refuse(chosen, Refusal::page(Code::StartAgain));
    }
    let record = Effect::Record(audit::Event::done(Action::Proof, by.person.clone()).with(kind));
    if proven + 1 == chain.len() {
        let person = by.person;
        let opens = Effect::OpenSession {
            person,
            proven: chain,
        };
        return Step::to(ResetPin::Finished).with(record).with(opens);
    }
    Step::to(ResetPin::Prove {
        login,
        chain,
        proven: proven + 1,
        subject: Some(by),
    })
    .with(record)
}
