//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Brings back what was there before, and ends every session.
#[server(name = UndoChange, prefix = "/api", endpoint = "undo-change")]
pub async fn undo_change(realm: String, token: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::undo_change::undo(realm, token))
}
