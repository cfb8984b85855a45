//! What runs beside the requests. Each job survives a failure of one round and
//! ends when the node drains.

mod announcements;
mod board;
mod keys;
mod logouts;
mod outbox;
mod push;
mod sealer;
mod sweeper;
mod transfers;

pub use keys::rotate_once;
pub use logouts::tell as tell_applications;
pub use outbox::{Carriers, round as send_once, run as send_messages};
pub use push::{send as push_once, sender as push_sender};
pub use sealer::seal_once;
pub use sweeper::sweep_once;

use flows::Services;
use std::{path::PathBuf, sync::Arc};
use tokio::{sync::watch, task::JoinSet};

/// Starts the jobs.
pub fn start(
    services: &Arc<Services>,
    carriers: Carriers,
    head: PathBuf,
    key_days: i64,
    stop: &watch::Receiver<bool>,
) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(outbox::run(Arc::clone(services), carriers, stop.clone()));
    jobs.spawn(transfers::run(Arc::clone(services), stop.clone()));
    jobs.spawn(sealer::run(Arc::clone(services), head, stop.clone()));
    jobs.spawn(announcements::run(Arc::clone(services), stop.clone()));
    jobs.spawn(board::run(Arc::clone(services), stop.clone()));
    jobs.spawn(logouts::run(Arc::clone(services), stop.clone()));
    jobs.spawn(keys::run(Arc::clone(services), key_days, stop.clone()));
    jobs.spawn(sweeper::run(Arc::clone(services), stop.clone()));
    jobs
}

/// Waits, and says whether to go on.
pub(crate) async fn pause(stop: &mut watch::Receiver<bool>, how_long: std::time::Duration) -> bool {
    tokio::select! {
        () = tokio::time::sleep(how_long) => !*stop.borrow(),
        _ = stop.changed() => false,
    }
}
