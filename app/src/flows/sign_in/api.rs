//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Login and password.
#[server(name = SignInPassword, prefix = "/api", endpoint = "sign-in/password")]
pub async fn sign_in_password(
    realm: String,
    login: String,
    password: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::sign_in::password(realm, login, password))
}

/// A name, whose phone is asked.
#[server(name = SignInPhone, prefix = "/api", endpoint = "sign-in/phone")]
pub async fn sign_in_phone(realm: String, login: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::sign_in::ask_phone(realm, login))
}

/// Options for `navigator.credentials.get`, as JSON.
#[server(name = SignInPasskeyOptions, prefix = "/api", endpoint = "sign-in/passkey-options")]
pub async fn sign_in_passkey_options(realm: String) -> Result<String, AppError> {
    crate::server::ask!(flows::discovery::options(realm))
}

/// What the browser answered to them, as JSON.
#[server(name = SignInPasskey, prefix = "/api", endpoint = "sign-in/passkey")]
pub async fn sign_in_passkey(realm: String, credential: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::sign_in::passkey(realm, credential))
}

/// Ends the session.
#[server(name = SignOut, prefix = "/api", endpoint = "sign-out")]
pub async fn sign_out(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::sign_in::sign_out(realm))
}
