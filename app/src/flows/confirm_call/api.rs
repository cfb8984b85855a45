//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The code that an agent read out.
#[server(name = ConfirmCallFind, prefix = "/api", endpoint = "confirm-call/find")]
pub async fn confirm_call_find(
    realm: String,
    #[server(default)] code: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::confirm_call::find(realm, code))
}

/// The passkey's answer ("accept"), or "I did not call" ("not_me").
#[server(name = ConfirmCall, prefix = "/api", endpoint = "confirm-call/answer")]
pub async fn confirm_call(
    realm: String,
    id: String,
    code: String,
    decision: String,
    #[server(default)] credential: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::confirm_call::answer(
        realm, id, code, decision, credential
    ))
}
