//! `[[applications]]`, as it is written.

use super::BothText;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::policy) struct ApplicationText {
    pub id: Spanned<String>,
    pub name: Spanned<BothText>,
    pub url: Spanned<String>,
    pub redirect_uris: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<Spanned<String>>,
    pub backchannel_logout_uri: Option<Spanned<String>>,
    pub client: Spanned<ClientKind>,
    #[serde(default)]
    pub secret_sha256: Vec<Spanned<String>>,
    pub signing: Option<Spanned<String>>,
    pub scopes: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub consent: bool,
    pub chains: Option<Spanned<Vec<AppChainText>>>,
    pub since: Option<Spanned<String>>,
}

/// Whether an application can keep a secret (RFC 6749, 2.1). It is said and not read
/// off a secret that is there, so that one that was forgotten opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::policy) enum ClientKind {
    Confidential,
    Public,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::policy) struct AppChainText {
    pub factors: Spanned<Vec<Spanned<String>>>,
    pub acr: Option<Spanned<String>>,
}
