//! Many rows at once, straight into a database of either engine: several
//! hundred to a statement, their values written out. All of them are made here,
//! so none needs quoting.

use crate::{Failed, engine::Engine};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection as _, PgConnection, SqliteConnection,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{fmt::Write as _, str::FromStr};

/// Rows of one statement.
const ROWS: usize = 500;

/// A connection that checks and syncs nothing: what is half filled is thrown
/// away.
pub enum Bulk {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Bulk {
    /// Connects.
    ///
    /// # Errors
    /// The database cannot be had.
    pub async fn open(engine: &Engine, url: &str) -> Result<Self, Failed> {
        Ok(match engine {
            Engine::Sqlite => Self::Sqlite(
                SqliteConnectOptions::from_str(url)?
                    .journal_mode(SqliteJournalMode::Off)
                    .synchronous(SqliteSynchronous::Off)
                    .foreign_keys(false)
                    .pragma("cache_size", "-1000000")
                    .disable_statement_logging()
                    .connect()
                    .await?,
            ),
            Engine::Postgres(_) => {
                let options = PgConnectOptions::from_str(url)?;
                let mut open = Self::Postgres(options.disable_statement_logging().connect().await?);
                open.run("SET synchronous_commit = off".to_owned()).await?;
                // Whom a row refers to is there; asking a million times is not.
                open.run("SET session_replication_role = replica".to_owned())
                    .await?;
                open
            }
        })
    }

    /// Runs a statement.
    ///
    /// # Errors
    /// The database could not.
    pub async fn run(&mut self, sql: String) -> Result<(), Failed> {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql));
        match self {
            Self::Sqlite(c) => sql.execute(c).await.map(drop)?,
            Self::Postgres(c) => sql.execute(c).await.map(drop)?,
        }
        Ok(())
    }

    /// How the engine writes bytes.
    pub const fn bytes(&self) -> Bytes {
        Bytes(match self {
            Self::Sqlite(_) => "X'",
            Self::Postgres(_) => "'\\x",
        })
    }

    /// Puts rows into a table; `row` writes the values of one.
    ///
    /// # Errors
    /// The database could not.
    pub async fn insert(
        &mut self,
        into: &str,
        rows: impl IntoIterator<Item = String>,
    ) -> Result<(), Failed> {
        eprintln!("  {} …", into.split(' ').next().unwrap_or_default());
        self.run("BEGIN".to_owned()).await?;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut sql = format!("INSERT INTO {into} VALUES ");
            for (n, row) in rows.by_ref().take(ROWS).enumerate() {
                let comma = if n == 0 { "" } else { "," };
                let _ = write!(sql, "{comma}({row})");
            }
            self.run(sql).await?;
        }
        self.run("COMMIT".to_owned()).await
    }

    /// Lets the engine look at what it has, as it does by itself after a while.
    ///
    /// # Errors
    /// The database could not.
    pub async fn end(mut self) -> Result<(), Failed> {
        if matches!(self, Self::Postgres(_)) {
            self.run("VACUUM (ANALYZE)".to_owned()).await?;
            self.run("CHECKPOINT".to_owned()).await?;
        }
        match self {
            Self::Sqlite(c) => c.close().await?,
            Self::Postgres(c) => c.close().await?,
        }
        Ok(())
    }
}

/// How an engine writes bytes: the beginning of such a value.
#[derive(Clone, Copy, Debug)]
pub struct Bytes(&'static str);

impl Bytes {
    /// Writes some.
    pub fn write(self, bytes: &[u8]) -> String {
        let mut text = self.0.to_owned();
        for byte in bytes {
            // Writing into a `String` does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\'');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn bytes_are_written_for_their_engine() {
        assert_eq!(Bytes("X'").write(&[0, 255]), "X'00ff'");
        assert_eq!(Bytes("'\\x").write(&[16]), r"'\x10'");
    }
}
