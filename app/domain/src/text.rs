//! Values that can only be made by parsing. Control characters are refused in
//! every text: a NUL passes SQLite and fails PostgreSQL, and a line break in a
//! name becomes a header in a mail.

use crate::refusal::Code;
use serde::{Deserialize, Serialize};

/// The longest text that any single field takes, in characters.
pub const MOST: usize = 254;

fn clean(raw: &str, most: usize) -> Result<&str, Code> {
    // A bound on bytes first: a megabyte is never walked through.
    if raw.len() > most * 8 {
        return Err(Code::TooLong);
    }
    let text = raw.trim();
    if text.is_empty() {
        return Err(Code::Missing);
    }
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}' | '\u{2028}' | '\u{2029}')) {
        return Err(Code::ControlCharacters);
    }
    if text.chars().count() > most {
        return Err(Code::TooLong);
    }
    Ok(text)
}

/// A login name as it was typed: address, login ID or Q-number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Login(String);

impl Login {
    /// Trims and checks.
    ///
    /// # Errors
    /// [`Code::Missing`], [`Code::TooLong`], [`Code::ControlCharacters`].
    pub fn parse(raw: &str) -> Result<Self, Code> {
        clean(raw, MOST).map(|t| Self(t.to_owned()))
    }
    /// As typed, trimmed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The key under which tries are counted and people are found: one for all
    /// spellings of the same name (XA07), so NFKC and lower case.
    #[cfg(feature = "server")]
    pub fn key(&self) -> String {
        login_key(&self.0)
    }
}

/// See [`Login::key`].
#[cfg(feature = "server")]
pub fn login_key(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.trim().nfkc().flat_map(char::to_lowercase).collect()
}

