//! Passkeys (WebAuthn Level 3). Options come from the server as JSON and the
//! browser's answer goes back as JSON; nothing is decided here.
//!
//! One request at a time: the one that is open (the quiet one behind the address field, or
//! a dialog on a page that was left) is ended before the next, or the browser refuses that.

/// Why the browser gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The person closed the dialog, it took too long, or there is no passkey
    /// here: the browser does not tell these apart.
    Stopped,
    /// This device holds a passkey for this account already.
    Known,
    /// The browser knows no passkeys.
    Unsupported,
}

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod by_hand;
#[cfg(feature = "hydrate")]
pub use browser::{Quiet, available, begin_quiet, create, get, quiet_available, stop};

#[cfg(not(feature = "hydrate"))]
pub use server::{Quiet, available, begin_quiet, create, get, quiet_available, stop};

#[cfg(not(feature = "hydrate"))]
mod server {
    use super::Trouble;

    /// The server has no passkeys.
    pub const fn available() -> bool {
        false
    }
    /// The server has no passkeys.
    pub async fn quiet_available() -> bool {
        false
    }
    /// The server has no passkeys.
    pub async fn create(_options: &str) -> Result<String, Trouble> {
        Err(Trouble::Unsupported)
    }
    /// The server has no passkeys.
    pub async fn get(_options: &str) -> Result<String, Trouble> {
        Err(Trouble::Unsupported)
    }
    /// A quiet request, which the server never makes.
    pub struct Quiet;
    /// The server has no passkeys.
    pub const fn begin_quiet() -> Quiet {
        Quiet
    }
    impl Quiet {
        /// It never began.
        pub const fn is_over(&self) -> bool {
            true
        }
        /// The server has no passkeys.
        pub async fn get(self, _options: &str) -> Result<String, Trouble> {
            Err(Trouble::Unsupported)
        }
    }
    /// The server has nothing to stop.
    pub const fn stop() {}
}
