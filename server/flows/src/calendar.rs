//! When an answer of the service desk is due. The clock runs all hours of working
//! days and stops on others (cloud guide: asked on Friday at 15:00, due on Monday
//! at 15:00); the realm says which days count and in which time zone.

use domain::{Timestamp, policy::Realm};
use jiff::{Zoned, tz::TimeZone};

/// Days that are looked at before the search for working hours is given up: a
/// policy whose every day is a holiday still promises something.
const MOST_DAYS: usize = 400;

/// The moment `hours` working hours after `from`.
pub fn due(realm: &Realm, from: Timestamp, hours: i64) -> Timestamp {
    let zone = TimeZone::get(&realm.zone).unwrap_or(TimeZone::UTC);
    let mut at = jiff::Timestamp::from_millisecond(from.millis())
        .unwrap_or_default()
        .to_zoned(zone);
    let mut left = hours.max(0) * 3_600_000;
    for _ in 0..MOST_DAYS {
        let Some(next) = midnight_after(&at) else {
            break;
        };
        if works(realm, &at) {
            // From midnight to midnight, so that a day of 23 hours has 23.
            let rest = next.timestamp().as_millisecond() - at.timestamp().as_millisecond();
            if left <= rest {
                return Timestamp::from_millis(at.timestamp().as_millisecond() + left);
            }
            left -= rest;
        }
        at = next;
    }
    Timestamp::from_millis(at.timestamp().as_millisecond())
}

fn midnight_after(at: &Zoned) -> Option<Zoned> {
    at.tomorrow().ok()?.start_of_day().ok()
}

fn works(realm: &Realm, at: &Zoned) -> bool {
    let day = at.date();
    let n = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
    realm.calendar.working.get(n).copied().unwrap_or(true)
        && !realm.calendar.holidays.contains(&day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cloud() -> Realm {
        let text = include_str!("../../policies/cloud.toml");
        domain::policy::parse(text).expect("the shipped policy")
    }

    fn at(text: &str) -> Timestamp {
        let zoned: Zoned = format!("{text}[Europe/Berlin]").parse().expect("a time");
        Timestamp::from_millis(zoned.timestamp().as_millisecond())
    }

    #[test]
    fn the_clock_stops_when_nobody_works() {
        let realm = cloud();
        for (from, hours, to) in [
            // Friday to Monday, the guide's own example.
            ("2026-11-20T15:00", 24, "2026-11-23T15:00"),
            ("2026-11-18T09:30", 24, "2026-11-19T09:30"),
            // Asked on a Sunday: the day that counts begins on Monday.
            ("2026-11-22T11:00", 24, "2026-11-24T00:00"),
            ("2026-11-22T11:00", 6, "2026-11-23T06:00"),
            // Christmas is a Friday and a Saturday.
            ("2026-12-24T15:00", 24, "2026-12-28T15:00"),
            // Summer time begins on a Sunday, which does not count.
            ("2027-03-25T15:00", 24, "2027-03-30T15:00"),
            ("2026-11-18T09:30", 0, "2026-11-18T09:30"),
        ] {
            assert_eq!(due(&realm, at(from), hours), at(to), "{from} + {hours} h");
        }
    }

    #[test]
    fn a_year_of_holidays_ends() {
        let mut realm = cloud();
        realm.calendar.working = [false; 7];
        let from = at("2026-11-20T15:00");
        assert!(due(&realm, from, 24) > from.plus_seconds(300 * 86_400));
    }

    proptest! {
        #[test]
        fn later_questions_have_no_earlier_answers(a in 0i64..200_000_000, b in 0i64..200_000_000, hours in 0i64..200) {
            let realm = cloud();
            let start = at("2026-01-01T00:00");
            let (first, second) = (a.min(b), a.max(b));
            let due = |seconds| due(&realm, start.plus_seconds(seconds), hours);
            prop_assert!(due(first) <= due(second));
            prop_assert!(due(first) >= start.plus_seconds(first + hours * 3600));
        }
    }
}
