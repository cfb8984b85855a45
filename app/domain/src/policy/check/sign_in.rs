//! How people sign in: chains, offers, headings, remembered browsers.

use super::{Faults, factor};
use crate::{FactorKind, policy::file::File};

/// Reads the chains and refuses those that cannot or must not work.
pub(in crate::policy) fn chains(file: &File, faults: &mut Faults<'_>) -> Vec<Vec<FactorKind>> {
    let mut out: Vec<Vec<FactorKind>> = Vec::new();
    let mut spans = Vec::new();
    if file.sign_in.chains.is_empty() {
        faults.at(
            &file.realm.span(),
            "sign_in.chains is empty: nobody could ever sign in",
        );
    }
    for chain in &file.sign_in.chains {
        let span = chain.span();
        let mut kinds = Vec::new();
        for name in chain.as_ref() {
            kinds.extend(factor(name, faults));
        }
        let Some(first) = kinds.first() else {
            faults.at(&span, "a chain needs at least one factor");
            continue;
        };
        if *first == FactorKind::Recovery {
            faults.at(
                &span,
                "recovery codes cannot come first: they belong to a person that is not known yet",
            );
        }
        if *first == FactorKind::Pin {
            faults.at(&span, "a PIN comes only after a strong factor");
        }
        if kinds.contains(&FactorKind::Emergency) {
            faults.at(
                &span,
                "an emergency password signs nobody in: it belongs under reset_pin.chains",
            );
        }
        if kinds.len() == 1 && *first != FactorKind::Passkey && *first != FactorKind::Password {
            faults.at(
                &span,
                format!("\"{}\" alone is no way to sign in", first.slug()),
            );
        }
        for (n, k) in kinds.iter().enumerate() {
            if kinds[..n]
                .iter()
                .any(|earlier| earlier.channel() == k.channel())
            {
                faults.at(
                    &span,
                    format!(
                        "\"{}\" comes over a channel that this chain has used already",
                        k.slug()
                    ),
                );
            }
        }
        if out.contains(&kinds) {
            faults.at(&span, "this chain stands here twice");
        }
        out.push(kinds);
        spans.push(span);
    }
    let asks_for_the_name =
        |chain: &Vec<FactorKind>| chain.first() == Some(&FactorKind::Smartphone);
    for (chain, span) in out.iter().zip(&spans) {
        if chain.first() == Some(&FactorKind::Totp) && !out.iter().any(asks_for_the_name) {
            faults.at(
                span,
                "a code comes first only beside a chain that begins with \"smartphone\": there the name is asked for",
            );
        }
        if out
            .iter()
            .any(|longer| longer.len() > chain.len() && longer.starts_with(chain))
        {
            faults.at(
                span,
                format!(
                    "the chain \"{}\" makes a longer one that begins like it pointless",
                    chain
                        .iter()
                        .map(|k| k.slug())
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            );
        }
    }
    out
}

/// Reads the offers: what may be enrolled must be part of a chain.
pub(in crate::policy) fn offers(
    file: &File,
    chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> Vec<FactorKind> {
    let mut out = Vec::new();
    for name in &file.sign_in.offers {
        match factor(name, faults) {
            None => {}
            Some(k) if !chains.iter().any(|c| c.contains(&k)) => {
                faults.at(
                    &name.span(),
                    format!("\"{}\" is offered, but no chain uses it", k.slug()),
                );
            }
            Some(k) => out.push(k),
        }
    }
    out
}

/// Reads the headings of the overview; a factor stands under one of them.
pub(in crate::policy) fn groups(
    file: &File,
    chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> Vec<Vec<FactorKind>> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for group in &file.groups {
        let mut kinds = Vec::new();
        for name in group.factors.as_ref() {
            let span = name.span();
            match factor(name, faults) {
                None => {}
                Some(k) if seen.contains(&k) => {
                    faults.at(&span, format!("\"{}\" stands in a group already", k.slug()));
                }
                Some(k) if !chains.iter().any(|chain| chain.contains(&k)) => {
                    faults.at(&span, format!("no chain uses \"{}\"", k.slug()));
                }
                Some(k) => {
                    seen.push(k);
                    kinds.push(k);
                }
            }
        }
        if group.factors.as_ref().is_empty() {
            faults.at(&group.factors.span(), "a group without factors");
        }
        out.push(kinds);
    }
    out
}

/// A remembered browser skips a code that somebody would have to type, and not
/// for ever.
pub(in crate::policy) fn remember(
    file: &File,
    chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) {
    let Some(remember) = &file.remember else {
        return;
    };
    let span = remember.days.span();
    if !(1..=90).contains(remember.days.as_ref()) {
        faults.at(&span, "a browser is remembered for 1 to 90 days");
    }
    let skips =
        |chain: &Vec<FactorKind>| chain.first() == Some(&FactorKind::Password) && chain.len() > 1;
    if !chains.iter().any(skips) {
        faults.at(
            &span,
            "no chain asks for a second factor after the password, so there is nothing to skip",
        );
    }
}
