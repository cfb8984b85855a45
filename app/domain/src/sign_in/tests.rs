//! No sequence of events opens a session that the chain did not earn.

use super::*;
use crate::{policy, step::Effect};
use proptest::prelude::*;

const POLICIES: [&str; 3] = [
    include_str!("../../../../server/policies/customers.toml"),
    include_str!("../../../../server/policies/workforce.toml"),
    include_str!("../../../../server/policies/agents.toml"),
];

fn realm(n: usize) -> Realm {
    policy::parse(POLICIES[n % POLICIES.len()]).expect("a shipped policy")
}

fn subject(person: u8, epoch: i64, held: Vec<FactorKind>) -> Subject {
    let bare = held.iter().all(|k| k.is_knowledge());
    Subject {
        person: PersonId::new(format!("p{person}")),
        epoch,
        held,
        bare,
        // Some of them, so that the property below sees both.
        grace: bare && person == 0,
        remembered: !bare && person == 0,
        anew: false,
    }
}

fn kinds() -> impl Strategy<Value = FactorKind> {
    proptest::sample::select(FactorKind::ALL.to_vec())
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        1 => (kinds(), 0u8..2).prop_map(|(kind, p)| Event::Failed {
            person: Some(PersonId::new(format!("p{p}"))),
            kind,
            code: Code::WrongCode
        }),
        4 => (kinds(), 0u8..2, 0i64..2, proptest::collection::vec(kinds(), 0..4))
            .prop_map(|(kind, p, epoch, held)| Event::Proved { subject: subject(p, epoch, held), kind }),
        1 => kinds().prop_map(|k| Event::AnotherWay(Some(k))),
        1 => Just(Event::AnotherWay(None)),
        2 => kinds().prop_map(|kind| Event::Enroll(enrollment::Event::Begin { kind, sealed: String::new() })),
        2 => Just(Event::Enroll(enrollment::Event::Proved)),
        1 => Just(Event::Enroll(enrollment::Event::Failed(Code::WrongCode))),
        1 => Just(Event::Enroll(enrollment::Event::Back)),
        1 => Just(Event::Cancel),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// The proofs of an opened session are a chain of the policy, every one of
    /// them was proven by an event of the same person since the last start, and
    /// in that order.
    #[test]
    fn a_session_is_earned(n in 0usize..3, events in proptest::collection::vec(events(), 1..12)) {
        let realm = realm(n);
        let mut state = SignIn::default();
        let mut seen: Vec<(PersonId, FactorKind)> = Vec::new();
        for event in events {
            if let Event::Proved { subject, kind } = &event {
                seen.push((subject.person.clone(), *kind));
            }
            if let (Event::Enroll(enrollment::Event::Proved), SignIn::Enroll { subject, enroll, .. }) = (&event, &state)
                && let Some(kind) = enroll.kind()
            {
                seen.push((subject.person.clone(), kind));
            }
            let was_over = matches!(state, SignIn::Finished | SignIn::NotYet);
            let step = state.apply(event, &realm, Timestamp::from_millis(0));
            for effect in &step.effects {
                if let Effect::OpenSession { person, proven } = effect {
                    prop_assert!(!was_over, "a finished ceremony opened a session");
                    let graced = *person == PersonId::new("p0") && proven.iter().all(|k| k.is_knowledge());
                    let remembered = realm.remember.is_some() && *proven == [FactorKind::Password];
                    prop_assert!(realm.opens(proven) || graced || *person == PersonId::new("p0") && remembered);
                    let mut mine = seen.iter().filter(|(p, _)| p == person).map(|(_, k)| *k);
                    for kind in proven {
                        prop_assert!(mine.any(|k| k == *kind), "{kind:?} was never proven by {person}");
                    }
                    prop_assert!(matches!(step.state, SignIn::Finished));
                }
            }
            state = step.state;
        }
    }

    /// A failure proves nothing, whatever came before.
    #[test]
    fn failures_open_nothing(n in 0usize..3, events in proptest::collection::vec(events(), 0..6), kind in kinds()) {
        let realm = realm(n);
        let mut state = SignIn::default();
        for event in events {
            state = state.apply(event, &realm, Timestamp::from_millis(0)).state;
        }
        let before = state.clone();
        let step = state.apply(Event::Failed { person: None, kind, code: Code::WrongCode }, &realm, Timestamp::from_millis(0));
        prop_assert_eq!(before, step.state);
        prop_assert!(step.refusal.is_some());
        prop_assert!(step.effects.iter().all(|e| matches!(e, Effect::Record(_))));
    }
}

#[test]
fn password_then_totp() {
    let realm = realm(0);
    let who = subject(1, 0, vec![FactorKind::Password, FactorKind::Totp]);
    let step = SignIn::default().apply(
        Event::Proved {
            subject: who.clone(),
            kind: FactorKind::Password,
        },
        &realm,
        Timestamp::default(),
    );
    assert!(step.effects.contains(&Effect::Challenge {
        person: who.person.clone(),
        kind: FactorKind::Totp
    }));
    let step = step.state.apply(
        Event::Proved {
            subject: who.clone(),
            kind: FactorKind::Totp,
        },
        &realm,
        Timestamp::default(),
    );
    assert!(step.effects.contains(&Effect::OpenSession {
        person: who.person,
        proven: vec![FactorKind::Password, FactorKind::Totp]
    }));
}

