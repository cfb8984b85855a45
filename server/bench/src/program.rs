//! A program that is measured: started on the measured processor, asked until
//! it is ready, ended with its value.

use crate::{
    Failed, cpu,
    driver::{Connection, Target},
};
use axum::http::StatusCode;
use std::{
    future::Future,
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A process.
#[derive(Debug)]
pub struct Program(Child);

impl Program {
    /// Starts it, and waits until `path` answers 200.
    ///
    /// # Errors
    /// It ends, or is not ready in time.
    pub async fn start(command: &mut Command, target: &Target, path: &str) -> Result<Self, Failed> {
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let child = cpu::on_measured(|| command.spawn())
            .map_err(|e| format!("{}: {e}", command.get_program().display()))?;
        let mut program = Self(child);
        let until = Instant::now() + PATIENCE;
        while !is_ready(target, path).await {
            if let Some(status) = program.0.try_wait()? {
                return Err(format!("{}: {status}", command.get_program().display()).into());
            }
            if Instant::now() > until {
                return Err(format!("{} is not ready", command.get_program().display()).into());
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(program)
    }

    /// The processor time that it uses while something is done.
    ///
    /// # Errors
    /// What is done fails, or the program ended meanwhile.
    pub async fn used<T>(
        &self,
        work: impl Future<Output = Result<T, Failed>>,
    ) -> Result<(T, Duration), Failed> {
        let before = cpu::of_process(self.0.id())?;
        let done = work.await?;
        Ok((done, cpu::of_process(self.0.id())?.saturating_sub(before)))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell either way.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn is_ready(target: &Target, path: &str) -> bool {
    let Ok(mut connection) = Connection::open(target).await else {
        return false;
    };
    let answer = connection.get(path, &[]).await;
    answer.is_ok_and(|answer| answer.status == StatusCode::OK)
}

/// An address of this machine that nobody listens at.
///
/// # Errors
/// There is none.
pub fn free_address() -> Result<SocketAddr, Failed> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}
