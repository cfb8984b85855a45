//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Takes, gives back, approves or declines a case.
#[server(name = MoveCase, prefix = "/api", endpoint = "desk/case")]
pub async fn move_case(
    id: String,
    #[server(default)] version: String,
    change: String,
    #[server(default)] reason: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::move_case(id, version, change, reason))
}

/// Unlocks, ends sessions, lifts a freeze.
#[server(name = DeskChange, prefix = "/api", endpoint = "desk/person")]
pub async fn change(id: String, change: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::change(id, change))
}

/// Switches a factor off or on.
#[server(name = DeskFactor, prefix = "/api", endpoint = "desk/factor")]
pub async fn switch_factor(
    id: String,
    #[server(default)] factor: String,
    change: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::switch_factor(id, factor, change))
}

/// Sends a message again.
#[server(name = DeskResend, prefix = "/api", endpoint = "desk/resend")]
pub async fn resend(id: String, #[server(default)] message: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::resend(id, message))
}
