//! People and audit entries that go out: a page of rows is a piece of the file.

use super::{
    part_context, trail_lines,
    work::{Step, Work, finish},
};
use crate::{Fact, Failure, infra::csv_lines, people};
use domain::trail::Filter;

/// Rows of one chunk: what is in memory at a time, however many there are.
const PAGE: i64 = 500;

/// The next rows.
struct Piece {
    text: String,
    rows: usize,
    /// The key of the last one.
    reached: String,
    /// All rows, where they were counted just now.
    total: Option<i64>,
}

/// The next people, by id: whoever is renamed meanwhile is in the file once.
pub(super) async fn people(work: &mut Work<'_>) -> Result<Step, Failure> {
    let transfer = &work.transfer;
    let mut conn = work.services.store.read().await?;
    let total = match transfer.total {
        None => Some(conn.people_count(&transfer.realm).await?),
        Some(_) => None,
    };
    let page = conn
        .people_after(&transfer.realm, &transfer.reached, PAGE)
        .await?;
    drop(conn);
    let piece = Piece {
        text: csv_lines::lines(page.iter().map(people::cells)),
        rows: page.len(),
        reached: page
            .last()
            .map_or_else(String::new, |last| last.id.as_str().to_owned()),
        total,
    };
    keep(work, piece).await
}

/// The next entries, newest first. Those that come meanwhile are newer than the
/// first one and not among them.
pub(super) async fn audit(work: &mut Work<'_>, filter: &Filter) -> Result<Step, Failure> {
    let transfer = &work.transfer;
    let before = (!transfer.reached.is_empty()).then_some(transfer.reached.as_str());
    let mut conn = work.services.store.read().await?;
    let page = conn
        .trail_page(&transfer.realm, filter, before, PAGE)
        .await?;
    drop(conn);
    let piece = Piece {
        text: trail_lines::rows(transfer.format, &page, transfer.done > 0),
        rows: page.len(),
        reached: page
            .last()
            .map_or_else(String::new, |last| last.entry.id.clone()),
        total: None,
    };
    keep(work, piece).await
}

async fn keep(work: &mut Work<'_>, piece: Piece) -> Result<Step, Failure> {
    let rows = i64::try_from(piece.rows).unwrap_or(i64::MAX);
    let (id, before) = (&work.transfer.id, work.transfer.done);
    let services = work.services;
    let sealed = (rows > 0).then(|| {
        let context = part_context(id, before);
        let plain = piece.text.as_bytes();
        services.vault.seal(&context, plain, &services.random)
    });
    let over = rows < PAGE;
    let mut fact = Fact::begin(work.ctx()).await?;
    let ours = fact.tx().transfer_advance(
        id,
        before,
        before + rows,
        &piece.reached,
        work.claimed_until(),
    );
    if !ours.await? {
        return Ok(Step::Over);
    }
    if let Some(sealed) = sealed {
        fact.tx().transfer_part_insert(id, before, &sealed).await?;
    }
    if let Some(total) = piece.total {
        fact.tx().transfer_total(id, total).await?;
    }
    if over {
        finish(&mut fact, &work.transfer, None).await?;
    }
    fact.commit().await?;
    work.transfer.done = before + rows;
    work.transfer.total = work.transfer.total.or(piece.total);
    work.transfer.reached = piece.reached;
    Ok(if over { Step::Over } else { Step::On })
}
