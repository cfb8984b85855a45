//! A forgotten password, and the first one after an invitation: asking for the
//! mail, the link in it, the new password.

mod ask;
mod link;
mod mail;
mod new_password;

pub use ask::{ask, code, page};
pub use link::{fresh, link_page, open};
pub use mail::{invite_anew, lifetime, mail_enroll_after, mail_link, mail_registration};
pub use new_password::{new_password_page, set};
