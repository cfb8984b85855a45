//! The statements, compiled for PostgreSQL.

/// The engine.
pub type Db = sqlx::Postgres;
/// A connection of it.
pub type Connection = sqlx::PgConnection;
/// Claims rows of a queue beside other nodes.
pub const SKIP_LOCKED: &str = "FOR UPDATE SKIP LOCKED";
/// Lets one node at a time seal the trail, until its transaction ends.
pub const SEAL_ALONE: Option<&str> =
    Some("SELECT pg_advisory_xact_lock(hashtextextended('rekey_audit', 0))");
/// Tells other nodes that something moved; heard when the transaction commits.
pub const TELL_NODES: Option<&str> = Some("SELECT pg_notify('rekey_board', $1)");

#[path = "sql/mod.rs"]
pub mod sql;
