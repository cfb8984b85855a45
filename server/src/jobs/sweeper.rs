//! Clearing what is too old. Nothing depends on it: expiry is judged at use.

use super::pause;
use flows::Services;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Runs until the node drains.
pub async fn run(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    while pause(&mut stop, Duration::from_secs(300)).await {
        if let Err(error) = sweep(&services).await {
            tracing::warn!(%error, "sweeping failed");
        }
    }
}

async fn sweep(services: &Services) -> store::Result<()> {
    let mut tx = services.store.begin().await?;
    tx.ceremonies_sweep(services.now()).await?;
    tx.commit().await
}
