//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Name and language.
#[server(name = SaveProfile, prefix = "/api", endpoint = "profile/save")]
pub async fn save_profile(realm: String, name: String, lang: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::profile::save(realm, name, lang))
}

/// A further address for notices: sends a code there.
#[server(name = AddAddress, prefix = "/api", endpoint = "profile/add-address")]
pub async fn add_address(realm: String, email: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::profile::add_address(realm, email))
}

/// The code that proves it.
#[server(name = ConfirmAddress, prefix = "/api", endpoint = "profile/confirm-address")]
pub async fn confirm_address(realm: String, code: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::profile::confirm_address(realm, code))
}

/// Drops a number that waits for its code.
#[server(name = CancelNumber, prefix = "/api", endpoint = "profile/cancel-number")]
pub async fn cancel_number(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::profile::factor::cancel_number(realm))
}

/// Drops the switch of this id, which one of the service desk asked for.
#[server(name = CancelSwitch, prefix = "/api", endpoint = "profile/cancel-switch")]
pub async fn cancel_switch(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::profile::factor::cancel_switch(realm, id))
}

/// Removes an address for notices.
#[server(name = RemoveAddress, prefix = "/api", endpoint = "profile/remove-address")]
pub async fn remove_address(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::profile::remove_address(realm, id))
}
