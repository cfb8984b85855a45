//! Reading telephone numbers with the metadata of libphonenumber (Google's list of the
//! world's numbering plans, taken over by `rlibphonenumber`).

use domain::{
    number::{Line, Number},
    refusal::Code,
};
use rlibphonenumber::{
    PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, enums::Region,
};

/// Longer texts are no number, and are not looked into.
const MOST: usize = 40;

/// Reads a number as people write it; one without `+` is of `country` (ISO 3166-1).
///
/// # Errors
/// [`Code::Missing`], [`Code::NotANumber`].
pub fn read(typed: &str, country: &str) -> Result<Number, Code> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Code::Missing);
    }
    if typed.len() > MOST {
        return Err(Code::NotANumber);
    }
    let read = PHONE_NUMBER_UTIL
        .parse(typed, country.parse::<Region>().ok())
        .map_err(|_| Code::NotANumber)?;
    // Digits after "ext." would be lost on the way.
    if !read.is_valid() || !read.extension().is_empty() {
        return Err(Code::NotANumber);
    }
    Ok(Number {
        e164: read.format_as(PhoneNumberFormat::E164).into_owned(),
        country: read
            .get_region_code()
            .map(|region| region.to_string())
            .unwrap_or_default(),
        line: line(&read),
    })
}

/// Reads a number beside which the code of its country was chosen (`+49`); one that begins
/// with `+` or `00` names its own. The zero that some countries dial within stays where it
/// belongs to the number (Italy) and goes elsewhere, also from `+49 (0)171 …`.
///
/// # Errors
/// See [`read`].
pub fn read_with_code(code: &str, typed: &str) -> Result<Number, Code> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Code::Missing);
    }
    if typed.starts_with('+') {
        return read(typed, "");
    }
    match typed.strip_prefix("00") {
        Some(abroad) => read(&format!("+{abroad}"), ""),
        None => read(&format!("{} {typed}", code.trim()), ""),
    }
}

fn line(number: &PhoneNumber) -> Line {
    match number.get_type() {
        PhoneNumberType::Mobile => Line::Mobile,
        // Numbers of a whole company (Switzerland: +41 58 and +41 51) ring on a desk.
        PhoneNumberType::FixedLine | PhoneNumberType::VoIP | PhoneNumberType::UAN => Line::Landline,
        PhoneNumberType::FixedLineOrMobile => Line::Either,
        _ => Line::Service,
    }
}

/// A number that is on record as it is read aloud and written abroad: `+49 1511 2345678`.
pub fn international(e164: &str) -> String {
    match PHONE_NUMBER_UTIL.parse(e164, None) {
        Ok(read) => read
            .format_as(PhoneNumberFormat::International)
            .into_owned(),
        Err(_) => e164.to_owned(),
    }
}

/// Whether there are numbers of a country.
pub fn is_country(code: &str) -> bool {
    code.parse::<Region>().is_ok_and(|region| {
        PHONE_NUMBER_UTIL
            .get_country_code_for_region(region)
            .is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for typed in [
            "+49 151 12345678",
            "0151 12345678",
            "0151/123 456-78",
            "0049 151 12345678",
            " (0151) 12345678 ",
        ] {
            let read = read(typed, "DE").unwrap();
            assert_eq!(read.e164, "+4915112345678", "{typed}");
            assert_eq!((read.line, read.country.as_str()), (Line::Mobile, "DE"));
        }
        assert_eq!(international("+4915112345678"), "+49 1511 2345678");
    }

    #[test]
    fn what_a_number_is_stands_in_its_digits() {
        let line = |typed| read(typed, "DE").unwrap().line;
        assert_eq!(line("089 55501300"), Line::Landline);
        assert_eq!(line("+1 202 456 1111"), Line::Either);
        assert_eq!(line("0800 3301000"), Line::Service);
        assert_eq!(line("0900 1 123456"), Line::Service);
        assert_eq!(read("+43 664 1234567", "DE").unwrap().country, "AT");
    }

    #[test]
    fn the_zero_of_a_country_goes_and_that_of_a_number_stays() {
        for (code, typed, e164) in [
            ("+49", "+49 171 5550199", "+491715550199"),
            ("+49", "0171 5550199", "+491715550199"),
            ("+49", "171 5550199", "+491715550199"),
            ("+49", "+49 (0)171 5550199", "+491715550199"),
            ("+49", "0049 (0) 171/5550199", "+491715550199"),
            ("+49", "+49 0171 5550199", "+491715550199"),
            ("+49", "+43 (0)664 1234567", "+436641234567"),
            ("+43", "0664 1234567", "+436641234567"),
            ("+44", "07400 123456", "+447400123456"),
            ("+49", "+39 06 12345678", "+390612345678"),
            ("+39", "06 12345678", "+390612345678"),
        ] {
            let read = read_with_code(code, typed).map(|number| number.e164);
            assert_eq!(read.as_deref(), Ok(e164), "{code} {typed}");
        }
        assert_eq!(read_with_code("+49", " "), Err(Code::Missing));
        assert_eq!(read_with_code("", "0171 5550199"), Err(Code::NotANumber));
    }

    #[test]
    fn a_number_of_a_whole_company_is_a_landline() {
        for typed in ["+41 58 123 45 67", "+41 51 123 45 67"] {
            assert_eq!(
                read(typed, "CH").map(|n| n.line),
                Ok(Line::Landline),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for typed in [
            "12",
            "+49",
            "hello",
            "+999 123456789",
            "089 5550 130 ext. 5",
        ] {
            assert_eq!(read(typed, "DE"), Err(Code::NotANumber), "{typed}");
        }
        assert_eq!(read("  ", "DE"), Err(Code::Missing));
        assert_eq!(read(&"1".repeat(41), "DE"), Err(Code::NotANumber));
    }

    #[test]
    fn countries_are_those_with_numbers() {
        assert!(is_country("DE") && is_country("US"));
        assert!(!is_country("ZZ") && !is_country(""));
    }

    proptest! {
        #[test]
        fn what_was_read_is_read_again_alike(typed in "[+0-9 ()/-]{1,24}") {
            if let Ok(once) = read(&typed, "DE") {
                prop_assert_eq!(read(&once.e164, "US"), Ok(once.clone()));
                prop_assert_eq!(read(&international(&once.e164), ""), Ok(once));
            }
        }
    }
}
