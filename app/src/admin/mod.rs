//! Administration: what administrators of a realm see. Nothing outside this
//! folder names anything inside it but [`render`], so that it can become a
//! chunk of its own that other people never load.
//!
//! | screen | folder | use cases |
//! |---|---|---|
//! | `AdminHome` | `home` | – |
//! | `AdminPeople`, `AdminPerson` | `people` | `flows::people` |
//! | `AdminInvitations` | `invitations` | `flows::invite` |
//! | `AdminRoles` | `roles` | `flows::roles` |
//! | `AdminAnnouncements` | `announcements` | `flows::announcements` |
//! | `AdminApplications`, `AdminApplication` | `applications` | `flows::applications` |
//! | `AdminTransfers`, `AdminTransfer` | `transfers` | `flows::transfers` |
//! | `AdminAudit` | `audit_trail` | `flows::audit_trail` |
//! | `AdminPolicy` | `read_policy` | `flows::read_policy` |

pub mod announcements;
pub mod applications;
pub mod audit_trail;
mod home;
pub mod invitations;
mod pager;
pub mod people;
pub mod places;
mod read_policy;
pub mod roles;
mod top;
pub mod transfers;

use domain::screen::{Screen, View};
use leptos::prelude::*;

/// The page inside the desk's shell; nothing for screens of other places.
pub fn render(view: &View) -> AnyView {
    match &view.screen {
        Screen::AdminHome(screen) => home::page(view, screen),
        Screen::AdminPeople(screen) => people::list(view, screen),
        Screen::AdminPerson(screen) => people::person(view, screen),
        Screen::AdminInvitations(screen) => invitations::page(view, screen),
        Screen::AdminRoles(screen) => roles::page(view, screen),
        Screen::AdminAnnouncements(screen) => announcements::page(view, screen),
        Screen::AdminApplications(screen) => applications::list(view, screen),
        Screen::AdminApplication(screen) => applications::page(view, screen),
        Screen::AdminTransfers(screen) => transfers::list(view, screen),
        Screen::AdminTransfer(screen) => transfers::page(view, screen),
        Screen::AdminAudit(screen) => audit_trail::page(view, screen),
        Screen::AdminPolicy(screen) => read_policy::page(view, screen),
        _ => ().into_any(),
    }
}
