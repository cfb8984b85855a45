//! Forgotten passwords, invitations, and every link that a mail carries.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Forgot` | [`api::Forgot`] | `flows::reset_password::ask` | `MailSent`, the same for known and unknown names |
//! | `MailSent`: "Send again" | [`api::Forgot`] | the same | `MailSent` |
//! | `MailSent`: short code | [`api::ForgotCode`] | `flows::reset_password::code` | `NewPassword` |
//! | `ConfirmLink`: opening it changes nothing, the button posts | [`api::OpenLink`] | `flows::reset_password::open` | `NewPassword`; behind a link to enrol or replace, the choice of `choose_method`; behind one for a lost number, the sign-in |
//! | `NewPassword` | [`api::SetPassword`] | `flows::reset_password::set` | `Identify` with the news that the password is set |
//! | `DeadLink`: "Send a new link" | [`api::FreshLink`] | `flows::reset_password::fresh` | `Identify` with the news that a link was sent |
//!
//! Messages: `ResetPassword`, `Invitation` (a fresh one), `ResetWithoutAccount`;
//! `Notice::PasswordSet` to all addresses.

pub mod api;
mod link;
mod page;
mod password;

pub use link::{confirm_link, dead_link};
pub use page::{forgot, mail_sent};
pub use password::new_password;
