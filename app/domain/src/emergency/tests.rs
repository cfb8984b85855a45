//! No emergency password without a caller whom this very agent verified.

use super::*;
use crate::{
    Lang,
    caller::{COUNTS, CallerProof, Evidence},
    ids::{CallId, FactorId, RealmSlug},
    phone::Decision,
    policy,
};
use proptest::prelude::*;

fn realm() -> Realm {
    policy::parse(include_str!("../../../../server/policies/workforce.toml")).expect("it ships")
}

fn person(n: u8) -> Person {
    Person {
        id: PersonId::new(format!("p{n}")),
        realm: RealmSlug::parse("workforce").expect("a slug"),
        login: format!("Q{n}"),
        name: String::new(),
        lang: Lang::En,
        email: String::new(),
        disabled_at: None,
        frozen_at: None,
        created_at: Timestamp::default(),
        partner: None,
        manager: None,
        number: String::new(),
        number_since: crate::Timestamp::default(),
        epoch: 0,
    }
}

fn factor(id: &str, kind: FactorKind, off: bool) -> Factor {
    Factor {
        id: FactorId::new(id),
        person: PersonId::new("p0"),
        kind,
        name: String::new(),
        secret: Vec::new(),
        address: String::new(),
        credential: None,
        created_at: Timestamp::default(),
        used_at: None,
        tested_at: None,
        disabled_at: off.then(Timestamp::default),
        last_step: 0,
        probation_until: None,
        shown_by: None,
    }
}

fn evidence(n: usize, agent: u8, decision: Decision, at: i64, factor: &str) -> Evidence {
    Evidence {
        id: format!("e{n}"),
        person: PersonId::new("p0"),
        proof: CallerProof::Smartphone,
        factor: Some(FactorId::new(factor)),
        manager: None,
        decision,
        agent: PersonId::new(format!("p{agent}")),
        call: CallId::new("c0"),
        at: Timestamp::from_millis(at * 1000),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever an agent asks for: what is issued rests on the newest evidence, which
    /// is this agent's own from the call that goes on, accepted, fresh, by a phone that still works; the person
    /// could use it; and where it takes two, a second one agreed.
    #[test]
    fn what_is_issued_rests_on_accepted_evidence(
        agent in 0u8..3,
        frozen: bool,
        disabled: bool,
        phone_off: bool,
        has_pin: bool,
        is_protected: bool,
        is_agreed: bool,
        by_agent in 0i64..14,
        to_person in 0i64..4,
        seen in proptest::collection::vec((0u8..3, 0usize..3, 0i64..1500, any::<bool>(), 0u8..2), 0..4),
        goes_on in proptest::option::of(0u8..2),
    ) {
        let realm = realm();
        let now = Timestamp::from_millis(1_500_000);
        let mut who = person(0);
        who.frozen_at = frozen.then_some(now);
        who.disabled_at = disabled.then_some(now);
        let mut factors = vec![factor("phone", FactorKind::Smartphone, phone_off)];
        if has_pin {
            factors.push(factor("pin", FactorKind::Pin, true));
        }
        let all: Vec<_> = seen
            .iter()
            .enumerate()
            .map(|(n, (agent, decision, at, gone, call))| {
                let factor = if *gone { "gone" } else { "phone" };
                let one = evidence(n, *agent, Decision::ALL[*decision], *at, factor);
                Evidence { call: CallId::new(format!("c{call}")), ..one }
            })
            .collect();
        let agent = PersonId::new(format!("p{agent}"));
        let call = goes_on.map(|n| CallId::new(format!("c{n}")));
        let issued = Issued { by_agent, to_person, in_realm: by_agent, last_at: None };
        let wish = Wish { agent: &agent, who: &who, factors: &factors, checked: Checked { evidence: &all, call: call.as_ref(), accepts: &[CallerProof::Smartphone], number_since: Timestamp::default() }, is_protected, is_agreed, issued };
        if let Ruling::Issue(id) = judge(&realm, wish, now) {
            let rests = all.iter().find(|e| e.id == id).expect("it rests on what there is");
            prop_assert_eq!(rests.decision, Decision::Accept);
            prop_assert_eq!(&rests.agent, &agent);
            prop_assert_ne!(&agent, &who.id);
            prop_assert_eq!(rests.factor.as_ref().map(FactorId::as_str), Some("phone"));
            prop_assert_eq!(Some(&rests.call), call.as_ref());
            prop_assert!(now < rests.at.plus_seconds(COUNTS));
            prop_assert!(all.iter().all(|other| other.at <= rests.at));
            prop_assert!(!frozen && !disabled && !phone_off && has_pin);
            prop_assert!(by_agent < MOST_BY_AGENT);
            prop_assert!(is_agreed || !is_protected && to_person < MOST_TO_PERSON);
        }
    }
}

#[test]
fn a_verified_caller_gets_one() {
    let (realm, now) = (realm(), Timestamp::from_millis(600_000));
    let factors = [
        factor("phone", FactorKind::Smartphone, false),
        factor("pin", FactorKind::Pin, true),
    ];
    let all = [evidence(1, 1, Decision::Accept, 300, "phone")];
    let (who, agent) = (person(0), PersonId::new("p1"));
    let call = CallId::new("c0");
    let wish = Wish {
        agent: &agent,
        who: &who,
        factors: &factors,
        checked: Checked {
            evidence: &all,
            call: Some(&call),
            accepts: &[CallerProof::Smartphone],
            number_since: Timestamp::default(),
        },
        is_protected: false,
        is_agreed: false,
        issued: Issued::default(),
    };
    assert_eq!(judge(&realm, wish, now), Ruling::Issue("e1".into()));
    let to_person = MOST_TO_PERSON;
    let third = Wish {
        issued: Issued {
            to_person,
            ..Issued::default()
        },
        ..wish
    };
    assert_eq!(judge(&realm, third, now), Ruling::Second);
    let late = now.plus_seconds(COUNTS);
    assert_eq!(judge(&realm, wish, late), Ruling::Refuse(Code::NotVerified));
    let checked = Checked {
        call: None,
        ..wish.checked
    };
    let over = Wish { checked, ..wish };
    assert_eq!(judge(&realm, over, now), Ruling::Refuse(Code::NotVerified));
    let no_phone = Wish {
        factors: &factors[1..],
        ..wish
    };
    assert_eq!(
        judge(&realm, no_phone, now),
        Ruling::Refuse(Code::CannotUse)
    );
}
