//! What a new password or PIN must not be (NIST SP 800-63B-4, 3.1.1.2; ASVS
//! 6.2.4 and 6.2.11). There are no rules about kinds of characters.
//!
//! The documented list of context words (ASVS 6.1.2): [`CONTEXT`], and what
//! the caller passes as `personal`: the realm's name in both languages, the
//! person's name, login, number and addresses.

use super::hash_threads::nfc;
use domain::{
    Code,
    policy::{PasswordRules, PinRules},
    secret::Secret,
};
use std::{collections::HashSet, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;

/// Words that everybody who sees this portal would try first.
const CONTEXT: [&str; 2] = ["rekey", "portal"];

/// The list of common passwords; zxcvbn adds its own 30 000, mostly English.
static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("common_passwords.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});
static COMMON_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.iter().copied().collect());

/// Guesses that a password must withstand. zxcvbn's score 3 begins five
/// guesses above this, and so would refuse every password of eight characters,
/// patterns or not.
const GUESSES: u64 = 100_000_000;

/// Characters at the beginning that must be hard to guess by themselves: zxcvbn
/// tries all readings of signs as letters, and takes two seconds for 100 signs
/// made for that.
const WINDOW: usize = 32;

/// Letters that may be left beside context words: fewer make no password.
const LETTERS_LEFT: usize = 3;
/// Digits that may be left beside context words: a date has eight.
const DIGITS_LEFT: usize = 8;

/// Judges a new password. `personal` are the person's name, login and
/// addresses and the realm's names; empty ones do no harm.
///
/// Takes some milliseconds, and a tenth of a second for texts made to take
/// long: the throttle stands before it.
///
/// # Errors
/// [`Code::Missing`] for blanks, [`Code::PasswordTooShort`],
/// [`Code::PasswordTooLong`], [`Code::PasswordPersonal`],
/// [`Code::PasswordCommon`], [`Code::PasswordGuessable`].
pub fn judge(new: &Secret, rules: &PasswordRules, personal: &[&str]) -> Result<(), Code> {
    measure(new, rules.least, rules.most)?;
    let text = nfc(new);
    let lower = text.reveal().to_lowercase();
    if made_of_context(&lower, personal) {
        return Err(Code::PasswordPersonal);
    }
    if spellings(&lower)
        .iter()
        .any(|spelling| COMMON_SET.contains(spelling.as_str()))
    {
        return Err(Code::PasswordCommon);
    }
    if guessable(text.reveal(), &lower, personal) {
        return Err(Code::PasswordGuessable);
    }
    Ok(())
}

/// Counts code points after NFC (NIST SP 800-63B-4, 3.1.1.2).
fn measure(new: &Secret, least: u32, most: u32) -> Result<(), Code> {
    // A bound on bytes first: a megabyte is never normalised. NFC makes one
    // code point out of four at most, and one has four bytes.
    if new.reveal().len() > (most as usize).saturating_mul(16) {
        return Err(Code::PasswordTooLong { most });
    }
    if new.reveal().trim().is_empty() {
        return Err(Code::Missing);
    }
    let count = nfc(new).reveal().chars().count();
    if count < least as usize {
        return Err(Code::PasswordTooShort { least });
    }
    if count > most as usize {
        return Err(Code::PasswordTooLong { most });
    }
    Ok(())
}

/// The forms in which the whole password is looked up: without what people
/// put around a word, and with letters for the signs that look like them.
fn spellings(lower: &str) -> HashSet<String> {
    let plain = fold(lower);
    let edge = |c: char| !c.is_alphabetic();
    let mut forms = HashSet::new();
    for base in [
        plain.as_str(),
        plain.trim_end_matches(edge),
        plain.trim_matches(edge),
    ] {
        for one in ['i', 'l'] {
            let read = without_leet(base, one);
            forms.insert(read.trim_end_matches(edge).to_owned());
            forms.insert(read);
        }
        forms.insert(base.to_owned());
    }
    forms
}

/// Umlauts as they are written without a German keyboard.
fn fold(lower: &str) -> String {
    let mut out = String::with_capacity(lower.len() + 8);
    for c in lower.chars() {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            c => out.push(c),
        }
    }
    out
}

fn without_leet(text: &str, one: char) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' | '|' => one,
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '6' | '9' => 'g',
        '7' | '+' => 't',
        '8' => 'b',
        c => c,
    };
    text.chars().map(letter).collect()
}

