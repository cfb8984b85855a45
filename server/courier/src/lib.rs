//! The one seam to the outside world for what is said to people: a
//! [`Message`](domain::message::Message) becomes a [`Letter`] in the reader's
//! language, and a [`Transport`] carries it away. To phones it goes by
//! [`push`], to telephones by a [`gateway`].
//!
//! Who sends (the outbox worker) decides when and how often; nothing here
//! retries, keeps or logs a letter.

pub mod backchannel;
mod clean;
mod colour;
pub mod gateway;
mod letter;
mod line;
pub mod push;
mod smtp;
mod transport;

pub use letter::{Contact, Letter, Reader, code_of, link_of, render};
pub use line::{short, spoken};
pub use smtp::{ConfigError, Smtp, SmtpConfig, Tls};
pub use transport::{Envelope, SendError, Sending, Transport};
