//! A lost phone: a form behind the password, which the service desk decides.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Code` or `AnotherWay`, "Reset one-time password" | – (a link) | `flows::lost_phone::page` | `CaseForm`, or `CaseState` where a case is open |
//! | `CaseForm` | [`api::LostPhone`] | `flows::lost_phone::ask` | `CaseState` |
//! | `CaseState` | `follow_case` | | |
//!
//! Messages: `Case` to all addresses at each step; after an approval and its wait
//! `Replace` with the link to `choose_method`.

pub mod api;
mod page;

pub use page::page;