/// The words of a person's data: parts of at least three letters or digits,
/// and all parts in a row. A top-level domain says nothing about anybody.
fn words(personal: &[&str]) -> HashSet<String> {
    let mut words: HashSet<String> = CONTEXT.iter().map(|word| (*word).to_owned()).collect();
    for data in personal {
        // Data is cut, so that nobody's name takes seconds to compare.
        let data: String = data.chars().take(domain::text::MOST).nfc().collect();
        let data = fold(&data.to_lowercase());
        let data = if data.contains('@') {
            data.rsplit_once('.')
                .map_or(data.as_str(), |(rest, _)| rest)
        } else {
            &data
        };
        let parts = data.split(|c: char| !c.is_alphanumeric());
        words.extend(parts.clone().map(str::to_owned));
        words.insert(parts.collect());
    }
    words.retain(|word| word.chars().count() >= 3);
    words
}

/// Nothing but context words, and a few letters or a date.
fn made_of_context(lower: &str, personal: &[&str]) -> bool {
    let mut words: Vec<_> = words(personal).into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let plain = fold(lower);
    let signs_gone = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let forms = [
        signs_gone(&plain),
        signs_gone(&without_leet(&plain, 'i')),
        signs_gone(&without_leet(&plain, 'l')),
    ];
    forms.into_iter().any(|form| {
        let mut left = form.clone();
        for word in &words {
            // A space, so that the ends of what is cut out do not make a word.
            left = left.replace(word, " ");
        }
        let digits = left.chars().filter(char::is_ascii_digit).count();
        let letters = left.chars().filter(|c| c.is_alphanumeric()).count() - digits;
        left != form && letters <= LETTERS_LEFT && digits <= DIGITS_LEFT
    })
}

fn guessable(text: &str, lower: &str, personal: &[&str]) -> bool {
    let words = words(personal);
    let inputs: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .chain(COMMON.iter().copied())
        .collect();
    let head = |text: &str| text.chars().take(WINDOW).collect::<String>();
    let weak = |text: &str| zxcvbn::zxcvbn(&head(text), &inputs).guesses() < GUESSES;
    let plain = fold(lower);
    weak(text) || (plain != lower && weak(&plain))
}

/// Judges a new PIN. `personal` as in [`judge`]; the digits in it count.
///
/// # Errors
/// Those of [`judge`], and [`Code::WrongCode`] for anything but the digits 0
/// to 9.
pub fn judge_pin(new: &Secret, rules: &PinRules, personal: &[&str]) -> Result<(), Code> {
    measure(new, rules.least, rules.most)?;
    let pin = new.reveal();
    if !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Code::WrongCode);
    }
    if own_number(pin, personal) {
        return Err(Code::PasswordPersonal);
    }
    let digits: Vec<u8> = pin.bytes().map(|b| b - b'0').collect();
    if has_pattern(&digits) || is_date(pin) {
        return Err(Code::PasswordGuessable);
    }
    if COMMON_SET.contains(pin) {
        return Err(Code::PasswordCommon);
    }
    Ok(())
}

/// The digits of somebody's number, forwards or backwards, or at least six of
/// them in a row.
fn own_number(pin: &str, personal: &[&str]) -> bool {
    const PART: usize = 6;
    let back: String = pin.chars().rev().collect();
    personal.iter().any(|data| {
        let number: String = data
            .chars()
            .take(domain::text::MOST)
            .filter(char::is_ascii_digit)
            .collect();
        [pin, &back].into_iter().any(|pin| {
            let whole = number.contains(pin) || (number.len() >= 4 && pin.contains(&number));
            let part = || (PART..=number.len()).any(|end| pin.contains(&number[end - PART..end]));
            !pin.is_empty() && (whole || part())
        })
    })
}

fn has_pattern(digits: &[u8]) -> bool {
    let n = digits.len();
    let step = |by: u8| digits.windows(2).all(|pair| (pair[0] + by) % 10 == pair[1]);
    // 1111, 1234, 8901, 4321; then 123123 and 1212121; 112233; 123321.
    let walk = [0, 1, 9].into_iter().any(step);
    let group = (1..=n / 2).any(|long| (long..n).all(|i| digits[i] == digits[i - long]));
    let changes = digits.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let stutter = changes < n / 2;
    let mirror = digits.iter().eq(digits.iter().rev());
    walk || group || stutter || mirror
}

