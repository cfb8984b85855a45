//! A factor becomes active by its own proof and by nothing else.

use super::*;
use crate::policy;
use proptest::prelude::*;

fn realm() -> Realm {
    policy::parse(include_str!("../../../../server/policies/customers.toml"))
        .expect("a shipped policy")
}

fn start() -> Enroll {
    Enroll::Choose {
        person: PersonId::new("p"),
        replaces: Some(FactorId::new("old")),
        offers: realm().offers,
    }
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        proptest::sample::select(FactorKind::ALL.to_vec()).prop_map(|kind| Event::Begin {
            kind,
            sealed: String::new()
        }),
        Just(Event::Failed(Code::WrongCode)),
        Just(Event::Proved),
        Just(Event::Back),
    ]
}

proptest! {
    #[test]
    fn active_only_after_its_own_proof(events in proptest::collection::vec(events(), 1..16)) {
        let realm = realm();
        let mut state = start();
        let mut activated = 0;
        for event in events {
            let working = matches!(state, Enroll::Work { .. });
            let proves = event == Event::Proved;
            let step = state.apply(event, &realm, Timestamp::default());
            if step.effects.iter().any(|e| matches!(e, Effect::Activate { .. })) {
                prop_assert!(working && proves);
                activated += 1;
            }
            state = step.state;
        }
        prop_assert!(activated <= 1, "one proof, one factor");
    }
}

#[test]
fn five_wrong_codes_throw_the_secret_away() {
    let realm = realm();
    let mut state = start()
        .apply(
            Event::Begin {
                kind: FactorKind::Totp,
                sealed: "s".into(),
            },
            &realm,
            Timestamp::default(),
        )
        .state;
    for n in 1..=MOST_TRIES {
        let step = state.apply(Event::Failed(Code::WrongCode), &realm, Timestamp::default());
        assert_eq!(matches!(step.state, Enroll::Choose { .. }), n == MOST_TRIES);
        state = step.state;
    }
}
