//! Proving oneself anew: before a change of factors (step-up), or to test a
//! factor.
//!
//! ```text
//! Prove ──Proved──▶ Finished
//!   │ AnotherWay
//!   └──▶ Prove
//! ```

use crate::{
    FactorKind, Timestamp,
    audit::{self, Action},
    ids::{FactorId, PersonId},
    policy::Realm,
    refusal::{Code, Field, Refusal},
    step::{Effect, Machine, Step},
};
use serde::{Deserialize, Serialize};

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Confirm {
    /// A factor is asked for.
    Prove {
        /// Who is signed in.
        person: PersonId,
        /// The factor under test; `None` at step-up.
        tests: Option<FactorId>,
        /// What may be proven.
        open: Vec<FactorKind>,
        /// What is asked for; `None` shows the choice.
        asked: Option<FactorKind>,
    },
    /// It is proven.
    Finished,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A factor was tried and did not prove anything.
    Failed(FactorKind, Code),
    /// A factor was tried and proved somebody.
    Proved {
        /// Whom.
        person: PersonId,
        /// What kind.
        kind: FactorKind,
        /// Which one.
        factor: Option<FactorId>,
    },
    /// Another of the kinds at hand, or the choice.
    AnotherWay(Option<FactorKind>),
}

impl Machine for Confirm {
    type Event = Event;

    fn apply(self, event: Event, _: &Realm, _: Timestamp) -> Step<Self> {
        match (self, event) {
            (
                Self::Prove {
                    person,
                    tests,
                    open,
                    asked,
                },
                Event::Failed(kind, code),
            ) => {
                let record = audit::Event::refused(Action::StepUp, Some(person.clone())).with(kind);
                let field = if matches!(kind, FactorKind::Passkey | FactorKind::Smartphone) {
                    Field::Page
                } else {
                    Field::Code
                };
                Step::refuse(
                    Self::Prove {
                        person,
                        tests,
                        open,
                        asked,
                    },
                    Refusal::at(field, code),
                )
                .with(Effect::Record(record))
            }
            (
                Self::Prove {
                    person,
                    tests,
                    open,
                    asked,
                },
                Event::Proved {
                    person: who,
                    kind,
                    factor,
                },
            ) => {
                let fits = who == person && asked == Some(kind) && open.contains(&kind);
                let is_the_tested_one = tests.is_none() || tests == factor;
                if !fits || !is_the_tested_one {
                    let code = if kind == FactorKind::Passkey {
                        Code::PasskeyFailed
                    } else {
                        Code::StartAgain
                    };
                    return Step::refuse(
                        Self::Prove {
                            person,
                            tests,
                            open,
                            asked,
                        },
                        Refusal::page(code),
                    );
                }
                match tests {
                    Some(_) => Step::to(Self::Finished).with(Effect::Record(
                        audit::Event::done(Action::FactorTested, person).with(kind),
                    )),
                    None => Step::to(Self::Finished)
                        .with(Effect::Refresh { proven: vec![kind] })
                        .with(Effect::Record(
                            audit::Event::done(Action::StepUp, person).with(kind),
                        )),
                }
            }
            (
                Self::Prove {
                    person,
                    tests,
                    open,
                    ..
                },
                Event::AnotherWay(wish),
            ) => match wish {
                Some(kind) if open.contains(&kind) => {
                    let challenge = Effect::Challenge {
                        person: person.clone(),
                        kind,
                    };
                    Step::to(Self::Prove {
                        person,
                        tests,
                        open,
                        asked: Some(kind),
                    })
                    .with(challenge)
                }
                Some(_) => {
                    let refusal = Refusal::at(Field::Method, Code::NotOffered);
                    Step::refuse(
                        Self::Prove {
                            person,
                            tests,
                            open,
                            asked: None,
                        },
                        refusal,
                    )
                }
                None => Step::to(Self::Prove {
                    person,
                    tests,
                    open,
                    asked: None,
                }),
            },
            (Self::Finished, _) => Step::refuse(Self::Finished, Refusal::page(Code::StartAgain)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    fn realm() -> Realm {
        policy::parse(include_str!("../../../../server/policies/customers.toml"))
            .expect("a shipped policy")
    }

    fn start(tests: Option<&str>) -> Confirm {
        Confirm::Prove {
            person: PersonId::new("p"),
            tests: tests.map(FactorId::new),
            open: vec![FactorKind::Totp],
            asked: Some(FactorKind::Totp),
        }
    }

    fn proved(person: &str, kind: FactorKind, factor: &str) -> Event {
        Event::Proved {
            person: PersonId::new(person),
            kind,
            factor: Some(FactorId::new(factor)),
        }
    }

    #[test]
    fn only_the_same_person_with_the_asked_kind_refreshes() {
        let realm = realm();
        let now = Timestamp::default();
        for (event, refreshes) in [
            (proved("p", FactorKind::Totp, "f"), true),
            (proved("q", FactorKind::Totp, "f"), false),
            (proved("p", FactorKind::Email, "f"), false),
        ] {
            let step = start(None).apply(event, &realm, now);
            assert_eq!(
                step.effects
                    .iter()
                    .any(|e| matches!(e, Effect::Refresh { .. })),
                refreshes
            );
        }
    }

    #[test]
    fn a_test_is_of_that_factor_and_refreshes_nothing() {
        let realm = realm();
        let now = Timestamp::default();
        let step = start(Some("f")).apply(proved("p", FactorKind::Totp, "f"), &realm, now);
        assert_eq!(step.state, Confirm::Finished);
        assert!(
            !step
                .effects
                .iter()
                .any(|e| matches!(e, Effect::Refresh { .. }))
        );
        let step = start(Some("f")).apply(proved("p", FactorKind::Totp, "other"), &realm, now);
        assert!(step.refusal.is_some());
    }
}
