//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The new PIN, twice.
#[server(name = ChangePin, prefix = "/api", endpoint = "change-pin")]
pub async fn change_pin(
    realm: String,
    #[server(default)] pin: String,
    #[server(default)] repeat: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::change_pin::set(realm, pin, repeat))
}
