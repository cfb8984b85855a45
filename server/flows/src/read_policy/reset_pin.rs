//! How a forgotten PIN is set anew, and the headings of the overview, in words.

use super::{Listing, Row};
use domain::{Lang, emergency::Delivery};
use words::{read_policy as say, reset_pin};

pub(super) fn rows(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let Some(rules) = &list.realm.reset_pin else {
        let name = say::way(lang, 1);
        return vec![list.row("reset_pin", name, say::reset_pin_none(lang))];
    };
    let ways = rules.chains.iter().enumerate().map(|(n, chain)| {
        let key = format!("reset_pin.chains.{n}");
        let name = say::way(lang, n + 1);
        list.row(&key, name, reset_pin::chain_name(lang, chain))
    });
    let delivery = match rules.delivery {
        Delivery::Spoken => say::emergency_spoken(lang),
        Delivery::Blind => say::emergency_blind(lang),
    };
    let mut rows: Vec<_> = ways.collect();
    rows.push(list.row("reset_pin.emergency", say::emergency(lang), delivery));
    rows.push(list.row(
        "reset_pin.emergency_minutes",
        say::emergency_minutes(lang),
        say::minutes(lang, rules.minutes),
    ));
    rows
}

pub(super) fn groups(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let groups = list.realm.groups.iter().enumerate();
    let rows = groups.map(|(n, (name, kinds))| {
        let key = format!("groups.{n}");
        list.row(&key, say::both(name), say::kinds(lang, kinds))
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return vec![list.row("groups", say::groups(lang), say::none(lang))];
    }
    rows
}
