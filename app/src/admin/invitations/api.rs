//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Invites one person.
#[server(name = Invite, prefix = "/api", endpoint = "admin/invite")]
pub async fn invite(
    realm: String,
    email: String,
    #[server(default)] name: String,
    lang: String,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::invite::one(realm, email, name, lang))
}

/// Reads a CSV and reports; sends nothing.
#[server(name = CheckCsv, prefix = "/api", endpoint = "admin/invite/check")]
pub async fn check_csv(realm: String, csv: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::invite::check_csv(realm, csv))
}

/// Starts to invite the good rows.
#[server(name = InviteCsv, prefix = "/api", endpoint = "admin/invite/csv")]
pub async fn invite_csv(realm: String, csv: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::invite::csv(realm, csv))
}

/// Sends an invitation again.
#[server(name = ResendInvitation, prefix = "/api", endpoint = "admin/invite/resend")]
pub async fn resend_invitation(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::invite::resend(realm, id))
}

/// Takes an invitation back.
#[server(name = RevokeInvitation, prefix = "/api", endpoint = "admin/invite/revoke")]
pub async fn revoke_invitation(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::invite::revoke(realm, id))
}
