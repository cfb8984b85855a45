//! The door to the server: each function names its use case and nothing else.

// The fields of a form are the arguments of its function.
#![allow(clippy::too_many_arguments)]

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The form. `proof` is a code that may shorten the wait, `work` what the browser
/// worked out.
#[server(name = LostPhone, prefix = "/api", endpoint = "lost-phone")]
pub async fn lost_phone(
    realm: String,
    #[server(default)] given: String,
    #[server(default)] family: String,
    #[server(default)] country: String,
    #[server(default)] phone: String,
    #[server(default)] email: String,
    #[server(default)] story: String,
    #[server(default)] consent: bool,
    #[server(default)] proof: String,
    #[server(default)] work: String,
) -> Result<Answer, AppError> {
    let typed = domain::screen::FormTyped {
        given,
        family,
        country,
        phone,
        email,
        story,
        consent,
        ..Default::default()
    };
    crate::server::call!(flows::lost_phone::ask(realm, typed, proof, work))
}
