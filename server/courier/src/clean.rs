//! Texts from people, made harmless for headers and for mail programs that
//! turn everything that looks like an address into a link.

use std::net::IpAddr;

/// The longest name in a mail.
const MOST: usize = 80;

/// One line without control and direction characters, of bounded length.
pub(crate) fn line(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len().min(MOST * 4));
    let mut count = 0;
    for word in raw.split(|c: char| c.is_control() || c.is_whitespace()) {
        let word = word.chars().filter(|c| !is_invisible(*c));
        let mut first = true;
        for c in word {
            if first && !out.is_empty() {
                out.push(' ');
                count += 1;
            }
            first = false;
            if count >= MOST {
                out.push('…');
                return out;
            }
            out.push(c);
            count += 1;
        }
    }
    out
}

/// Bidirectional controls and zero-width characters: they make a text look
/// like another one.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// [`line`], and with nothing in it that a mail program would make a link of:
/// a space after each dot, colon and "at" that stands before a letter or a
/// slash. "J.R. Lenz" stays readable, "evil.example" stays text.
pub(crate) fn unlinked(raw: &str) -> String {
    let text = line(raw);
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if let Some(next) = chars.peek()
            && matches!(c, '.' | ':' | '@')
            && (next.is_alphabetic() || *next == '/')
        {
            out.push(' ');
        }
    }
    out
}

/// An address on the network as it is, anything else [`unlinked`].
pub(crate) fn peer(raw: &str) -> String {
    raw.trim()
        .parse::<IpAddr>()
        .map_or_else(|_| unlinked(raw), |ip| ip.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line(" Maria\r\nBcc: all\u{202e}@x\t "), "Maria Bcc: all@x");
        assert_eq!(line("\u{200b} \0"), "");
        assert_eq!(line(&"ä".repeat(500)).chars().count(), MOST + 1);
    }

    #[test]
    fn nothing_looks_like_a_link() {
        assert_eq!(unlinked("http://evil.example/x"), "http: //evil. example/x");
        assert_eq!(unlinked("www.evil.example"), "www. evil. example");
        assert_eq!(unlinked("me@evil.example"), "me@ evil. example");
        assert_eq!(
            unlinked("Firefox 128.0 on Windows"),
            "Firefox 128.0 on Windows"
        );
        assert_eq!(peer("2001:db8::a"), "2001:db8::a");
        assert_eq!(peer("evil.example"), "evil. example");
    }
}
