//! Who serves at the desk, and where. Roles are read anew on every request.

use crate::{Failure, Request, Services};
use domain::{
    desk_act::is_protected,
    ids::{PersonId, RealmSlug},
    records::{Person, Session},
    role::Role,
};

/// Somebody of the desk.
pub struct Desk {
    /// Their session at the staff's realm.
    pub session: Session,
    /// The realms that they serve.
    pub realms: Vec<RealmSlug>,
}

impl Desk {
    /// Who they are.
    pub const fn id(&self) -> &PersonId {
        &self.session.person.id
    }

    /// Whether they hold one of these roles in a realm.
    pub fn may(&self, realm: &RealmSlug, fits: impl Fn(Role) -> bool) -> bool {
        let mut grants = self.session.grants.iter();
        grants.any(|g| g.realm == *realm && fits(g.role))
    }

    /// Leads the desk of a realm.
    pub fn leads(&self, realm: &RealmSlug) -> bool {
        self.may(realm, |role| role == Role::Lead)
    }

    /// Refuses a realm that is not theirs as if it were not there.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn serves(&self, realm: &RealmSlug) -> Result<(), Failure> {
        if self.realms.contains(realm) {
            Ok(())
        } else {
            Err(Failure::NotFound)
        }
    }

    /// Whether a person is protected from this member of the desk alone.
    pub fn is_protected(&self, who: &Person, is_staff: bool) -> bool {
        is_protected(&who.id, is_staff, &self.session.person)
    }

    /// Whether somebody is this one's manager on record.
    pub fn reports_to(&self, who: &PersonId) -> bool {
        self.session.person.manager.as_ref() == Some(who)
    }
}

impl Services {
    /// The session of somebody who serves at the desk of any realm.
    ///
    /// # Errors
    /// [`Failure::SignIn`] for who is not signed in at the staff's realm,
    /// [`Failure::Forbidden`] for who serves nowhere or came without a factor
    /// that resists phishing.
    pub async fn desk(&self, request: &Request) -> Result<Desk, Failure> {
        let session = self.staff(request).await?;
        let mut realms: Vec<_> = session
            .grants
            .iter()
            .filter(|g| g.role.serves() && self.realms.get(&g.realm).is_some())
            .map(|g| g.realm.clone())
            .collect();
        realms.sort();
        realms.dedup();
        if realms.is_empty() {
            self.denied(request, &session).await?;
        }
        Ok(Desk { session, realms })
    }
}
