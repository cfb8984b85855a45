//! The two languages of the product.

use serde::{Deserialize, Serialize};

/// A language in which every sentence exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English (British-neutral).
    #[default]
    En,
    /// German, with "Sie".
    De,
}

impl Lang {
    /// Both, in the order in which the switch shows them.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The BCP 47 code for `lang` and `hreflang`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language's own name for itself.
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// Reads a language code; regional variants count as their language.
    pub fn parse(text: &str) -> Option<Self> {
        match text.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "de" => Some(Self::De),
            _ => None,
        }
        .filter(|_| matches!(text.as_bytes().get(2), None | Some(b'-' | b'_')))
    }

    /// The first language of an `Accept-Language` header that we speak
    /// (RFC 9110, 12.5.4), by quality, then by order.
    pub fn accept(header: &str) -> Option<Self> {
        let mut best: Option<(u32, Self)> = None;
        for part in header.split(',') {
            let mut bits = part.trim().split(';');
            let Some(lang) = bits.next().and_then(|l| Self::parse(l.trim())) else {
                continue;
            };
            let quality = bits
                .find_map(|b| b.trim().strip_prefix("q=")?.parse::<f32>().ok())
                .map_or(1000, |q| (q.clamp(0.0, 1.0) * 1000.0) as u32);
            if quality > 0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_takes_the_best_that_we_speak() {
        assert_eq!(Lang::accept("fr, de-AT;q=0.8, en;q=0.9"), Some(Lang::En));
        assert_eq!(Lang::accept("de-CH"), Some(Lang::De));
        assert_eq!(Lang::accept("den, fr"), None);
        assert_eq!(Lang::accept("en;q=0"), None);
        assert_eq!(Lang::accept(";;q=,"), None);
    }
}
