//! Moments and spans, as the reader says them.

use domain::Lang;

/// A moment as the reader's clock shows it; who calls knows the time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    /// 0 to 23.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
    /// The name of the time zone: "Europe/Berlin".
    pub zone: String,
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

fn month(lang: Lang, number: i8) -> &'static str {
    let names = match lang {
        Lang::En => &MONTHS_EN,
        Lang::De => &MONTHS_DE,
    };
    usize::try_from(number - 1)
        .ok()
        .and_then(|i| names.get(i))
        .copied()
        .unwrap_or_default()
}

/// A clock time: "10:57 (Europe/Berlin)".
pub fn clock(lang: Lang, at: &Clock) -> String {
    let Clock {
        hour, minute, zone, ..
    } = at;
    match lang {
        Lang::En => format!("{hour:02}:{minute:02} ({zone})"),
        Lang::De => format!("{hour:02}:{minute:02} Uhr ({zone})"),
    }
}

/// A date and a clock time: "21 November 2025, 10:57 (Europe/Berlin)".
pub fn moment(lang: Lang, at: &Clock) -> String {
    let (day, month, year) = (at.day, month(lang, at.month), at.year);
    let clock = clock(lang, at);
    match lang {
        Lang::En => format!("{day} {month} {year}, {clock}"),
        Lang::De => format!("{day}. {month} {year}, {clock}"),
    }
}

/// A span that people can grasp, to the nearest minute, hour or day.
pub fn span(lang: Lang, seconds: i64) -> String {
    let nearest = |unit: i64| (seconds + unit / 2) / unit;
    let (minutes, hours, days) = (nearest(60).max(1), nearest(3600), nearest(86400));
    let (number, one, many) = match (lang, minutes) {
        (Lang::En, m) if m != 60 && m < 120 => (m, "minute", "minutes"),
        (Lang::De, m) if m != 60 && m < 120 => (m, "Minute", "Minuten"),
        (Lang::En, m) if m < 48 * 60 => (hours, "hour", "hours"),
        (Lang::De, m) if m < 48 * 60 => (hours, "Stunde", "Stunden"),
        (Lang::En, _) => (days, "day", "days"),
        (Lang::De, _) => (days, "Tag", "Tage"),
    };
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How long something works, to follow "valid" or „gilt“: as a span and as a
/// clock time, with the date when that is another day.
pub fn until(lang: Lang, seconds_left: i64, end: &Clock, today: bool) -> String {
    let end = match (lang, today) {
        (Lang::En, true) => format!("until {}", clock(lang, end)),
        (Lang::En, false) => format!("until {}", moment(lang, end)),
        (Lang::De, true) => format!("bis {}", clock(lang, end)),
        (Lang::De, false) => format!("bis zum {}", moment(lang, end)),
    };
    if seconds_left <= 0 {
        return end;
    }
    let span = span(lang, seconds_left);
    match lang {
        Lang::En => format!("for {span}, {end}"),
        Lang::De => format!("{span}, {end}"),
    }
}
