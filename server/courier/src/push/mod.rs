//! Web Push: short messages to browsers that are not open.
//!
//! A browser hands out a [`Subscription`]: an address at its vendor's push
//! service and keys. A [`Sender`] encrypts for that browser alone (RFC 8291),
//! says who sends (RFC 8292, [`VapidKey`]) and hands the message to the push
//! service (RFC 8030). The address comes from a browser, that is from anybody;
//! [`Allowed`] says where it may lead.
//!
//! ```no_run
//! # use courier::push::*;
//! # async fn send(secret: [u8; 32], json: &str) -> Result<(), Box<dyn std::error::Error>> {
//! # let (now, draw) = (domain::Timestamp::default, || [0; DRAW]);
//! let key = VapidKey::from_secret(&secret, "mailto:id@example.com")?;
//! let sender = Sender::new(key, Allowed::of_browsers(), now, draw);
//! let subscription = Subscription::parse(json, sender.allowed())?;
//! sender.send(&subscription, b"{}", 90, Urgency::High, Topic::new("sign-in").as_ref()).await?;
//! # Ok(()) }
//! ```
//!
//! # What it is built on
//!
//! - Curve, HKDF and AES-GCM are RustCrypto's, in the very versions that
//!   passkeys bring along; hyper and rustls with ring are those of the
//!   benchmark and of mail. Nothing new is in the lock file.
//! - `web-push-native` would bring a second generation of all of RustCrypto,
//!   RSA, k256 and ML-DSA among it, for its token library, takes its randomness
//!   from the system and leaves padding to the caller. What remains to be
//!   written is the key schedule (checked against the standard's own example)
//!   and a token of three claims.
//! - `reqwest` resolves names and follows redirects by itself and brings a
//!   second provider of cryptography. Here one address is judged and connected
//!   to, one request is written, and the head of one answer is read.
//! - HTTP/1.1, which all push services of browsers take, on a connection per
//!   message: TLS sessions are resumed, and no message waits for another.
//!
//! Nothing here logs. [`Subscription::host`] is what a log may tell.

mod address;
mod allowed;
mod encrypt;
mod failure;
mod sender;
mod subscription;
mod vapid;
mod way;

pub use allowed::{Allowed, EndpointError, RuleError};
pub use encrypt::{BODY, DRAW, MOST_PAYLOAD};
pub use failure::PushFailure;
pub(crate) use failure::retry_after;
pub use sender::{DEADLINE, Sender, Topic, Urgency};
pub use subscription::{Subscription, SubscriptionError};
pub use vapid::{VapidError, VapidKey};
pub(crate) use way::trusting;
pub use way::{Resolve, Resolving};
