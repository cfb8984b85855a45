use super::*;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_000_000_000_000);

fn rules() -> CaseRules {
    CaseRules {
        kinds: CaseKind::ALL.to_vec(),
        answer_hours: 24,
        cool_down: CoolDown {
            live_factor: 0,
            recovery_code: 0,
            manager: 60,
            mailbox: 1440,
        },
        window_hours: 48,
        probation_hours: 24,
        privacy: crate::policy::Agreed {
            version: "1".into(),
            url: "https://example.com".into(),
        },
    }
}

fn case(protected: bool, proof: Option<Proof>) -> Case {
    Case {
        id: CaseId::new("c"),
        number: 20_318,
        realm: RealmSlug::parse("cloud").expect("a slug"),
        kind: CaseKind::LostPhone,
        person: PersonId::new("owner"),
        form: Form::default(),
        proof,
        protected,
        opened_at: NOW,
        due_at: NOW.plus_seconds(86_400),
        stage: Stage::Open,
        version: 1,
    }
}

fn agent(id: &str, lead: bool) -> Agent {
    Agent {
        id: PersonId::new(id),
        lead,
    }
}

#[track_caller]
fn goes(case: Case, event: Event, at: Timestamp) -> Case {
    let step = case.apply(event, &rules(), at);
    assert_eq!(step.refusal, None);
    step.case
}

#[track_caller]
fn stays(case: &Case, event: Event, code: Code) {
    let step = case.clone().apply(event, &rules(), NOW);
    assert_eq!(step.refusal.map(|r| r.code), Some(code));
    assert_eq!(step.case, *case);
    assert!(step.record.is_none() && step.tell.is_none());
}

#[test]
fn a_manager_shortens_the_wait_before_the_decision_and_never_for_themselves() {
    let boss = || PersonId::new("boss");
    let case_now = goes(case(false, None), Event::Confirm(boss()), NOW);
    assert_eq!(case_now.proof, Some(Proof::Manager));
    assert_eq!(case_now.stage, Stage::Open);
    stays(&case_now, Event::Confirm(boss()), Code::CaseDecided);
    stays(
        &case(false, None),
        Event::Confirm(PersonId::new("owner")),
        Code::OwnCase,
    );
    let better = case(false, Some(Proof::LiveFactor));
    stays(&better, Event::Confirm(boss()), Code::CaseDecided);
    let claimed = goes(case(false, None), Event::Claim(agent("a", false)), NOW);
    let approved = goes(claimed, Event::Approve(agent("a", false)), NOW);
    stays(&approved, Event::Confirm(boss()), Code::CaseDecided);
}

#[test]
fn a_mailbox_alone_waits_for_a_day_and_a_live_proof_does_not() {
    for (proof, wait) in [
        (None, 86_400),
        (Some(Proof::Manager), 3600),
        (Some(Proof::RecoveryCode), 0),
        (Some(Proof::LiveFactor), 0),
    ] {
        let case = goes(case(false, proof), Event::Claim(agent("a", false)), NOW);
        let case = goes(case, Event::Approve(agent("a", false)), NOW);
        let opens = NOW.plus_seconds(wait);
        assert!(!case.is_usable(opens.plus_seconds(-1)));
        assert!(case.is_usable(opens));
        assert!(!case.is_usable(opens.plus_seconds(48 * 3600)));
        assert!(case.has_lapsed(opens.plus_seconds(48 * 3600)));
    }
}

#[test]
fn nobody_decides_their_own_case() {
    let case = case(false, None);
    for event in [
        Event::Claim(agent("owner", true)),
        Event::Approve(agent("owner", true)),
        Event::Decline(agent("owner", true), "no".into()),
        Event::Release(agent("owner", true)),
    ] {
        stays(&case, event, Code::OwnCase);
    }
}

#[test]
fn staff_are_let_back_in_by_two_and_one_of_them_leads() {
    let taken = goes(case(true, None), Event::Claim(agent("a", false)), NOW);
    let half = goes(taken, Event::Approve(agent("a", false)), NOW);
    assert_eq!(half.stage.slug(), "seconded");
    stays(&half, Event::Approve(agent("a", true)), Code::SecondAgent);
    stays(&half, Event::Approve(agent("b", false)), Code::LeadNeeded);
    stays(&half, Event::Claim(agent("b", true)), Code::CaseSeconded);
    let whole = goes(half.clone(), Event::Approve(agent("b", true)), NOW);
    assert_eq!(whole.stage.slug(), "approved");
    // One no is enough.
    let no = Event::Decline(agent("b", false), "The number is another.".into());
    assert_eq!(goes(half, no, NOW).stage.slug(), "declined");
}

