//! What the leads of the desk hear of at once.

use crate::{Fact, Failure, outbox};
use domain::{
    ids::RealmSlug,
    message::{Alarm, Message},
    paths,
    records::Person,
    role::Role,
    secret::Secret,
};

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
