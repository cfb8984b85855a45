//! Recovery codes: offered after the first enrolment and from the overview,
//! shown once.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `RecoveryCodes` without codes | [`api::MakeRecoveryCodes`] | `flows::recovery_codes::make` | the same screen with the codes |
//! | `RecoveryCodes` with codes: "I have saved them"; "Later" | [`api::RecoveryCodesSaved`] | `flows::recovery_codes::saved` | the overview |
//!
//! Messages: `Notice::RecoveryCodesMade` to all addresses.

pub mod api;
mod page;
mod shown;

pub use page::page;
