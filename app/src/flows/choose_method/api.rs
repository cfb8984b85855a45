//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The method that was chosen; nothing, when no choice was made.
#[server(name = ChooseMethod, prefix = "/api", endpoint = "choose-method")]
pub async fn choose_method(
    realm: String,
    #[server(default)] method: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::choose_method::choose(realm, method))
}

/// Back to the choice, or out.
#[server(name = EnrollCancel, prefix = "/api", endpoint = "choose-method/cancel")]
pub async fn enroll_cancel(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::choose_method::cancel(realm))
}
