//! Opening a database and bringing its schema up.

use crate::{Conn, Error, Result, migrations};
use sqlx::{
    ConnectOptions, Connection, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    path::Path,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

/// For how long a connection of PostgreSQL may lie about without being asked whether the
/// other side is still there.
const ASKED_AGAIN: Duration = Duration::from_secs(1);

/// How many stores in memory were opened: no two share a name.
static IN_MEMORY: AtomicU64 = AtomicU64::new(0);

/// Which database, and how many connections.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sqlite:FILE`, `sqlite::memory:` or `postgres://…`.
    pub url: String,
    /// Connections that read (SQLite) or all of them (PostgreSQL).
    pub connections: u32,
}

impl Config {
    /// A mark of this version's schema on the engine: another one wherever a
    /// migration is another, so that who keeps a filled database knows when to
    /// fill anew.
    ///
    /// # Errors
    /// Unknown engine.
    pub fn schema(&self) -> Result<String> {
        let migrator = if self.is_sqlite() {
            migrations::sqlite()
        } else if self.is_postgres() {
            migrations::postgres()
        } else {
            return Err(Error::Engine);
        };
        let mark = migrator
            .iter()
            .flat_map(|step| step.checksum.iter())
            // FNV-1a: nothing but a name comes of it.
            .fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| {
                (mark ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Ok(format!("{mark:016x}"))
    }

    /// The newest step of the schema that this program knows.
    ///
    /// # Errors
    /// Unknown engine.
    pub fn newest(&self) -> Result<i64> {
        let migrator = if self.is_sqlite() {
            migrations::sqlite()
        } else if self.is_postgres() {
            migrations::postgres()
        } else {
            return Err(Error::Engine);
        };
        Ok(migrator.iter().map(|step| step.version).max().unwrap_or(0))
    }

    /// The embedded engine.
    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres:") || self.url.starts_with("postgresql:")
    }
}

/// The database of a node.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    /// One connection writes, so no writer ever waits for a lock it cannot get.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
        /// The writing connection failed to begin or to commit: nobody knows what state it
        /// is in, so it is closed before the next use.
        broken: Arc<AtomicBool>,
    },
    Postgres(PgPool),
}

/// What other nodes tell.
pub struct Nodes(PgListener);

impl Nodes {
    /// Waits until one of them, or this one, told something; gives the topic.
    ///
    /// # Errors
    /// The database cannot be reached; ask for a new listener.
    pub async fn told(&mut self) -> Result<String> {
        Ok(self.0.recv().await?.payload().to_owned())
    }
}

