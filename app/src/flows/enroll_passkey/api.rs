//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The new passkey, as JSON, and a name for it. `about` is read by the layer that compares
/// it with who is at this browser, as the field of a form is.
#[server(name = EnrollPasskey, prefix = "/api", endpoint = "enroll-passkey")]
pub async fn enroll_passkey(
    realm: String,
    credential: String,
    #[server(default)] name: String,
    #[server(default)] about: String,
) -> Result<Answer, AppError> {
    drop(about);
    crate::server::call!(flows::enroll_passkey::confirm(realm, credential, name))
}
