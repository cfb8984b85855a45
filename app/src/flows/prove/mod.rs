//! Proving a factor: after the first one at sign-in, anew before a change, or
//! as a test. The same screens for all three; `purpose` says which it is.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Code`: code, PIN or password | [`api::ProveCode`] | `flows::prove::code` | the next factor, or where one was going |
//! | `Code`: "Regenerate OTP" | [`api::ProveResend`] | `flows::prove::resend` | `Code` with a new code |
//! | `Code` by SMS or call: "Send the code again" | [`api::ProveResend`] | `flows::prove::resend` | `Code` with the same code, as long as it works |
//! | `Passkey` | [`api::ProvePasskey`] | `flows::prove::passkey` | as for a code |
//! | `AwaitPhone`: the number, until the phone answered | [`api::ProvePhone`] | `flows::prove::phone` | as for a code; `AwaitPhone` with "Ask again" when nobody answered |
//! | "Try another way", then `AnotherWay` | [`api::ProveAnotherWay`] | `flows::prove::another_way`; for a name of which nothing is proven `flows::sign_in::another_way` | `Code` or `Passkey`; `AwaitPhone` or `Code`, whoever has that name |
//! | "Cancel" | [`api::ProveCancel`] | `flows::prove::cancel` | `Identify`, or the overview |
//!
//! Messages: `SignInCode` when an e-mail code's turn comes and on each resend;
//! `Notice::RecoveryCodeUsed`, `Notice::Locked` and `Notice::PasskeyCloned` to all addresses.

pub mod api;
mod await_phone;
mod code;
mod line;
mod page;

pub use await_phone::page as await_phone;
pub use code::{again, code_lead, resend_part, validity};
pub use line::{arrives, page as line_code};
pub use page::{another_way, code, passkey};
