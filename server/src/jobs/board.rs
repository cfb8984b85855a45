//! What other nodes tell: something moved, so the open pages of this node look again.

use flows::Services;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Between two tries to reach a database that is gone.
const PAUSE: Duration = Duration::from_secs(5);

/// Listens until the node drains; on SQLite there is nothing to hear.
pub async fn run(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    loop {
        match services.store.nodes().await {
            Ok(None) => return,
            Ok(Some(mut nodes)) => {
                // What was told while nobody listened.
                services.board.ring_all();
                loop {
                    tokio::select! {
                        told = nodes.told() => match told {
                            Ok(topic) => services.board.ring(&topic),
                            Err(_) => break,
                        },
                        _ = stop.changed() => return,
                    }
                }
            }
            // Said by whatever else needs the database.
            Err(_) => {}
        }
        if !super::pause(&mut stop, PAUSE).await {
            return;
        }
    }
}
