//! Which proofs verify a caller at the service desk, in words.

use super::{Listing, Row};
use domain::{Lang, caller::CallerProof};
use words::{caller, read_policy as say};

pub(super) fn rows(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let rules = &list.realm.caller;
    let names = |proofs: &[CallerProof]| {
        let names: Vec<_> = proofs.iter().map(|p| caller::name(lang, *p)).collect();
        if names.is_empty() {
            say::none(lang).to_owned()
        } else {
            names.join(", ")
        }
    };
    vec![
        list.row(
            "caller.accepts",
            say::caller_accepts(lang),
            names(&rules.accepts),
        ),
        list.row(
            "caller.protected_accepts",
            say::caller_protected(lang),
            names(&rules.protected_accepts),
        ),
        list.row(
            "numbers.countries",
            say::caller_numbers(lang),
            list.realm.numbers.countries.join(", "),
        ),
    ]
}
