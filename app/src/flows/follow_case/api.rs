//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// "This was not me": stops the case and freezes the account.
#[server(name = FollowCaseVeto, prefix = "/api", endpoint = "follow-case/veto")]
pub async fn veto(realm: String, token: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::follow_case::veto(realm, token))
}

/// Takes the case back; the token is empty behind the password.
#[server(name = FollowCaseWithdraw, prefix = "/api", endpoint = "follow-case/withdraw")]
pub async fn withdraw(realm: String, #[server(default)] token: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::follow_case::withdraw(realm, token))
}
