//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The number that codes go to: "yes" for the one on record, or one that was typed.
#[server(name = EnrollLineNumber, prefix = "/api", endpoint = "enroll-line/number")]
pub async fn enroll_line_number(
    realm: String,
    #[server(default)] on_record: String,
    #[server(default)] number: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::enroll_line::number(realm, on_record, number))
}

/// The code that proves it.
#[server(name = EnrollLine, prefix = "/api", endpoint = "enroll-line")]
pub async fn enroll_line(realm: String, code: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::enroll_line::confirm(realm, code))
}

/// The code did not come.
#[server(name = EnrollLineResend, prefix = "/api", endpoint = "enroll-line/resend")]
pub async fn enroll_line_resend(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::enroll_line::resend(realm))
}
