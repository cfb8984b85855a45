//! No address is told of anything before its own mailbox answered.

use super::*;
use crate::{Lang, ids::RealmSlug, policy};
use proptest::prelude::*;

fn realm() -> Realm {
    policy::parse(include_str!("../../../../server/policies/customers.toml"))
        .expect("a shipped policy")
}

/// An event before it is known how many codes went out.
#[derive(Clone, Debug)]
enum Draft {
    /// A code, to one of two addresses of one of two people.
    Sent {
        person: u8,
        email: u8,
        goes: bool,
    },
    Failed(Code),
    /// A proof: 0 by a code that nobody sent yet, 1 by the newest, 2 by the one
    /// before it.
    Proved(usize),
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let failed = proptest::sample::select(vec![
        Code::WrongCode,
        Code::Missing,
        Code::ExpiredCode,
        Code::NewCodeNeeded,
        Code::UsedCode,
    ]);
    let draft = prop_oneof![
        2 => (0u8..2, 0u8..2, proptest::bool::weighted(0.9))
            .prop_map(|(person, email, goes)| Draft::Sent { person, email, goes }),
        4 => Just(Draft::Failed(Code::WrongCode)),
        1 => failed.prop_map(Draft::Failed),
        4 => (0usize..3).prop_map(Draft::Proved),
    ];
    proptest::collection::vec(draft, 1..24)
}

/// The events, each code with an id of its own, as the caller makes them.
fn events(drafts: Vec<Draft>) -> Vec<Event> {
    let mut sent = 0;
    drafts
        .into_iter()
        .map(|draft| match draft {
            Draft::Sent {
                person,
                email,
                goes,
            } => {
                sent += 1;
                Event::Sent {
                    person: PersonId::new(format!("p{person}")),
                    email: format!("{email}@mail.example"),
                    code: goes.then(|| format!("c{sent}")),
                }
            }
            Draft::Failed(why) => Event::Failed(why),
            Draft::Proved(back) => Event::Proved {
                code: format!("c{}", (sent + 1_usize).saturating_sub(back)),
            },
        })
        .collect()
}

fn added(step: &Step<AddAddress>) -> Vec<(&PersonId, &str)> {
    step.effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::AddAddress { person, email } => Some((person, email.as_str())),
            _ => None,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// What is added is the last address that a code went to, for the person
    /// it was sent for, by that very code.
    #[test]
    fn an_address_is_added_by_its_own_code(drafts in drafts()) {
        let realm = realm();
        let mut state = AddAddress::default();
        let mut last = None;
        for event in events(drafts) {
            if let Event::Sent { person, email, code } = &event {
                last = Some((person.clone(), email.clone(), code.clone()));
            }
            let proof = match &event {
                Event::Proved { code } => Some(code.clone()),
                _ => None,
            };
            let step = state.apply(event, &realm, Timestamp::default());
            for (person, email) in added(&step) {
                let (whom, to, sent) = last.as_ref().expect("no code went out");
                prop_assert_eq!((person, email), (whom, to.as_str()));
                prop_assert!(proof.is_some() && proof == *sent, "{:?} is not {:?}", proof, sent);
                prop_assert_eq!(&step.state, &AddAddress::Finished);
                prop_assert!(step.refusal.is_none());
            }
            state = step.state;
        }
    }

    /// One code, one address; a code that is used up elsewhere adds none.
    #[test]
    fn a_used_code_is_never_used_again(drafts in drafts()) {
        let realm = realm();
        let mut state = AddAddress::default();
        let mut current = None;
        let mut used = Vec::new();
        for event in events(drafts) {
            if let Event::Sent { code, .. } = &event {
                current = code.clone();
            }
            let taken = event == Event::Failed(Code::UsedCode) && state.waiting().is_some();
            let step = state.apply(event, &realm, Timestamp::default());
            if !added(&step).is_empty() {
                prop_assert!(!used.contains(&current), "{:?} was used up", current);
                used.push(current.clone());
            }
            if taken {
                used.push(current.clone());
            }
            state = step.state;
        }
    }

    /// As many wrong codes as one code bears, and nothing but a new one helps.
    #[test]
    fn wrong_codes_lock(drafts in drafts()) {
        let realm = realm();
        let mut state = AddAddress::default();
        let mut wrong = 0;
        for event in events(drafts) {
            match event {
                Event::Sent { .. } => wrong = 0,
                Event::Failed(Code::WrongCode) => wrong += 1,
                _ => {}
            }
            let step = state.apply(event, &realm, Timestamp::default());
            if wrong >= MOST_CODE_TRIES {
                prop_assert!(added(&step).is_empty());
                let waits = matches!(step.state, AddAddress::Waiting { .. });
                prop_assert!(!waits);
            }
            state = step.state;
        }
    }

    /// Every further address is written down and told of in the same step.
    #[test]
    fn an_added_address_is_recorded_and_told(drafts in drafts()) {
        let realm = realm();
        let mut state = AddAddress::default();
        for event in events(drafts) {
            let step = state.apply(event, &realm, Timestamp::default());
            let tells = step.effects.iter().any(|e| matches!(e, Effect::Notify(_, Notice::AddressAdded { .. })));
            let records = step.effects.iter().any(|e| matches!(e, Effect::Record(_)));
            prop_assert_eq!(!added(&step).is_empty(), tells && records);
            let only_refused = step.effects.iter().all(|e| matches!(e, Effect::Record(r) if r.outcome == audit::Outcome::Refused));
            prop_assert!(!added(&step).is_empty() || only_refused);
            state = step.state;
        }
    }
}

