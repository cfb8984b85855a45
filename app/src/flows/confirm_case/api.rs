//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The manager's word: "yes" with the code, or "no".
#[server(name = ConfirmCase, prefix = "/api", endpoint = "confirm-case")]
pub async fn confirm_case(
    realm: String,
    id: String,
    #[server(default)] word: String,
    #[server(default)] code: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::confirm_case::confirm(realm, id, word, code))
}
