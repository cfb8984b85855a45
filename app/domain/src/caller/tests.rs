//! Nothing is done for a caller who was not verified, and one proof is not two.

use super::*;
use proptest::prelude::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::default().plus_seconds(seconds)
}

fn evidence(proof: CallerProof, decision: Decision, seconds: i64) -> Evidence {
    Evidence {
        id: format!("{} {seconds}", proof.slug()),
        person: PersonId::new("p"),
        proof,
        factor: proof.factor().map(|kind| FactorId::new(kind.slug())),
        manager: (proof == CallerProof::Manager).then(|| PersonId::new("m")),
        decision,
        agent: PersonId::new("a"),
        call: CallId::new("c"),
        at: at(seconds),
    }
}

fn factor(kind: FactorKind, created_at: Timestamp) -> Factor {
    Factor {
        id: FactorId::new(kind.slug()),
        person: PersonId::new("p"),
        kind,
        name: String::new(),
        secret: Vec::new(),
        address: String::new(),
        credential: None,
        created_at,
        used_at: None,
        tested_at: None,
        disabled_at: None,
        last_step: 0,
        probation_until: None,
        shown_by: None,
    }
}

fn person() -> Person {
    Person {
        id: PersonId::new("p"),
        realm: crate::ids::RealmSlug::parse("workforce").expect("a slug"),
        login: "p".to_owned(),
        name: String::new(),
        lang: crate::Lang::En,
        email: String::new(),
        disabled_at: None,
        frozen_at: None,
        created_at: at(0),
        partner: None,
        manager: None,
        number: String::new(),
        number_since: at(0),
        epoch: 0,
    }
}

fn both() -> [Factor; 2] {
    [FactorKind::Smartphone, FactorKind::Passkey].map(|kind| factor(kind, at(0)))
}

fn proofs(all: &[Evidence], accepts: &[CallerProof], now: Timestamp) -> usize {
    let call = CallId::new("c");
    let checked = Checked {
        evidence: all,
        call: Some(&call),
        accepts,
        number_since: Timestamp::default(),
    };
    checked.proofs(&PersonId::new("a"), &both(), now).len()
}

#[test]
fn names_come_back() {
    for one in CallerProof::ALL {
        assert_eq!(CallerProof::parse(one.slug()), Some(one));
    }
}

#[test]
fn a_check_counts_for_ten_minutes() {
    for decision in Decision::ALL {
        let one = evidence(CallerProof::Smartphone, decision, 0);
        let accepted = decision == Decision::Accept;
        assert_eq!(one.holds(at(COUNTS - 1)), accepted);
        assert!(!one.holds(at(COUNTS)));
    }
}

#[test]
fn nothing_new_verifies_anybody() {
    let phone = factor(FactorKind::Smartphone, at(0));
    assert!(!verifies(CallerProof::Smartphone, &phone, at(NEW - 1)));
    assert!(verifies(CallerProof::Smartphone, &phone, at(NEW)));
    assert!(!verifies(CallerProof::Passkey, &phone, at(NEW)));
    assert!(!verifies(CallerProof::Manager, &phone, at(NEW)));
}

#[test]
fn two_of_a_kind_are_one() {
    use CallerProof::{Manager, Passkey, Smartphone};
    let twice = [
        evidence(Passkey, Decision::Accept, 1),
        evidence(Passkey, Decision::Accept, 2),
    ];
    assert_eq!(proofs(&twice, &CallerProof::ALL, at(3)), 1);
    let two = [
        evidence(Passkey, Decision::Accept, 1),
        evidence(Manager, Decision::Accept, 2),
    ];
    assert_eq!(proofs(&two, &CallerProof::ALL, at(3)), 2);
    assert_eq!(proofs(&two, &[Smartphone, Manager], at(3)), 1);
    assert_eq!(proofs(&two, &[Smartphone], at(3)), 0);
}

