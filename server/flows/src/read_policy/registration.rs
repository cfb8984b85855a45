//! How people register themselves, in words.

use super::{Listing, Row};
use domain::Lang;
use words::read_policy as say;

pub(super) fn rows(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let Some(rules) = &list.realm.registration else {
        let none = say::registration_none(lang);
        return vec![list.row("registration", say::registration(lang), none)];
    };
    let row = |key: &str, name: &str, value: String| {
        list.row(&format!("registration.{key}"), name, value)
    };
    vec![
        row(
            "hours",
            say::registration_mail(lang),
            say::for_hours(lang, rules.hours),
        ),
        row(
            "terms.version",
            say::terms_version(lang),
            rules.terms.version.clone(),
        ),
        row("terms.url", say::terms_url(lang), rules.terms.url.clone()),
    ]
}
