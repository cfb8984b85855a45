//! Which codes a manager approves first, in words.

use super::{Listing, Row};
use domain::Lang;
use words::{count, read_policy as say};

pub(super) fn rows(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let Some(rules) = &list.realm.approvals else {
        return vec![list.row("approvals", say::approvals_methods(lang), say::none(lang))];
    };
    let days = |key: &str, name, days| list.row(key, name, count::days(lang, days));
    vec![
        list.row(
            "approvals.methods",
            say::approvals_methods(lang),
            say::kinds(lang, &rules.methods),
        ),
        days(
            "approvals.answer_days",
            say::approvals_answer(lang),
            rules.answer_days,
        ),
        days(
            "approvals.remind_days",
            say::approvals_remind(lang),
            rules.remind_days,
        ),
        days(
            "approvals.use_days",
            say::approvals_use(lang),
            rules.use_days,
        ),
        days(
            "approvals.review_days",
            say::approvals_review(lang),
            rules.review_days,
        ),
    ]
}
