//! The statements, compiled for SQLite.

/// The engine.
pub type Db = sqlx::Sqlite;
/// A connection of it.
pub type Connection = sqlx::SqliteConnection;
/// Claims rows of a queue: one writer, so nothing to skip.
pub const SKIP_LOCKED: &str = "";
/// Lets one node at a time seal the trail: there is one.
pub const SEAL_ALONE: Option<&str> = None;
/// Tells other nodes that something moved: on SQLite there are none.
pub const TELL_NODES: Option<&str> = None;

#[path = "sql/mod.rs"]
pub mod sql;
