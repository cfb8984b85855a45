//! No path sets a password without the mail's own proof (Keycloak
//! CVE-2026-18963, authentik CVE-2026-49443).

use super::*;
use crate::policy;
use proptest::prelude::*;

fn realm() -> Realm {
    policy::parse(include_str!("../../../../server/policies/customers.toml"))
        .expect("a shipped policy")
}

fn events() -> impl Strategy<Value = Event> {
    let link = prop_oneof![Just("a".to_owned()), Just("b".to_owned())];
    prop_oneof![
        proptest::option::of(link.clone()).prop_map(|link| Event::Asked {
            login: "x".into(),
            link
        }),
        Just(Event::CodeFailed(Code::WrongCode)),
        link.prop_map(|link| Event::Proved {
            person: PersonId::new("p"),
            epoch: 0,
            link,
            purpose: Purpose::ResetPassword
        }),
        Just(Event::Weak(Refusal::at(
            Field::NewPassword,
            Code::PasswordCommon
        ))),
        Just(Event::Set),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_password_is_set_only_after_a_proof_and_once(events in proptest::collection::vec(events(), 1..14)) {
        let realm = realm();
        let mut state = Reset::default();
        let mut proofs = 0;
        let mut set = 0;
        for event in events {
            if matches!(event, Event::Proved { .. }) {
                proofs += 1;
            }
            let step = state.apply(event, &realm, Timestamp::default());
            if step.effects.iter().any(|e| matches!(e, Effect::SetPassword(_))) {
                set += 1;
                prop_assert!(step.effects.iter().any(|e| matches!(e, Effect::EndSessions(_))));
            }
            state = step.state;
        }
        prop_assert!(set <= proofs);
    }
}

#[test]
fn nobody_behind_the_name_is_never_proven() {
    let realm = realm();
    let asked = Event::Asked {
        login: "nobody@example.com".into(),
        link: None,
    };
    let state = Reset::default()
        .apply(asked, &realm, Timestamp::default())
        .state;
    let proved = Event::Proved {
        person: PersonId::new("p"),
        epoch: 0,
        link: "a".into(),
        purpose: Purpose::ResetPassword,
    };
    let step = state.apply(proved, &realm, Timestamp::default());
    assert_eq!(step.refusal.map(|r| r.code), Some(Code::StartAgain));
}

#[test]
fn five_wrong_short_codes_leave_only_the_link() {
    let realm = realm();
    let asked = Event::Asked {
        login: "x".into(),
        link: Some("a".into()),
    };
    let mut state = Reset::default()
        .apply(asked, &realm, Timestamp::default())
        .state;
    for _ in 0..MOST_TRIES {
        state = state
            .apply(
                Event::CodeFailed(Code::WrongCode),
                &realm,
                Timestamp::default(),
            )
            .state;
    }
    let proved = Event::Proved {
        person: PersonId::new("p"),
        epoch: 0,
        link: "a".into(),
        purpose: Purpose::ResetPassword,
    };
    assert!(
        state
            .apply(proved, &realm, Timestamp::default())
            .refusal
            .is_some()
    );
}
