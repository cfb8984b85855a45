use super::*;
use proptest::prelude::*;

const RULES: fn() -> ApprovalRules = || ApprovalRules {
    methods: vec![FactorKind::Sms],
    answer_days: 7,
    remind_days: 2,
    use_days: 14,
    review_days: 365,
};

fn wish(address: &str) -> Wish {
    Wish {
        kind: FactorKind::Sms,
        address: address.to_owned(),
        reason: "On the road".to_owned(),
        application: String::new(),
        ticket: String::new(),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::default().plus_seconds(seconds)
}

pub(super) fn fresh() -> Approval {
    Approval {
        id: ApprovalId::new("a"),
        number: 20_417,
        realm: RealmSlug::parse("agents").expect("a slug"),
        person: PersonId::new("p"),
        wish: wish("+491511111111"),
        stage: Stage::Waiting,
        version: 1,
        asked_at: at(0),
        due_at: at(7 * DAY),
    }
}

fn somebody(name: &str, manager: Option<&str>) -> Person {
    Person {
        id: PersonId::new(name),
        realm: RealmSlug::parse("agents").expect("a slug"),
        login: name.to_owned(),
        name: String::new(),
        lang: crate::Lang::En,
        email: String::new(),
        disabled_at: None,
        frozen_at: None,
        created_at: at(0),
        partner: None,
        manager: manager.map(PersonId::new),
        number: String::new(),
        number_since: at(0),
        epoch: 0,
    }
}

#[test]
fn a_manager_is_somebody_else_who_may_sign_in_and_reports_to_another_one() {
    let (person, admin) = (somebody("p", Some("old")), PersonId::new("admin"));
    let takes = |manager: &Person| takes_manager(&person, manager, &admin);
    assert_eq!(takes(&somebody("m", None)), Ok(()));
    assert_eq!(takes(&somebody("m", Some("x"))), Ok(()));
    assert_eq!(
        takes(&somebody("p", None)),
        Err(Code::NotTheirManager),
        "oneself"
    );
    assert_eq!(
        takes(&somebody("m", Some("p"))),
        Err(Code::NotTheirManager),
        "each other"
    );
    assert_eq!(
        takes(&somebody("admin", None)),
        Err(Code::NotTheirManager),
        "whoever enters it"
    );
    let disabled = Person {
        disabled_at: Some(at(1)),
        ..somebody("m", None)
    };
    assert_eq!(takes(&disabled), Err(Code::NoSuchManager));
    let elsewhere = Person {
        realm: RealmSlug::parse("cloud").expect("a slug"),
        ..somebody("m", None)
    };
    assert_eq!(takes(&elsewhere), Err(Code::NoSuchManager));
}

fn approve(seen: i64) -> Event {
    Event::Approve {
        by: PersonId::new("m"),
        seen,
    }
}

#[test]
fn an_approval_is_for_what_was_seen() {
    let now = at(60);
    let step = fresh().apply(approve(1), &RULES(), now);
    assert!(step.approval.allows(FactorKind::Sms, "+491511111111", now));
    assert!(
        !step
            .approval
            .allows(FactorKind::Voice, "+491511111111", now)
    );
    assert!(!step.approval.allows(FactorKind::Sms, "+491522222222", now));
    // Somebody else's eyes saw another wish.
    let step = fresh().apply(approve(0), &RULES(), now);
    assert_eq!(step.refusal, Some(Refusal::page(Code::ChangedMeanwhile)));
}

#[test]
fn another_wish_voids_the_approval() {
    let now = at(60);
    let approved = fresh().apply(approve(1), &RULES(), now).approval;
    let edited = approved.apply(Event::Edit(wish("+491522222222")), &RULES(), now);
    assert_eq!(edited.approval.stage, Stage::Waiting);
    for number in ["+491511111111", "+491522222222"] {
        assert!(!edited.approval.allows(FactorKind::Sms, number, now));
    }
    assert!(matches!(edited.tell, Some(Told::Asked { .. })));
}

#[test]
fn nobody_approves_for_themselves() {
    let own = Event::Approve {
        by: PersonId::new("p"),
        seen: 1,
    };
    let step = fresh().apply(own, &RULES(), at(60));
    assert_eq!(step.refusal, Some(Refusal::page(Code::OwnCase)));
}

#[test]
fn time_is_judged_at_use() {
    let late = at(7 * DAY);
    let step = fresh().apply(approve(1), &RULES(), late);
    assert_eq!(step.refusal, Some(Refusal::page(Code::ApprovalOver)));
    let approved = fresh().apply(approve(1), &RULES(), at(60)).approval;
    let late = at(60 + 14 * DAY);
    assert!(!approved.allows(FactorKind::Sms, "+491511111111", late));
    let step = approved.clone().apply(Event::Use, &RULES(), late);
    assert_eq!(step.refusal, Some(Refusal::page(Code::ApprovalOver)));
    let step = approved.apply(Event::Lapse, &RULES(), late);
    assert_eq!(step.approval.stage, Stage::Lapsed);
}

#[test]
fn declining_needs_a_reason() {
    let decline = |reason: &str| Event::Decline {
        by: PersonId::new("m"),
        seen: 1,
        reason: reason.to_owned(),
    };
    let step = fresh().apply(decline("  "), &RULES(), at(60));
    assert_eq!(
        step.refusal,
        Some(Refusal::at(Field::Reason, Code::Missing))
    );
    let step = fresh().apply(decline("Use the app"), &RULES(), at(60));
    assert!(step.approval.stage.is_over());
}

#[test]
fn what_is_typed_is_read() {
    let read = |reason: &str, ticket: &str| {
        Wish::read(
            FactorKind::Sms,
            "+491511111111".to_owned(),
            reason,
            "",
            ticket,
        )
    };
    assert_eq!(
        read("", "SD-1").map(|_| ()),
        Err(Refusal::at(Field::Reason, Code::Missing))
    );
    assert!(read("x", &"9".repeat(81)).is_err());
    assert_eq!(read("x", "").map(|w| w.ticket), Ok(String::new()));
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Edit(wish("+491522222222"))),
        (0_i64..4, prop_oneof!["p", "m", "d"]).prop_map(|(seen, by)| Event::Approve {
            by: PersonId::new(by),
            seen,
        }),
        (0_i64..4).prop_map(|seen| Event::Decline {
            by: PersonId::new("m"),
            seen,
            reason: "no".to_owned(),
        }),
        Just(Event::Release),
        Just(Event::Withdraw),
        Just(Event::Use),
        Just(Event::Lapse),
        Just(Event::Veto),
    ]
}

