//! How letters leave.

use crate::Letter;
use std::{fmt, future::Future, pin::Pin};

/// One letter to one mailbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The outbox row; the same on every retry.
    pub id: String,
    /// The mailbox.
    pub to: String,
    /// Whose it is.
    pub to_name: Option<String>,
    /// What to deliver.
    pub letter: Letter,
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Why a letter did not leave. The text is for the staff's view of the message:
/// it may quote the other server and name the mailbox, so it belongs in the
/// outbox row and not in the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may work another time.
    #[error("{0}")]
    Later(String),
    /// It may work another time, and who should take it says when: after so many seconds.
    #[error("{why}")]
    After {
        /// What happened.
        why: String,
        /// Seconds.
        seconds: i64,
    },
    /// It will not work, however often it is tried.
    #[error("{0}")]
    Never(String),
}

/// A letter on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

/// A way out. Dropping the future gives the attempt up; the letter may have
/// been delivered all the same.
pub trait Transport: Send + Sync {
    /// Delivers one letter, once.
    ///
    /// # Errors
    /// [`SendError`] says whether another try makes sense.
    fn send<'a>(&'a self, envelope: &'a Envelope) -> Sending<'a>;
}
