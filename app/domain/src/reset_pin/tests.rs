//! No sequence of events opens a session that its chain did not earn.

use super::*;
use crate::policy;
use proptest::prelude::*;

fn realm() -> Realm {
    policy::parse(include_str!("../../../../server/policies/workforce.toml")).expect("it ships")
}

fn kinds() -> impl Strategy<Value = FactorKind> {
    prop_oneof![
        2 => Just(FactorKind::Smartphone),
        2 => Just(FactorKind::Emergency),
        1 => proptest::sample::select(FactorKind::ALL.to_vec()),
    ]
}

fn events() -> impl Strategy<Value = Event> {
    let chain = vec![FactorKind::Smartphone, FactorKind::Emergency];
    let subject = |(person, epoch): (u8, i64)| Subject {
        person: PersonId::new(format!("p{person}")),
        epoch,
    };
    prop_oneof![
        2 => Just(Event::Named("Q1".into())),
        3 => Just(Event::Chosen(chain)),
        1 => proptest::collection::vec(kinds(), 0..3).prop_map(Event::Chosen),
        6 => ((0u8..2, 0i64..2).prop_map(subject), kinds())
            .prop_map(|(subject, kind)| Event::Proved { subject, kind }),
        1 => kinds().prop_map(|kind| Event::Failed { person: None, kind, code: Code::WrongCode }),
        1 => Just(Event::Back),
        1 => Just(Event::Cancel),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    /// A session opens when a chain of the policy was chosen and every factor of it
    /// was proven after that, in order, by one person of one epoch; and once.
    #[test]
    fn a_session_is_earned(events in proptest::collection::vec(events(), 1..16)) {
        let realm = realm();
        let rules = realm.reset_pin.clone().expect("PINs are reset here");
        let mut state = ResetPin::default();
        let mut since: Vec<(Subject, FactorKind)> = Vec::new();
        for event in events {
            match &event {
                Event::Chosen(_) | Event::Named(_) | Event::Back | Event::Cancel => since.clear(),
                Event::Proved { subject, kind } => since.push((subject.clone(), *kind)),
                Event::Failed { .. } => {}
            }
            let was_over = state == ResetPin::Finished;
            let step = state.apply(event, &realm, Timestamp::default());
            for effect in &step.effects {
                if let Effect::OpenSession { person, proven } = effect {
                    prop_assert!(!was_over);
                    prop_assert!(rules.chains.contains(proven));
                    let n = since.len() - proven.len();
                    let kinds: Vec<_> = since[n..].iter().map(|(_, kind)| *kind).collect();
                    prop_assert_eq!(&kinds, proven);
                    prop_assert!(since[n..].iter().all(|(by, _)| by == &since[n].0));
                    prop_assert_eq!(person, &since[n].0.person);
                }
            }
            state = step.state;
        }
    }
}

#[test]
fn one_proof_after_the_other() {
    let realm = realm();
    let by = || Subject {
        person: PersonId::new("p"),
        epoch: 1,
    };
    let now = Timestamp::default();
    let chain = vec![FactorKind::Smartphone, FactorKind::Emergency];
    let mut state = ResetPin::default();
    for event in [
        Event::Named("Q1".into()),
        Event::Chosen(chain.clone()),
        Event::Proved {
            subject: by(),
            kind: FactorKind::Smartphone,
        },
    ] {
        let step = state.apply(event, &realm, now);
        assert_eq!(step.refusal, None);
        state = step.state;
    }
    assert_eq!(state.asked(), Some(FactorKind::Emergency));
    let last = Event::Proved {
        subject: by(),
        kind: FactorKind::Emergency,
    };
    let step = state.apply(last, &realm, now);
    let opens = Effect::OpenSession {
        person: PersonId::new("p"),
        proven: chain,
    };
    assert!(step.effects.contains(&opens));
    assert_eq!(step.state, ResetPin::Finished);
}
