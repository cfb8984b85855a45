//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Asks the manager for codes of a kind, or changes what was asked.
#[server(name = RequestCodes, prefix = "/api", endpoint = "request")]
pub async fn request_codes(
    realm: String,
    kind: String,
    #[server(default)] on_record: String,
    #[server(default)] number: String,
    #[server(default)] reason: String,
    #[server(default)] application: String,
    #[server(default)] ticket: String,
) -> Result<Answer, AppError> {
    let typed = domain::screen::RequestTyped {
        on_record: on_record == "yes",
        number,
        reason,
        application,
        ticket,
    };
    crate::server::call!(flows::approval::request::request(realm, kind, typed))
}

/// Takes it back; "yes" where that was done on the profile.
#[server(name = WithdrawRequest, prefix = "/api", endpoint = "request/withdraw")]
pub async fn withdraw_request(
    realm: String,
    #[server(default)] profile: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::approval::request::withdraw(realm, profile))
}

/// "approve", or "decline" with a reason: what was seen, by its version.
#[server(name = Decide, prefix = "/api", endpoint = "approvals/decide")]
pub async fn decide(
    realm: String,
    id: String,
    version: i64,
    #[server(default)] decision: String,
    #[server(default)] reason: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::approval::decide::decide(
        realm, id, version, decision, reason
    ))
}

/// Who stands in for the caller, for so many days; nobody, where no name is given.
#[server(name = NameDeputy, prefix = "/api", endpoint = "approvals/deputy")]
pub async fn name_deputy(
    realm: String,
    #[server(default)] login: String,
    #[server(default)] days: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::approval::deputy::name(realm, login, days))
}
