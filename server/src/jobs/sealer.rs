//! Sealing the audit trail, every second: entries get their place in the hash
//! chain, and the signed head is written beside the database.

use super::pause;
use flows::{Services, audit};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::watch;

/// Runs until the node drains; seals once more at its end.
pub async fn run(services: Arc<Services>, head: PathBuf, mut stop: watch::Receiver<bool>) {
    loop {
        seal_once(&services, &head).await;
        if !pause(&mut stop, Duration::from_secs(1)).await {
            seal_once(&services, &head).await;
            return;
        }
    }
}

/// One round. What another node sealed meanwhile is sealed.
pub async fn seal_once(services: &Services, path: &Path) {
    loop {
        match audit::seal(services, 500).await {
            Ok(Some(head)) => {
                if let Err(error) = head.write(path) {
                    tracing::error!(%error, "the head of the audit trail could not be written");
                }
            }
            Ok(None) => return,
            Err(_) => return,
        }
    }
}
