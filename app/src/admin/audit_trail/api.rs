//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Starts an export of what the page shows for the same search.
#[server(name = ExportTrail, prefix = "/api", endpoint = "admin/audit/export")]
pub async fn export_trail(
    realm: String,
    #[server(default)] format: String,
    #[server(default)] person: String,
    #[server(default)] action: String,
    #[server(default)] result: String,
) -> Result<Answer, AppError> {
    let asked = domain::screen::AuditAsked {
        person,
        action,
        result,
        after: String::new(),
    };
    crate::server::call!(flows::audit_trail::export(realm, format, asked))
}

/// Walks the chain; shows the page again, with what it was searched for.
#[server(name = VerifyTrail, prefix = "/api", endpoint = "admin/audit/verify")]
pub async fn verify_trail(
    realm: String,
    #[server(default)] person: String,
    #[server(default)] action: String,
    #[server(default)] result: String,
    #[server(default)] after: String,
) -> Result<Answer, AppError> {
    let asked = domain::screen::AuditAsked {
        person,
        action,
        result,
        after,
    };
    crate::server::call!(flows::audit_trail::verify(realm, asked))
}