/// DDMMYY, DDMMYYYY or YYYYMMDD.
fn is_date(pin: &str) -> bool {
    let part = |from: usize, to: usize| {
        pin.get(from..to)
            .and_then(|part| part.parse::<u32>().ok())
            .unwrap_or(0)
    };
    let day_fits = |day: u32, month: u32| {
        let days = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day)
    };
    let year_fits = |year| (1900..2100).contains(&year);
    match pin.len() {
        6 => day_fits(part(0, 2), part(2, 4)),
        8 => {
            (day_fits(part(0, 2), part(2, 4)) && year_fits(part(4, 8)))
                || (year_fits(part(0, 4)) && day_fits(part(6, 8), part(4, 6)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALONE: PasswordRules = PasswordRules {
        least: 15,
        most: 256,
    };
    const BESIDE: PasswordRules = PasswordRules {
        least: 8,
        most: 256,
    };
    const PIN: PinRules = PinRules { least: 6, most: 12 };

    fn alone(text: &str) -> Result<(), Code> {
        judge(&Secret::new(text), &ALONE, &[])
    }
    fn beside(text: &str) -> Result<(), Code> {
        judge(&Secret::new(text), &BESIDE, &[])
    }
    fn of_person(text: &str) -> Result<(), Code> {
        let data = [
            "Johanna Müller",
            "j.mueller@waldhof-motoren.example",
            "q4711093",
            "Nordwind",
            "",
            "Li",
        ];
        judge(&Secret::new(text), &BESIDE, &data)
    }
    fn pin(text: &str) -> Result<(), Code> {
        judge_pin(
            &Secret::new(text),
            &PIN,
            &["Q4711093", "+49 30 901820", "x9"],
        )
    }

    #[test]
    fn length_is_counted_in_code_points_after_nfc() {
        assert_eq!(alone("Kf7-quarz-Lumen"), Ok(()));
        assert_eq!(
            alone("Kf7-quarz-Lume"),
            Err(Code::PasswordTooShort { least: 15 })
        );
        assert_eq!(beside("x7Kq!m2"), Err(Code::PasswordTooShort { least: 8 }));
        // Seven letters, fourteen code points before NFC.
        assert_eq!(
            beside(&"u\u{308}".repeat(7)),
            Err(Code::PasswordTooShort { least: 8 })
        );
        let phrase = "kofferraum-zwölfton-lupe-";
        assert_eq!(alone(&phrase.repeat(4)[..70]), Ok(()));
        assert_eq!(
            alone(&"ab1 ".repeat(65)),
            Err(Code::PasswordTooLong { most: 256 })
        );
        assert_eq!(
            alone(&"x".repeat(1 << 20)),
            Err(Code::PasswordTooLong { most: 256 })
        );
    }

    #[test]
    fn blanks_are_nothing() {
        assert_eq!(alone(""), Err(Code::Missing));
        assert_eq!(alone("               "), Err(Code::Missing));
        assert_eq!(beside("\u{a0}\t  \n     "), Err(Code::Missing));
    }

    #[test]
    fn common_passwords_in_every_dress() {
        for common in [
            "Sommer2026!",
            "Passwort1!",
            "passwort",
            "P@ssw0rt123",
            "Pa$$w0rd!",
            "12345678",
            "qwertzuiop",
            "Qwertz123!",
            "Schatzi?1",
            "Fußball2024",
            "München1860!",
            "!!Willkommen!!",
            "h4ll0h4ll0",
            "Frühling2026",
            "FCBayern1900",
            "W1nter2025/26",
            "2026Sommer",
            "September#1",
            "Kennw0rt",
            "Ichliebedich1",
            "S0nnensche1n",
        ] {
            assert_eq!(beside(common), Err(Code::PasswordCommon), "{common}");
        }
    }

    #[test]
    fn patterns_are_guessable() {
        for weak in [
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "SommerSommer2026",
            "passwortpasswort",
            "trustno1trustno1",
            "qwertzqwertzqwertz",
            "schatzschatzschatz",
        ] {
            let code = alone(weak);
            assert!(
                matches!(code, Err(Code::PasswordGuessable | Code::PasswordCommon)),
                "{weak}: {code:?}"
            );
        }
        assert_eq!(beside("MünchenSommer"), Err(Code::PasswordGuessable));
        for long in ["sommer", "ab", "Passwort1!", "1qay2wsx", "München"] {
            let weak = beside(&long.chars().cycle().take(95).collect::<String>());
            assert!(
                matches!(weak, Err(Code::PasswordGuessable)),
                "{long}: {weak:?}"
            );
        }
        assert_eq!(alone(&format!("x7Kq!m2P-quarz{}", "a".repeat(40))), Ok(()));
    }

    #[test]
    fn words_of_the_person_and_the_portal() {
        for personal in [
            "Rekey2026!",
            "RekeyPortal1",
            "p0rtal-2026",
            "Nordwind2026!",
            "N0rdw1nd!!",
            "q4711093",
            "Q4711093!",
            "johanna.müller",
            "JohannaMueller1985",
            "muellerjohanna!",
            "Müller04121985",
            "waldhof-motoren1",
            "jmueller",
            "nordwind-rekey!x",
        ] {
            assert_eq!(
                of_person(personal),
                Err(Code::PasswordPersonal),
                "{personal}"
            );
        }
        assert_eq!(of_person("example-Lupe-vierzig"), Ok(()));
        assert_eq!(of_person("Johanna züchtet lila Quallen"), Ok(()));
    }

    #[test]
    fn good_passwords_are_good() {
        for good in [
            "Lampe Fluss Kiefer Morgen",
            "correct horse battery staple",
            "🦊🌲🚲🎈🍋🧦🪁🛶🎻🍄🐙🌋🧲🪐🎯",
            "пароль нигде не сказан",
            "Ein Igel fährt nach Ulm",
        ] {
            assert_eq!(alone(good), Ok(()), "{good}");
        }
        // Eight characters without a pattern, where a second factor follows.
        assert_eq!(beside("x7Kq!m2P"), Ok(()));
        assert_eq!(beside("🦊🌲🚲🎈🍋🧦🪁🛶"), Ok(()));
    }

    #[test]
    fn both_forms_of_an_umlaut_are_judged_alike() {
        for text in [
            "Frühling2026",
            "zwölf kühne Möwen üben",
            "Müller04121985",
            "äöüäöüäö",
        ] {
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            assert_ne!(nfc, nfd);
            assert_eq!(of_person(&nfc), of_person(&nfd), "{text}");
        }
    }

    #[test]
    fn pins() {
        for good in ["581037", "9402716", "83920571", "739104628150"] {
            assert_eq!(pin(good), Ok(()), "{good}");
        }
        assert_eq!(pin(""), Err(Code::Missing));
        assert_eq!(pin("58103"), Err(Code::PasswordTooShort { least: 6 }));
        assert_eq!(
            pin("7391046281503"),
            Err(Code::PasswordTooLong { most: 12 })
        );
        for odd in ["58103a", "５８１０３７", "581 037", "-58103"] {
            assert_eq!(pin(odd), Err(Code::WrongCode), "{odd}");
        }
        for weak in [
            "123456", "234567", "890123", "987654", "210987", "000000", "777777", "121212",
            "123123", "12312312", "12341234", "112233", "111222", "123321", "990099", "010190",
            "311299", "290200", "24121985", "19851224", "20260228", "01011900",
        ] {
            assert_eq!(pin(weak), Err(Code::PasswordGuessable), "{weak}");
        }
        for common in ["159753", "102030"] {
            assert!(matches!(pin(common), Err(Code::PasswordCommon)), "{common}");
        }
        for own in [
            "4711093", "47110938", "3901174", "901820", "04711093", "493090", "84711395",
        ] {
            let code = pin(own);
            let same = own != "84711395";
            assert_eq!(code == Err(Code::PasswordPersonal), same, "{own}: {code:?}");
        }
    }

    #[test]
    fn the_list_is_folded_and_without_doubles() {
        assert_eq!(COMMON.len(), COMMON_SET.len());
        assert!(COMMON.len() >= 400);
        for word in COMMON.iter() {
            assert_eq!(*word, fold(&word.trim().to_lowercase()));
        }
    }

    #[test]
    fn the_worst_texts_are_judged_quickly() {
        let all = [
            "4@8({[<361!|0$5+7%2",
            "passwort",
            "aA1!",
            "1qay2wsx",
            "Sommer",
            "19031978",
            "ababab",
        ];
        for text in all {
            let long: String = text.chars().cycle().take(256).collect();
            let start = std::time::Instant::now();
            let _ = alone(&long);
            // Milliseconds; without a limit on what is looked at it would be hours.
            assert!(start.elapsed().as_secs() < 20, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_never_takes_too_little(text in any::<String>(), least in 0_u32..20, name in any::<String>()) {
            let rules = PasswordRules { least, most: 64 };
            if judge(&Secret::new(&*text), &rules, &[&name]).is_ok() {
                let count = nfc(&Secret::new(&*text)).reveal().chars().count();
                prop_assert!((least as usize..=64).contains(&count));
            }
        }

        #[test]
        fn never_panics_on_what_people_type(text in "[a-zA-Z0-9äöüß@$!€ .🦊-]{0,40}", name in "[A-Za-zäöü .@-]{0,20}") {
            let _ = judge(&Secret::new(text), &BESIDE, &[&name]);
        }

        #[test]
        fn pins_never_panic_and_are_digits(text in any::<String>(), digits in "[0-9]{0,14}", number in any::<String>()) {
            let _ = judge_pin(&Secret::new(text), &PIN, &[&number]);
            if judge_pin(&Secret::new(&*digits), &PIN, &[&number]).is_ok() {
                prop_assert!((6..=12).contains(&digits.len()));
            }
        }
    }
}
