//! Making an account of one's own.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Identify`, "Register" | – (a link) | `flows::register::page` | `Register` |
//! | `Register` | [`api::Register`] | `flows::register::register` | `MailSent` of `reset_password`, the same for known and unknown addresses |
//! | its link or short code | | `reset_password` | `NewPassword`, then `Identify` |
//!
//! Messages: `Register`; `ResetPassword` to who has an account already.

pub mod api;
mod page;

pub use page::page;
