//! How many files the node may hold open: every page that waits holds a connection.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// As many as a node serves well; a distribution's default is 1,024.
const WANTED: u64 = 65_536;

/// Raises what this process may hold open as far as the system lets it.
pub fn raise() {
    let now = getrlimit(Resource::Nofile);
    let most = now.maximum.unwrap_or(u64::MAX).min(WANTED);
    if now.current.is_none_or(|current| current >= most) {
        return;
    }
    let wished = Rlimit {
        current: Some(most),
        maximum: now.maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, wished) {
        tracing::warn!(%error, "the limit of open files stays as it is: a thousand people who wait may fill it");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_goes_down_and_reaches_what_the_system_allows() {
        let before = getrlimit(Resource::Nofile);
        raise();
        let after = getrlimit(Resource::Nofile);
        let most = after.maximum.unwrap_or(u64::MAX).min(WANTED);
        assert_eq!(after.maximum, before.maximum);
        assert!(after.current >= before.current);
        assert!(after.current.is_none_or(|current| current >= most));
    }
}
