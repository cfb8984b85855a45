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

/// Does something for a person, or has it wait for a second one of the desk:
/// [`domain::desk_act::DeskAct`].
#[server(name = DeskDo, prefix = "/api", endpoint = "desk/person")]
pub async fn act(
    id: String,
    change: String,
    #[server(default)] subject: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::act(id, change, subject))
}

/// Asks for a proof of a caller: [`domain::caller::CallerProof`].
#[server(name = DeskCheck, prefix = "/api", endpoint = "desk/check")]
pub async fn check(id: String, proof: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::check(id, proof))
}

/// The digits that were spoken at the number on record.
#[server(name = DeskCallBack, prefix = "/api", endpoint = "desk/call-back")]
pub async fn call_back(id: String, told: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::call_back(id, told))
}

/// Agrees to what another one of the desk wants, or refuses it.
#[server(name = DeskSecond, prefix = "/api", endpoint = "desk/second")]
pub async fn second(id: String, change: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::second(id, change))
}

/// Issues an emergency password, or approves the request of a caller's browser.
#[server(name = DeskEmergency, prefix = "/api", endpoint = "desk/emergency")]
pub async fn emergency(id: String, #[server(default)] code: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::emergency(id, code))
}

/// Begins a call with somebody, or ends it.
#[server(name = DeskCall, prefix = "/api", endpoint = "desk/call")]
pub async fn call(id: String, change: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::call(id, change))
}

/// The code that a person's phone shows for whoever calls them.
#[server(name = DeskCode, prefix = "/api", endpoint = "desk/code")]
pub async fn code(id: String, #[server(default)] proof: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::desk::code(id, proof))
}