proptest! {
    /// Whatever happens in whatever order: it is used only after somebody else agreed to
    /// just this wish, and once over it stays over.
    #[test]
    fn nothing_is_used_without_a_fresh_yes(
        events in proptest::collection::vec((any_event(), 0_i64..5), 0..12)
    ) {
        let rules = RULES();
        let (mut approval, mut now) = (fresh(), at(0));
        let mut agreed: Option<(PersonId, Wish)> = None;
        for (event, days) in events {
            now = now.plus_seconds(days * DAY);
            let was_over = approval.stage.is_over();
            let step = approval.clone().apply(event.clone(), &rules, now);
            if step.refusal.is_some() {
                prop_assert_eq!(&step.approval, &approval);
                continue;
            }
            prop_assert!(!was_over);
            match &event {
                Event::Approve { by, .. } => {
                    prop_assert_ne!(by, &approval.person);
                    agreed = Some((by.clone(), approval.wish.clone()));
                }
                Event::Use => {
                    prop_assert_eq!(agreed.as_ref().map(|(_, w)| w), Some(&approval.wish));
                }
                Event::Edit(_) => agreed = None,
                _ => {}
            }
            approval = step.approval;
            approval.version += 1;
        }
    }

    #[test]
    fn the_manager_or_who_stands_in_decides_and_never_oneself(
        caller in "[pmdx]", has_manager: bool, deputy in proptest::option::of(("[pmdx]", 0_i64..4)), now in 0_i64..4
    ) {
        let id = |name: &str| PersonId::new(name);
        let (caller, manager) = (id(&caller), has_manager.then(|| id("m")));
        let deputy = deputy.map(|(who, until)| Deputy { person: id(&who), until: at(until) });
        let may = decides(&caller, &id("p"), manager.as_ref(), deputy.as_ref(), at(now));
        let stands_in = deputy.is_some_and(|d| d.person == caller && at(now) < d.until);
        prop_assert_eq!(may, has_manager && caller != id("p") && (caller == id("m") || stands_in));
    }
}
