//! SMS and calls, by HTTP: to whoever speaks Twilio's API (messages and calls), or to a
//! web hook of the operator's with a body of their own, signed.
//!
//! One message is handed over once per try, with the id of its row as
//! `Idempotency-Key`: a try that is repeated says the same again and is the same message
//! to a gateway that knows the key; it never is another code.
//!
//! What becomes of a message the gateway tells later, to an address of ours, with a
//! signature ([`receipt`]).
//!
//! The address comes from who runs the portal, so it may lead into their own network; it
//! is https, or plain to this machine.

mod hook;
mod http;
mod receipt;
mod twilio;

pub use hook::{Hook, Template, TemplateError};
pub use receipt::{Post, ReceiptError};
pub use twilio::Twilio;

use crate::{SendError, push::retry_after};
use ::http::StatusCode;
use domain::{Lang, Timestamp, delivery::Receipt};
use std::{fmt, time::Duration};

/// What a gateway carries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Parcel<'a> {
    /// A text.
    Sms(&'a str),
    /// Words to be spoken.
    Call(&'a str),
}

/// Where it goes, and which message it is.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    /// The outbox row; the same on every try.
    pub id: &'a str,
    /// The number (E.164).
    pub to: &'a str,
    /// The language of the words.
    pub lang: Lang,
    /// What to carry.
    pub parcel: Parcel<'a>,
}

/// Which gateway, and what it has to be told.
pub enum Kind {
    /// Twilio's API, or one that is like it.
    Twilio(Twilio),
    /// A web hook.
    Hook(Hook),
}

/// Carries SMS and calls.
pub struct Gateway {
    kind: Kind,
    client: http::Client,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").finish_non_exhaustive()
    }
}

/// Why a gateway cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// Not an address.
    #[error("the gateway's address is none: {0}")]
    Address(String),
    /// Codes would go over the network as they are.
    #[error("the gateway's address begins with https://, or leads to this machine")]
    Plain,
}

impl Gateway {
    /// A gateway at `url`; `now` tells the time that is signed.
    ///
    /// # Errors
    /// [`GatewayError`].
    pub fn new(
        kind: Kind,
        url: &str,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Result<Self, GatewayError> {
        Ok(Self {
            kind,
            client: http::Client::new(url)?,
            now: Box::new(now),
        })
    }

    /// Waits for an answer no longer than this, in the place of [`http::DEADLINE`].
    #[must_use]
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.client.deadline = deadline;
        self
    }

    /// Hands one message over, once; gives the gateway's own name for it, where it
    /// told one. Takes [`http::DEADLINE`] at most.
    ///
    /// # Errors
    /// [`SendError`] says whether another try makes sense.
    pub async fn send(&self, delivery: &Delivery<'_>) -> Result<Option<String>, SendError> {
        let request = match &self.kind {
            Kind::Twilio(twilio) => twilio.request(self.client.path(), delivery),
            Kind::Hook(hook) => hook.request(self.client.path(), delivery, (self.now)()),
        };
        let request = request
            .header("idempotency-key", delivery.id)
            .header("accept", "application/json");
        let answer = self.client.exchange(request).await?;
        judge(&answer, (self.now)())?;
        Ok(match &self.kind {
            Kind::Twilio(_) => answer.text("sid"),
            Kind::Hook(_) => answer.text("id"),
        })
    }
}

impl Gateway {
    /// What the gateway tells of a message, once it proved that it is the gateway who
    /// tells it; `None` for what says nothing of how far the message has come.
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn receipt(&self, post: &Post<'_>) -> Result<Option<Receipt>, ReceiptError> {
        match &self.kind {
            Kind::Twilio(twilio) => twilio.receipt(post),
            Kind::Hook(hook) => hook.receipt(post, (self.now)()),
        }
    }
}

/// What an answer means.
fn judge(answer: &http::Answer, now: Timestamp) -> Result<(), SendError> {
    let status = answer.status;
    if status.is_success() {
        return Ok(());
    }
    let why = format!("the gateway answered {}", status.as_u16());
    // Refusals of who we are can be mended while the message waits.
    let later = status.is_server_error()
        || matches!(
            status,
            StatusCode::UNAUTHORIZED
                | StatusCode::FORBIDDEN
                | StatusCode::NOT_FOUND
                | StatusCode::REQUEST_TIMEOUT
                | StatusCode::CONFLICT
                | StatusCode::TOO_MANY_REQUESTS
        );
    if later {
        let after = retry_after(&answer.headers, now).and_then(|s| i64::try_from(s).ok());
        return Err(match after {
            Some(seconds) => SendError::After { why, seconds },
            None => SendError::Later(why),
        });
    }
    let code = answer.number("code").map(|code| format!(" ({code})"));
    Err(SendError::Never(why + &code.unwrap_or_default()))
}
