//! Signing in.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Identify`: login, password | [`api::SignInPassword`] | `flows::sign_in::password` | the next factor of the chain (`prove`), the choice of a method at the first sign-in (`choose_method`), or the overview |
//! | `Identify`: passkey picked in the address field, or with the button | [`api::SignInPasskeyOptions`], then [`api::SignInPasskey`] | `flows::discovery::options`, `flows::sign_in::passkey` | the overview |
//! | `Identify`: login, "Continue with your smartphone" | [`api::SignInPhone`] | `flows::sign_in::ask_phone` | `AwaitPhone` (`prove`), whoever has that name |
//! | header of every signed-in page | [`api::SignOut`] | `flows::sign_in::sign_out` | `Identify` |
//!
//! Messages: none here; a code is sent when its factor's turn comes (`prove`),
//! and a sign-in from a new browser is told to all addresses for notices.

pub mod api;
mod page;

pub use page::{SignOutButton, anybody, page};
