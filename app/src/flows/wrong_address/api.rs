//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The form; `work` is what the browser worked out.
#[server(name = WrongAddress, prefix = "/api", endpoint = "wrong-address")]
pub async fn wrong_address(
    realm: String,
    #[server(default)] given: String,
    #[server(default)] login: String,
    #[server(default)] partner: String,
    #[server(default)] story: String,
    #[server(default)] consent: bool,
    #[server(default)] work: String,
) -> Result<Answer, AppError> {
    let typed = domain::screen::FormTyped {
        given,
        login,
        partner,
        story,
        consent,
        ..Default::default()
    };
    crate::server::call!(flows::wrong_address::ask(realm, typed, work))
}
