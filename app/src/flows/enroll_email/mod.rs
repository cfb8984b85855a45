//! Codes by mail as a second factor.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Code` with purpose `enroll` | [`api::EnrollEmail`] | `flows::enroll_email::confirm` | recovery codes at the first enrolment, otherwise the overview |
//! | "Regenerate OTP" | [`api::EnrollEmailResend`] | `flows::enroll_email::resend` | the same, with a new code |
//! | "Cancel" | `choose_method::api::EnrollCancel` | `flows::choose_method::cancel` | the choice |
//!
//! Messages: `ConfirmAddress` with the code, then `Notice::FactorAdded` to all
//! addresses.

pub mod api;
mod page;

pub use page::page;