fn sent(code: Option<&str>) -> AddAddress {
    let event = Event::Sent {
        person: PersonId::new("p"),
        email: "tess@mail.example".into(),
        code: code.map(str::to_owned),
    };
    AddAddress::default()
        .apply(event, &realm(), Timestamp::default())
        .state
}

fn proved(state: AddAddress, code: &str) -> Step<AddAddress> {
    let event = Event::Proved { code: code.into() };
    state.apply(event, &realm(), Timestamp::default())
}

#[test]
fn the_right_code_adds_the_address() {
    let step = proved(sent(Some("c")), "c");
    assert_eq!(step.state, AddAddress::Finished);
    assert_eq!(
        step.effects,
        [
            Effect::AddAddress {
                person: PersonId::new("p"),
                email: "tess@mail.example".into(),
            },
            Effect::Notify(
                PersonId::new("p"),
                Notice::AddressAdded {
                    address: "t•••••@mail.example".into(),
                },
            ),
            Effect::Record(audit::Event::done(Action::AddressAdded, PersonId::new("p"))),
        ]
    );
}

#[test]
fn where_no_code_could_be_sent_none_proves() {
    let step = proved(sent(None), "c");
    assert_eq!(step.refusal.map(|r| r.code), Some(Code::StartAgain));
    assert!(step.state.waiting().is_some());
}

#[test]
fn the_fifth_wrong_code_locks_and_a_new_one_opens() {
    let realm = realm();
    let mut state = sent(Some("c"));
    for n in 1..=MOST_CODE_TRIES {
        let step = state.apply(Event::Failed(Code::WrongCode), &realm, Timestamp::default());
        assert_eq!(step.refusal.map(|r| r.code), Some(Code::WrongCode));
        let locked = matches!(step.state, AddAddress::Locked { .. });
        assert_eq!(locked, n == MOST_CODE_TRIES);
        state = step.state;
    }
    let step = proved(state, "c");
    assert_eq!(step.refusal.map(|r| r.code), Some(Code::NewCodeNeeded));
    let event = Event::Sent {
        person: PersonId::new("p"),
        email: "tess@mail.example".into(),
        code: Some("d".into()),
    };
    let state = step.state.apply(event, &realm, Timestamp::default()).state;
    assert!(!added(&proved(state, "d")).is_empty());
}

/// A code that came too late, or none at all, is no guess.
#[test]
fn only_wrong_codes_use_tries_up() {
    let realm = realm();
    let mut state = sent(Some("c"));
    for _ in 0..MOST_CODE_TRIES {
        for why in [Code::Missing, Code::ExpiredCode, Code::NewCodeNeeded] {
            state = state
                .apply(Event::Failed(why), &realm, Timestamp::default())
                .state;
        }
    }
    assert!(!added(&proved(state, "c")).is_empty());
}

#[test]
fn only_new_addresses_of_living_accounts_may_be_asked_for() {
    let who = Person {
        id: PersonId::new("p"),
        realm: RealmSlug::parse("customers").expect("a slug"),
        login: "tess".into(),
        name: String::new(),
        lang: Lang::En,
        email: "tess@example.com".into(),
        disabled_at: None,
        frozen_at: None,
        created_at: Timestamp::default(),
        partner: None,
        manager: None,
        number: String::new(),
        number_since: crate::Timestamp::default(),
        epoch: 0,
    };
    let known = |n: usize| -> Vec<(String, String)> {
        (0..n)
            .map(|i| (i.to_string(), format!("{i}@mail.example")))
            .collect()
    };
    let good = judge(" tess@mail.example ", &who, &known(4)).map(|e| e.as_str().to_owned());
    assert_eq!(good, Ok("tess@mail.example".to_owned()));
    for (typed, known, code) in [
        ("", known(0), Code::Missing),
        ("tess", known(0), Code::NotAnAddress),
        ("tess@EXAMPLE.com", known(0), Code::AddressKnown),
        ("1@mail.example", known(2), Code::AddressKnown),
        (
            "new@mail.example",
            known(MOST_ADDRESSES),
            Code::TooMany { most: 5 },
        ),
    ] {
        assert_eq!(judge(typed, &who, &known), Err(code), "{typed}");
    }
    let frozen = Person {
        frozen_at: Some(Timestamp::default()),
        ..who
    };
    assert_eq!(
        judge("new@mail.example", &frozen, &known(0)),
        Err(Code::Frozen)
    );
}