#[test]
fn a_colleague_takes_over_before_deciding() {
    let taken = goes(case(false, None), Event::Claim(agent("a", false)), NOW);
    stays(
        &taken,
        Event::Approve(agent("b", false)),
        Code::CaseElsewhere,
    );
    stays(
        &taken,
        Event::Decline(agent("b", false), "No.".into()),
        Code::CaseElsewhere,
    );
    stays(
        &taken,
        Event::Release(agent("b", false)),
        Code::CaseElsewhere,
    );
    let taken = goes(taken, Event::Claim(agent("b", false)), NOW);
    assert_eq!(taken.stage.agent(), Some(&PersonId::new("b")));
    stays(
        &taken,
        Event::Decline(agent("b", false), " ".into()),
        Code::Missing,
    );
    let open = goes(taken, Event::Release(agent("b", false)), NOW);
    stays(&open, Event::Approve(agent("b", false)), Code::ClaimFirst);
}

#[test]
fn what_is_used_can_be_undone_and_nothing_else() {
    let case = case(false, Some(Proof::RecoveryCode));
    stays(&case, Event::Undo, Code::CaseDecided);
    let case = goes(case, Event::Claim(agent("a", false)), NOW);
    let case = goes(case, Event::Approve(agent("a", false)), NOW);
    let used = goes(case, Event::Use, NOW);
    for event in [Event::Use, Event::Veto, Event::Withdraw, Event::Lapse] {
        stays(&used, event, Code::CaseDecided);
    }
    assert_eq!(goes(used, Event::Undo, NOW).stage, Stage::Undone);
}

fn event() -> impl Strategy<Value = Event> {
    let agents = prop_oneof![
        Just(agent("a", false)),
        Just(agent("b", false)),
        Just(agent("lead", true)),
        Just(agent("owner", true)),
    ];
    prop_oneof![
        agents.clone().prop_map(Event::Claim),
        agents.clone().prop_map(Event::Release),
        agents.clone().prop_map(Event::Approve),
        agents.prop_map(|a| Event::Decline(a, "No.".into())),
        prop_oneof![Just("boss"), Just("owner"), Just("a")]
            .prop_map(|who| Event::Confirm(PersonId::new(who))),
        Just(Event::Veto),
        Just(Event::Withdraw),
        Just(Event::Use),
        Just(Event::Lapse),
        Just(Event::Undo),
    ]
}

proptest! {
    /// No path re-opens an account without a case that somebody else decided,
    /// twice where it is protected; and nothing comes back from an end.
    #[test]
    fn no_way_in_without_a_decision_of_others(
        protected: bool,
        live: bool,
        steps in prop::collection::vec((event(), 0i64..200_000), 1..40),
    ) {
        let mut case = case(protected, live.then_some(Proof::LiveFactor));
        let (mut now, mut approvals) = (NOW, Vec::new());
        let mut approved_at = None;
        for (event, seconds) in steps {
            now = now.plus_seconds(seconds);
            let before = case.clone();
            let step = case.apply(event.clone(), &rules(), now);
            if step.refusal.is_some() {
                prop_assert_eq!(&step.case, &before);
                prop_assert!(step.record.is_none());
            } else {
                prop_assert!(step.record.is_some());
                if let Event::Confirm(manager) = &event {
                    prop_assert_ne!(manager, &before.person);
                    prop_assert!(before.stage.waits() && before.proof.is_none());
                }
                if let Event::Approve(agent) = &event {
                    prop_assert_ne!(&agent.id, &before.person);
                    approvals.push(agent.clone());
                }
                if matches!(event, Event::Release(_)) {
                    approvals.clear();
                }
                if matches!(step.case.stage, Stage::Approved { .. }) {
                    approved_at = Some(now);
                }
                if before.stage.is_over() {
                    prop_assert_eq!(&event, &Event::Undo);
                }
            }
            case = step.case;
            if case.is_usable(now) || matches!(case.stage, Stage::Used) {
                let since = approved_at.expect("somebody approved");
                // The word of the manager counts if it came before the decision.
                let wait = if case.proof == Some(Proof::Manager) { 3600 } else { 86_400 };
                prop_assert!(live || since.plus_seconds(wait) <= now);
                if protected {
                    prop_assert!(approvals.len() >= 2);
                    let last = &approvals[approvals.len() - 2..];
                    prop_assert_ne!(&last[0].id, &last[1].id);
                    prop_assert!(last[0].lead || last[1].lead);
                } else {
                    prop_assert!(!approvals.is_empty());
                }
            }
        }
    }
}

#[cfg(feature = "server")]
#[test]
fn the_form_is_held_against_the_record() {
    assert_eq!(compare(" sam OKAFOR", "Sam Okafor"), Mark::Same);
    assert_eq!(compare("Sam O'Kafor", "Sam Okafor"), Mark::Differs);
    assert_eq!(compare("+49 171", ""), Mark::Unknown);
}
