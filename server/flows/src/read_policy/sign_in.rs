//! How people sign in, what they may put off and where their codes go, in words.

use super::{Listing, Row};
use domain::Lang;
use words::{count, read_policy as say};

/// The ways to sign in, in the order in which they are offered.
pub(super) fn ways(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let realm = list.realm;
    let mut rows: Vec<_> = (realm.chains.iter().enumerate())
        .map(|(n, chain)| {
            let key = format!("sign_in.chains.{n}");
            list.row(&key, say::way(lang, n + 1), say::chain(lang, chain))
        })
        .collect();
    let offers = match realm.offers.as_slice() {
        [] => say::offers_none(lang).to_owned(),
        offers => say::kinds(lang, offers),
    };
    rows.push(list.row("sign_in.offers", say::offers(lang), offers));
    rows
}

pub(super) fn grace(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let name = say::grace_sign_ins(lang);
    let Some(grace) = &list.realm.grace else {
        return vec![list.row("grace", name, say::grace_none(lang))];
    };
    let before = match grace.before.as_str() {
        "" => say::not_set(lang),
        day => day,
    };
    vec![
        list.row(
            "grace.first_sign_ins",
            name,
            say::times(lang, grace.sign_ins),
        ),
        list.row("grace.before", say::grace_before(lang), before),
    ]
}

pub(super) fn remember(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let name = say::remember_days(lang);
    let Some(remember) = &list.realm.remember else {
        return vec![list.row("remember", name, say::remember_none(lang))];
    };
    let days = count::days(lang, remember.days);
    vec![list.row("remember.days", name, days)]
}

pub(super) fn capture(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let name = say::bind(lang);
    let Some(capture) = &list.realm.capture else {
        return vec![list.row("capture", name, say::capture_none(lang))];
    };
    let care = |care| say::care(lang, care);
    vec![
        list.row("capture.bind", name, say::bound_by(lang, capture.bind)),
        list.row(
            "capture.shared_mailboxes",
            say::shared(lang),
            care(capture.shared_mailboxes),
        ),
        list.row(
            "capture.foreign_domains",
            say::foreign(lang),
            care(capture.foreign_domains),
        ),
    ]
}
