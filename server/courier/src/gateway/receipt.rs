//! What a gateway tells of a message later, as it comes in: nothing in it is believed
//! before its signature is.

use http::HeaderMap;

/// A post to our address for receipts.
#[derive(Clone, Copy)]
pub struct Post<'a> {
    /// The address as the world knows it, from our own configuration and never from the
    /// request (Z7): it is a part of what is signed.
    pub url: &'a str,
    /// The message that the address names; empty where it names none.
    pub message: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body.
    pub body: &'a [u8],
}

impl Post<'_> {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.get_all(name).iter();
        match (all.next(), all.next()) {
            (Some(one), None) => one.to_str().ok(),
            _ => None,
        }
    }
}

/// Why a post is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not signed by the gateway, or altered since.
    #[error("the signature does not hold")]
    Forged,
    /// Signed too long ago, or by a clock that is far ahead.
    #[error("the signature is too old")]
    Old,
    /// Signed, and no receipt.
    #[error("this is no receipt")]
    Unreadable,
}
