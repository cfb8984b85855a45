//! How many files and connections one process may hold open.

use crate::Failed;
use std::io;

/// Allows so many to this process and to what it starts from now on. The usual
/// soft limit is what select(2) could bear, fewer than a thousand open waits take;
/// service managers raise it as well.
///
/// # Errors
/// The hard limit is lower.
pub fn allow(count: libc::rlim_t) -> Result<(), Failed> {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: getrlimit(2) writes the limit and keeps nothing of it.
    if unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } != 0 {
        return Err(io::Error::last_os_error().into());
    }
    if limit.rlim_cur >= count {
        return Ok(());
    }
    if limit.rlim_max < count {
        let most = limit.rlim_max;
        return Err(format!("{count} open files are needed, and {most} are allowed").into());
    }
    limit.rlim_cur = count;
    // SAFETY: setrlimit(2) reads the limit and keeps nothing of it.
    if unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) } != 0 {
        return Err(io::Error::last_os_error().into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::allow;

    #[test]
    fn what_nobody_allows_is_said() {
        allow(1).unwrap();
        // More than the kernel ever gives (fs.nr_open), unless there is no limit.
        if let Err(error) = allow(libc::RLIM_INFINITY - 1) {
            assert!(error.to_string().contains("open files"), "{error}");
        }
    }
}
