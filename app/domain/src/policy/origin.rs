//! Where each value of a policy comes from, for whoever reads the policy in
//! words and then wants to change it.

use std::collections::BTreeMap;

/// The values that a policy file sets; what is not among them is the preset
/// default. Keys are written with dots: `password.min_length`, `links.0.url`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance(BTreeMap<String, Origin>);

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Line in the file, counted from 1.
    pub line: usize,
    /// The value as it is written there; empty for tables and for lists of them.
    pub written: String,
}

impl Provenance {
    /// The line of a value or a table; `None` where the file has none.
    pub fn line(&self, key: &str) -> Option<usize> {
        self.0.get(key).map(|origin| origin.line)
    }

    /// Every value that the file sets, with its key. Tables are not values; their
    /// parts are.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Origin)> {
        self.0
            .iter()
            .filter(|(_, origin)| !origin.written.is_empty())
            .map(|(key, origin)| (key.as_str(), origin))
    }
}

#[cfg(feature = "server")]
mod read {
    use super::{Origin, Provenance};
    use std::{collections::BTreeMap, ops::Range};
    use toml::{
        Spanned,
        de::{DeTable, DeValue},
    };

    /// Reads where each value of a policy file stands. What is no TOML has no
    /// values: [`parse`](super::super::parse) says what is wrong with it.
    pub fn origins(text: &str) -> Provenance {
        let mut out = Walk {
            text,
            found: BTreeMap::new(),
        };
        if let Ok(table) = DeTable::parse(text) {
            out.table("", table.get_ref());
        }
        Provenance(out.found)
    }

    struct Walk<'a> {
        text: &'a str,
        found: BTreeMap<String, Origin>,
    }

    impl Walk<'_> {
        fn table(&mut self, above: &str, table: &DeTable<'_>) {
            for (name, value) in table.iter() {
                let key = match above {
                    "" => name.get_ref().to_string(),
                    above => format!("{above}.{}", name.get_ref()),
                };
                self.value(key, &name.span(), value);
            }
        }

        /// `at` is where a reader would look: the name, or an item of a list.
        fn value(&mut self, key: String, at: &Range<usize>, value: &Spanned<DeValue<'_>>) {
            let mut written = "";
            match value.get_ref() {
                DeValue::Table(table) => self.table(&key, table),
                DeValue::Array(items) => {
                    // A list of plain values is one value as well; a list of
                    // tables or of lists is told item by item.
                    let plain = |item: &Spanned<DeValue<'_>>| {
                        !matches!(item.get_ref(), DeValue::Table(_) | DeValue::Array(_))
                    };
                    if items.iter().all(plain) {
                        written = self.text.get(value.span()).unwrap_or_default();
                    } else {
                        for (n, item) in items.iter().enumerate() {
                            self.value(format!("{key}.{n}"), &item.span(), item);
                        }
                    }
                }
                _ => written = self.text.get(value.span()).unwrap_or_default(),
            }
            let before = self.text.get(..at.start).unwrap_or_default();
            let origin = Origin {
                line: before.matches('\n').count() + 1,
                written: written.to_owned(),
            };
            self.found.insert(key, origin);
        }
    }
}

#[cfg(feature = "server")]
pub use read::origins;

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = r##"realm = "r"
name = { en = "A", de = "B" }

[sign_in]
chains = [
    ["passkey"],
    # why
    ["password", "totp"],
]
offers = ["totp"]

[[links]]
url = "https://a.example"

[[links]]
name.en = "X"
url = "https://b.example"
"##;

    #[test]
    fn every_value_has_its_line() {
        let found = origins(TEXT);
        for (key, line) in [
            ("realm", 1),
            ("name", 2),
            ("name.de", 2),
            ("sign_in", 4),
            ("sign_in.chains", 5),
            ("sign_in.chains.0", 6),
            ("sign_in.chains.1", 8),
            ("sign_in.offers", 10),
            ("links.0", 12),
            ("links.0.url", 13),
            ("links.1", 15),
            ("links.1.name.en", 16),
            ("links.1.url", 17),
        ] {
            assert_eq!(found.line(key), Some(line), "{key}");
        }
        assert_eq!(found.line("password.min_length"), None);
        assert_eq!(found.line("links.2"), None);
    }

    #[test]
    fn values_are_told_as_they_are_written_and_tables_are_none() {
        let found = origins(TEXT);
        let values: Vec<_> = found
            .values()
            .map(|(key, origin)| (key, origin.written.as_str()))
            .collect();
        assert_eq!(
            values,
            [
                ("links.0.url", "\"https://a.example\""),
                ("links.1.name.en", "\"X\""),
                ("links.1.url", "\"https://b.example\""),
                ("name.de", "\"B\""),
                ("name.en", "\"A\""),
                ("realm", "\"r\""),
                ("sign_in.chains.0", "[\"passkey\"]"),
                ("sign_in.chains.1", "[\"password\", \"totp\"]"),
                ("sign_in.offers", "[\"totp\"]"),
            ]
        );
    }

    #[test]
    fn what_is_no_policy_has_no_origins() {
        assert_eq!(origins("a = "), Provenance::default());
        assert_eq!(origins(""), Provenance::default());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,200}", n in 0..TEXT.len()) {
            let _ = origins(&text);
            let _ = origins(&TEXT[..n]);
        }
    }
}
