//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The code that proves the mailbox.
#[server(name = EnrollEmail, prefix = "/api", endpoint = "enroll-email")]
pub async fn enroll_email(realm: String, code: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::enroll_email::confirm(realm, code))
}

/// A new code, please.
#[server(name = EnrollEmailResend, prefix = "/api", endpoint = "enroll-email/resend")]
pub async fn enroll_email_resend(realm: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::enroll_email::resend(realm))
}
