//! What an application may know of its person (OpenID Connect Core 1.0, 5.3).

use super::provider;
use crate::{Failure, Services, request::token_hash};
use domain::{FactorKind, oidc::Scope};
use serde_json::{Value, json};

/// The claims that an access token opens; `None` where it opens nothing (any more).
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, or the database could not.
pub async fn userinfo(
    services: &Services,
    slug: &str,
    token: &str,
) -> Result<Option<Value>, Failure> {
    let realm = provider(services, slug).await?;
    let hash = token_hash(token);
    let now = services.now();
    let mut conn = services.store.read().await?;
    let found = conn.oidc_access(&hash, &realm.slug, now).await?;
    // An application that was taken out of the policy hears nothing more.
    let Some((who, client, scope)) = found else {
        return Ok(None);
    };
    let Some(app) = realm.application(&client) else {
        return Ok(None);
    };
    let mut scopes = Scope::split(&scope);
    scopes.retain(|scope| app.scopes.contains(scope));
    let mut claims = json!({ "sub": who.id.as_str() });
    if scopes.contains(&Scope::Profile) {
        claims["name"] = json!(who.called());
        claims["preferred_username"] = json!(who.login);
        claims["locale"] = json!(who.lang.code());
    }
    if scopes.contains(&Scope::Email) && !who.email.is_empty() {
        // Verified is what a code reached: an address that somebody typed into a list
        // is none that an application may find accounts by.
        let factors = conn.factors(&who.id).await?;
        let verified = factors.iter().any(|f| {
            f.kind == FactorKind::Email
                && f.disabled_at.is_none()
                && f.address.eq_ignore_ascii_case(&who.email)
        });
        claims["email"] = json!(who.email);
        claims["email_verified"] = json!(verified);
    }
    Ok(Some(claims))
}
