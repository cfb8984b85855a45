//! The worker's side: one is claimed, comes a few chunks further, and is let go.

use super::{
    count, export, import, input_context,
    start::{Input, What},
};
use crate::{
    Fact, Failure, Request, Services, audit,
    ceremony::Ctx,
    infra::people_csv::{self, Row},
    invite,
};
use domain::{
    Timestamp,
    audit::{Action, Event},
    policy::Realm,
    trail::Filter,
    transfer::{Transfer, TransferFault, TransferState},
};
use std::sync::Arc;

/// How long a claim holds, in seconds; far longer than one chunk takes.
const LEASE: i64 = 60;
/// Claims in which a transfer may come no further; then it is given up.
const MOST_TRIES: i64 = 5;

/// What a chunk led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// There is more to do.
    On,
    /// It is over, or another worker has it.
    Over,
}

/// A transfer under way.
pub(super) struct Work<'a> {
    pub services: &'a Services,
    pub realm: Arc<Realm>,
    /// As the caller was who started it.
    pub request: Request,
    pub transfer: Transfer,
}

/// What it works on, opened.
enum Stock {
    Invitations(Vec<Row>),
    People,
    Audit(Filter),
}

impl Work<'_> {
    pub fn ctx(&self) -> Ctx<'_> {
        Ctx {
            services: self.services,
            request: &self.request,
            realm: &self.realm,
        }
    }

    /// Until when the claim holds that comes with the next chunk.
    pub fn claimed_until(&self) -> Timestamp {
        self.services.now().plus_seconds(LEASE)
    }

    /// Whether whoever started it may still do this: rights are read anew, as they
    /// are on every request.
    async fn is_allowed(&self) -> Result<bool, Failure> {
        let mut conn = self.services.store.read().await?;
        let starter = &self.transfer.starter;
        let who = conn.person(starter).await?;
        let grants = conn.grants(starter).await?;
        let place = self.transfer.kind.place();
        Ok(who.is_some_and(|w| w.is_enabled()) && place.opens(&grants, &self.realm.slug))
    }

    /// Gives it up; what was done stays.
    async fn give_up(&self, fault: TransferFault) -> Result<(), Failure> {
        let mut fact = Fact::begin(self.ctx()).await?;
        finish(&mut fact, &self.transfer, Some(fault)).await?;
        fact.commit().await
    }

    async fn chunk(&mut self, stock: &Stock) -> Result<Step, Failure> {
        if !self.is_allowed().await? {
            self.give_up(TransferFault::RightLost).await?;
            return Ok(Step::Over);
        }
        match stock {
            Stock::Invitations(rows) => import::chunk(self, rows).await,
            Stock::People => export::people(self).await,
            Stock::Audit(filter) => export::audit(self, filter).await,
        }
    }
}

/// Ends a transfer within the fact that holds its last chunk, or with a fault, and
/// writes it down.
pub(super) async fn finish(
    fact: &mut Fact<'_>,
    transfer: &Transfer,
    fault: Option<TransferFault>,
) -> Result<(), Failure> {
    let now = fact.ctx().services.now();
    let (action, starter) = (Action::TransferFinished, transfer.starter.clone());
    let (state, event) = match fault {
        None => (TransferState::Done, Event::done(action, starter)),
        Some(_) => (TransferState::Failed, Event::refused(action, Some(starter))),
    };
    let keep = fault.is_none() || transfer.kind.is_import();
    let ended = fact
        .tx()
        .transfer_finish(&transfer.id, state, fault, keep, now);
    if ended.await? {
        let event = event.because(summary(fact, transfer).await?);
        audit::record_worker(fact, &event).await?;
    }
    Ok(())
}

/// "people, csv, 1100 rows": for the reader of the trail.
pub(super) async fn summary(fact: &mut Fact<'_>, transfer: &Transfer) -> Result<String, Failure> {
    // As it stands in this transaction.
    let now = fact.tx().transfer(&transfer.realm, &transfer.id).await?;
    let done = now.map_or(transfer.done, |t| t.done);
    Ok(format!("{}, {} rows", transfer.about, count(done)))
}

/// One turn of a worker: claims the transfer that waited longest and does at most
/// `chunks` chunks of it, so that a short one does not wait for a long one. Ends
/// early, after a whole chunk, when `stops` says so. `false` when none waited.
///
/// # Errors
/// The database could not: the chunk did not happen, and is tried again when the
/// claim is over.
pub async fn turn(
    services: &Services,
    chunks: usize,
    stops: impl Fn() -> bool,
) -> Result<bool, Failure> {
    let now = services.now();
    // A look before the claim, so that an idle node does not write.
    if !services.store.read().await?.transfer_waits(now).await? {
        return Ok(false);
    }
    let mut tx = services.store.begin().await?;
    let claimed = tx.transfer_claim(LEASE, now).await?;
    tx.commit().await?;
    let Some((transfer, sealed)) = claimed else {
        return Ok(false);
    };
    let (id, tries) = (transfer.id.clone(), transfer.tries);
    let realm = services.realm(transfer.realm.as_str())?;
    let mut work = Work {
        services,
        realm,
        request: Request::default(),
        transfer,
    };
    if tries > MOST_TRIES {
        work.give_up(TransferFault::Stuck).await?;
        return Ok(true);
    }
    let Some((input, stock)) = open(&work, &sealed) else {
        work.give_up(TransferFault::Unreadable).await?;
        return Ok(true);
    };
    work.request = Request {
        address: input.address,
        agent: input.agent,
        ..Request::default()
    };
    for _ in 0..chunks {
        if work.chunk(&stock).await? == Step::Over {
            return Ok(true);
        }
        if stops() {
            break;
        }
    }
    let mut tx = services.store.begin().await?;
    tx.transfer_release(&id, services.now()).await?;
    tx.commit().await?;
    Ok(true)
}

fn open(work: &Work<'_>, sealed: &[u8]) -> Option<(Input, Stock)> {
    let context = input_context(&work.transfer.id);
    let plain = work.services.vault.open(&context, sealed).ok()?;
    let mut input: Input = serde_json::from_slice(&plain).ok()?;
    let stock = match &mut input.what {
        What::Invitations { csv } => {
            Stock::Invitations(people_csv::parse(csv, invite::MOST_ROWS).ok()?)
        }
        What::People => Stock::People,
        What::Audit { filter } => Stock::Audit(std::mem::take(filter)),
    };
    Some((input, stock))
}
