//! One error for the whole tool: a sentence for the person at the terminal.

use std::fmt;

/// What went wrong and, where there is one, the command that puts it right.
///
/// A build tool has a single reader and no caller that would tell kinds of
/// errors apart, so this is a text and nothing else.
pub struct Failure(String);

/// The result of every step of this tool.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// Makes a failure from a sentence.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says what was being done when an error from below came up.
pub trait Context<T> {
    /// Puts `doing()` in front of the error's own text.
    fn context(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Failure(format!("{}: {error}", doing())))
    }
}
