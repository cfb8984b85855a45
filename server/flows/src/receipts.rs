//! What the gateway tells of SMS and calls, and what only says that it comes from there.

use crate::{Fact, Failure, Request, Services, audit, ceremony::Ctx};
use domain::{
    audit::{Action, Event},
    delivery::Receipt,
    ids::RealmSlug,
    paths,
};

/// Seconds for which forged receipts are counted together.
const HOUR: i64 = 3600;

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
    let now = services.now();
    let many = fact
        .tx()
        .ration_take("receipts:forged", 1, i64::MAX / 2, HOUR, now)
        .await?
        .unwrap_or_default();
    if is_told(many) {
        let event =
            Event::refused(Action::ReceiptRefused, None).because(format!("{many} in an hour"));
        audit::record(&mut fact, None, &event).await?;
    }
    fact.commit().await
}

/// Whether so many are a line of the trail: 1, 10, 100, 1000 …
const fn is_told(mut many: i64) -> bool {
    while many > 1 && many % 10 == 0 {
        many /= 10;
    }
    many == 1
}

#[cfg(test)]
mod tests {
    use super::is_told;

    #[test]
    fn a_flood_is_a_few_lines() {
        let lines: Vec<_> = (0..=2000).filter(|n| is_told(*n)).collect();
        assert_eq!(lines, [1, 10, 100, 1000]);
    }
}
