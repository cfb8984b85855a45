//! One fact, one transaction.

#[cfg(test)]
mod tests;

use crate::{Failure, ceremony::Ctx, infra::board};
use domain::{audit::Event, policy::Realm};
use store::Conn;

/// A fact about an account while it is being written: what changes, the audit
/// row that tells of it, the messages to those who must hear of it, and the
/// sessions that end with it (`security.md`, 4). All of it is in one
/// transaction: [`Self::commit`] makes the whole durable, and a fact that is
/// dropped before, by a failure or a refusal, never happened.
///
/// Audit rows go in by [`crate::audit::record`] and messages by
/// [`crate::outbox`]; both take the fact, so neither can be written outside of
/// one.
pub struct Fact<'a> {
    ctx: Ctx<'a>,
    tx: Conn,
    rings: bool,
    moves: Vec<String>,
    tells: Vec<Event>,
}

impl<'a> Fact<'a> {
    /// Begins a fact of the caller's realm.
    ///
    /// # Errors
    /// No connection is free in time.
    pub async fn begin(ctx: Ctx<'a>) -> Result<Self, Failure> {
        Ok(Self {
            ctx,
            tx: ctx.services.store.begin().await?,
            rings: false,
            moves: Vec::new(),
            tells: Vec::new(),
        })
    }

    /// Who calls, where, and with what.
    pub const fn ctx(&self) -> Ctx<'a> {
        self.ctx
    }

    /// From here on the fact speaks of another realm: what is done at one may
    /// have to be told at another.
    pub(crate) const fn turn_to(&mut self, realm: &'a Realm) {
        self.ctx.realm = realm;
    }

    /// The transaction, for the statements of the store.
    pub const fn tx(&mut self) -> &mut Conn {
        &mut self.tx
    }

    /// The trail tells of it, so an operator's figures count it with the commit.
    pub(crate) fn counts(&mut self, event: &Event) {
        self.tells.push(event.clone());
    }

    /// A message lies in the outbox: its bell rings with the commit.
    pub(crate) const fn ring(&mut self) {
        self.rings = true;
    }

    /// A case moved: the board of every node rings for the desk with the commit.
    pub(crate) fn moves(&mut self) {
        self.tells(board::DESK);
    }

    /// The board of every node rings for a topic with the commit.
    pub(crate) fn tells(&mut self, topic: &str) {
        if !self.moves.iter().any(|told| told == topic) {
            self.moves.push(topic.to_owned());
        }
    }

    /// Makes the fact durable, and only then rings: who was woken before would
    /// find nothing and sleep on.
    ///
    /// # Errors
    /// The database could not: nothing of the fact happened.
    pub async fn commit(mut self) -> Result<(), Failure> {
        for topic in &self.moves {
            self.tx.tell_nodes(topic).await?;
        }
        self.tx.commit().await?;
        for event in &self.tells {
            self.ctx.services.metrics.happened(event);
        }
        for topic in &self.moves {
            self.ctx.services.board.ring(topic);
        }
        if self.rings {
            self.ctx.services.outbox_bell.notify_one();
        }
        Ok(())
    }
}
