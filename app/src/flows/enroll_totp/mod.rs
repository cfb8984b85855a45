//! Setting up an authenticator app.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdviseApp`, where an app is the one thing offered | `choose_method::api::ChooseMethod` | `flows::choose_method::choose` | the QR code |
//! | `EnrollTotp`: QR code, key, first code | [`api::EnrollTotp`] | `flows::enroll_totp::confirm` | recovery codes at the first enrolment, otherwise the overview |
//! | "Cancel" | `choose_method::api::EnrollCancel` | `flows::choose_method::cancel` | the choice |
//!
//! The secret stays on the server until its first code is confirmed; nothing
//! here posts it back. Messages: `Notice::FactorAdded` to all addresses.

mod advice;
pub mod api;
mod page;

pub use advice::{advice, apps};
pub use page::page;
