//! What the leads of the desk hear of at once, and of a realm as a whole its
//! administrators too.

use crate::{Fact, Failure, outbox};
use domain::{
    ids::RealmSlug,
    message::{Alarm, Message},
    paths,
    records::Person,
    role::Role,
    secret::Secret,
};
use std::collections::BTreeSet;

/// Tells the leads of a realm's desk something about somebody.
///
/// # Errors
/// The database could not.
pub async fn raise(
    fact: &mut Fact<'_>,
    realm: &RealmSlug,
    why: Alarm,
    who: &Person,
) -> Result<(), Failure> {
    let name = match who.name.as_str() {
        "" => who.login.clone(),
        name => format!("{name} ({})", who.login),
    };
    let page = paths::desk_person(who.id.as_str());
    let message = Message::Alert {
        why,
        who: name,
        link: Secret::new(fact.ctx().services.url(&page)),
    };
    for lead in fact.tx().holders(realm, Role::Lead).await? {
        if !lead.email.is_empty() {
            outbox::put(fact, &lead, &lead.email, &message).await?;
        }
    }
    Ok(())
}

/// Tells the leads of a realm's desk and its administrators something about the realm of
/// the fact as a whole; `what` is what it is about, where that has a name.
///
/// # Errors
/// The database could not.
pub async fn raise_for_realm(fact: &mut Fact<'_>, why: Alarm, what: &str) -> Result<(), Failure> {
    let realm = fact.ctx().realm.slug.clone();
    let mut told = BTreeSet::new();
    // An administrator who leads the desk as well hears of it where they can look into it.
    for (role, page) in [
        (Role::Administrator, paths::admin_audit(&realm)),
        (Role::Lead, paths::DESK.to_owned()),
    ] {
        for who in fact.tx().holders(&realm, role).await? {
            if who.email.is_empty() || !told.insert(who.id.clone()) {
                continue;
            }
            let message = Message::Alert {
                why,
                who: what.to_owned(),
                link: Secret::new(fact.ctx().services.url(&page)),
            };
            outbox::put(fact, &who, &who.email, &message).await?;
        }
    }
    Ok(())
}
