//! The code that proves the mailbox.

use super::api::{EnrollEmail, EnrollEmailResend};
use crate::flows::choose_method::proves;
use domain::screen::{CodeTask, View};
use leptos::prelude::*;
use words::enroll;

/// The code from the mail.
pub fn page(view: &View, task: &CodeTask) -> AnyView {
    let lead = enroll::email_lead(view.frame.lang);
    proves::<EnrollEmail, EnrollEmailResend>(view, task, lead, None)
}
