//! Numbers with their nouns.

use domain::Lang;

/// "1 code", "3 codes": the singular for one, the plural for all others.
pub(crate) fn noun(n: impl Into<i128>, one: &str, many: &str) -> String {
    let n = n.into();
    format!("{n} {}", if n == 1 { one } else { many })
}

/// "30 seconds", "5 minutes", "2 hours", rounded up.
pub fn duration(lang: Lang, seconds: i64) -> String {
    let seconds = u32::try_from(seconds.max(1)).unwrap_or(u32::MAX);
    let (n, unit) = match seconds {
        0..=90 => (seconds, 0),
        91..=5400 => (seconds.div_ceil(60), 1),
        _ => (seconds.div_ceil(3600), 2),
    };
    match (lang, unit) {
        (Lang::En, 0) => noun(n, "second", "seconds"),
        (Lang::De, 0) => noun(n, "Sekunde", "Sekunden"),
        (Lang::En, 1) => noun(n, "minute", "minutes"),
        (Lang::De, 1) => noun(n, "Minute", "Minuten"),
        (Lang::En, _) => noun(n, "hour", "hours"),
        (Lang::De, _) => noun(n, "Stunde", "Stunden"),
    }
}

/// "1 day", "30 days".
pub fn days(lang: Lang, n: i64) -> String {
    match lang {
        Lang::En => noun(n, "day", "days"),
        Lang::De => noun(n, "Tag", "Tage"),
    }
}

/// "0:25" for a countdown.
pub fn clock(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// "1 person", "2 people".
pub fn people(lang: Lang, n: u32) -> String {
    match lang {
        Lang::En => noun(n, "person", "people"),
        Lang::De => noun(n, "Person", "Personen"),
    }
}

/// "1 row", "2 rows".
pub fn rows(lang: Lang, n: u32) -> String {
    match lang {
        Lang::En => noun(n, "row", "rows"),
        Lang::De => noun(n, "Zeile", "Zeilen"),
    }
}

/// "1 recovery code", "2 recovery codes".
pub fn recovery_codes(lang: Lang, n: u32) -> String {
    match lang {
        Lang::En => noun(n, "recovery code", "recovery codes"),
        Lang::De => noun(n, "Wiederherstellungscode", "Wiederherstellungscodes"),
    }
}

/// "Six digits", in words up to twelve.
pub fn digits(lang: Lang, n: u32) -> String {
    const EN: [&str; 9] = [
        "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
    ];
    const DE: [&str; 9] = [
        "Vier", "Fünf", "Sechs", "Sieben", "Acht", "Neun", "Zehn", "Elf", "Zwölf",
    ];
    let word = n.checked_sub(4).and_then(|i| match lang {
        Lang::En => EN.get(i as usize),
        Lang::De => DE.get(i as usize),
    });
    let word = word.map_or_else(|| n.to_string(), |w| (*w).to_owned());
    match lang {
        Lang::En => format!("{word} digits"),
        Lang::De => format!("{word} Ziffern"),
    }
}
