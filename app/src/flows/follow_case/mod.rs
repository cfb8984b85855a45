//! Following a case: behind a link in every mail about it, or behind the password.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `CaseState` by the link: opening it changes nothing | – | `flows::follow_case::page` | – |
//! | "This was not me" (with a link) | [`api::FollowCaseVeto`] | `flows::follow_case::veto` | `CaseState`, vetoed |
//! | "Take the request back" | [`api::FollowCaseWithdraw`] | `flows::follow_case::withdraw` | `CaseState`, withdrawn; without a link `Identify` |
//!
//! Messages: `Case` to all addresses.

pub mod api;
mod page;

pub use page::page;
