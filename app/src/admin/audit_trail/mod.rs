//! The audit trail of a realm.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminAudit`: search and pages are plain links (`?person=`, `?action=`, `?result=`, `?after=`) | – | `flows::audit_trail::page` | – |
//! | `AdminAudit`: "Export as CSV", "Export as JSON" | [`api::ExportTrail`] | `flows::audit_trail::export` | the page of the export (`admin/transfers`), or the same with what is wrong at its field |
//! | `AdminAudit`: "Verify now" | [`api::VerifyTrail`] | `flows::audit_trail::verify` | the same page with what was found |
//!
//! Messages: none.

pub mod api;
mod list;
mod page;
mod seal;

pub use page::page;
