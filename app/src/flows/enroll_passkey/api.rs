//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The new passkey, as JSON, and a name for it.
#[server(name = EnrollPasskey, prefix = "/api", endpoint = "enroll-passkey")]
pub async fn enroll_passkey(
    realm: String,
    credential: String,
    #[server(default)] name: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::enroll_passkey::confirm(realm, credential, name))
}
