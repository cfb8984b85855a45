//! Naming the address that codes go to: at the first sign-in of a realm whose
//! policy asks for it, or another one later.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `CaptureAddress` | [`api::CaptureAddress`] | `flows::capture_address::update` | `Code` with purpose `enroll` (`enroll_email`) |
//! | the same, with a warning | [`api::CaptureAddress`] again | the same, the address named as seen | the same |
//! | "Cancel" | `choose_method::api::EnrollCancel` | `flows::choose_method::cancel` | `Identify` at the first sign-in: no session; later the overview |
//!
//! Messages: `ConfirmAddress` with the code, then `Notice::FactorAdded` to all
//! addresses, the one before and the partner's contact.

pub mod api;
mod page;

pub use page::page;
