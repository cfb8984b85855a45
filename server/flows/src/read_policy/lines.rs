//! How many SMS and calls go out, and what they may cost, in words.

use super::{Listing, Row};
use domain::Lang;
use words::read_policy as say;

pub(super) fn rows(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let rules = &list.realm.numbers;
    let costs: Vec<_> = (rules.costs.iter())
        .map(|(of, cost)| format!("{of}: {}", say::cents(lang, *cost)))
        .collect();
    let costs = if costs.is_empty() {
        say::lines_costs_none(lang).to_owned()
    } else {
        costs.join(", ")
    };
    let budget = rules.budget_per_day.map_or_else(
        || say::lines_budget_none(lang).to_owned(),
        |cents| say::cents(lang, cents),
    );
    let refuse = if rules.refuse.is_empty() {
        say::none(lang).to_owned()
    } else {
        rules.refuse.join(", ")
    };
    vec![
        list.row("numbers.refuse", say::lines_refuse(lang), refuse),
        list.row(
            "numbers.per_prefix_hour",
            say::lines_prefix(lang),
            rules.per_prefix_hour.to_string(),
        ),
        list.row(
            "numbers.per_day",
            say::lines_day(lang),
            rules.per_day.to_string(),
        ),
        list.row("numbers.cost", say::lines_costs(lang), costs),
        list.row("numbers.budget_per_day", say::lines_budget(lang), budget),
    ]
}
