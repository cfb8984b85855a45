//! Choosing a method to set up: at the first sign-in, or from the overview.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `ChooseMethod` | [`api::ChooseMethod`] | `flows::choose_method::choose` | `enroll_totp`, `enroll_email` or `enroll_passkey` |
//! | "Cancel" there and on each of those | [`api::EnrollCancel`] | `flows::choose_method::cancel` | the choice, `Identify`, or the overview |
//! | `NoSecondFactorYet` | – | – | a dead end that says so: nobody gets in with a password alone |
//!
//! Messages: none; the method that follows sends its own.

pub mod api;
mod page;
mod proves;

pub use page::{cancel, no_second_factor_yet, page};
pub use proves::proves;
