//! Invitations that come in.

use super::{
    part_context,
    work::{Step, Work, finish},
};
use crate::{Fact, Failure, infra::people_csv::Row, invite};
use domain::{refusal::Code, screen::ReportLine};

/// Rows of one chunk: few enough that a sign-in does not notice the transaction
/// on a database with one writer.
const CHUNK: usize = 25;

/// Invites the next rows, and notes those that are left out.
pub(super) async fn chunk(work: &mut Work<'_>, rows: &[Row]) -> Result<Step, Failure> {
    let done = usize::try_from(work.transfer.done).unwrap_or(usize::MAX);
    let from = done.min(rows.len());
    let to = (from + CHUNK).min(rows.len());
    let (before, after) = (work.transfer.done, i64::try_from(to).unwrap_or(i64::MAX));
    let id = &work.transfer.id;
    let mut fact = Fact::begin(work.ctx()).await?;
    let ours = fact
        .tx()
        .transfer_advance(id, before, after, "", work.claimed_until());
    if !ours.await? {
        return Ok(Step::Over);
    }
    let mut report = Vec::new();
    for row in &rows[from..to] {
        let (what, why) = match &row.result {
            Ok(invitee) => {
                let done = invite::invite(&mut fact, &work.transfer.starter, invitee).await?;
                let Err(code) = done else { continue };
                // Who is there already is no mistake.
                let why = (code != Code::AlreadyThere).then_some(code);
                (invitee.email.as_str().to_owned(), why)
            }
            Err((code, what)) => (what.clone(), Some(code.clone())),
        };
        report.push(ReportLine {
            row: row.line,
            what,
            why,
        });
    }
    if !report.is_empty() {
        let plain = serde_json::to_vec(&report).map_err(|e| Failure::unavailable(&e))?;
        let services = work.services;
        let context = part_context(id, before);
        let sealed = services.vault.seal(&context, &plain, &services.random);
        fact.tx().transfer_part_insert(id, before, &sealed).await?;
        let skipped = i64::try_from(report.len()).unwrap_or(i64::MAX);
        fact.tx().transfer_skip(id, skipped).await?;
    }
    let over = to == rows.len();
    if over {
        finish(&mut fact, &work.transfer, None).await?;
    }
    fact.commit().await?;
    work.transfer.done = after;
    Ok(if over { Step::Over } else { Step::On })
}
