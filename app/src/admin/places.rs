//! The places of a realm's administration, as the navigation and the list of
//! realms show them: one line each.

use domain::{Lang, admin_place::AdminPlace, ids::RealmSlug, paths, place::Place};
use words::{admin, announcements, applications, audit_trail, read_policy, roles, transfers};

/// The way to a place.
#[derive(Clone, Copy)]
pub struct Way {
    /// What it is called.
    pub word: fn(Lang) -> &'static str,
    /// Its address.
    pub path: fn(&RealmSlug) -> String,
    /// Its icon.
    pub icon: &'static str,
    /// Whether a page belongs to it.
    pub holds: fn(&Place) -> bool,
}

impl Way {
    /// The way to a place.
    pub fn of(place: AdminPlace) -> Self {
        match place {
            AdminPlace::People => Self {
                word: admin::people,
                path: paths::admin_people,
                icon: "user",
                holds: |p| matches!(p, Place::AdminPeople(_) | Place::AdminPerson(..)),
            },
            AdminPlace::Roles => Self {
                word: roles::title,
                path: paths::admin_roles,
                icon: "key",
                holds: |p| matches!(p, Place::AdminRoles(_)),
            },
            AdminPlace::Invitations => Self {
                word: admin::invitations,
                path: paths::admin_invitations,
                icon: "mail",
                holds: |p| matches!(p, Place::AdminInvitations(_)),
            },
            AdminPlace::Announcements => Self {
                word: announcements::title,
                path: paths::admin_announcements,
                icon: "info",
                holds: |p| matches!(p, Place::AdminAnnouncements(_)),
            },
            AdminPlace::Applications => Self {
                word: applications::title,
                path: paths::admin_applications,
                icon: "app",
                holds: |p| matches!(p, Place::AdminApplications(_) | Place::AdminApplication(..)),
            },
            AdminPlace::Transfers => Self {
                word: transfers::title,
                path: paths::admin_transfers,
                icon: "sort",
                holds: |p| matches!(p, Place::AdminTransfers(_) | Place::AdminTransfer(..)),
            },
            AdminPlace::Audit => Self {
                word: audit_trail::title,
                path: paths::admin_audit,
                icon: "list",
                holds: |p| matches!(p, Place::AdminAudit(_)),
            },
            AdminPlace::Policy => Self {
                word: read_policy::title,
                path: paths::admin_policy,
                icon: "doc",
                holds: |p| matches!(p, Place::AdminPolicy(_)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_holds_its_own_page_and_no_other() {
        let realm = RealmSlug::parse("customers").expect("a slug");
        for place in AdminPlace::ALL {
            let page = Place::parse(&(Way::of(place).path)(&realm)).expect("a page");
            for other in AdminPlace::ALL {
                assert_eq!((Way::of(other).holds)(&page), other == place);
            }
        }
    }
}
