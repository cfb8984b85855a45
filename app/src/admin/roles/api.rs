//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Gives a role to somebody of staff.
#[server(name = GiveRole, prefix = "/api", endpoint = "admin/roles/give")]
pub async fn give(
    realm: String,
    #[server(default)] login: String,
    role: String,
) -> Result<Answer, AppError> {
    let typed = domain::screen::RoleTyped { login, role };
    crate::server::call!(flows::roles::give(realm, typed))
}

/// Takes a role away.
#[server(name = TakeRole, prefix = "/api", endpoint = "admin/roles/take")]
pub async fn take(realm: String, id: String, role: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::roles::take(realm, id, role))
}
