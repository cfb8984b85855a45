//! What the pages of several flows share: the page at hand, its top, its
//! fields, its ways out. Markup stands in `ui`; here it gets its words.

mod confirm;
mod desk_phone;
mod field;
mod here;
mod history;
mod passkey;
mod top;
mod word;

pub use confirm::{Confirm, Submit, Way};
pub use desk_phone::desk_phone;
pub use field::{Code, Hidden, Secret, Text};
pub use here::{Here, encode, purpose};
pub use history::history;
pub use passkey::{Given, NeedsScript, PasskeyButton, run, use_given};
pub use top::{factor_icon, note, top};
pub use word::word_of_manager;
