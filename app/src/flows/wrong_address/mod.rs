//! "OTP e-mail reset": codes go to a mailbox that the person does not have.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Code`, "I entered a wrong e-mail address" | – (a link) | `flows::wrong_address::page` | `CaseForm`, or `CaseState` where a case is open |
//! | `CaseForm` | [`api::WrongAddress`] | `flows::wrong_address::ask` | `CaseState` |
//! | after an approval and its wait: the next sign-in | – | `flows::sign_in::password` | `CaptureAddress` |
//!
//! Messages: `Case` to all addresses and to the partner's contact at each step.

pub mod api;
mod page;

pub use page::page;
