//! What a caller cannot try again. One layer maps these to 401, 403, 404, 400
//! and 503 for programs and to a redirect for browsers.

use domain::ids::RealmSlug;

/// Why a call ended without an answer.
#[derive(Debug)]
pub enum Failure {
    /// Nobody is signed in at this realm (any more).
    SignIn(RealmSlug),
    /// The session must prove itself anew.
    Confirm(RealmSlug),
    /// The page that this came from was about another account of the realm than the one
    /// that is signed in, or about to be, in this browser: nothing was done.
    OtherAccount(RealmSlug),
    /// Not for this caller.
    Forbidden,
    /// There is no such thing, or not for this caller.
    NotFound,
    /// The call itself makes no sense.
    BadRequest(&'static str),
    /// The hash queue is full; seconds to wait.
    Busy(i64),
    /// The product cannot do it now. The cause is logged once under the
    /// reference; nothing else reaches the caller.
    Unavailable {
        /// What the caller may quote.
        reference: String,
    },
}

impl Failure {
    /// Logs a cause and gives the reference that stands for it.
    pub fn unavailable(cause: &dyn std::fmt::Display) -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        // A reference names a log line, it protects nothing: a counter will do.
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let reference = format!("R{:06}", NEXT.fetch_add(1, Ordering::Relaxed));
        tracing::error!(%reference, %cause, "could not answer");
        Self::Unavailable { reference }
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::unavailable(&error)
    }
}

impl From<crate::infra::VaultError> for Failure {
    fn from(error: crate::infra::VaultError) -> Self {
        Self::unavailable(&error)
    }
}

impl From<crate::infra::Busy> for Failure {
    fn from(_: crate::infra::Busy) -> Self {
        Self::Busy(5)
    }
}