impl Store {
    /// Opens the database; makes the file where it is missing.
    ///
    /// # Errors
    /// Unknown engine, or the database cannot be reached.
    pub async fn open(config: &Config) -> Result<Self> {
        let url = config.url.as_str();
        if config.is_sqlite() {
            let memory = url.contains(":memory:");
            // Each store in memory is a database of its own, and lives as long
            // as its writer does.
            let number = IN_MEMORY.fetch_add(1, Ordering::Relaxed);
            let name = format!("file:rekey-{number}?mode=memory&cache=shared");
            let options = if memory {
                SqliteConnectOptions::from_str(&name)?.shared_cache(true)
            } else {
                SqliteConnectOptions::from_str(url)?
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
            };
            let options = options
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .disable_statement_logging();
            let pool = |most: u32| {
                SqlitePoolOptions::new()
                    .max_connections(most)
                    .min_connections(1)
                    // A file does not go away: asking it before each use was a
                    // sixth of all thread switches of a sign-in.
                    .test_before_acquire(false)
                    .idle_timeout(None)
                    .max_lifetime(None)
                    .acquire_timeout(Duration::from_secs(10))
            };
            let broken = Arc::new(AtomicBool::new(false));
            let flag = Arc::clone(&broken);
            let writer = if memory {
                // The database goes with the connection, and no disk is full there.
                pool(1)
            } else {
                pool(1).before_acquire(move |_, _| {
                    let is_whole = !flag.swap(false, Ordering::SeqCst);
                    Box::pin(async move { Ok(is_whole) })
                })
            };
            let write = writer.connect_with(options.clone()).await?;
            // A shared cache locks tables against its own readers: in memory
            // the writer reads too.
            let read = if memory {
                write.clone()
            } else {
                pool(config.connections.max(1))
                    .connect_with(options)
                    .await?
            };
            return Ok(Self {
                engine: Engine::Sqlite {
                    write,
                    read,
                    broken,
                },
            });
        }
        if config.is_postgres() {
            let options = PgConnectOptions::from_str(url)?.disable_statement_logging();
            let pool = PgPoolOptions::new()
                .max_connections(config.connections.max(2))
                .acquire_timeout(Duration::from_secs(10))
                // A connection is asked when it comes back; whether it is still there
                // is worth a second question only after it lay about.
                .test_before_acquire(false)
                .before_acquire(|connection, about| {
                    Box::pin(async move {
                        if about.idle_for >= ASKED_AGAIN {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .connect_with(options)
                .await?;
            return Ok(Self {
                engine: Engine::Postgres(pool),
            });
        }
        Err(Error::Engine)
    }

    /// Brings the schema up to this version; safe beside other nodes.
    ///
    /// # Errors
    /// The schema is newer than this program, or a step failed.
    pub async fn migrate(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite { write, .. } => migrations::sqlite().run(write).await?,
            Engine::Postgres(pool) => migrations::postgres().run(pool).await?,
        }
        Ok(())
    }

    /// The newest step of the schema that was taken here; `None` before the first.
    ///
    /// # Errors
    /// The database could not.
    pub async fn schema(&self) -> Result<Option<i64>> {
        let sql = "SELECT MAX(version) FROM _sqlx_migrations";
        let found = match &self.engine {
            Engine::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await,
            Engine::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
        };
        match found {
            // There is no such table before the first step.
            Err(sqlx::Error::Database(_)) => Ok(None),
            other => Ok(other?),
        }
    }

    /// Writes a copy of one moment into a new file, beside running nodes (SQLite).
    ///
    /// # Errors
    /// [`Error::Engine`] on PostgreSQL; the file is there already, or cannot be written.
    pub async fn copy_into(&self, file: &Path) -> Result<()> {
        let Engine::Sqlite { read, .. } = &self.engine else {
            return Err(Error::Engine);
        };
        let name = file.to_str().ok_or(Error::Row("the name of the copy"))?;
        sqlx::query("VACUUM INTO $1")
            .bind(name)
            .execute(read)
            .await?;
        Ok(())
    }

    /// A connection that reads.
    ///
    /// # Errors
    /// None is free in time.
    pub async fn read(&self) -> Result<Conn> {
        Ok(match &self.engine {
            Engine::Sqlite { read, .. } => Conn::SqliteRead(read.acquire().await?),
            Engine::Postgres(pool) => Conn::PostgresRead(pool.acquire().await?),
        })
    }

    /// A transaction. What it did is lost unless [`Conn::commit`] is called.
    ///
    /// # Errors
    /// None is free in time.
    pub async fn begin(&self) -> Result<Conn> {
        Ok(match &self.engine {
            Engine::Sqlite { write, broken, .. } => {
                let begun = match write.begin_with("BEGIN IMMEDIATE").await {
                    Ok(begun) => begun,
                    // A transaction before this one could not be rolled back, or the disk is
                    // full: once more on a new connection.
                    Err(_) => {
                        broken.store(true, Ordering::SeqCst);
                        let again = write.begin_with("BEGIN IMMEDIATE").await;
                        again.inspect_err(|_| broken.store(true, Ordering::SeqCst))?
                    }
                };
                Conn::SqliteWrite(begun, Arc::clone(broken))
            }
            Engine::Postgres(pool) => Conn::PostgresWrite(pool.begin().await?),
        })
    }

    /// Hears what other nodes tell ([`Conn::tell_nodes`]); `None` on SQLite, where
    /// there is one node.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn nodes(&self) -> Result<Option<Nodes>> {
        Ok(match &self.engine {
            Engine::Sqlite { .. } => None,
            Engine::Postgres(pool) => {
                let mut listener = PgListener::connect_with(pool).await?;
                listener.listen("rekey_board").await?;
                Some(Nodes(listener))
            }
        })
    }

    /// The engine's name, for `--version`, metrics and logs.
    pub const fn engine(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite { .. } => "sqlite",
            Engine::Postgres(_) => "postgres",
        }
    }

    /// Closes every connection; on SQLite the journal is folded in.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}
