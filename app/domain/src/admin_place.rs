//! The places of a realm's administration, and which roles open each: pages,
//! server functions, exports and the navigation all ask here.

use crate::{
    ids::RealmSlug,
    role::{Grant, Role},
};
use serde::{Deserialize, Serialize};

/// A place of a realm's administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminPlace {
    /// Its people.
    People,
    /// Who holds which role there.
    Roles,
    /// Its invitations.
    Invitations,
    /// What it announces.
    Announcements,
    /// Applications that sign their people in through it.
    Applications,
    /// Its imports and exports.
    Transfers,
    /// Its audit trail.
    Audit,
    /// Its policy.
    Policy,
}

impl AdminPlace {
    /// Every place, in the order of the navigation.
    pub const ALL: [Self; 8] = [
        Self::People,
        Self::Roles,
        Self::Invitations,
        Self::Announcements,
        Self::Applications,
        Self::Transfers,
        Self::Audit,
        Self::Policy,
    ];

    /// The roles that open it: any of them is enough.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::People
            | Self::Roles
            | Self::Invitations
            | Self::Announcements
            | Self::Applications => &[Role::Administrator],
            // Auditors export the trail.
            Self::Audit | Self::Transfers => &[Role::Auditor, Role::Administrator],
            Self::Policy => &[Role::PolicyAdministrator, Role::Administrator],
        }
    }

    /// Whether these grants open it at a realm.
    pub fn opens(self, grants: &[Grant], realm: &RealmSlug) -> bool {
        grants
            .iter()
            .any(|g| &g.realm == realm && self.roles().contains(&g.role))
    }

    /// Whether these grants open any place at any realm.
    pub fn any(grants: &[Grant]) -> bool {
        Self::ALL
            .iter()
            .any(|place| grants.iter().any(|g| place.roles().contains(&g.role)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(role: Role, at: &str) -> Vec<AdminPlace> {
        let realm = |slug| RealmSlug::parse(slug).expect("a slug");
        let grants = [Grant {
            role,
            realm: realm("customers"),
        }];
        let places = AdminPlace::ALL.into_iter();
        places.filter(|p| p.opens(&grants, &realm(at))).collect()
    }

    #[test]
    fn each_role_opens_its_places_at_its_realm_and_no_other() {
        assert_eq!(open(Role::Administrator, "customers"), AdminPlace::ALL);
        assert_eq!(
            open(Role::Auditor, "customers"),
            [AdminPlace::Transfers, AdminPlace::Audit]
        );
        assert_eq!(
            open(Role::PolicyAdministrator, "customers"),
            [AdminPlace::Policy]
        );
        for role in [Role::Agent, Role::Reviewer, Role::Lead] {
            assert_eq!(open(role, "customers"), []);
        }
        for role in Role::ALL {
            assert_eq!(open(role, "dealers"), []);
        }
    }

    #[test]
    fn a_role_of_the_desk_opens_no_administration() {
        for role in Role::ALL {
            let realm = RealmSlug::parse("cloud").expect("a slug");
            let grants = [Grant { role, realm }];
            let desk = matches!(role, Role::Agent | Role::Reviewer | Role::Lead);
            assert_eq!(AdminPlace::any(&grants), !desk, "{role:?}");
        }
        assert!(!AdminPlace::any(&[]));
    }
}
