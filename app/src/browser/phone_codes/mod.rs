//! The codes that a phone shows without network (RFC 6238): their secret is made here and
//! kept beside the phone's key, in a form that no script can read out. The page that shows
//! them is `public/phone-codes.js`, which works without the bundle.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
pub use browser::{make, settle};

#[cfg(not(feature = "hydrate"))]
pub use server::{make, settle};

#[cfg(not(feature = "hydrate"))]
mod server {
    /// The server is no phone.
    pub async fn make(_key: &str, _realm: &str, _login: &str) -> Option<String> {
        None
    }
    /// The server is no phone.
    pub async fn settle(_key: &str, _added: bool) {}
}
