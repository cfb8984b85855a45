//! Where password managers lead people: to the page that changes their password or PIN,
//! and to the one with their passkeys (W3C, "A Well-Known URL for Changing Passwords";
//! "A Well-Known URL for Relying Party Passkey Endpoints").
//!
//! One origin holds several realms, and these addresses name none: whoever is signed in
//! goes to their own realm's page, everybody else to the start page.

use crate::{Failure, Request, Services};
use domain::{FactorKind, ids::RealmSlug, paths, policy::Realm};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A new password or PIN.
    NewPassword,
    /// A new passkey.
    NewPasskey,
    /// The passkeys that are there.
    Passkeys,
}

/// The page, for this caller.
///
/// # Errors
/// The database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    wanted: Wanted,
) -> Result<String, Failure> {
    for realm in services.realms.iter() {
        if request.session_token(&realm.slug).is_none() {
            continue;
        }
        if services.session(request, realm).await?.is_some()
            && let Some(path) = at(realm, wanted)
        {
            return Ok(path);
        }
    }
    Ok(paths::START.to_owned())
}

/// The page of a realm; `None` where it has none.
fn at(realm: &Realm, wanted: Wanted) -> Option<String> {
    let slug: &RealmSlug = &realm.slug;
    let asks = |kind| realm.chains.iter().any(|chain| chain.contains(&kind));
    match wanted {
        Wanted::NewPassword if asks(FactorKind::Pin) => Some(paths::change_pin(slug)),
        // A password is changed by mail: whoever sits at an open session knows none.
        Wanted::NewPassword => realm.reset_minutes.map(|_| paths::forgot(slug)),
        Wanted::NewPasskey | Wanted::Passkeys if !realm.offers.contains(&FactorKind::Passkey) => {
            None
        }
        Wanted::NewPasskey => Some(paths::add_kind(slug, FactorKind::Passkey)),
        Wanted::Passkeys => Some(paths::overview(slug)),
    }
}
