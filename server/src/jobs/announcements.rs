//! What other nodes announced is read anew every few seconds.

use super::pause;
use flows::Services;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Runs until the node drains.
pub async fn run(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    while pause(&mut stop, Duration::from_secs(10)).await {
        let now = services.now();
        if let Err(error) = services.noticed.refresh(&services.store, now).await {
            tracing::warn!(%error, "announcements could not be read");
        }
    }
}
