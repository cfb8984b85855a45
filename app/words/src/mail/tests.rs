//! Times, codes and kinds, as they stand in a sentence.

use super::*;
use domain::{FactorKind, Lang, message::Notice};

fn at(day: i8) -> Clock {
    Clock {
        year: 2025,
        month: 11,
        day,
        hour: 9,
        minute: 5,
        zone: "Europe/Berlin".into(),
    }
}

#[test]
fn times_are_as_the_reader_says_them() {
    assert_eq!(
        until(Lang::En, 900, &at(21), true),
        "for 15 minutes, until 09:05 (Europe/Berlin)"
    );
    assert_eq!(
        until(Lang::De, 881, &at(21), true),
        "15 Minuten, bis 09:05 Uhr (Europe/Berlin)"
    );
    assert_eq!(
        until(Lang::De, 7 * 86400 - 20, &at(28), false),
        "7 Tage, bis zum 28. November 2025, 09:05 Uhr (Europe/Berlin)"
    );
    assert_eq!(
        until(Lang::En, 0, &at(1), false),
        "until 1 November 2025, 09:05 (Europe/Berlin)"
    );
}

#[test]
fn spans_take_the_unit_that_fits() {
    for (seconds, en, de) in [
        (1, "1 minute", "1 Minute"),
        (90, "2 minutes", "2 Minuten"),
        (3600, "1 hour", "1 Stunde"),
        (3590, "1 hour", "1 Stunde"),
        (5400, "90 minutes", "90 Minuten"),
        (7200, "2 hours", "2 Stunden"),
        (86400, "24 hours", "24 Stunden"),
        (2 * 86400, "2 days", "2 Tage"),
    ] {
        assert_eq!(span(Lang::En, seconds), en);
        assert_eq!(span(Lang::De, seconds), de);
    }
}

#[test]
fn codes_are_grouped_only_when_they_are_digits() {
    assert_eq!(grouped("481930"), "481 930");
    assert_eq!(grouped("48193012"), "4819 3012");
    assert_eq!(grouped("4819"), "4819");
    assert_eq!(grouped("AB1930"), "AB1930");
}

#[test]
fn kinds_agree_with_their_verbs() {
    let added = |k| Notice::FactorAdded {
        kind: k,
        name: String::new(),
    };
    assert_eq!(
        notice_title(Lang::En, &added(FactorKind::Totp)),
        "An authenticator app was added to your account"
    );
    assert_eq!(
        notice_title(Lang::De, &added(FactorKind::Sms)),
        "Codes per SMS wurden zu Ihrem Konto hinzugefügt"
    );
    let locked = Notice::Locked {
        kind: FactorKind::Recovery,
    };
    assert_eq!(
        notice_title(Lang::En, &locked),
        "Your recovery codes are locked"
    );
}
