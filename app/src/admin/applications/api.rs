//! The door to the server: each function names its use case and nothing else.

// The fields of a form are the arguments of its function.
#![allow(clippy::too_many_arguments)]

use crate::error::AppError;
use domain::screen::{Answer, ChainTyped};
use leptos::prelude::*;

/// Registers an application.
#[server(name = AddApplication, prefix = "/api", endpoint = "admin/applications/add")]
pub async fn add(
    realm: String,
    #[server(default)] client_id: String,
    #[server(default)] client: String,
    #[server(default)] name_en: String,
    #[server(default)] name_de: String,
    #[server(default)] url: String,
    #[server(default)] redirect_uris: String,
    #[server(default)] after_uris: String,
    #[server(default)] backchannel_uri: String,
    #[server(default)] signing: String,
    #[server(default)] profile: bool,
    #[server(default)] email_scope: bool,
    #[server(default)] offline: bool,
    #[server(default)] consent_asked: bool,
    #[server(default)] chains: Vec<ChainTyped>,
    #[server(default)] since: String,
) -> Result<Answer, AppError> {
    let typed = domain::screen::ApplicationTyped {
        client_id,
        name_en,
        name_de,
        url,
        redirect_uris,
        after_uris,
        backchannel_uri,
        signing,
        profile,
        email: email_scope,
        offline,
        consent: consent_asked,
        chains,
        since,
        ..Default::default()
    };
    crate::server::call!(flows::applications::add(realm, client, typed))
}

/// Changes what is said of one.
#[server(name = ChangeApplication, prefix = "/api", endpoint = "admin/applications/change")]
pub async fn change(
    realm: String,
    id: String,
    #[server(default)] version: i64,
    #[server(default)] name_en: String,
    #[server(default)] name_de: String,
    #[server(default)] url: String,
    #[server(default)] redirect_uris: String,
    #[server(default)] after_uris: String,
    #[server(default)] backchannel_uri: String,
    #[server(default)] signing: String,
    #[server(default)] profile: bool,
    #[server(default)] email_scope: bool,
    #[server(default)] offline: bool,
    #[server(default)] consent_asked: bool,
    #[server(default)] chains: Vec<ChainTyped>,
    #[server(default)] since: String,
) -> Result<Answer, AppError> {
    let typed = domain::screen::ApplicationTyped {
        name_en,
        name_de,
        url,
        redirect_uris,
        after_uris,
        backchannel_uri,
        signing,
        profile,
        email: email_scope,
        offline,
        consent: consent_asked,
        chains,
        since,
        ..Default::default()
    };
    crate::server::call!(flows::applications::change(realm, id, version, typed))
}

/// Draws another secret.
#[server(name = DrawSecret, prefix = "/api", endpoint = "admin/applications/secret")]
pub async fn secret(
    realm: String,
    id: String,
    #[server(default)] version: i64,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::applications::secret(realm, id, version))
}

/// Ends the secrets before the newest one.
#[server(name = ForgetSecrets, prefix = "/api", endpoint = "admin/applications/forget")]
pub async fn forget(
    realm: String,
    id: String,
    #[server(default)] version: i64,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::applications::forget(realm, id, version))
}

/// Takes one out of use, or puts it into use again.
#[server(name = SwitchApplication, prefix = "/api", endpoint = "admin/applications/switch")]
pub async fn switch(
    realm: String,
    id: String,
    #[server(default)] version: i64,
    #[server(default)] on: bool,
) -> Result<Answer, AppError> {
    crate::server::call!(flows::applications::switch(realm, id, version, on))
}