/// Letters without marks, in lower case: what Unicode decomposes (é, ş, ń), and what it does
/// not (ß, ø, ł).
#[cfg(feature = "server")]
fn folded(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            '’' | 'ʼ' => out.push('\''),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The key under which a name is found and ordered: without marks, and where a letter is
/// also written with two (ü as ue), that spelling behind it.
#[cfg(feature = "server")]
pub fn name_key(name: &str) -> String {
    let key = search_key(name);
    let mut spelled = String::with_capacity(name.len());
    for c in login_key(name).chars() {
        match c {
            'ä' => spelled.push_str("ae"),
            'ö' | 'ø' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            'å' => spelled.push_str("aa"),
            c => spelled.push(c),
        }
    }
    let spelled = search_key(&spelled);
    if spelled == key {
        key
    } else {
        format!("{key} {spelled}")
    }
}

/// What somebody typed to find people: words without marks, with one space between them.
/// Each word is looked for anywhere in a [`name_key`], a login or an address.
#[cfg(feature = "server")]
pub fn search_key(typed: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
    let folded = folded(typed);
    let words = folded.split(is_gap).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// An e-mail address of one mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Checks the shape `local@domain.tld` (RFC 5321 dot-atom; quoted local
    /// parts and address literals are refused: no mailbox of a person has
    /// one) and lowers the domain. ASCII only, so look-alikes cannot pass.
    ///
    /// # Errors
    /// [`Code::NotAnAddress`] and those of every text.
    pub fn parse(raw: &str) -> Result<Self, Code> {
        let text = clean(raw, MOST)?;
        let (local, domain) = text.rsplit_once('@').ok_or(Code::NotAnAddress)?;
        let atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
        let dots = |t: &str| t.starts_with('.') || t.ends_with('.') || t.contains("..");
        let local_fits = (1..=64).contains(&local.len()) && local.bytes().all(atom) && !dots(local);
        let label = |l: &str| {
            (1..=63).contains(&l.len())
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !l.starts_with('-')
                && !l.ends_with('-')
        };
        let domain_fits = domain.contains('.') && domain.split('.').all(label);
        if !(local_fits && domain_fits) {
            return Err(Code::NotAnAddress);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Hides most of an address: enough for its owner, too little for others.
pub fn mask_email(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return "•••••".to_owned();
    };
    let first = local.chars().next().map(String::from).unwrap_or_default();
    format!("{first}•••••@{domain}")
}

/// Hides most of an address or a telephone number.
pub fn mask(address: &str) -> String {
    if address.contains('@') {
        mask_email(address)
    } else {
        crate::number::mask(address)
    }
}

/// A name of a person or a factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    /// Trims and checks; at most 64 characters.
    ///
    /// # Errors
    /// [`Code::Missing`], [`Code::TooLong`], [`Code::ControlCharacters`].
    pub fn parse(raw: &str) -> Result<Self, Code> {
        clean(raw, 64).map(|t| Self(t.to_owned()))
    }
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A few sentences that somebody wrote: line breaks stay as spaces.
///
/// # Errors
/// [`Code::Missing`], [`Code::TooLong`], [`Code::ControlCharacters`].
pub fn sentence(raw: &str, most: usize) -> Result<String, Code> {
    if raw.len() > most * 8 {
        return Err(Code::TooLong);
    }
    let flat = raw.replace(['\r', '\n', '\t'], " ");
    clean(&flat, most).map(ToOwned::to_owned)
}

/// The zeros of the scripts whose digits people type; the other nine follow each.
const ZEROS: [char; 19] = [
    '0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
    '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}',
    '\u{1810}', '\u{ff10}',
];

/// The value of a decimal digit of any of those scripts.
fn digit(c: char) -> Option<char> {
    let value = |zero: char| {
        (c as u32)
            .checked_sub(zero as u32)
            .filter(|value| *value < 10)
    };
    let value = ZEROS.into_iter().find_map(value)?;
    char::from_digit(value, 10)
}

/// What stands between the characters of a code and means nothing: spaces of every kind,
/// hyphens and dashes, and what nobody sees (soft hyphen, zero-width characters, marks of
/// direction).
fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
        )
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What follows a word with a colon: people copy the whole line ("Code: 123456").
fn after_label(raw: &str) -> &str {
    match raw.rsplit_once(':') {
        Some((label, rest)) if !label.chars().any(|c| digit(c).is_some()) => rest,
        _ => raw,
    }
}

/// The digits of a code as people type them: spaces, dashes and a word before them go,
/// digits of other scripts become plain ones.
///
/// # Errors
/// [`Code::Missing`] for nothing, [`Code::WrongCode`] for anything that is not
/// `digits` digits.
pub fn digits(raw: &str, digits: usize) -> Result<String, Code> {
    if raw.len() > 128 {
        return Err(Code::WrongCode);
    }
    let mut out = String::with_capacity(digits);
    for c in after_label(raw).chars().filter(|c| !is_filler(*c)) {
        out.push(digit(c).ok_or(Code::WrongCode)?);
    }
    match out.len() {
        0 => Err(Code::Missing),
        n if n == digits => Ok(out),
        _ => Err(Code::WrongCode),
    }
}

/// What follows a mark of a list: recovery codes are copied from one ("3. ABCD-…", "• …").
fn after_mark(raw: &str) -> &str {
    let raw = raw.trim_start();
    if let Some(rest) = raw.strip_prefix(['•', '·', '*', '‣', '◦']) {
        return rest;
    }
    let rest = raw.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (1..=2).contains(&(raw.len() - rest.len()));
    match rest.strip_prefix(['.', ')']) {
        Some(rest) if numbered => rest,
        _ => raw,
    }
}

/// A recovery code as people type it: sixteen characters of [`crockford`].
///
/// # Errors
/// See there.
pub fn recovery(raw: &str) -> Result<String, Code> {
    crockford(raw, 16)
}

/// A code of so many characters as people type it: Crockford's base32, so case, spaces,
/// dashes and the mark of a list do not matter, and O, I, L read as 0 and 1.
///
/// # Errors
/// [`Code::Missing`] for nothing, [`Code::WrongCode`] for anything that is not so many
/// such characters.
pub fn crockford(raw: &str, length: usize) -> Result<String, Code> {
    if raw.len() > 128 {
        return Err(Code::WrongCode);
    }
    let mut out = String::with_capacity(length);
    let bare = after_mark(after_label(raw)).chars();
    for c in bare.filter(|c| !is_filler(*c)) {
        let c = digit(c).unwrap_or(c);
        match c.to_ascii_uppercase() {
            'O' => out.push('0'),
            'I' | 'L' => out.push('1'),
            c @ ('0'..='9' | 'A'..='H' | 'J' | 'K' | 'M' | 'N' | 'P'..='T' | 'V'..='Z') => {
                out.push(c)
            }
            _ => return Err(Code::WrongCode),
        }
    }
    match out.len() {
        0 => Err(Code::Missing),
        n if n == length => Ok(out),
        _ => Err(Code::WrongCode),
    }
}

/// A code in groups of so many characters, as people read it out: `K7Q4-MP2X-9RTA`.
pub fn in_groups(code: &str, size: usize) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    for (n, c) in code.chars().enumerate() {
        if n > 0 && n % size.max(1) == 0 {
            out.push('-');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_one_mailbox() {
        for good in [
            "a@b.de",
            "j.berger+x@Example.COM",
            "o'neil@mail.example.org",
        ] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        assert_eq!(
            Email::parse(" A@EXAMPLE.com ").unwrap().as_str(),
            "A@example.com"
        );
        for bad in [
            "a",
            "@b.de",
            "a@b",
            "a@b..de",
            ".a@b.de",
            "a@-b.de",
            "a b@c.de",
            "a@b.de,c@d.de",
            "a@ex\u{430}mple.com",
            "\"a\"@b.de",
            "a@[1.2.3.4]",
        ] {
            assert_eq!(Email::parse(bad), Err(Code::NotAnAddress), "{bad}");
        }
        assert_eq!(Email::parse("a%0acc:b"), Err(Code::NotAnAddress));
        assert_eq!(
            Email::parse("a@b.de\ncc: x@y.de"),
            Err(Code::ControlCharacters)
        );
        assert_eq!(Email::parse(&"a".repeat(1 << 20)), Err(Code::TooLong));
    }

    #[test]
    fn codes_forgive_what_people_type() {
        assert_eq!(digits("12 34-56", 6).unwrap(), "123456");
        assert_eq!(digits("１２３４５６\n", 6).unwrap(), "123456");
        assert_eq!(digits("", 6), Err(Code::Missing));
        assert_eq!(digits("12345", 6), Err(Code::WrongCode));
        assert_eq!(digits("12345a", 6), Err(Code::WrongCode));
        assert_eq!(recovery("8fq2-m7kd x4tn 29pO").unwrap(), "8FQ2M7KDX4TN29P0");
        assert_eq!(recovery("8fq2-m7kd x4tn 29pU"), Err(Code::WrongCode));
    }

    #[cfg(feature = "server")]
    #[test]
    fn names_are_found_as_callers_say_them() {
        let finds = |name: &str, typed: &str| {
            let key = name_key(name);
            search_key(typed).split(' ').all(|word| key.contains(word))
        };
        for (name, typed) in [
            ("Jonas Bergmann", "bergmann jonas"),
            ("Jonas Bergmann", "Bergmann, Jonas"),
            ("Jonas Bergmann", "jonas\u{a0} bergmann"),
            ("Jonas Bergmann", "jon ber"),
            ("Jörg Müller", "MÜLLER"),
            ("Jörg Müller", "mu\u{308}ller"),
            ("Jörg Müller", "mueller jörg"),
            ("Jörg Müller", "muller jorg"),
            ("René Strauß", "STRAUSS rene"),
            ("René Strauß", "strauß"),
            ("Ayşe Gül", "ayse gul"),
            ("Søren Ødegård", "soeren odegard"),
            ("Łukasz O’Neill", "lukasz o'neill"),
        ] {
            assert!(finds(name, typed), "{typed} in {}", name_key(name));
        }
        assert!(!finds("Jonas Bergmann", "jonas berger"));
        assert_eq!(name_key("Anna Weber"), "anna weber");
        assert_eq!(search_key(" , "), "");
    }

    #[test]
    fn codes_are_read_as_they_were_meant() {
        for typed in [
            "Code: 123456",
            "Ihr Code:\u{a0}123\u{202f}456",
            "١٢٣٤٥٦",
            "१२३४५६",
            "１２３４５６",
            "123\u{ad}456",
            "\u{200b}123456\u{200b}",
            "123\u{2212}456",
            "123\u{2014}456",
            "\u{feff}12 34 56",
        ] {
            assert_eq!(digits(typed, 6).as_deref(), Ok("123456"), "{typed}");
        }
        for bad in ["1:23456", "12345x", "1234567", "½23456"] {
            assert_eq!(digits(bad, 6), Err(Code::WrongCode), "{bad}");
        }
        for typed in [
            "1. 8fq2-m7kd-x4tn-29p0",
            "10) 8FQ2\u{2011}M7KD\u{2011}X4TN\u{2011}29P0",
            "• 8fq2 m7kd x4tn 29p0",
            "- 8fq2-m7kd-x4tn-29p0",
            "8fq2m7kd\u{200b}x4tn29p0",
            "Code: 8FQ2M7KDX4TN29P0",
        ] {
            assert_eq!(
                recovery(typed).as_deref(),
                Ok("8FQ2M7KDX4TN29P0"),
                "{typed}"
            );
        }
        assert_eq!(recovery("100. 8fq2-m7kd-x4tn-29p0"), Err(Code::WrongCode));
    }

    #[cfg(feature = "server")]
    #[test]
    fn one_key_for_all_spellings() {
        for spelling in ["john", "John", "JOHN", " john", "ｊohn"] {
            assert_eq!(Login::parse(spelling).unwrap().key(), "john");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(raw in "\\PC*") {
            let _ = sentence(&raw, 100);
            let _ = (Email::parse(&raw), Login::parse(&raw), Name::parse(&raw), digits(&raw, 6), recovery(&raw));
        }

        #[test]
        fn what_parses_has_no_control_characters(raw in any::<String>()) {
            for text in [Login::parse(&raw).map(|l| l.0), Name::parse(&raw).map(|n| n.0), Email::parse(&raw).map(|e| e.0)].into_iter().flatten() {
                prop_assert!(!text.chars().any(char::is_control));
                prop_assert!(!text.is_empty());
            }
        }
    }
}
