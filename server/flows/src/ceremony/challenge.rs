//! A passkey's challenge leaves its ceremony before its answer is looked at.

use super::{Ctx, Extras, Kept, Run, save};
use crate::{Failure, request::token_hash};

/// Puts the next challenge in the place of the one that is about to be
/// answered, for good: whatever the answer is worth, it is looked at once.
/// `None` when another request was faster with the ceremony (XD01).
///
/// # Errors
/// The database could not: then nothing is evaluated either.
pub async fn next_challenge<M: Kept>(
    ctx: Ctx<'_>,
    mut run: Run<M>,
    next: Extras,
) -> Result<Option<Run<M>>, Failure> {
    let Some(browser) = ctx.request.browser().map(token_hash) else {
        return Ok(None);
    };
    run.extras = next;
    let mut tx = ctx.services.store.begin().await?;
    if !save(&mut tx, ctx, &browser, &run).await? {
        return Ok(None);
    }
    tx.commit().await?;
    run.version += 1;
    Ok(Some(run))
}
