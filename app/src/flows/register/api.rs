//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Address, name and the agreement; `work` is what the browser worked out.
#[server(name = Register, prefix = "/api", endpoint = "register")]
pub async fn register(
    realm: String,
    #[server(default)] email: String,
    #[server(default)] name: String,
    #[server(default)] consent: bool,
    #[server(default)] work: String,
) -> Result<Answer, AppError> {
    let typed = flows::register::Typed {
        email,
        name,
        terms: consent,
    };
    crate::server::call!(flows::register::register(realm, typed, work))
}
