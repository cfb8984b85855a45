//! Applications hear that a session ended (OpenID Connect Back-Channel Logout 1.0).
//! Every statement that ends a session marks whom to tell; nobody has to remember it.

use super::{issuer, jwt, keys};
use crate::{Failure, Services};
use domain::oidc::ClientSession;
use serde_json::json;
use std::sync::Arc;

/// Seconds for which a logout token works: it is sent at once (2.4: two minutes).
const LIFE: i64 = 120;
/// Tries until an application is given up: some nine hours.
const MOST_TRIES: i64 = 14;
/// Seconds for which a claim holds: longer than its applications may take.
const LEASE: i64 = 90;

/// What came of telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It knows.
    Yes,
    /// It may know later.
    Later(String),
    /// It never will.
    Never(String),
}

/// Claims applications that are to be told now, at most `limit`.
///
/// # Errors
/// The database could not.
pub async fn due(services: &Services, limit: i64) -> store::Result<Vec<ClientSession>> {
    let now = services.now();
    // A look before the claim, so that an idle node does not write.
    match services.store.read().await?.oidc_logout_next().await? {
        Some(next) if next <= now => {}
        _ => return Ok(Vec::new()),
    }
    let mut tx = services.store.begin().await?;
    let claimed = tx.oidc_logout_claim(limit, LEASE, now).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Where to tell it, and with which token; `None` for who wants to hear nothing.
///
/// # Errors
/// The database or the vault could not.
pub async fn logout_token(
    services: &Services,
    due: &ClientSession,
) -> Result<Option<(String, String)>, Failure> {
    let Some(realm) = services.realms.get(&due.realm) else {
        return Ok(None);
    };
    let realm = &super::with_applications(services, Arc::clone(realm)).await?;
    let Some(app) = realm.application(&due.client) else {
        return Ok(None);
    };
    let Some(uri) = &app.backchannel_logout_uri else {
        return Ok(None);
    };
    let signer = keys::signer(services, realm, app.signing).await?;
    let now = services.now();
    let claims = json!({
        "iss": issuer(services, &realm.slug), "aud": app.id, "iat": now.seconds(),
        "exp": now.plus_seconds(LIFE).seconds(), "jti": services.id(),
        "sub": due.person.as_str(), "sid": due.session.as_str(),
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    let token = jwt::sign(&signer, jwt::Typ::Logout, &claims);
    Ok(Some((uri.clone(), token)))
}

/// Writes down what came of it.
///
/// # Errors
/// The database could not.
pub async fn outcome(services: &Services, due: &ClientSession, told: Told) -> store::Result<()> {
    let (now, session, client) = (services.now(), &due.session, due.client.as_str());
    let mut tx = services.store.begin().await?;
    match told {
        Told::Yes => tx.oidc_logout_told(session, client, now).await?,
        Told::Later(why) if due.attempts < MOST_TRIES => {
            let pause = (5_i64 << due.attempts.clamp(0, 10)).min(3600);
            let next = now.plus_seconds(pause);
            tx.oidc_logout_later(session, client, &why, next).await?;
        }
        Told::Later(why) | Told::Never(why) => {
            tracing::warn!(client, "an application does not hear that a session ended");
            tx.oidc_logout_dead(session, client, &why, now).await?;
        }
    }
    tx.commit().await
}
