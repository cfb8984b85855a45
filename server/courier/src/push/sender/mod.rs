//! One message, one request, one verdict.

use super::allowed::{Allowed, Endpoint};
use super::encrypt::{BODY, DRAW, MOST_PAYLOAD, encrypt};
use super::failure::{PushFailure, judge};
use super::subscription::Subscription;
use super::vapid::VapidKey;
use super::way::{Resolve, Way};
use domain::Timestamp;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::{fmt, pin::pin, time::Duration};
use zeroize::Zeroizing;

/// The longest that one message may take, from the look-up of the name to the
/// answer.
pub const DEADLINE: Duration = Duration::from_secs(10);
/// Bytes that are read at most, and headers among them. An answer has some
/// hundreds and a few.
const MOST_READ: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// Draws until one is a private key: one in 2³² is none, so a second one says
/// that the source of randomness is broken.
const MOST_DRAWS: usize = 3;

/// How much a message matters to a phone that saves its battery (RFC 8030,
/// 5.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// On power and on Wi-Fi.
    VeryLow,
    /// On either.
    Low,
    /// On neither.
    #[default]
    Normal,
    /// Even with a low battery: somebody waits for it.
    High,
}

impl Urgency {
    const fn name(self) -> &'static str {
        match self {
            Self::VeryLow => "very-low",
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

/// A message replaces an older one of the same topic that still waits at the
/// push service (RFC 8030, 5.4). The push service can read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic(String);

impl Topic {
    /// At most 32 characters of the base64url alphabet, at least one.
    pub fn new(text: &str) -> Option<Self> {
        let fits = (1..=32).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        fits.then(|| Self(text.to_owned()))
    }
}

/// Sends messages to browsers.
pub struct Sender {
    key: VapidKey,
    allowed: Allowed,
    way: Way,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    draw: Box<dyn Fn() -> [u8; DRAW] + Send + Sync>,
}

impl Sender {
    /// A sender with a key, to the services allowed. `now` tells the time,
    /// `draw` gives fresh random bytes with each call: salt and private key of
    /// one message. Never twice the same.
    pub fn new(
        key: VapidKey,
        allowed: Allowed,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        draw: impl Fn() -> [u8; DRAW] + Send + Sync + 'static,
    ) -> Self {
        Self {
            key,
            allowed,
            way: Way::new(),
            now: Box::new(now),
            draw: Box::new(draw),
        }
    }

    /// Asks `resolver` for addresses, not the machine's. What it answers is
    /// judged all the same.
    #[must_use]
    pub fn resolving_with(mut self, resolver: impl Resolve) -> Self {
        self.way.resolver = Box::new(resolver);
        self
    }

    /// The key that subscriptions are to be made with
    /// ([`VapidKey::public_key`]).
    pub fn public_key(&self) -> &str {
        self.key.public_key()
    }

    /// What may be sent to, for [`Subscription::parse`].
    pub const fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    /// Hands one message to the push service, once. `payload` has at most
    /// [`MOST_PAYLOAD`] bytes; the push service keeps it for `ttl_seconds` when
    /// the browser cannot be reached (0: now or never). Takes [`DEADLINE`] at
    /// most; dropping the future gives the message up, though it may have been
    /// delivered.
    ///
    /// # Errors
    /// [`PushFailure`] says whether another try makes sense.
    pub async fn send(
        &self,
        subscription: &Subscription,
        payload: &[u8],
        ttl_seconds: u32,
        urgency: Urgency,
        topic: Option<&Topic>,
    ) -> Result<(), PushFailure> {
        if payload.len() > MOST_PAYLOAD {
            return Err(PushFailure::TooLong);
        }
        let endpoint = self
            .allowed
            .endpoint(subscription.endpoint())
            .map_err(|_| PushFailure::Forbidden)?;
        let body = self.encrypted(subscription, payload)?;
        let mut request = self
            .request(&endpoint, body)
            .ok_or(PushFailure::Forbidden)?;
        let headers = request.headers_mut();
        headers.insert("ttl", ttl_seconds.into());
        headers.insert("urgency", HeaderValue::from_static(urgency.name()));
        if let Some(Topic(topic)) = topic {
            let topic = HeaderValue::from_str(topic).map_err(|_| PushFailure::Forbidden)?;
            headers.insert("topic", topic);
        }
        let (status, headers) = self
            .way
            .within(DEADLINE, self.exchange(&endpoint, request))
            .await
            .unwrap_or(Err(PushFailure::later(
                "the push service did not answer in time",
            )))?;
        judge(status, &headers, (self.now)())
    }

    fn encrypted(
        &self,
        subscription: &Subscription,
        payload: &[u8],
    ) -> Result<Vec<u8>, PushFailure> {
        (0..MOST_DRAWS)
            .find_map(|_| {
                let draw = Zeroizing::new((self.draw)());
                encrypt(&subscription.keys, payload, BODY, &draw)
            })
            .ok_or(PushFailure::later("no randomness to encrypt with"))
    }

    fn request(&self, endpoint: &Endpoint, body: Vec<u8>) -> Option<Request<Full<Bytes>>> {
        let mut token =
            HeaderValue::from_str(&self.key.authorization(&endpoint.origin, (self.now)())).ok()?;
        token.set_sensitive(true);
        Request::post(&endpoint.target)
            .header(HOST, &endpoint.host)
            .header(CONNECTION, "close")
            .header(CONTENT_TYPE, "application/octet-stream")
            .header(CONTENT_ENCODING, "aes128gcm")
            .header(AUTHORIZATION, token)
            .body(Full::new(body.into()))
            .ok()
    }

    /// One request on a connection of its own, and the head of the answer: the
    /// body is dropped unread, and with it the connection.
    async fn exchange(
        &self,
        endpoint: &Endpoint,
        request: Request<Full<Bytes>>,
    ) -> Result<(StatusCode, HeaderMap), PushFailure> {
        const BROKEN: PushFailure = PushFailure::later("the push service broke off");
        let stream = self.way.open(endpoint).await?;
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(MOST_READ)
            .max_headers(MOST_HEADERS)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|_| BROKEN)?;
        let mut answer = pin!(sender.send_request(request));
        let answer = tokio::select! {
            biased;
            answer = &mut answer => answer,
            // The end of the connection may be the end of the answer.
            _ = connection => answer.await,
        };
        let (head, _) = answer.map_err(|_| BROKEN)?.into_parts();
        Ok((head.status, head.headers))
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("key", &self.key)
            .field("allowed", &self.allowed)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
