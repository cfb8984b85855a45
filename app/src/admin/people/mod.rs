//! People of a realm.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminPeople`: search and pages are plain links (`?q=`, `?after=`) | – | `flows::people::list` | – |
//! | `AdminPeople`: "Export as CSV" | [`api::ExportPeople`] | `flows::people::export` | the page of the export (`admin/transfers`) |
//! | `AdminPerson`: each action, asked once more where it takes something away | [`api::ChangePerson`] | `flows::people::change` | the same page with the news |
//! | `AdminPerson`: "Save number" | [`api::NumberOnRecord`] | `flows::people::number` | the same page with the news, or with what was wrong |
//! | `AdminPerson`: "Save manager" | [`api::ManagerOnRecord`] | `flows::people::manager` | the same page with the news, or with what was wrong |
//!
//! Messages: `Notice::{Unlocked, FreezeLifted, Disabled, Enabled, NumberChanged,
//! ManagerChanged}` or `Invitation` to the person; `Message::Approve` to a new manager for
//! whom a request waits.

mod actions;
pub mod api;
mod list;
mod person;

pub use list::list;
pub use person::person;

use crate::ui::{Badge, Tone};
use domain::Lang;
use words::admin;

/// How a person stands: icon, word, colour.
fn state(lang: Lang, disabled: bool, frozen: bool) -> Badge {
    match (disabled, frozen) {
        (true, _) => Badge::new(Tone::Stop, "cross", admin::disabled(lang)),
        (false, true) => Badge::new(Tone::Warn, "lock", admin::frozen(lang)),
        (false, false) => Badge::new(Tone::Ok, "check", admin::active(lang)),
    }
}
