//! The door to the server: each function names its use case and nothing else.

// The fields of a form are the arguments of its function.
#![allow(clippy::too_many_arguments)]

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// Makes an announcement.
#[server(name = Announce, prefix = "/api", endpoint = "admin/announce")]
pub async fn announce(
    realm: String,
    #[server(default)] text_en: String,
    #[server(default)] text_de: String,
    #[server(default)] details_en: String,
    #[server(default)] details_de: String,
    #[server(default)] audience: String,
    #[server(default)] begins: String,
    #[server(default)] ends: String,
) -> Result<Answer, AppError> {
    let typed = domain::screen::AnnouncementTyped {
        text_en,
        text_de,
        details_en,
        details_de,
        begins,
        ends,
        ..Default::default()
    };
    crate::server::call!(flows::announcements::announce(realm, audience, typed))
}

/// Takes one back.
#[server(name = WithdrawAnnouncement, prefix = "/api", endpoint = "admin/announce/withdraw")]
pub async fn withdraw(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::announcements::withdraw(realm, id))
}