#[test]
fn a_factor_of_their_own_spares_the_wait_and_the_managers_word_does_not() {
    let accepted = |proof| evidence(proof, Decision::Accept, 1);
    let [phone, passkey, called, manager] = CallerProof::ALL.map(accepted);
    assert_eq!(cool_down(&[]), COOL_DOWN);
    assert_eq!(cool_down(&[&manager]), COOL_DOWN);
    assert_eq!(cool_down(&[&called, &manager]), COOL_DOWN);
    for own in [&phone, &passkey] {
        assert_eq!(cool_down(&[own]), 0);
        assert_eq!(cool_down(&[&manager, own]), 0);
    }
}

#[test]
fn a_number_is_called_a_day_after_it_was_set() {
    let agent = PersonId::new("a");
    let why = |number: &str, since, now| {
        let who = Person {
            number: number.to_owned(),
            number_since: since,
            ..person()
        };
        refusal(CallerProof::CallBack, &who, &[], &agent, now)
    };
    assert_eq!(why("", at(0), at(NEW)), Some(Code::NoProofToCheck));
    let number = "+4915112345678";
    assert_eq!(why(number, at(1), at(NEW)), Some(Code::NoProofToCheck));
    assert_eq!(why(number, at(0), at(NEW)), None);
}

#[test]
fn another_number_takes_the_call_back_away() {
    let all = [evidence(CallerProof::CallBack, Decision::Accept, 100)];
    let call = CallId::new("c");
    let found = |number_since| {
        let checked = Checked {
            evidence: &all,
            call: Some(&call),
            accepts: &CallerProof::ALL,
            number_since,
        };
        checked.proofs(&PersonId::new("a"), &[], at(110)).len()
    };
    assert_eq!(found(at(99)), 1);
    assert_eq!(found(at(100)), 0);
    assert_eq!(found(at(105)), 0);
}

#[test]
fn what_changes_factors_takes_two() {
    assert_eq!(judge(0, false, true), Ruling::Refuse);
    assert_eq!(judge(1, false, false), Ruling::Second);
    assert_eq!(judge(1, false, true), Ruling::Do);
    assert_eq!(judge(2, false, false), Ruling::Do);
    assert_eq!(judge(2, true, false), Ruling::Second);
    assert_eq!(judge(2, true, true), Ruling::Do);
}

proptest! {
    /// Whatever was found out: what counts was accepted in this call by this agent within
    /// ten minutes, by a proof that policy accepts, and nothing that came later says no.
    #[test]
    fn what_counts_was_accepted_and_not_taken_back(
        seen in proptest::collection::vec(
            (0..CallerProof::ALL.len(), 0..3_usize, 0i64..1200, 0u8..2, 0u8..2), 0..6),
        accepts in proptest::sample::subsequence(CallerProof::ALL.to_vec(), 0..=CallerProof::ALL.len()),
        now in 0i64..1300,
    ) {
        let all: Vec<_> = seen.iter().map(|(proof, decision, when, agent, call)| Evidence {
            agent: PersonId::new(if *agent == 0 { "a" } else { "b" }),
            call: CallId::new(if *call == 0 { "c" } else { "d" }),
            ..evidence(CallerProof::ALL[*proof], Decision::ALL[*decision], *when)
        }).collect();
        let (call, agent, factors, now) = (CallId::new("c"), PersonId::new("a"), both(), at(now));
        let checked = Checked { evidence: &all, call: Some(&call), accepts: &accepts, number_since: Timestamp::default() };
        let found = checked.proofs(&agent, &factors, now);
        for one in &found {
            prop_assert!(one.decision == Decision::Accept && one.agent == agent && one.call == call);
            prop_assert!(accepts.contains(&one.proof) && now < one.at.plus_seconds(COUNTS));
            prop_assert!(all.iter().all(|e| e.at <= one.at || e.decision == Decision::Accept));
        }
        let mut kinds: Vec<_> = found.iter().map(|e| e.proof.slug()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        prop_assert_eq!(kinds.len(), found.len());
        let none = Checked { call: None, ..checked };
        prop_assert!(none.proofs(&agent, &factors, now).is_empty());
    }
}
