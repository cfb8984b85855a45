//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// A name.
#[server(name = ResetPinAsk, prefix = "/api", endpoint = "reset-pin/ask")]
pub async fn ask(realm: String, login: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_pin::ask(realm, login))
}

/// A chain, whose first factor is asked for at once.
#[server(name = ResetPinChain, prefix = "/api", endpoint = "reset-pin/chain")]
pub async fn chain(realm: String, #[server(default)] method: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_pin::choose(realm, method))
}

/// The emergency password.
#[server(name = ResetPinEmergency, prefix = "/api", endpoint = "reset-pin/emergency")]
pub async fn emergency(realm: String, #[server(default)] code: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_pin::emergency(realm, code))
}

/// The page that waits for the desk goes on, or waits on.
#[server(name = ResetPinApproved, prefix = "/api", endpoint = "reset-pin/approved")]
pub async fn approved(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_pin::approved(realm))
}