#[test]
fn without_a_second_factor_one_is_set_up_first() {
    let realm = realm(0);
    let who = subject(1, 0, vec![FactorKind::Password]);
    let step = SignIn::default().apply(
        Event::Proved {
            subject: who,
            kind: FactorKind::Password,
        },
        &realm,
        Timestamp::default(),
    );
    assert!(matches!(step.state, SignIn::Enroll { .. }));
    assert!(
        !step
            .effects
            .iter()
            .any(|e| matches!(e, Effect::OpenSession { .. }))
    );
    let begin = enrollment::Event::Begin {
        kind: FactorKind::Totp,
        sealed: "s".into(),
    };
    let step = step
        .state
        .apply(Event::Enroll(begin), &realm, Timestamp::default());
    let step = step.state.apply(
        Event::Enroll(enrollment::Event::Proved),
        &realm,
        Timestamp::default(),
    );
    assert!(
        matches!(step.effects.last(), Some(Effect::OpenSession { proven, .. }) if proven == &[FactorKind::Password, FactorKind::Totp])
    );
}

#[test]
fn the_first_choice_knows_the_passkey_and_it_opens() {
    let realm = realm(0);
    let who = subject(1, 0, vec![FactorKind::Password]);
    let state = SignIn::default()
        .apply(
            Event::Proved {
                subject: who,
                kind: FactorKind::Password,
            },
            &realm,
            Timestamp::default(),
        )
        .state;
    let SignIn::Enroll {
        enroll: Enroll::Choose { offers, .. },
        ..
    } = &state
    else {
        panic!("a choice")
    };
    assert_eq!(
        offers,
        &[FactorKind::Passkey, FactorKind::Totp, FactorKind::Email]
    );
    let begin = enrollment::Event::Begin {
        kind: FactorKind::Passkey,
        sealed: String::new(),
    };
    let step = state.apply(Event::Enroll(begin), &realm, Timestamp::default());
    let step = step.state.apply(
        Event::Enroll(enrollment::Event::Proved),
        &realm,
        Timestamp::default(),
    );
    assert!(matches!(
        step.effects.last(),
        Some(Effect::OpenSession { .. })
    ));
}

/// A password alone never binds a factor to an account that has one, usable
/// or not (Keycloak CVE-2026-3429).
#[test]
fn a_password_alone_sets_nothing_up_beside_another_factor() {
    let realm = realm(0);
    let pia = subject(1, 0, vec![FactorKind::Password, FactorKind::Passkey]);
    let step = SignIn::default().apply(
        Event::Proved {
            subject: pia,
            kind: FactorKind::Password,
        },
        &realm,
        Timestamp::default(),
    );
    assert!(matches!(
        &step.state,
        SignIn::Prove {
            asked: Some(FactorKind::Passkey),
            ..
        }
    ));
    let locked = Subject {
        bare: false,
        ..subject(1, 0, vec![FactorKind::Password])
    };
    let step = SignIn::default().apply(
        Event::Proved {
            subject: locked,
            kind: FactorKind::Password,
        },
        &realm,
        Timestamp::default(),
    );
    assert_eq!(step.state, SignIn::Identify);
    assert_eq!(step.refusal.map(|r| r.code), Some(Code::FactorDisabled));
}

#[test]
fn a_realm_without_second_factors_lets_nobody_in() {
    let mut realm = realm(2);
    realm.offers.clear();
    let who = subject(1, 0, vec![FactorKind::Password]);
    let step = SignIn::default().apply(
        Event::Proved {
            subject: who,
            kind: FactorKind::Password,
        },
        &realm,
        Timestamp::default(),
    );
    assert_eq!(step.state, SignIn::NotYet);
    assert!(
        !step
            .effects
            .iter()
            .any(|e| matches!(e, Effect::OpenSession { .. }))
    );
}

#[test]
fn a_new_epoch_voids_the_ceremony() {
    let realm = realm(0);
    let held = vec![FactorKind::Password, FactorKind::Totp];
    let state = SignIn::default()
        .apply(
            Event::Proved {
                subject: subject(1, 0, held.clone()),
                kind: FactorKind::Password,
            },
            &realm,
            Timestamp::default(),
        )
        .state;
    let step = state.apply(
        Event::Proved {
            subject: subject(1, 1, held),
            kind: FactorKind::Totp,
        },
        &realm,
        Timestamp::default(),
    );
    assert_eq!(step.refusal.map(|r| r.code), Some(Code::StartAgain));
}

#[test]
fn whose_number_is_lost_sets_up_another_one_and_nothing_else() {
    let mut realm = realm(2);
    realm.offers.push(FactorKind::Totp);
    let totp = vec![FactorKind::Password, FactorKind::Totp];
    realm.chains.push(totp);
    let begun = |anew| {
        let mut who = subject(1, 0, vec![FactorKind::Password]);
        who.anew = anew;
        let event = Event::Proved {
            subject: who,
            kind: FactorKind::Password,
        };
        match SignIn::default()
            .apply(event, &realm, Timestamp::default())
            .state
        {
            SignIn::Enroll { enroll, .. } => enroll.offers().to_vec(),
            other => panic!("{other:?}"),
        }
    };
    let lines = [FactorKind::Voice, FactorKind::Sms];
    assert_eq!(begun(true), lines);
    assert_eq!(begun(false), [&lines[..], &[FactorKind::Totp]].concat());
}
