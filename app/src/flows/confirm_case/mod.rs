//! A manager vouches for somebody who opened a case.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `ConfirmCase`, from the mail and after signing in: code, "Yes" | [`api::ConfirmCase`] | `flows::confirm_case::confirm` | the same page, with the news |
//! | `ConfirmCase`: "No", asked once more | [`api::ConfirmCase`] | the same | the same |
//!
//! Messages: [`domain::message::Message::ConfirmCase`] to the manager.

pub mod api;
mod page;

pub use page::page;
