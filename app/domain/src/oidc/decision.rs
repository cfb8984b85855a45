//! What follows from a request and from who is signed in.

use super::{
    Application, Asked, Denial,
    counted::{Given, counted, kinds},
};
use crate::{FactorKind, Timestamp};

/// Who is signed in, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// What was proven, at sign-in and since, each kind once.
    pub proofs: &'a [Given],
    /// What could be proven.
    pub held: &'a [FactorKind],
    /// The person agreed to what is asked for.
    pub agreed: bool,
    /// They are who the application expects, as far as it said so.
    pub expected: bool,
}

/// What happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A code goes to the application.
    Issue,
    /// Somebody signs in.
    SignIn,
    /// The person says whether they go on as who they are.
    SelectAccount,
    /// The person proves one of these.
    Prove(Vec<FactorKind>),
    /// The person proves themselves anew, by what they hold.
    ProveAnew,
    /// The person is asked whether the application may hear of them.
    Consent,
    /// The application hears that it cannot be.
    Refuse(Denial),
}

/// Decides. `begun` is when the request came, for one that comes back after the person
/// did something; `chosen` says that they were asked who they are.
pub fn decide(
    app: &Application,
    asked: &Asked,
    signed: Option<Signed<'_>>,
    today: &str,
    begun: Option<Timestamp>,
    chosen: bool,
    now: Timestamp,
) -> Decision {
    let silent = |denial, otherwise| {
        if asked.prompt.none {
            Decision::Refuse(denial)
        } else {
            otherwise
        }
    };
    let Some(signed) = signed else {
        return silent(Denial::LoginRequired, Decision::SignIn);
    };
    if asked.prompt.select_account && !chosen {
        return Decision::SelectAccount;
    }
    if !signed.expected {
        let asked_once = if chosen {
            Decision::Refuse(Denial::LoginRequired)
        } else {
            Decision::SelectAccount
        };
        return silent(Denial::LoginRequired, asked_once);
    }
    let proven = kinds(&counted(asked, signed.proofs, begun, now));
    if let Some(decision) = by_chain(app, asked, &proven, signed.held, today) {
        return match decision {
            Decision::Prove(_) => silent(Denial::LoginRequired, decision),
            decision => decision,
        };
    }
    if proven.is_empty() {
        return silent(Denial::LoginRequired, Decision::ProveAnew);
    }
    if !signed.agreed && (app.consent || asked.prompt.consent) {
        return silent(Denial::ConsentRequired, Decision::Consent);
    }
    Decision::Issue
}

/// What is missing of the chains that would do; `None` where nothing is.
fn by_chain(
    app: &Application,
    asked: &Asked,
    proven: &[FactorKind],
    held: &[FactorKind],
    today: &str,
) -> Option<Decision> {
    let wishes = !asked.acr_values.is_empty();
    if !wishes && !app.is_strict_on(today) {
        return None;
    }
    let fits = |acr: &str| !wishes || asked.acr_values.iter().any(|a| a == acr);
    let mut chains: Vec<_> = app.chains_on(today).filter(|c| fits(&c.acr)).collect();
    if chains.iter().any(|c| c.holds(proven)) {
        return None;
    }
    // Nearest to their end first; a chain that the person cannot walk is none.
    chains.retain(|c| {
        let missing = c.missing(proven);
        missing
            .iter()
            .all(|k| held.contains(k) && *k != FactorKind::Recovery)
    });
    let wish = |acr: &str| asked.acr_values.iter().position(|a| a == acr);
    chains.sort_by_key(|c| (c.missing(proven).len(), wish(&c.acr)));
    let mut next = Vec::new();
    for chain in chains {
        let missing = chain.missing(proven);
        if let Some(kind) = missing.first()
            && !next.contains(kind)
        {
            next.push(*kind);
        }
    }
    if next.is_empty() {
        return Some(Decision::Refuse(Denial::UnmetAuthenticationRequirements));
    }
    Some(Decision::Prove(next))
}
