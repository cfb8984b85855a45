//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Stops an import or an export.
#[server(name = CancelTransfer, prefix = "/api", endpoint = "admin/transfer/cancel")]
pub async fn cancel_transfer(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::transfers::cancel(realm, id))
}
