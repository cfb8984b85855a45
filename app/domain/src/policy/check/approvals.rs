//! Which codes a manager approves first.

use super::{Faults, factor};
use crate::{FactorKind, policy::file::File};

/// Reads the kinds of codes, and refuses times in which nobody could answer.
pub(in crate::policy) fn approvals(
    file: &File,
    offers: &[FactorKind],
    faults: &mut Faults<'_>,
) -> Vec<FactorKind> {
    let Some(rules) = &file.approvals else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for name in rules.methods.as_ref() {
        let span = name.span();
        match factor(name, faults) {
            None => {}
            Some(kind) if !kind.is_line() => faults.at(
                &span,
                "a manager approves codes by \"sms\" or \"voice\": what goes over the telephone network is weaker than the rest",
            ),
            Some(kind) if !offers.contains(&kind) => faults.at(
                &span,
                format!("\"{}\" is not among sign_in.offers: nobody could set it up", kind.slug()),
            ),
            Some(kind) if out.contains(&kind) => faults.at(&span, "this method stands here twice"),
            Some(kind) => out.push(kind),
        }
    }
    if rules.methods.as_ref().is_empty() {
        faults.at(&rules.methods.span(), "approvals.methods is empty");
    }
    let mut within = |value: &toml::Spanned<i64>, most: i64, what: &str| {
        if !(1..=most).contains(value.as_ref()) {
            faults.at(&value.span(), format!("{what}: 1 to {most}"));
        }
    };
    within(&rules.answer_days, 60, "days until an answer");
    within(&rules.remind_days, 59, "days until a reminder");
    within(
        &rules.use_days,
        90,
        "days for which an approval may be used",
    );
    within(&rules.review_days, 730, "days until a review");
    if rules.remind_days.as_ref() >= rules.answer_days.as_ref() {
        faults.at(
            &rules.remind_days.span(),
            "the reminder comes when the time to answer is over",
        );
    }
    out
}
