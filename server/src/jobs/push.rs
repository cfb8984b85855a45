//! Sending what wakes a phone: one short message to the push service of its browser.

use courier::{
    SendError,
    push::{Allowed, PushFailure, Sender, Subscription, Topic, Urgency, VapidKey},
};
use domain::{ids::FactorId, message::Message, paths, records::OutboxRow};
use flows::Services;
use serde_json::json;
use std::sync::Arc;

/// Sends to the push services of browsers.
pub fn sender(services: &Arc<Services>, key: VapidKey) -> Sender {
    let (clock, chance) = (Arc::clone(services), Arc::clone(services));
    Sender::new(
        key,
        Allowed::of_browsers(),
        move || clock.now(),
        move || chance.random.bytes(),
    )
}

/// Sends a message of the outbox to its phone. What the page says is not in it: the
/// page asks for that itself.
///
/// # Errors
/// Whether another try makes sense.
pub async fn send(
    services: &Services,
    push: &Sender,
    row: &OutboxRow,
    message: &Message,
) -> Result<(), SendError> {
    let later = |why: &dyn std::fmt::Display| SendError::Later(why.to_string());
    let Message::PhoneAsked {
        factor, purpose, ..
    } = message
    else {
        return Err(SendError::Never("no message for a phone".to_owned()));
    };
    let kept = flows::phone::subscription(services, factor).await;
    let Some(kept) = kept.map_err(|_| later(&"the subscription cannot be read"))? else {
        return Err(SendError::Never("the phone takes no messages".to_owned()));
    };
    let subscription =
        Subscription::parse(&kept, push.allowed()).map_err(|e| SendError::Never(e.to_string()))?;
    let payload = json!({
        "title": words::phone::asks(row.lang, *purpose),
        "body": words::phone::wake_body(row.lang),
        "url": paths::PHONE,
    });
    let left = message
        .useless_after()
        .map_or(0, |until| services.now().seconds_until(until));
    let ttl = u32::try_from(left).unwrap_or(0);
    // A newer request takes the place of one that was not delivered yet.
    let topic = Topic::new("phone");
    let payload = payload.to_string();
    let sent = push.send(
        &subscription,
        payload.as_bytes(),
        ttl,
        Urgency::High,
        topic.as_ref(),
    );
    match sent.await {
        Ok(()) => Ok(()),
        Err(PushFailure::Gone) => {
            forget(services, factor).await.map_err(|e| later(&e))?;
            Err(SendError::Never(PushFailure::Gone.to_string()))
        }
        Err(failure @ PushFailure::Later { .. }) => Err(later(&failure)),
        Err(failure) => Err(SendError::Never(failure.to_string())),
    }
}

/// The push service says that the subscription is over.
async fn forget(services: &Services, factor: &FactorId) -> store::Result<()> {
    let mut tx = services.store.begin().await?;
    if let Some((device, _)) = tx.phone_subscription(factor).await? {
        tx.phone_subscribe(&device, None).await?;
    }
    tx.commit().await
}
