//! Setting up an authenticator app.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `EnrollTotp`: QR code, key, first code | [`api::EnrollTotp`] | `flows::enroll_totp::confirm` | recovery codes at the first enrolment, otherwise the overview |
//! | "Cancel" | `choose_method::api::EnrollCancel` | `flows::choose_method::cancel` | the choice |
//!
//! The secret stays on the server until its first code is confirmed; nothing
//! here posts it back. Messages: `Notice::FactorAdded` to all addresses.

pub mod api;
mod page;

pub use page::page;
