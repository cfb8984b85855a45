//! A database of a million people, a million cases and a million entries of the
//! audit trail, on either engine. It is filled once and kept beside this
//! program, under a name that says of which schema it is: where a migration or
//! what is filled in is another, it is filled anew and the old one goes.

mod bulk;
mod cases;
mod rows;

pub use cases::WAITING;
pub use rows::{ENTRIES, Span, entry};

use crate::{
    Failed,
    cluster::{admin, database, databases},
    engine::Engine,
    folder::{Folder, beside},
    people::People,
    portal::Start,
};
use bulk::Bulk;
use domain::{Timestamp, ids::PersonId};
use flows::audit::Head;
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use std::path::{Path, PathBuf};

/// Counted on whenever other rows are filled in.
const EDITION: u32 = 1;
/// When it was filled, in milliseconds: what the rows count back from.
const FILLED_AT: &str = "filled-at";

/// The database.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Its engine.
    pub engine: Engine,
    path: PathBuf,
    url: String,
}

impl Filled {
    /// Finds it, or fills it.
    ///
    /// # Errors
    /// The database could not, or the disk is full.
    pub async fn open(engine: &Engine) -> Result<Self, Failed> {
        let all = beside("filled")?;
        let name = name(engine)?;
        let path = all.join(&name);
        let filled = Self {
            engine: engine.clone(),
            url: url(engine, &path, &name)?,
            path,
        };
        if filled.path.exists() && filled.is_there(&name).await? {
            return Ok(filled);
        }
        filled.clear(&all).await?;
        eprintln!("Filling {} with a million people, once …", engine.name());
        // Under another name until it is whole.
        let part = all.join(format!("{name}-part"));
        let url = url(engine, &part, &format!("{name}_part"))?;
        filled.fill(&part, &url).await?;
        if let Engine::Postgres(cluster) = engine {
            let rename = format!("ALTER DATABASE {name}_part RENAME TO {name}");
            admin(cluster, &[rename]).await?;
        }
        std::fs::rename(&part, &filled.path)?;
        Ok(filled)
    }

    async fn fill(&self, part: &Path, url: &str) -> Result<(), Failed> {
        let folder = Folder::keep(part.to_owned())?;
        if let Engine::Postgres(cluster) = &self.engine {
            let make = format!("CREATE DATABASE {}", url.rsplit('/').next().unwrap_or(url));
            admin(cluster, &[make]).await?;
        }
        let people = People::within(&folder, url).await?;
        let now = people.now;
        let span = Span::until(now);
        people.release().await;
        let mut bulk = Bulk::open(&self.engine, url).await?;
        let hash = rows::fill(&mut bulk, &people, span).await?;
        bulk.end().await?;
        let head = Head::sign(
            &people.vault.audit_key(),
            i64::try_from(ENTRIES)?,
            hash,
            now,
        );
        std::fs::write(part.join("audit-head.json"), serde_json::to_string(&head)?)?;
        std::fs::write(part.join(FILLED_AT), now.millis().to_string())?;
        Ok(())
    }

    /// Whether the engine has it; on SQLite it is in the folder.
    async fn is_there(&self, name: &str) -> Result<bool, Failed> {
        match &self.engine {
            Engine::Sqlite => Ok(true),
            Engine::Postgres(cluster) => Ok(databases(cluster).await?.iter().any(|d| d == name)),
        }
    }

    /// Removes those of older schemas, and what was left half filled.
    async fn clear(&self, all: &Path) -> Result<(), Failed> {
        let ours = prefix(&self.engine);
        if let Engine::Postgres(cluster) = &self.engine {
            let old = databases(cluster).await?;
            let old = old.iter().filter(|name| name.starts_with(ours));
            let drops: Vec<_> = old.map(|name| format!("DROP DATABASE {name}")).collect();
            admin(cluster, &drops).await?;
        }
        let Ok(entries) = std::fs::read_dir(all) else {
            return Ok(());
        };
        for entry in entries {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(ours) {
                std::fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    /// Its folder, with the keys, for a portal.
    ///
    /// # Errors
    /// It is gone.
    pub fn folder(&self) -> Result<Folder, Failed> {
        Folder::keep(self.path.clone())
    }

    /// How a portal is started on it.
    pub fn start(&self, demo: bool, ready: &'static str) -> Start {
        Start {
            demo,
            database: self.database(),
            ready,
            ..Start::default()
        }
    }

    /// What `--database` says; nothing on SQLite, which is in the folder.
    pub fn database(&self) -> Option<String> {
        matches!(self.engine, Engine::Postgres(_)).then(|| self.url.clone())
    }

    /// Where SQLite has it.
    pub fn file(&self) -> PathBuf {
        self.path.join("rekey.db")
    }

    /// Puts more people into it.
    ///
    /// # Errors
    /// It cannot be opened.
    pub async fn people(&self) -> Result<People, Failed> {
        People::within(&self.folder()?, &self.url).await
    }

    /// The key of a case that waits, at a depth of the queue.
    ///
    /// # Errors
    /// The database could not.
    pub async fn key(&self, depth: i64) -> Result<(i64, String), Failed> {
        const QUEUE: &str = "SELECT due_at, id FROM desk_case WHERE waits = 1 ORDER BY due_at, id LIMIT 1 OFFSET $1";
        Ok(match &self.engine {
            Engine::Sqlite => {
                let mut open = SqliteConnection::connect(&self.url).await?;
                let query = sqlx::query_as(QUEUE).bind(depth);
                let key = query.fetch_one(&mut open).await?;
                open.close().await?;
                key
            }
            Engine::Postgres(_) => {
                let mut open = PgConnection::connect(&self.url).await?;
                let query = sqlx::query_as(QUEUE).bind(depth);
                let key = query.fetch_one(&mut open).await?;
                open.close().await?;
                key
            }
        })
    }

    /// When its rows begin and end.
    ///
    /// # Errors
    /// The folder is gone.
    pub fn span(&self) -> Result<Span, Failed> {
        let at: i64 = std::fs::read_to_string(self.path.join(FILLED_AT))?.parse()?;
        Ok(Span::until(Timestamp::from_millis(at)))
    }

    /// The agent of the service desk, who also reads the trails.
    ///
    /// # Errors
    /// The folder is gone.
    pub fn agent(&self) -> Result<PersonId, Failed> {
        Ok(self.span()?.agent(0))
    }
}

const fn prefix(engine: &Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite_",
        Engine::Postgres(_) => "postgres_",
    }
}

/// Folder and database of an engine's schema.
fn name(engine: &Engine) -> Result<String, Failed> {
    let url = match engine {
        Engine::Sqlite => "sqlite::memory:".to_owned(),
        Engine::Postgres(url) => url.clone(),
    };
    let config = store::Config {
        url,
        connections: 1,
    };
    Ok(format!("{}{}_{EDITION}", prefix(engine), config.schema()?))
}

fn url(engine: &Engine, path: &Path, name: &str) -> Result<String, Failed> {
    Ok(match engine {
        Engine::Sqlite => format!("sqlite:{}", path.join("rekey.db").display()),
        Engine::Postgres(cluster) => database(cluster, name)?,
    })
}
