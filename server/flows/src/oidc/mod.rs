//! OpenID Connect for the applications of a realm: authorization code with PKCE and
//! nothing else (OpenID Connect Core 1.0, RFC 6749, RFC 7636, RFC 9207).
//!
//! ```text
//! authorize ─▶ (sign-in, proof, consent: `pending` waits) ─▶ resume ─▶ code
//! code ─▶ exchange ─▶ tokens ─▶ userinfo
//! proxy ─▶ forward_auth::check ─▶ (the same way to a ticket) ─▶ who is there
//! session ends ─▶ grants revoked, `backchannel` tells every application
//! ```
//!
//! What a request is and what follows from it is decided in `domain::oidc`; the routes
//! are in `server/src/oidc`.

mod authorize;
mod backchannel;
mod code;
mod end_session;
mod facts;
pub mod forward_auth;
mod jwt;
pub mod keys;
mod pending;
mod token;
mod userinfo;

pub use authorize::{Answer, Outcome, Question, authorize, choose, consent, resume};
pub use backchannel::{Told, due, logout_token, outcome};
pub use end_session::{Ending, end, end_confirmed};
pub use pending::is_pending;
pub use token::{ClientAuth, TokenError, exchange};
pub use userinfo::userinfo;

use crate::{Fact, Failure, Services, audit, ceremony::Ctx, pages::encode};
use domain::{
    audit::{Action, Event},
    ids::RealmSlug,
    oidc::{Alg, Scope, with_registered},
    policy::Realm,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Who speaks in the tokens of a realm.
pub fn issuer(services: &Services, realm: &RealmSlug) -> String {
    services.url(&format!("/{realm}"))
}

/// Where a request goes on that waited for its person.
pub fn resume_path(realm: &RealmSlug) -> String {
    format!("/{realm}/oidc/resume")
}

/// The realm with all of its applications: those of its policy, and those that its
/// administrators registered. These are asked for each time, so that every node knows of
/// a change at once.
///
/// # Errors
/// The database could not.
pub async fn with_applications(
    services: &Services,
    realm: Arc<Realm>,
) -> Result<Arc<Realm>, Failure> {
    let mut conn = services.store.read().await?;
    let registered = conn.applications_of(&realm.slug).await?;
    if registered.is_empty() {
        return Ok(realm);
    }
    Ok(Arc::new(with_registered(&realm, &registered)))
}

/// The realm, where it has applications: otherwise there is no provider.
///
/// # Errors
/// [`Failure::NotFound`], or the database could not.
pub async fn provider(services: &Services, slug: &str) -> Result<Arc<Realm>, Failure> {
    let realm = with_applications(services, services.realm(slug)?).await?;
    if realm.applications.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok(realm)
}

/// What clients read first (OpenID Connect Discovery 1.0, 3).
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn discovery(services: &Services, slug: &str) -> Result<Value, Failure> {
    let realm = provider(services, slug).await?;
    let issuer = issuer(services, &realm.slug);
    let at = |what: &str| format!("{issuer}/oidc/{what}");
    let mut acr: Vec<&str> = Vec::new();
    for chain in realm.applications.iter().flat_map(|a| &a.chains) {
        if !acr.contains(&chain.acr.as_str()) {
            acr.push(&chain.acr);
        }
    }
    Ok(json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "end_session_endpoint": at("logout"),
        "scopes_supported": Scope::ALL.map(Scope::name),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "acr_values_supported": acr,
        "subject_types_supported": ["public"],
        // Of both there is a key, whoever uses it: clients that know nothing newer read RS256
        // off this list (OpenID Connect Discovery 1.0, 3).
        "id_token_signing_alg_values_supported": Alg::ALL.map(Alg::name),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
        "claim_types_supported": ["normal"],
        "claims_supported": [
            "iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "nonce", "acr", "amr",
            "at_hash", "sid", "name", "preferred_username", "locale", "email", "email_verified"
        ],
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "ui_locales_supported": ["en", "de"],
        "authorization_response_iss_parameter_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
    }))
}

/// Writes down a request that no application of ours makes, seldom where there are many.
async fn note_refused(ctx: Ctx<'_>, why: &str) -> Result<(), Failure> {
    let mut fact = Fact::begin(ctx).await?;
    let event = Event::refused(Action::ApplicationRefused, None).because(why);
    audit::record_seldom(&mut fact, why, &event).await?;
    fact.commit().await
}

/// An address with more parameters behind it.
fn with_query(address: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = address.to_owned();
    for (name, value) in parameters {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        out.push_str(&encode(value));
    }
    out
}
