//! Invitations: one, or many from a CSV; where each stands.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminInvitations`: form for one | [`api::Invite`] | `flows::invite::one` | the same page with the news |
//! | CSV pasted, or read from a file in the browser | [`api::CheckCsv`] | `flows::invite::check_csv` | the same page with a report; nothing is sent |
//! | report: "Send … rows" | [`api::InviteCsv`] | `flows::invite::csv` | the page of the import (`admin/transfers`) |
//! | list: "Send again" | [`api::ResendInvitation`] | `flows::invite::resend` | the same page |
//! | list: "Revoke", asked once more | [`api::RevokeInvitation`] | `flows::invite::revoke` | the same page |
//!
//! Messages: `Invitation`.

pub mod api;
mod csv;
mod list;
mod one;
mod page;

pub use page::page;
