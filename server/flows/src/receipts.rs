//! What the gateway tells of SMS and calls, and what only says that it comes from there.

use crate::{Fact, Failure, Request, Services, audit, ceremony::Ctx};
use domain::{
    audit::{Action, Event},
    delivery::Receipt,
    ids::RealmSlug,
    paths,
};

/// The board's topic of a message: its page follows how far it comes.
pub fn topic(message: &str) -> String {
    format!("message:{message}")
}

/// Keeps a receipt that was verified. Of a message that we do not know, and of one whose
/// end is known, nothing happens.
///
/// # Errors
/// The database could not: the gateway tells it again.
pub async fn take(services: &Services, receipt: &Receipt) -> Result<(), Failure> {
    if receipt.id.is_empty() {
        return Ok(());
    }
    let mut tx = services.store.begin().await?;
    let Some(message) = tx.outbox_receipt(receipt, services.now()).await? else {
        return Ok(());
    };
    tx.tell_nodes(&topic(&message)).await?;
    tx.commit().await?;
    services.board.ring(&topic(&message));
    Ok(())
}

/// Counts what was not signed by the gateway, or too long ago, and writes it down: the
/// first of an hour, the tenth, the hundredth and so on, so that a flood is seen in the
/// trail and does not fill it.
///
/// # Errors
/// The database could not.
pub async fn forged(services: &Services, request: &Request) -> Result<(), Failure> {
    // Who runs the portal looks into it; where nobody does, whoever comes first.
    let staff = RealmSlug::parse(paths::STAFF_REALM).and_then(|slug| services.realms.get(&slug));
    let Some(realm) = staff.or_else(|| services.realms.iter().next()) else {
        return Ok(());
    };
    let ctx = Ctx {
        services,
        request,
        realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let event = Event::refused(Action::ReceiptRefused, None);
    audit::record_seldom(&mut fact, "receipt", &event).await?;
    fact.commit().await
}
