//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Makes a new set; the old one is void.
#[server(name = MakeRecoveryCodes, prefix = "/api", endpoint = "recovery-codes/make")]
pub async fn make_recovery_codes(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::recovery_codes::make(realm))
}

/// They are saved, or not wanted now.
#[server(name = RecoveryCodesSaved, prefix = "/api", endpoint = "recovery-codes/saved")]
pub async fn recovery_codes_saved(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::recovery_codes::saved(realm))
}
