//! Codes over the telephone network: asking one's manager for them, and deciding.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `RequestApproval`: number, reason, application, ticket | [`api::RequestCodes`] | `flows::approval::request::request` | the same, with where it stands |
//! | `RequestApproval`: "Take the request back", asked once more | [`api::WithdrawRequest`] | `flows::approval::request::withdraw` | the same |
//! | `RequestApproval`: "Set up now" | `choose_method::api::ChooseMethod` | `flows::choose_method::choose` | [`super::enroll_line`] |
//! | `Approvals`: the requests, which come and go by themselves | | `flows::approval::decide::list` | `Approval` |
//! | `Approvals`: who stands in | [`api::NameDeputy`] | `flows::approval::deputy::name` | the same |
//! | `Approval`: approve, decline with a reason | [`api::Decide`] | `flows::approval::decide::decide` | the same, with the news |
//!
//! Messages: `Message::Approve` to the manager and who stands in, once more as a reminder;
//! `Notice::Approval` to every address of who asks.

pub mod api;
mod list;
mod number;
mod page;
mod request;

pub use list::page as list;
pub use number::number_fields;
pub use page::page;
pub use request::{own, page as request, stage_badge, state, stream, unsure, withdraw};
