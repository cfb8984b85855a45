use super::*;
use proptest::prelude::*;

fn request(created: i64) -> Request {
    Request {
        call: None,
        id: PhoneRequestId::new("r"),
        person: PersonId::new("p"),
        purpose: Purpose::SignIn,
        digits: "47".to_owned(),
        challenge: "c".to_owned(),
        browser: String::new(),
        address: String::new(),
        created_at: Timestamp::from_millis(created),
        wrong: 0,
        stage: Stage::Waiting,
        asked_by: None,
        phone: None,
    }
}

#[test]
fn names_come_back() {
    for one in Purpose::ALL {
        assert_eq!(Purpose::parse(one.slug()), Some(one));
    }
    for one in Decision::ALL {
        assert_eq!(Decision::parse(one.slug()), Some(one));
    }
    for one in Stage::ALL {
        assert_eq!(Stage::parse(one.slug()), Some(one));
    }
}

#[test]
fn a_minute_and_no_longer() {
    let asked = request(0);
    let at = |seconds| Timestamp::default().plus_seconds(seconds);
    assert_eq!(
        asked.answered(Decision::Accept, "47", at(LIFE - 1)),
        Ok(Stage::Accepted)
    );
    assert_eq!(
        asked.answered(Decision::Accept, "47", at(LIFE)),
        Err(Code::ExpiredCode)
    );
}

#[test]
fn three_in_ten_minutes_and_ten_a_day() {
    assert!(may_ask(0, 0) && may_ask(2, 9));
    assert!(!may_ask(3, 3) && !may_ask(0, 10));
}

proptest! {
    /// Only the digits of this request accept it, and only while it waits.
    #[test]
    fn nobody_accepts_without_the_digits(
        digits in "[0-9]{0,3}",
        stage in 0..Stage::ALL.len(),
        after in 0_i64..200_000,
    ) {
        let stage = Stage::ALL[stage];
        let asked = Request { stage, ..request(0) };
        let now = Timestamp::from_millis(after);
        let accepted = asked.answered(Decision::Accept, &digits, now) == Ok(Stage::Accepted);
        let may = stage == Stage::Waiting && after < LIFE * 1000 && digits == "47";
        prop_assert_eq!(accepted, may);
        for other in [Decision::Decline, Decision::NotMe] {
            prop_assert_ne!(asked.answered(other, &digits, now), Ok(Stage::Accepted));
        }
    }

    /// Whatever differs is another text: no signature fits two answers.
    #[test]
    fn every_part_is_signed(
        one in ("[a-z:/]{1,8}", "[a-f0-9-]{1,8}", "[a-z]{1,4}", 0..3_usize, "[0-9]{0,2}", 0..3_usize),
        other in ("[a-z:/]{1,8}", "[a-f0-9-]{1,8}", "[a-z]{1,4}", 0..3_usize, "[0-9]{0,2}", 0..3_usize),
    ) {
        let text = |p: &(String, String, String, usize, String, usize)| {
            answer_text(&p.0, &p.1, &p.2, Purpose::ALL[p.3], &p.4, Decision::ALL[p.5])
        };
        prop_assert_eq!(text(&one) == text(&other), one == other);
    }

    /// The same for a phone that is added: its secret cannot be exchanged.
    #[test]
    fn every_part_of_what_is_added_is_signed(
        one in ("[a-z:/]{1,8}", "[a-z]{1,4}", "[A-Za-z0-9_-]{1,8}", "[A-Za-z0-9_-]{0,8}"),
        other in ("[a-z:/]{1,8}", "[a-z]{1,4}", "[A-Za-z0-9_-]{1,8}", "[A-Za-z0-9_-]{0,8}"),
    ) {
        let text = |p: &(String, String, String, String)| add_text(&p.0, &p.1, &p.2, &p.3);
        prop_assert_eq!(text(&one) == text(&other), one == other);
    }
}
