//! Making a passkey.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `EnrollPasskey`: options come with the page, the browser's dialog makes the key | [`api::EnrollPasskey`] | `flows::enroll_passkey::confirm` | recovery codes at the first enrolment, otherwise the overview |
//! | "Choose another method" or "Cancel" | `choose_method::api::EnrollCancel` | `flows::choose_method::cancel` | the choice |
//!
//! Messages: `Notice::FactorAdded` to all addresses.

pub mod api;
mod page;

pub use page::page;
