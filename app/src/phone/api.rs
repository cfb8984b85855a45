//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// How this phone is reached while its page is closed (W3C Push API).
#[server(name = SubscribePhone, prefix = "/api", endpoint = "phone/subscribe")]
pub async fn subscribe_phone(subscription: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::phone::subscribe(subscription))
}

/// What the phone answers, and its signature over it.
#[server(name = AnswerPhone, prefix = "/api", endpoint = "phone/answer")]
pub async fn answer_phone(
    id: String,
    decision: String,
    #[server(default)] digits: String,
    #[server(default)] signature: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::phone::answer(id, decision, digits, signature))
}

/// A code for whoever calls from the service desk, for the account of a phone.
#[server(name = ShowDeskCode, prefix = "/api", endpoint = "phone/show-code")]
pub async fn show_desk_code(factor: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::phone::show_code(factor))
}
