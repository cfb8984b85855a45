//! One fact, one transaction.

#[cfg(test)]
mod tests;

use crate::{Failure, ceremony::Ctx};
use domain::policy::Realm;
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
    moves: bool,
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
            moves: false,
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

    /// A message lies in the outbox: its bell rings with the commit.
    pub(crate) const fn ring(&mut self) {
        self.rings = true;
    }

    /// A case moved: the board of every node rings with the commit.
    pub(crate) const fn moves(&mut self) {
        self.moves = true;
    }

    /// Makes the fact durable, and only then rings: who was woken before would
    /// find nothing and sleep on.
    ///
    /// # Errors
    /// The database could not: nothing of the fact happened.
    pub async fn commit(mut self) -> Result<(), Failure> {
        if self.moves {
            self.tx.tell_nodes().await?;
        }
        self.tx.commit().await?;
        if self.moves {
            self.ctx.services.board.ring();
        }
        if self.rings {
            self.ctx.services.outbox_bell.notify_one();
        }
        Ok(())
    }
}
