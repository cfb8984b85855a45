//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// A code, PIN or password.
#[server(name = ProveCode, prefix = "/api", endpoint = "prove/code")]
pub async fn prove_code(
    realm: String,
    purpose: String,
    code: String,
    #[server(default)] remember: bool,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::prove::code(realm, purpose, code, remember))
}

/// A passkey, as JSON.
#[server(name = ProvePasskey, prefix = "/api", endpoint = "prove/passkey")]
pub async fn prove_passkey(
    realm: String,
    purpose: String,
    credential: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::prove::passkey(realm, purpose, credential))
}

/// The phone has answered, or not yet.
#[server(name = ProvePhone, prefix = "/api", endpoint = "prove/phone")]
pub async fn prove_phone(realm: String, purpose: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::prove::phone(realm, purpose))
}

/// A new code, please.
#[server(name = ProveResend, prefix = "/api", endpoint = "prove/resend")]
pub async fn prove_resend(realm: String, purpose: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::prove::resend(realm, purpose))
}

/// Another way: the list, or the one that was picked.
#[server(name = ProveAnotherWay, prefix = "/api", endpoint = "prove/another-way")]
pub async fn prove_another_way(
    realm: String,
    purpose: String,
    #[server(default)] kind: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::prove::another_way(realm, purpose, kind))
}

/// Leaves the ceremony.
#[server(name = ProveCancel, prefix = "/api", endpoint = "prove/cancel")]
pub async fn prove_cancel(realm: String, purpose: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::prove::cancel(realm, purpose))
}
