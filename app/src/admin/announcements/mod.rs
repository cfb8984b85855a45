//! What a realm announces.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminAnnouncements`: the form | [`api::Announce`] | `flows::announcements::announce` | the same page with the news |
//! | "Take back", asked once more | [`api::WithdrawAnnouncement`] | `flows::announcements::withdraw` | the same |
//! | the banner's link: `Announcements` (`pages/announcements`) | – | `flows::announcements::page` | – |

pub mod api;
mod page;

pub use page::page;
