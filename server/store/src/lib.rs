//! All SQL of the product. Each file in `sql/` is written once and compiled for
//! both engines; [`Conn`] dispatches. Reads take a connection, changes a
//! transaction that begins immediately (a deferred one that reads and then
//! writes fails under contention on SQLite).

// The statements are compiled once per engine, by design.
#![allow(clippy::duplicate_mod)]

mod conn;
mod migrations;
mod open;
mod statements;
mod swept;

mod postgres;
mod sqlite;

pub use conn::Conn;
pub use open::{Config, Nodes, Store};
pub use swept::Swept;

/// What was put in the wrong place or could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database could not do it.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// The schema could not be brought up.
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row holds what no version of this program writes.
    #[error("row: {0}")]
    Row(&'static str),
    /// The address names no engine that we know.
    #[error("the database address starts with sqlite: or postgres:")]
    Engine,
}

impl Error {
    /// Another row with the same key is there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
    /// Two transactions met; trying again is right (R08).
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(e))
            if matches!(e.code().as_deref(), Some("40001" | "40P01" | "5" | "517")))
    }
}

/// The answer of every statement.
pub type Result<T> = std::result::Result<T, Error>;
