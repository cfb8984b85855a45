//! Dates and times in words.

use domain::Lang;

tell! {
    today(time: &str) = "today, {time}", "heute, {time} Uhr";
    yesterday(time: &str) = "yesterday, {time}", "gestern, {time} Uhr";
}

const MONTHS: [(&str, &str); 12] = [
    ("January", "Januar"),
    ("February", "Februar"),
    ("March", "März"),
    ("April", "April"),
    ("May", "Mai"),
    ("June", "Juni"),
    ("July", "Juli"),
    ("August", "August"),
    ("September", "September"),
    ("October", "Oktober"),
    ("November", "November"),
    ("December", "Dezember"),
];

/// "1 December 2026" for `2026-12-01`; what is no such day stays as it is.
pub fn day(lang: Lang, iso: &str) -> String {
    let mut parts = iso.splitn(3, '-').map(str::parse::<usize>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return iso.to_owned();
    };
    match (lang, MONTHS.get(month.wrapping_sub(1))) {
        (Lang::En, Some((en, _))) => format!("{day} {en} {year}"),
        (Lang::De, Some((_, de))) => format!("{day}. {de} {year}"),
        (_, None) => iso.to_owned(),
    }
}

/// "18 November 2026, 10:42" / "18. November 2026, 10:42 Uhr".
pub fn date(lang: Lang, day: i8, month: i8, year: i16, time: &str) -> String {
    let (en, de) = MONTHS[(month.clamp(1, 12) - 1) as usize];
    match lang {
        Lang::En => format!("{day} {en} {year}, {time}"),
        Lang::De => format!("{day}. {de} {year}, {time} Uhr"),
    }
}
