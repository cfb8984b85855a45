//! Where one is signed in.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Sessions`: "End", asked once more | [`api::EndSession`] | `flows::sessions::end` | the same list |
//! | `Sessions`: "End all others", asked once more | [`api::EndOtherSessions`] | `flows::sessions::end_others` | the same list |
//! | `Sessions`: "Forget", asked once more | [`api::ForgetDevice`] | `flows::sessions::forget` | the same list |
//! | `Sessions`: "Take back", asked once more | [`api::WithdrawConsent`] | `flows::sessions::withdraw` | the same list |
//!
//! Messages: none; the trail keeps it.

pub mod api;
mod page;

pub use page::page;
