//! How phones are reached while their page is closed (Web Push), as far as a use case
//! must know it: which key subscriptions are made with, and which are ours to use.

use std::fmt;

/// Reads a subscription; the text to keep, or nothing where it may not be sent to.
type Read = dyn Fn(&str) -> Option<String> + Send + Sync;

/// The seam to the courier, which does the sending.
pub struct Push {
    /// The public key of this portal (RFC 8292, 3.2), in base64url.
    pub key: String,
    read: Box<Read>,
}

impl Push {
    /// With this key, and with `read` to judge what browsers bring.
    pub fn new(
        key: impl Into<String>,
        read: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            key: key.into(),
            read: Box::new(read),
        }
    }

    /// A subscription to keep, if it is one and leads to a push service.
    pub fn read(&self, subscription: &str) -> Option<String> {
        (self.read)(subscription)
    }
}

impl fmt::Debug for Push {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Push")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
