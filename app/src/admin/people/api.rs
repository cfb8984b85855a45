//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Starts an export of all people.
#[server(name = ExportPeople, prefix = "/api", endpoint = "admin/people/export")]
pub async fn export_people(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::people::export(realm))
}

/// Unlock, lift a freeze, disable, enable, invite anew.
#[server(name = ChangePerson, prefix = "/api", endpoint = "admin/person")]
pub async fn change_person(realm: String, id: String, change: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::people::change(realm, id, change))
}

/// Puts a telephone number on record, or takes it off.
#[server(name = NumberOnRecord, prefix = "/api", endpoint = "admin/person/number")]
pub async fn number(
    realm: String,
    id: String,
    #[server(default)] number: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::people::number(realm, id, number))
}

/// Puts a manager on record, or takes them off.
#[server(name = ManagerOnRecord, prefix = "/api", endpoint = "admin/person/manager")]
pub async fn manager(
    realm: String,
    id: String,
    #[server(default)] manager: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::people::manager(realm, id, manager))
}
