//! The audit trail of a realm.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminAudit`: search and pages are plain links (`?person=`, `?action=`, `?result=`, `?after=`); exports of the same search at `/admin/{realm}/audit.csv` and `audit.json` | – | `flows::audit_trail::{page, export}` | – |
//! | `AdminAudit`: "Verify now" | [`api::VerifyTrail`] | `flows::audit_trail::verify` | the same page with what was found |
//!
//! Messages: none.

pub mod api;
mod list;
mod page;
mod seal;

pub use page::page;
