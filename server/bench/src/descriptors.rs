//! How many files and connections one process may hold open.

use crate::Failed;
use std::io;

/// Allows so many to this process and to what it starts from now on: the usual soft
/// limit of 1,024 is too few for a thousand open waits.
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
    let Some(soft) = raised(limit, count)? else {
        return Ok(());
    };
    limit.rlim_cur = soft;
    // SAFETY: setrlimit(2) reads the limit and keeps nothing of it.
    if unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) } != 0 {
        return Err(io::Error::last_os_error().into());
    }
    Ok(())
}

/// The soft limit to be set; `None` where the one that stands will do.
fn raised(limit: libc::rlimit, count: libc::rlim_t) -> Result<Option<libc::rlim_t>, Failed> {
    let most = limit.rlim_max;
    if limit.rlim_cur >= count {
        Ok(None)
    } else if most >= count {
        Ok(Some(count))
    } else {
        Err(format!("{count} open files are needed, and {most} are allowed").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_raised_where_it_must_and_may() {
        let limit = libc::rlimit {
            rlim_cur: 1024,
            rlim_max: 4096,
        };
        assert_eq!(raised(limit, 1024).unwrap(), None);
        assert_eq!(raised(limit, 4096).unwrap(), Some(4096));
        let refused = raised(limit, 4097).unwrap_err().to_string();
        assert!(refused.contains("4096 are allowed"), "{refused}");
        assert!(allow(1).is_ok());
    }
}
