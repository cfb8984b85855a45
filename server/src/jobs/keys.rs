//! Keys that have signed tokens for long enough get a successor.

use super::pause;
use flows::{Failure, Services, oidc};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Looks every hour until the node drains.
pub async fn run(services: Arc<Services>, days: i64, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = rotate_once(&services, days).await {
            tracing::warn!(?error, "keys for applications were not looked at");
        }
        if !pause(&mut stop, Duration::from_secs(3600)).await {
            return;
        }
    }
}

/// One round: publishes a new key beside each that has signed for so many days, and gives
/// the ids.
///
/// # Errors
/// The database or the vault could not; the next round does it.
pub async fn rotate_once(services: &Services, days: i64) -> Result<Vec<String>, Failure> {
    let mut out = Vec::new();
    for realm in services.realms.iter() {
        out.extend(oidc::keys::rotate_due(services, realm, days).await?);
    }
    Ok(out)
}
