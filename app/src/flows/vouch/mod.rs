//! A manager says whether it is somebody of theirs who calls the service desk.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Vouch`, from the mail and after signing in: code, "Yes" | [`api::Vouch`] | `flows::vouch::answer` | the same page, with the news; the agent's page follows |
//! | `Vouch`: "No", asked once more | [`api::Vouch`] | the same | the same; the account is frozen |
//!
//! Messages: [`domain::message::Message::Vouch`] to the manager;
//! [`domain::message::Notice::ManagerVouched`] or `Notice::Frozen` to the person.

pub mod api;
mod page;

pub use page::page;
