//! Signing in: one factor after the other, until a chain of the realm's policy
//! is proven whole.
//!
//! ```text
//!            first proof            next proof … last proof
//! Identify ─────────────▶ Prove ───────────────────────────▶ Finished
//!     ▲                     │ nothing held that comes next       ▲
//!     │ Cancel              ▼                                    │
//!     └─────────────────  Enroll ── the new factor proved ───────┘
//!                           │ the realm offers none yet
//!                           ▼
//!                         NotYet
//! ```
//!
//! The machine never evaluates a proof: its caller did, and counted the try
//! before. It decides what a proof is good for.

#[cfg(test)]
mod tests;

use crate::{
    FactorKind, Timestamp,
    audit::{self, Action},
    enrollment::{self, Enroll},
    ids::PersonId,
    policy::Realm,
    refusal::{Code, Field, Refusal},
    step::{Effect, Machine, Step},
};
use serde::{Deserialize, Serialize};

/// A person as the machine needs them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Who.
    pub person: PersonId,
    /// The account's epoch when the first factor was proven: when it has moved
    /// on (password reset, factor removed), the ceremony is void (XA19).
    pub epoch: i64,
    /// The kinds that the person holds and may use.
    pub held: Vec<FactorKind>,
    /// Nothing but a password or PIN was ever set up, nor is switched off. Only
    /// then may a second factor be set up during sign-in: who has one must
    /// prove it (Z8, Z9).
    pub bare: bool,
    /// The realm's policy lets this person in without a second factor this time
    /// (cloud guide: the first sign-in after registering).
    #[serde(default)]
    pub grace: bool,
    /// This browser proved the second factor not long ago, and the realm's policy
    /// takes that for an answer (C12). The session is none the stronger for it.
    #[serde(default)]
    pub remembered: bool,
    /// The number that codes went to is lost, and a link that the desk mailed lets them
    /// set up another one: codes over the telephone network, and nothing else.
    #[serde(default)]
    pub anew: bool,
}

/// Where a sign-in stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum SignIn {
    /// Nothing is proven.
    #[default]
    Identify,
    /// At least one factor is proven; the next one is asked for.
    Prove {
        /// Who, by their own proof.
        subject: Subject,
        /// What was proven, in order.
        proven: Vec<FactorKind>,
        /// What is asked for; `None` shows the choice.
        asked: Option<FactorKind>,
    },
    /// The person holds nothing that could come next and sets it up now.
    Enroll {
        /// Who.
        subject: Subject,
        /// What was proven.
        proven: Vec<FactorKind>,
        /// The setting up.
        enroll: Enroll,
    },
    /// The realm offers no second factor yet: no session.
    NotYet,
    /// A session was opened; the ceremony is over.
    Finished,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A factor was tried and did not prove anything.
    Failed {
        /// Whose it was; `None` where nobody is known.
        person: Option<PersonId>,
        /// What kind.
        kind: FactorKind,
        /// Why.
        code: Code,
    },
    /// A factor was tried and proved the person.
    Proved {
        /// Who, as the proof itself says.
        subject: Subject,
        /// What kind.
        kind: FactorKind,
    },
    /// The person wants another of the kinds at hand, or to see them.
    AnotherWay(Option<FactorKind>),
    /// Something in setting up a factor.
    Enroll(enrollment::Event),
    /// The person leaves.
    Cancel,
}

impl SignIn {
    /// Who this is, once a factor said so.
    pub const fn subject(&self) -> Option<&Subject> {
        match self {
            Self::Prove { subject, .. } | Self::Enroll { subject, .. } => Some(subject),
            Self::Identify | Self::NotYet | Self::Finished => None,
        }
    }

    /// What may be proven now.
    pub fn open(&self, realm: &Realm) -> Vec<FactorKind> {
        match self {
            Self::Identify => realm.firsts(),
            Self::Prove {
                subject, proven, ..
            } => {
                let mut kinds = realm.nexts(proven);
                kinds.retain(|k| subject.held.contains(k));
                kinds
            }
            _ => Vec::new(),
        }
    }
}

impl Machine for SignIn {
    type Event = Event;

