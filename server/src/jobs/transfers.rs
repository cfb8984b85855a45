//! Imports and exports: chunk by chunk, beside the requests. A transfer that this
//! node lets go when it drains is taken up by another one, or after the restart.

use flows::{Services, transfers};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Chunks of one turn: a second or two.
const CHUNKS: usize = 20;

/// Runs until the node drains.
pub async fn run(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    loop {
        let stops = stop.clone();
        // What failed was logged; its claim ends by itself.
        let busy = transfers::turn(&services, CHUNKS, || *stops.borrow()).await;
        if *stop.borrow() {
            return;
        }
        if matches!(busy, Ok(true)) {
            continue;
        }
        tokio::select! {
            () = services.transfer_bell.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            _ = stop.changed() => return,
        }
    }
}
