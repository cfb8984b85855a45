//! Every value is told in words, with its line.

use super::*;
use domain::policy::{self, Provenance};
use std::collections::BTreeSet;

const SHIPPED: [&str; 5] = [
    include_str!("../../../policies/agents.toml"),
    include_str!("../../../policies/cloud.toml"),
    include_str!("../../../policies/customers.toml"),
    include_str!("../../../policies/dealers.toml"),
    include_str!("../../../policies/workforce.toml"),
];

fn read(text: &str) -> Realm {
    policy::parse(text).expect("a good policy")
}

fn shown(lang: Lang, realm: &Realm, key: &str) -> Option<PolicyValue> {
    let sections = sections(lang, &Listing { realm });
    let mut rows = sections.into_iter().flat_map(|s| s.values);
    rows.find(|row| row.key == key).map(|row| row.shown)
}

#[test]
fn every_value_of_the_shipped_policies_has_its_words() {
    for text in SHIPPED {
        let realm = read(text);
        let sections = sections(Lang::En, &Listing { realm: &realm });
        let raw: Vec<_> = others(&realm, &sections)
            .into_iter()
            .map(|row| row.key)
            .collect();
        assert_eq!(
            raw,
            [] as [&str; 0],
            "{}: add a line in `sections`",
            realm.slug
        );
    }
}

#[test]
fn what_has_no_words_yet_is_shown_as_it_is_written() {
    let mut realm = read(SHIPPED[4]);
    realm.origins = policy::origins("[weather]\nsunny_days = [\"mon\"]\nname = \"x\"\n");
    let sections = sections(Lang::De, &Listing { realm: &realm });
    let rows: Vec<_> = others(&realm, &sections)
        .into_iter()
        .map(|row| (row.shown.name, row.shown.value, row.shown.line))
        .collect();
    let row = |name: &str, value: &str, line| (name.to_owned(), value.to_owned(), Some(line));
    assert_eq!(
        rows,
        [
            row("weather.name", "\"x\"", 3),
            row("weather.sunny_days", "[\"mon\"]", 2),
        ]
    );
}

#[test]
fn a_value_of_the_file_names_its_line_and_a_default_does_not() {
    let text = SHIPPED[4];
    let realm = read(text);
    let line = |part: &str| {
        let at = text.find(part).expect("stands in the file");
        u32::try_from(text[..at].matches('\n').count() + 1).expect("few lines")
    };
    let value = |key| shown(Lang::En, &realm, key).expect("a row");
    let pin = value("pin.min_length");
    assert_eq!(
        (pin.value.as_str(), pin.line),
        ("6 digits", Some(line("min_length")))
    );
    let most = value("pin.max_length");
    assert_eq!((most.value.as_str(), most.line), ("12 digits", None));
    let way = value("sign_in.chains.0");
    assert_eq!(
        (way.value.as_str(), way.line),
        ("Passkey, then PIN", Some(line("[\"passkey\", \"pin\"]")))
    );
    assert_eq!(
        value("reset.link_minutes").value,
        "there is no reset by e-mail"
    );
    let copyright = value("copyright");
    assert_eq!(copyright.value, "© 2026 Workforce plc");
    assert_eq!(copyright.line, Some(line("copyright =")));
    let link = value("links.1");
    assert_eq!(link.value, "https://www.workforce.example/legal");
    assert_eq!(link.name, "Legal notice (English), Impressum (Deutsch)");
}

#[test]
fn the_numbers_on_the_page_are_those_of_the_file() {
    // Another number in the file is another number on the page.
    let text = SHIPPED[2];
    for (from, to, key, says) in [
        (
            "min_length = 8",
            "min_length = 11",
            "password.min_length",
            "11 Zeichen",
        ),
        ("digits = 8", "digits = 7", "mail_code.digits", "7 Ziffern"),
        (
            "minutes = 10",
            "minutes = 1",
            "mail_code.minutes",
            "1 Minute",
        ),
        (
            "link_minutes = 30",
            "link_minutes = 31",
            "reset.link_minutes",
            "31 Minuten",
        ),
        ("hours = 72", "hours = 1", "invitation.hours", "1 Stunde"),
    ] {
        let realm = read(&text.replacen(from, to, 1));
        assert_eq!(
            shown(Lang::De, &realm, key).expect("a row").value,
            says,
            "{key}"
        );
    }
}

#[test]
fn each_accepted_risk_is_told_with_its_reason_and_its_line() {
    let realm = read(SHIPPED[3]);
    let told = risks(Lang::De, &Listing { realm: &realm });
    assert_eq!(told.len(), 2);
    for (risk, told) in realm.accepted_risks.iter().zip(&told) {
        assert_eq!(told.reason, risk.reason.de);
        let line = told.line.expect("stands in the file") as usize;
        assert_eq!(SHIPPED[3].lines().nth(line - 1), Some("[[accepted_risks]]"));
        assert!(!told.title.contains(&risk.path), "in words: {}", told.title);
    }
    assert!(
        risks(
            Lang::En,
            &Listing {
                realm: &read(SHIPPED[4])
            }
        )
        .is_empty()
    );
}

#[test]
fn both_languages_name_the_same_values_in_other_words() {
    let mut realm = read(SHIPPED[3]);
    let keys = |lang| -> BTreeSet<String> {
        let all = sections(lang, &Listing { realm: &realm }).into_iter();
        all.flat_map(|s| s.values).map(|r| r.key).collect()
    };
    assert_eq!(keys(Lang::En), keys(Lang::De));
    realm.origins = Provenance::default();
    let titles = |lang| -> Vec<_> {
        let all = sections(lang, &Listing { realm: &realm }).into_iter();
        all.map(|s| s.title)
            .filter(|t| !["PIN", "Service desk"].contains(t))
            .collect()
    };
    for (en, de) in titles(Lang::En).iter().zip(titles(Lang::De)) {
        assert_ne!(*en, de);
    }
}
