//! Values that must not be printed.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A secret text: a password on its way in, a code on its way out. `Debug`
/// shows nothing, so no log line can tell it; the text is overwritten when it
/// goes out of use.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// The text itself. Call it where the secret is used, nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
    /// Nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        // Safe code cannot write volatile; the length stays readable so that
        // the compiler keeps the store.
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        std::hint::black_box(&bytes);
    }
}
