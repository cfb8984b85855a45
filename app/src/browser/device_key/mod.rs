//! The key of a phone (Web Cryptography API): made here, kept by the browser in a
//! form that no script can read out, and known to the server by its public half.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
pub use browser::{make, sign};

#[cfg(not(feature = "hydrate"))]
pub use server::{make, sign};

#[cfg(not(feature = "hydrate"))]
mod server {
    /// The server is no phone.
    pub async fn make() -> Option<String> {
        None
    }
    /// The server is no phone.
    pub async fn sign(_key: &str, _text: &str) -> Option<String> {
        None
    }
}
