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
/// Between two looks whether it is ready.
const LOOK: Duration = Duration::from_millis(1);

/// A process.
#[derive(Debug)]
pub struct Program {
    child: Child,
    /// From its start to its first good answer.
    pub took: Duration,
}

impl Program {
    /// Starts it, and waits until `path` answers 200.
    ///
    /// # Errors
    /// It ends, or is not ready in time.
    pub async fn start(command: &mut Command, target: &Target, path: &str) -> Result<Self, Failed> {
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let begun = Instant::now();
        let child = cpu::on_measured(|| command.spawn())
            .map_err(|e| format!("{}: {e}", command.get_program().display()))?;
        let mut program = Self {
            child,
            took: Duration::ZERO,
        };
        while !is_ready(target, path).await {
            if let Some(status) = program.child.try_wait()? {
                return Err(format!("{}: {status}", command.get_program().display()).into());
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("{} is not ready", command.get_program().display()).into());
            }
            sleep(LOOK).await;
        }
        program.took = begun.elapsed();
        Ok(program)
    }

    /// Its number, by which it can be ended while it works.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The memory that is its own, in bytes; what it shares counts in parts
    /// (PSS, proc(5)).
    ///
    /// # Errors
    /// It is not there any more.
    pub fn memory(&self) -> Result<u64, Failed> {
        let of = format!("/proc/{}/smaps_rollup", self.child.id());
        let text = std::fs::read_to_string(&of).map_err(|e| format!("{of}: {e}"))?;
        Ok(pss(&text).ok_or("/proc/…/smaps_rollup does not read as proc(5) says")?)
    }

    /// The processor time that it uses while something is done.
    ///
    /// # Errors
    /// What is done fails, or the program ended meanwhile.
    pub async fn used<T>(
        &self,
        work: impl Future<Output = Result<T, Failed>>,
    ) -> Result<(T, Duration), Failed> {
        let id = self.child.id();
        let before = cpu::of_process(id)?;
        let done = work.await?;
        Ok((done, cpu::of_process(id)?.saturating_sub(before)))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell either way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a program said that ended by itself.
#[derive(Debug)]
pub struct Ended {
    /// On its standard output.
    pub said: String,
    /// The processor time that it used.
    pub used: Duration,
    /// From its start to its end.
    pub took: Duration,
}

/// Runs a program to its end, on the measured processor.
///
/// # Errors
/// It cannot be started, or fails.
pub fn run_to_end(command: &mut Command) -> Result<Ended, Failed> {
    let (begun, before) = (Instant::now(), cpu::of_ended()?);
    let output = cpu::on_measured(|| command.stdin(Stdio::null()).output())
        .map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    let took = begun.elapsed();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{}: {said}{error}", output.status).into());
    }
    Ok(Ended {
        said,
        used: cpu::of_ended()?.saturating_sub(before),
        took,
    })
}

/// Ends a process at once, as a power cut does: it cleans nothing up.
///
/// # Errors
/// It is not there any more.
pub fn kill(id: u32) -> Result<(), Failed> {
    let id = libc::pid_t::try_from(id)?;
    // SAFETY: kill(2) takes two numbers and touches no memory.
    let done = unsafe { libc::kill(id, libc::SIGKILL) };
    if done == 0 {
        Ok(())
    } else {
        Err(std::io::Error::last_os_error().into())
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

fn pss(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::pss;

    #[test]
    fn memory_reads_as_the_kernel_writes_it() {
        let rollup =
            "5581-7ffd [rollup]\nRss:  3012 kB\nPss:                1540 kB\nPss_Dirty: 9 kB\n";
        assert_eq!(pss(rollup), Some(1540 * 1024));
        assert_eq!(pss("Rss: 1 kB"), None);
    }
}
