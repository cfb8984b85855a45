//! Applications hear that a session ended (OpenID Connect Back-Channel Logout 1.0).

use super::pause;
use courier::backchannel::{CallError, Caller};
use flows::{
    Services,
    oidc::{self, Told},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// How many applications one claim takes; they are told one after the other, and a claim
/// holds for longer than that may take.
const BATCH: i64 = 4;

/// Runs until the node drains.
pub async fn run(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    let caller = Caller::new();
    loop {
        let stops = stop.clone();
        match tell(&services, &caller, || *stops.borrow()).await {
            Ok(told) if told > 0 && !*stop.borrow() => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "telling applications failed"),
        }
        if !pause(&mut stop, Duration::from_secs(1)).await {
            return;
        }
    }
}

/// Tells those that are to be told now, until `stops` says so, and lets go of the
/// others; gives how many.
///
/// # Errors
/// The database could not; the next round does it.
pub async fn tell(
    services: &Services,
    caller: &Caller,
    stops: impl Fn() -> bool,
) -> store::Result<usize> {
    let due = oidc::due(services, BATCH).await?;
    for one in &due {
        if stops() {
            let mut tx = services.store.begin().await?;
            tx.oidc_logout_release(&one.session, &one.client, services.now())
                .await?;
            tx.commit().await?;
            continue;
        }
        let told = match oidc::logout_token(services, one).await {
            // It wants to hear nothing.
            Ok(None) => Told::Yes,
            Ok(Some((address, token))) => {
                match caller.post(&address, "logout_token", &token).await {
                    Ok(()) => Told::Yes,
                    Err(CallError::Later(why)) => Told::Later(why.to_owned()),
                    Err(CallError::Never(why)) => Told::Never(why.to_owned()),
                }
            }
            Err(_) => Told::Later("the token could not be signed".to_owned()),
        };
        oidc::outcome(services, one, told).await?;
    }
    Ok(due.len())
}
