//! How a forgotten PIN is set anew, and which proofs verify a caller at the desk.

use super::{Faults, factor};
use crate::{
    FactorKind,
    caller::CallerProof,
    policy::{CallerRules, file::File},
};
use toml::Spanned;

/// Reads the chains by which a forgotten PIN is set anew. The first factor says who
/// it is without telling whether they exist; the emergency password is never alone.
pub(in crate::policy) fn reset_pin(
    file: &File,
    chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> Vec<Vec<FactorKind>> {
    let Some(rules) = &file.reset_pin else {
        return Vec::new();
    };
    if !chains.iter().any(|chain| chain.contains(&FactorKind::Pin)) {
        faults.at(
            &rules.chains.span(),
            "nobody has a PIN here: no chain asks for one",
        );
    }
    if !(5..=60).contains(rules.emergency_minutes.as_ref()) {
        faults.at(
            &rules.emergency_minutes.span(),
            "an emergency password works for 5 to 60 minutes",
        );
    }
    if rules.chains.as_ref().is_empty() {
        faults.at(&rules.chains.span(), "reset_pin.chains is empty");
    }
    let mut out = Vec::new();
    for chain in rules.chains.as_ref() {
        let span = chain.span();
        let mut kinds = Vec::new();
        for name in chain.as_ref() {
            kinds.extend(factor(name, faults));
        }
        let says_who = [FactorKind::Smartphone, FactorKind::Passkey];
        if !says_who
            .iter()
            .any(|first| kinds == [*first, FactorKind::Emergency])
        {
            faults.at(
                &span,
                "a PIN is reset by a phone or a passkey, which tell nobody whether a name exists, and then by what the desk gave: [\"smartphone\", \"emergency\"], [\"passkey\", \"emergency\"]",
            );
        }
        let starts = |chain: &Vec<FactorKind>| chain.first() == kinds.first();
        if !chains.iter().any(starts) {
            faults.at(&span, "no chain of sign_in begins like this one");
        }
        if out.contains(&kinds) {
            faults.at(&span, "this chain stands here twice");
        }
        out.push(kinds);
    }
    out
}

/// Reads the proofs that verify a caller. A protected account is not easier to take.
pub(in crate::policy) fn caller(file: &File, faults: &mut Faults<'_>) -> CallerRules {
    let mut read = |names: &Spanned<Vec<Spanned<String>>>| {
        let mut out = Vec::new();
        for name in names.as_ref() {
            match CallerProof::parse(name.as_ref()) {
                None => faults.at(
                    &name.span(),
                    format!(
                        "there is no proof \"{}\"; it is one of {}",
                        name.as_ref(),
                        CallerProof::ALL.map(CallerProof::slug).join(", ")
                    ),
                ),
                Some(proof) if out.contains(&proof) => {
                    faults.at(&name.span(), "this proof stands here twice");
                }
                Some(proof) => out.push(proof),
            }
        }
        out
    };
    let accepts = read(&file.caller.accepts);
    let protected_accepts = read(&file.caller.protected_accepts);
    if protected_accepts.iter().any(|p| !accepts.contains(p)) {
        faults.at(
            &file.caller.protected_accepts.span(),
            "what verifies a protected caller verifies everybody: name it under caller.accepts too",
        );
    }
    CallerRules {
        accepts,
        protected_accepts,
    }
}
