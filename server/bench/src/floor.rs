//! The floor: the least program that does what must be done, as a process of
//! its own. `/hello` is what HTTP costs; `/step` is HTTP and one durable
//! transaction (one update that checks and guards, one row for the trail),
//! written by one writer that commits what has queued up as a batch.

use crate::{
    Failed,
    driver::Target,
    folder::Folder,
    program::{Program, free_address},
};
use axum::{
    Form, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use clap::Args;
use serde::Deserialize;
use sqlx::{
    ConnectOptions, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{net::SocketAddr, path::PathBuf, process::Command};
use tokio::sync::{mpsc, oneshot};

/// What `/hello` says.
pub const HELLO: &str = "hello\n";
/// What `/step` says of a step that was not used before.
pub const TAKEN: &str = "taken\n";
/// Steps that one commit makes durable at most.
const BATCH: usize = 64;

/// How the floor is started.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Address to listen at
    #[arg(long)]
    pub listen: SocketAddr,
    /// File of the database
    #[arg(long)]
    pub database: PathBuf,
    /// How many people there are
    #[arg(long)]
    pub people: i64,
}

/// A floor that runs.
#[derive(Debug)]
pub struct Floor {
    /// The process.
    pub program: Program,
    /// Where it listens.
    pub target: Target,
    _folder: Folder,
}

impl Floor {
    /// Starts it with so many people.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(people: usize) -> Result<Self, Failed> {
        let folder = Folder::make()?;
        let target = Target::local(free_address()?);
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg("floor")
            .args(["--listen", &target.address.to_string()])
            .args(["--people", &people.to_string()])
            .arg("--database")
            .arg(folder.path().join("floor.db"));
        let program = Program::start(&mut command, &target, "/hello").await?;
        Ok(Self {
            program,
            target,
            _folder: folder,
        })
    }
}

/// Serves, with the runtime that the portal has.
///
/// # Errors
/// The database or the address cannot be had.
pub fn run(options: &Options) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(options))
}

async fn serve(options: &Options) -> Result<(), Failed> {
    let database = open(options).await?;
    let (steps, queue) = mpsc::channel(1024);
    tokio::spawn(async move {
        if let Err(error) = write(database, queue).await {
            eprintln!("floor: {error}");
        }
    });
    let router = Router::new()
        .route("/hello", get(async || HELLO))
        .route("/step", post(step))
        .with_state(steps);
    let listener = tokio::net::TcpListener::bind(options.listen).await?;
    axum::serve(listener, router).await?;
    Ok(())
}

/// Opens the database as the portal does, and puts everybody in.
async fn open(options: &Options) -> Result<SqliteConnection, sqlx::Error> {
    let mut database = SqliteConnectOptions::new()
        .filename(&options.database)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
        .connect()
        .await?;
    for statement in [
        "CREATE TABLE factor (id INTEGER PRIMARY KEY, last_step INTEGER NOT NULL)",
        "CREATE TABLE audit (id INTEGER PRIMARY KEY, person INTEGER NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL)",
    ] {
        sqlx::query(statement).execute(&mut database).await?;
    }
    sqlx::query(
        "WITH RECURSIVE number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < ?1) \
         INSERT INTO factor (id, last_step) SELECT n, 0 FROM number",
    )
    .bind(options.people)
    .execute(&mut database)
    .await?;
    Ok(database)
}

/// What `/step` is asked.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Wish {
    person: i64,
    step: i64,
}

/// A wish and who waits for it.
type Waiting = (Wish, oneshot::Sender<bool>);

async fn step(
    State(steps): State<mpsc::Sender<Waiting>>,
    Form(wish): Form<Wish>,
) -> Result<&'static str, StatusCode> {
    let (reply, answer) = oneshot::channel();
    let gone = StatusCode::SERVICE_UNAVAILABLE;
    steps.send((wish, reply)).await.map_err(|_| gone)?;
    match answer.await {
        Ok(true) => Ok(TAKEN),
        Ok(false) => Err(StatusCode::CONFLICT),
        Err(_) => Err(gone),
    }
}

/// The one writer: whatever waits is one transaction.
async fn write(
    mut database: SqliteConnection,
    mut queue: mpsc::Receiver<Waiting>,
) -> Result<(), sqlx::Error> {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
        let mut taken = Vec::with_capacity(batch.len());
        for (wish, _) in &batch {
            taken.push(take(&mut transaction, *wish).await?);
        }
        transaction.commit().await?;
        for ((_, reply), taken) in batch.drain(..).zip(taken) {
            // Who asked may have gone.
            let _ = reply.send(taken);
        }
    }
    Ok(())
}

async fn take(database: &mut SqliteConnection, wish: Wish) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE factor SET last_step = ?1 WHERE id = ?2 AND last_step < ?1")
        .bind(wish.step)
        .bind(wish.person)
        .execute(&mut *database)
        .await?;
    sqlx::query("INSERT INTO audit (person, action, detail) VALUES (?1, 'proof', ?2)")
        .bind(wish.person)
        .bind("a detail of forty-seven bytes, as audit rows do")
        .execute(database)
        .await?;
    Ok(done.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_step_is_taken_once() {
        let folder = Folder::make().unwrap();
        let options = Options {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            database: folder.path().join("floor.db"),
            people: 3,
        };
        let mut database = open(&options).await.unwrap();
        let mut taken = async |person, step| {
            let wish = Wish { person, step };
            take(&mut database, wish).await.unwrap()
        };
        assert!(taken(1, 7).await);
        assert!(!taken(1, 7).await);
        assert!(taken(1, 8).await);
        assert!(taken(3, 7).await);
        assert!(!taken(4, 7).await);
    }
}
