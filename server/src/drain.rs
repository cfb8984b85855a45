//! How a node goes: it says that it is not ready, and takes requests for as long as a
//! balancer needs to hear that; then it takes no more, ends its streams, and those that
//! run may end; then the jobs let go of what they claimed.

use crate::{cli::Serve, start::Failed};
use sd_notify::NotifyState;
use std::time::Duration;
use store::Store;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

/// A node on its way out, or not yet.
#[derive(Debug)]
pub struct Drain {
    /// Not ready from here on, and streams end.
    told: watch::Sender<bool>,
    /// No more requests from here on.
    closed: watch::Sender<bool>,
    /// No more requests run: the jobs end, and not before, because a request may leave
    /// them something to do.
    over: watch::Sender<bool>,
    /// Between the first two.
    notice: Duration,
    /// How long requests and jobs may take to end afterwards.
    limit: Duration,
}

impl Drain {
    /// Not yet.
    pub fn new(options: &Serve) -> Self {
        Self {
            told: watch::Sender::new(false),
            closed: watch::Sender::new(false),
            over: watch::Sender::new(false),
            notice: Duration::from_secs(options.drain_seconds),
            limit: Duration::from_secs(options.drain_limit),
        }
    }

    /// Turns true when the node drains.
    pub fn told(&self) -> watch::Receiver<bool> {
        self.told.subscribe()
    }

    /// Turns true when the jobs are to end.
    pub fn over(&self) -> watch::Receiver<bool> {
        self.over.subscribe()
    }

    /// Waits for a signal, says that the node goes, and ends when no more requests are
    /// to be taken.
    pub fn begins_with(
        &self,
        signal: impl Future<Output = ()> + Send + 'static,
    ) -> impl Future<Output = ()> + Send + 'static {
        let (told, closed, notice) = (self.told.clone(), self.closed.clone(), self.notice);
        async move {
            signal.await;
            tracing::info!("draining");
            tell_systemd(NotifyState::Stopping);
            told.send_replace(true);
            sleep(notice).await;
            closed.send_replace(true);
        }
    }

    /// Serves until everything has ended, or had its time.
    ///
    /// # Errors
    /// The listener broke.
    pub async fn serve(
        &self,
        served: impl Future<Output = std::io::Result<()>>,
        mut jobs: JoinSet<()>,
        store: &Store,
    ) -> Result<(), Failed> {
        let mut closed = self.closed.subscribe();
        let overdue = async {
            // Its sender lives as long as this does.
            let _ = closed.wait_for(|closed| *closed).await;
            sleep(self.limit).await;
        };
        tokio::select! {
            result = served => result?,
            () = overdue => tracing::warn!("some requests did not end in time"),
        }
        self.over.send_replace(true);
        let ends = async { while jobs.join_next().await.is_some() {} };
        if timeout(self.limit, ends).await.is_err() {
            // What they held is free again when its lease ends.
            tracing::warn!("some jobs did not end in time");
            jobs.shutdown().await;
        }
        // A request that did not end may hold a connection still.
        let _ = timeout(self.limit, store.close()).await;
        Ok(())
    }
}

/// Tells systemd how the node is, where it wants to know.
pub fn tell_systemd(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "systemd was not told");
    }
}
