//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Ends sessions and freezes changes.
#[server(name = NotMe, prefix = "/api", endpoint = "not-me")]
pub async fn not_me(realm: String, token: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::not_me::report(realm, token))
}
