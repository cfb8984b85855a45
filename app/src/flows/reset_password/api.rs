//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Asks for a mail.
#[server(name = Forgot, prefix = "/api", endpoint = "reset-password/ask")]
pub async fn forgot(realm: String, login: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_password::ask(realm, login))
}

/// The short code from that mail.
#[server(name = ForgotCode, prefix = "/api", endpoint = "reset-password/code")]
pub async fn forgot_code(realm: String, code: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_password::code(realm, code))
}

/// The button behind a link.
#[server(name = OpenLink, prefix = "/api", endpoint = "reset-password/open")]
pub async fn open_link(realm: String, purpose: String, token: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_password::open(realm, purpose, token))
}

/// The new password.
#[server(name = SetPassword, prefix = "/api", endpoint = "reset-password/set")]
pub async fn set_password(
    realm: String,
    new_password: String,
    repeat: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_password::set(realm, new_password, repeat))
}

/// A link that was too old: a new one, please.
#[server(name = FreshLink, prefix = "/api", endpoint = "reset-password/fresh")]
pub async fn fresh_link(realm: String, purpose: String, token: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::reset_password::fresh(realm, purpose, token))
}