    fn apply(self, event: Event, realm: &Realm, now: Timestamp) -> Step<Self> {
        match (self, event) {
            (_, Event::Cancel) => Step::to(Self::Identify),
            (state, Event::Failed { person, kind, code }) => {
                let record = audit::Event::refused(Action::Proof, person).with(kind);
                let field = match kind {
                    FactorKind::Password => Field::Password,
                    FactorKind::Passkey | FactorKind::Smartphone => Field::Page,
                    _ => Field::Code,
                };
                Step::refuse(state, Refusal::at(field, code)).with(Effect::Record(record))
            }
            (state, Event::Proved { subject, kind }) => prove(state, subject, kind, realm),
            (
                Self::Prove {
                    subject, proven, ..
                },
                Event::AnotherWay(wish),
            ) => {
                let state = Self::Prove {
                    subject,
                    proven,
                    asked: None,
                };
                let open = state.open(realm);
                match (state, wish) {
                    (
                        Self::Prove {
                            subject, proven, ..
                        },
                        Some(kind),
                    ) if open.contains(&kind) => {
                        let challenge = Effect::Challenge {
                            person: subject.person.clone(),
                            kind,
                        };
                        Step::to(Self::Prove {
                            subject,
                            proven,
                            asked: Some(kind),
                        })
                        .with(challenge)
                    }
                    (state, Some(_)) => {
                        Step::refuse(state, Refusal::at(Field::Method, Code::NotOffered))
                    }
                    (state, None) => Step::to(state),
                }
            }
            (
                Self::Enroll {
                    subject,
                    mut proven,
                    enroll,
                },
                Event::Enroll(event),
            ) => {
                let step = enroll.apply(event, realm, now);
                let Enroll::Done { kind } = step.state else {
                    return Step {
                        state: Self::Enroll {
                            subject,
                            proven,
                            enroll: step.state,
                        },
                        effects: step.effects,
                        refusal: step.refusal,
                    };
                };
                // Setting it up proved it: the code, the mailbox, the key.
                proven.push(kind);
                let mut effects = step.effects;
                if !realm.opens(&proven) {
                    let mut subject = subject;
                    subject.held.push(kind);
                    return Step {
                        state: Self::Prove {
                            subject,
                            proven,
                            asked: None,
                        },
                        effects,
                        refusal: None,
                    };
                }
                effects.push(Effect::OpenSession {
                    person: subject.person,
                    proven,
                });
                Step {
                    state: Self::Finished,
                    effects,
                    refusal: None,
                }
            }
            (state, Event::AnotherWay(_) | Event::Enroll(_)) => {
                Step::refuse(state, Refusal::page(Code::StartAgain))
            }
        }
    }
}

fn prove(state: SignIn, subject: Subject, kind: FactorKind, realm: &Realm) -> Step<SignIn> {
    let (subject, mut proven) = match state {
        SignIn::Identify => (subject, Vec::new()),
        SignIn::Prove {
            subject: known,
            proven,
            asked,
        } => {
            // A proof of somebody else, or of a kind that was not asked for,
            // moves nothing: the step says who and what, not the caller (Z1).
            let fits = known.person == subject.person
                && known.epoch == subject.epoch
                && asked == Some(kind);
            if !fits {
                return Step::refuse(
                    SignIn::Prove {
                        subject: known,
                        proven,
                        asked,
                    },
                    Refusal::page(Code::StartAgain),
                );
            }
            (known, proven)
        }
        other => return Step::refuse(other, Refusal::page(Code::StartAgain)),
    };
    if !realm.nexts(&proven).contains(&kind) {
        return Step::refuse(SignIn::Identify, Refusal::page(Code::NotOffered));
    }
    proven.push(kind);
    let record =
        Effect::Record(audit::Event::done(Action::Proof, subject.person.clone()).with(kind));
    if realm.opens(&proven) {
        let person = subject.person;
        return Step::to(SignIn::Finished)
            .with(record)
            .with(Effect::OpenSession { person, proven });
    }
    let state = SignIn::Prove {
        subject,
        proven,
        asked: None,
    };
    let open = state.open(realm);
    let SignIn::Prove {
        subject, proven, ..
    } = state
    else {
        unreachable!("made two lines above")
    };
    match open.first() {
        Some(_)
            if subject.remembered
                && realm.remember.is_some()
                && proven == [FactorKind::Password] =>
        {
            let person = subject.person;
            Step::to(SignIn::Finished)
                .with(record)
                .with(Effect::OpenSession { person, proven })
        }
        Some(&kind) => {
            let challenge = Effect::Challenge {
                person: subject.person.clone(),
                kind,
            };
            Step::to(SignIn::Prove {
                subject,
                proven,
                asked: Some(kind),
            })
            .with(record)
            .with(challenge)
        }
        // What the person holds is switched off, or no chain takes it.
        None if !subject.bare => {
            Step::refuse(SignIn::Identify, Refusal::page(Code::FactorDisabled)).with(record)
        }
        None if subject.grace && proven.iter().all(|k| k.is_knowledge()) => {
            let person = subject.person;
            Step::to(SignIn::Finished)
                .with(record)
                .with(Effect::OpenSession { person, proven })
        }
        None => {
            let nexts = realm.nexts(&proven);
            let offers: Vec<_> = realm
                .offers
                .iter()
                .copied()
                .filter(|k| nexts.contains(k) && (k.is_line() || !subject.anew))
                .collect();
            if offers.is_empty() {
                return Step::to(SignIn::NotYet).with(record);
            }
            let enroll = Enroll::Choose {
                person: subject.person.clone(),
                replaces: None,
                offers,
            };
            Step::to(SignIn::Enroll {
                subject,
                proven,
                enroll,
            })
            .with(record)
        }
    }
}
