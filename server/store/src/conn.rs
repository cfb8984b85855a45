//! A connection or a transaction of either engine.

use crate::Result;
use sqlx::{Postgres, Sqlite, Transaction, pool::PoolConnection};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// What statements run on.
pub enum Conn {
    /// SQLite, outside of a transaction.
    SqliteRead(PoolConnection<Sqlite>),
    /// SQLite, in a transaction; and whether the connection is good for another one.
    SqliteWrite(Transaction<'static, Sqlite>, Arc<AtomicBool>),
    /// PostgreSQL, outside of a transaction.
    PostgresRead(PoolConnection<Postgres>),
    /// PostgreSQL, in a transaction.
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The driver's own connection.
pub enum Engine<'a> {
    /// SQLite.
    Sqlite(&'a mut sqlx::SqliteConnection),
    /// PostgreSQL.
    Postgres(&'a mut sqlx::PgConnection),
}

impl Conn {
    pub(crate) fn engine(&mut self) -> Engine<'_> {
        match self {
            Self::SqliteRead(c) => Engine::Sqlite(c),
            Self::SqliteWrite(t, _) => Engine::Sqlite(t),
            Self::PostgresRead(c) => Engine::Postgres(c),
            Self::PostgresWrite(t) => Engine::Postgres(t),
        }
    }

    /// Makes a transaction's changes durable. A connection that only reads has
    /// nothing to commit.
    ///
    /// # Errors
    /// The database could not; nothing of the transaction happened.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::SqliteWrite(t, broken) => {
                let done = t.commit().await;
                done.inspect_err(|_| broken.store(true, Ordering::SeqCst))?;
            }
            Self::PostgresWrite(t) => t.commit().await?,
            Self::SqliteRead(_) | Self::PostgresRead(_) => {}
        }
        Ok(())
    }
}
