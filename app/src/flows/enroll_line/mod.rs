//! Codes by SMS or call as a second factor, and another number for them.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `SetNumber` | [`api::EnrollLineNumber`] | `flows::enroll_line::number` | a code goes there |
//! | `Code` with purpose `enroll` | [`api::EnrollLine`] | `flows::enroll_line::confirm` | the sign-in goes on, or the overview |
//! | "Regenerate OTP" | [`api::EnrollLineResend`] | `flows::enroll_line::resend` | the same |
//! | "Cancel" | `choose_method::api::EnrollCancel` | `flows::choose_method::cancel` | the choice, or the overview |
//!
//! Messages: `ConfirmAddress` to the number, then `Notice::FactorAdded` or
//! `Notice::NumberMoved` to all addresses and `LineLeft` to the former number. What a
//! manager has to approve first is in [`super::approval`].

pub mod api;
mod page;

pub use page::{code, number};
