//! Who holds which role at a realm.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminRoles`: the form | [`api::GiveRole`] | `flows::roles::give` | the same page with the news |
//! | "Take away", asked once more | [`api::TakeRole`] | `flows::roles::take` | the same |
//!
//! Messages: [`domain::message::Notice::RoleGiven`], [`domain::message::Notice::RoleTaken`].

pub mod api;
mod page;

pub use page::page;
