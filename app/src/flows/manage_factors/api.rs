//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// A new name.
#[server(name = RenameFactor, prefix = "/api", endpoint = "manage-factors/rename")]
pub async fn rename_factor(realm: String, id: String, name: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::manage_factors::rename(realm, id, name))
}

/// Removes a factor.
#[server(name = RemoveFactor, prefix = "/api", endpoint = "manage-factors/remove")]
pub async fn remove_factor(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::manage_factors::remove(realm, id))
}

/// Begins a test.
#[server(name = TestFactor, prefix = "/api", endpoint = "manage-factors/test")]
pub async fn test_factor(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::manage_factors::test(realm, id))
}
