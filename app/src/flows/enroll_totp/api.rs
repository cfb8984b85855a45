//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The first code, and a name for the device.
#[server(name = EnrollTotp, prefix = "/api", endpoint = "enroll-totp")]
pub async fn enroll_totp(
    realm: String,
    code: String,
    #[server(default)] name: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::enroll_totp::confirm(realm, code, name))
}
