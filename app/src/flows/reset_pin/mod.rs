//! "Forgot your PIN?" (workforce guide, I.6 to I.10).
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `ForgotPin`: the name | [`api::ResetPinAsk`] | `flows::reset_pin::ask` | `ChooseChain`, the same for every name |
//! | `ChooseChain` | [`api::ResetPinChain`] | `flows::reset_pin::choose` | `AwaitPhone` or `Passkey`, the same for every name |
//! | `AwaitPhone` | `prove::api::ProvePhone` | `flows::reset_pin::phone_answered` | `Emergency`, or `AwaitDesk` where policy delivers it blind |
//! | `Passkey`, asked of nobody by name | `prove::api::prove_passkey` | `flows::reset_pin::passkey` | as for `AwaitPhone` |
//! | `Emergency` | [`api::ResetPinEmergency`] | `flows::reset_pin::emergency` | the overview, in a session that sets the PIN and nothing else (`change_pin`) |
//! | `AwaitDesk`: the code to read out, until an agent approved (`desk`) | [`api::ResetPinApproved`] | `flows::reset_pin::approved` | as for `Emergency` |
//! | "Try another way", "Back" | `prove::api::ProveAnotherWay` | `flows::reset_pin::back` | `ChooseChain` |
//!
//! Messages: `PhoneAsked` to the phone; `Notice::EmergencyUsed`, `Notice::EmergencyVoided` to
//! all addresses. `Notice::EmergencyIssued` comes from the desk.

pub mod api;
mod await_desk;
mod emergency;
mod page;

pub use await_desk::page as await_desk;
pub use emergency::page as emergency;
pub use page::{chain, forgot};
