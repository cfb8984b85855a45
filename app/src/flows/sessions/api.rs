//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Ends one session.
#[server(name = EndSession, prefix = "/api", endpoint = "sessions/end")]
pub async fn end_session(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::sessions::end(realm, id))
}

/// Ends all but this one.
#[server(name = EndOtherSessions, prefix = "/api", endpoint = "sessions/end-others")]
pub async fn end_other_sessions(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::sessions::end_others(realm))
}

/// Takes back that an application may know who one is.
#[server(name = WithdrawConsent, prefix = "/api", endpoint = "sessions/withdraw-consent")]
pub async fn withdraw_consent(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::sessions::withdraw(realm, id))
}

/// Forgets a remembered browser.
#[server(name = ForgetDevice, prefix = "/api", endpoint = "sessions/forget-device")]
pub async fn forget_device(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::sessions::forget(realm, id))
}
