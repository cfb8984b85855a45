//! Clearing what is too old. Nothing depends on it: expiry is judged at use.

use super::pause;
use domain::transfer::{FILE_SECONDS, LISTED_SECONDS};
use flows::Services;
use std::{sync::Arc, time::Duration};
use store::Swept;
use tokio::sync::watch;

/// Rows that one transaction removes: a few milliseconds of the one writer of SQLite.
const BATCH: u64 = 500;
/// Batches of one table in one round: what a flood of strangers left is cleared over some
/// rounds, beside everything else.
const BATCHES: u32 = 40;

/// Runs until the node drains.
pub async fn run(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    while pause(&mut stop, Duration::from_secs(30)).await {
        if let Err(error) = sweep_once(&services).await {
            tracing::warn!(%error, "sweeping failed");
        }
        if let Err(error) = flows::approval::remind::round(&services).await {
            tracing::warn!(?error, "requests to managers were not looked at");
        }
    }
}

/// One round.
///
/// # Errors
/// The database could not; the next round does it.
pub async fn sweep_once(services: &Services) -> store::Result<()> {
    let now = services.now();
    let mut tx = services.store.begin().await?;
    tx.ceremonies_sweep(now).await?;
    // A week of them is counted.
    tx.emergencies_sweep(now.plus_seconds(-30 * 86_400)).await?;
    // A day of them is.
    tx.caller_checks_sweep(now.plus_seconds(-2 * 86_400))
        .await?;
    tx.phone_requests_sweep(now.plus_seconds(-2 * 86_400))
        .await?;
    // The longest is that of a day.
    tx.rations_sweep(now.plus_seconds(-2 * 86_400)).await?;
    // Families of refresh tokens live for 90 of these days.
    tx.oidc_sweep(now.plus_seconds(-100 * 86_400), now.plus_seconds(-86_400))
        .await?;
    let (files, rows) = (
        now.plus_seconds(-FILE_SECONDS),
        now.plus_seconds(-LISTED_SECONDS),
    );
    tx.transfers_sweep(files, rows).await?;
    tx.commit().await?;
    for what in Swept::ALL {
        sweep_table(services, what).await?;
    }
    Ok(())
}

/// Removes what is over in a table, batch by batch. Two nodes may do it at once: a row goes
/// once.
async fn sweep_table(services: &Services, what: Swept) -> store::Result<()> {
    let before = services.now().plus_seconds(-86_400 * what.days());
    for _ in 0..BATCHES {
        let mut tx = services.store.begin().await?;
        let gone = tx
            .sweep(what, before, i64::try_from(BATCH).unwrap_or(i64::MAX))
            .await?;
        tx.commit().await?;
        services.metrics.swept(what.table(), gone);
        if gone < BATCH {
            break;
        }
    }
    Ok(())
}
