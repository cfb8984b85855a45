//! Processors: who runs where, and how much of one was used.

use crate::Failed;
use std::{io, time::Duration};

/// The processor of what is measured.
pub const MEASURED: usize = 0;
/// The processor of the driver.
pub const DRIVER: usize = 1;
/// The load average above which a run is marked as noisy.
pub const QUIET: f64 = 0.5;

/// Keeps the calling thread, and what it starts from now on, on one processor.
///
/// # Errors
/// There is no such processor, or not for this process.
pub fn pin(processor: usize) -> io::Result<()> {
    // SAFETY: a `cpu_set_t` is an array of bits, for which zeros are a value;
    // sched_setaffinity(2) reads it and keeps nothing of it.
    let done = unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        libc::CPU_SET(processor, &mut set);
        libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &raw const set)
    };
    if done == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Starts something on the measured processor and comes back to the driver's:
/// what is started inherits where its starter was.
pub fn on_measured<T>(start: impl FnOnce() -> T) -> T {
    // Said once, in `main`: on one processor both share it.
    let _ = pin(MEASURED);
    let started = start();
    let _ = pin(DRIVER);
    started
}

/// The processor time of a process, with all threads that it ever had.
///
/// # Errors
/// It is not there any more.
pub fn of_process(id: u32) -> Result<Duration, Failed> {
    time(&std::fs::read_to_string(format!("/proc/{id}/stat"))?)
}

/// The processor time of the calling thread.
///
/// # Errors
/// There is no `/proc`.
pub fn of_this_thread() -> Result<Duration, Failed> {
    time(&std::fs::read_to_string("/proc/thread-self/stat")?)
}

/// The processor time of all programs that this one started and saw end.
///
/// # Errors
/// The kernel does not say.
pub fn of_ended() -> Result<Duration, Failed> {
    // SAFETY: a `rusage` is numbers, for which zeros are a value; getrusage(2)
    // writes it and keeps nothing of it.
    let (done, used) = unsafe {
        let mut used: libc::rusage = std::mem::zeroed();
        let done = libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut used);
        (done, used)
    };
    if done != 0 {
        return Err(io::Error::last_os_error().into());
    }
    let part = |time: libc::timeval| -> Result<Duration, Failed> {
        let micros = Duration::from_micros(u64::try_from(time.tv_usec)?);
        Ok(Duration::from_secs(u64::try_from(time.tv_sec)?) + micros)
    };
    Ok(part(used.ru_utime)? + part(used.ru_stime)?)
}

/// The load average of the last minute.
///
/// # Errors
/// There is no `/proc`.
pub fn load() -> Result<f64, Failed> {
    let text = std::fs::read_to_string("/proc/loadavg")?;
    let first = text.split_whitespace().next().unwrap_or_default();
    Ok(first.parse()?)
}

fn time(stat: &str) -> Result<Duration, Failed> {
    let ticks = ticks(stat).ok_or("/proc/…/stat does not read as proc(5) says")?;
    Ok(Duration::from_millis(ticks * 1000 / per_second()))
}

/// User and system time, fields 14 and 15 of proc(5). The second field is the
/// program's name and may hold anything; it ends at the last bracket.
fn ticks(stat: &str) -> Option<u64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

/// In what the kernel counts.
fn per_second() -> u64 {
    // SAFETY: sysconf(3) takes a number and gives one.
    let ticks = unsafe { libc::sysconf(libc::_SC_CLK_TCK) };
    u64::try_from(ticks).ok().filter(|t| *t > 0).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_system_time_are_added() {
        let stat =
            "42 (re) key)) S 1 42 42 0 -1 4194304 900 0 3 0 250 31 0 0 20 0 4 0 777 1 2 3 4 5";
        assert_eq!(ticks(stat), Some(281));
        assert_eq!(ticks("42 (rekey) S 1 42"), None);
        assert_eq!(ticks("42 (rekey) S 1 42 42 0 -1 4 9 0 3 0 x 31 0"), None);
        assert_eq!(ticks(""), None);
    }

    #[test]
    fn time_is_used_up_by_work() {
        let before = of_this_thread().unwrap();
        let mut sum = 0_u64;
        while of_this_thread().unwrap() < before + Duration::from_millis(30) {
            sum = std::hint::black_box(sum + 1);
        }
        // The kernel counts whole ticks, of user and of system apart: each loses a part.
        let two_ticks = Duration::from_secs(2) / u32::try_from(per_second()).unwrap();
        let counted = of_process(std::process::id()).unwrap();
        assert!(counted + two_ticks >= Duration::from_millis(30));
        assert!(load().unwrap() >= 0.0);
    }
}
