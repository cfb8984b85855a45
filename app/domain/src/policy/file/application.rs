//! `[[applications]]`, as it is written.

use super::BothText;
use crate::oidc::Kind;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::policy) struct ApplicationText {
    pub id: Spanned<String>,
    pub name: Spanned<BothText>,
    pub url: Spanned<String>,
    pub redirect_uris: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<Spanned<String>>,
    pub backchannel_logout_uri: Option<Spanned<String>>,
    pub client: Spanned<Kind>,
    #[serde(default)]
    pub secret_sha256: Vec<Spanned<String>>,
    pub signing: Option<Spanned<String>>,
    pub scopes: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub consent: bool,
    pub chains: Option<Spanned<Vec<AppChainText>>>,
    pub since: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::policy) struct AppChainText {
    pub factors: Spanned<Vec<Spanned<String>>>,
    pub acr: Option<Spanned<String>>,
    pub from: Option<Spanned<String>>,
    pub before: Option<Spanned<String>>,
}
