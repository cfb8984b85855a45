//! After an older state of the database came back: what was live in it was used, ended
//! or taken back since, as far as anybody knows, so none of it lives on (decision 0017).

use crate::{Failure, Realms, audit, infra::Random};
use domain::{
    FactorKind, Timestamp,
    audit::{Action, Event},
};
use store::Store;

/// Seconds for which an app shows a code (RFC 6238).
const STEP_SECONDS: i64 = 30;

/// What was made void.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voided {
    /// How much of each, and what it is.
    pub counts: Vec<(&'static str, u64)>,
    /// How many people kept their recovery codes, because they hold nothing else.
    pub kept: usize,
}

/// Makes everything void that was live, in one transaction with the entries of the
/// trail: one for each realm, and one for each person who kept recovery codes.
/// `because` says where the state came from.
///
/// # Errors
/// The database could not: nothing happened.
pub async fn void(
    store: &Store,
    random: &Random,
    realms: &Realms,
    because: &str,
    now: Timestamp,
) -> Result<Voided, Failure> {
    let mut tx = store.begin().await?;
    let counts = tx
        .restored_void(now.seconds().div_euclid(STEP_SECONDS), now)
        .await?;
    let kept = tx.restored_kept().await?;
    for realm in realms.iter() {
        let event = Event::to_realm(Action::Restored).because(because);
        let entry = audit::of_command_line(random, &realm.slug, &event, now);
        tx.audit_insert(&entry).await?;
    }
    for (person, realm) in &kept {
        let event = Event::done(Action::Restored, person.clone())
            .with(FactorKind::Recovery)
            .because("recovery codes stay: there is nothing else beside the password");
        let entry = audit::of_command_line(random, realm, &event, now);
        tx.audit_insert(&entry).await?;
    }
    tx.commit().await?;
    Ok(Voided {
        counts,
        kept: kept.len(),
    })
}
