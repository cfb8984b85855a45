//! Name, language and addresses for notices; where codes over the telephone network go,
//! and what is to change there.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Profile`: name, language | [`api::SaveProfile`] | `flows::profile::save` | the same, loaded anew for the language |
//! | `Profile`: further address | [`api::AddAddress`] | `flows::profile::add_address` | `prove` where the proof is old, then the same with a code to type |
//! | `Profile`: that code | [`api::ConfirmAddress`] | `flows::profile::confirm_address` | the same |
//! | `ProfileFactor`, `ProfilePassword`: tabs beside it, where codes go over the telephone network | – | `flows::profile::factor::page` | [`super::approval`], [`super::enroll_line`] |
//! | `ProfileFactor`: "Cancel the change", asked once more | [`api::CancelNumber`], [`api::CancelSwitch`] | `flows::profile::factor::cancel_number`, `cancel_switch` | the same |
//! | `Profile`: "Remove", asked once more | [`api::RemoveAddress`] | `flows::profile::remove_address` | the same |
//!
//! Messages: `ConfirmAddress` to the new address; `Notice::AddressAdded` and
//! `Notice::AddressRemoved` to all, the removed one too.

mod addresses;
pub mod api;
mod factor;
mod page;
mod password;
mod pending;
mod tabs;

pub use factor::page as factor;
pub use page::page;
pub use password::page as password;
