//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The address, twice; `sure` is the one that was warned about.
#[server(name = CaptureAddress, prefix = "/api", endpoint = "capture-address")]
pub async fn capture_address(
    realm: String,
    #[server(default)] email: String,
    #[server(default)] repeat: String,
    #[server(default)] sure: String,
    #[server(default)] code: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::capture_address::update(
        realm, email, repeat, sure, code
    ))
}
