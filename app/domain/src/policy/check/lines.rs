//! Which telephone numbers are used, how much goes there, and what it may cost.

use super::{Faults, File};
use crate::policy::NumberRules;

/// Reads the section about numbers.
pub(in crate::policy) fn lines(file: &File, faults: &mut Faults<'_>) -> NumberRules {
    let rules = NumberRules {
        countries: countries(file, faults),
        refuse: refuse(file, faults),
        per_prefix_hour: *file.numbers.per_prefix_hour.as_ref(),
        per_day: *file.numbers.per_day.as_ref(),
        costs: costs(file, faults),
        budget_per_day: *file.numbers.budget_per_day.as_ref(),
    };
    if !(1..=10_000).contains(&rules.per_prefix_hour) {
        faults.at(
            &file.numbers.per_prefix_hour.span(),
            "1 to 10000 messages go to numbers that begin alike within an hour",
        );
    }
    if !(1..=1_000_000).contains(&rules.per_day) {
        faults.at(
            &file.numbers.per_day.span(),
            "1 to 1000000 messages go out within a day",
        );
    }
    budget(file, &rules, faults);
    rules
}

/// The countries whose numbers are used.
fn countries(file: &File, faults: &mut Faults<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in file.numbers.countries.as_ref() {
        let country = name.as_ref();
        let is_code = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        if !is_code {
            faults.at(
                &name.span(),
                "a country is written as ISO 3166-1 does, for example \"DE\"",
            );
        } else if out.contains(country) {
            faults.at(&name.span(), "this country stands here twice");
        } else {
            out.push(country.clone());
        }
    }
    if file.numbers.countries.as_ref().is_empty() {
        faults.at(
            &file.numbers.countries.span(),
            "countries is empty: no number could be used",
        );
    }
    out
}

/// Whether a text is what a number begins with, its country at the least.
fn is_beginning(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (1..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// What no code goes to, though the country is one of those above.
fn refuse(file: &File, faults: &mut Faults<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in file.numbers.refuse.as_ref() {
        let begins = text.as_ref();
        if !is_beginning(begins) {
            faults.at(
                &text.span(),
                format!("\"{begins}\" begins no number; write it like \"+4932\""),
            );
        } else if out.contains(begins) {
            faults.at(&text.span(), "this beginning stands here twice");
        } else {
            out.push(begins.clone());
        }
    }
    out
}

/// What messages cost, by what their numbers begin with.
fn costs(file: &File, faults: &mut Faults<'_>) -> Vec<(String, i64)> {
    let mut out = Vec::new();
    for (of, cost) in file.numbers.cost.as_ref() {
        if !is_beginning(of) {
            faults.at(
                &cost.span(),
                format!("\"{of}\" begins no number; write it like \"+49\" or \"+49151\""),
            );
        }
        if !(0..=1000).contains(cost.as_ref()) {
            faults.at(
                &cost.span(),
                "one message costs 0 to 1000 cents, rounded up",
            );
        }
        out.push((of.clone(), *cost.as_ref()));
    }
    out
}

/// A budget that counts nothing, or that one message goes beyond, is none.
fn budget(file: &File, rules: &NumberRules, faults: &mut Faults<'_>) {
    let Some(budget) = rules.budget_per_day else {
        return;
    };
    let span = file.numbers.budget_per_day.span();
    let dearest = rules.costs.iter().map(|(_, cost)| *cost).max();
    match dearest {
        None | Some(0) => faults.at(
            &span,
            "a budget counts what messages cost: say it in [numbers] cost",
        ),
        Some(dearest) if budget < dearest => faults.at(
            &span,
            "the budget of a day is less than one message may cost",
        ),
        Some(_) => {}
    }
}
