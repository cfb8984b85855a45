//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The manager's word: "yes" with the code, or "no".
#[server(name = Vouch, prefix = "/api", endpoint = "vouch")]
pub async fn vouch(
    realm: String,
    id: String,
    #[server(default)] word: String,
    #[server(default)] code: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::vouch::answer(realm, id, word, code))
}
