//! What a browser hands out so that it can be reached.

use super::allowed::{Allowed, EndpointError};
use data_encoding::BASE64URL_NOPAD;
use p256::PublicKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest endpoint in bytes; the longest known (Windows) have some 600.
pub(super) const LONGEST_ENDPOINT: usize = 2048;
/// The longest text that is read at all.
const LONGEST: usize = 2 * LONGEST_ENDPOINT;

/// A push subscription (W3C Push API), its keys checked. Whoever knows the
/// endpoint can use it, so `Debug` shows the host alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    endpoint: String,
    host: String,
    pub(super) keys: Keys,
}

/// What a message is encrypted with.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Keys {
    pub(super) public: PublicKey,
    pub(super) auth: [u8; 16],
}

/// Why a text is no subscription that we could send to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionError {
    /// Not the JSON of a `PushSubscription`, or far too long.
    #[error("this is not a push subscription")]
    Form,
    /// The endpoint is none of a push service that is allowed.
    #[error("{0}")]
    Endpoint(#[from] EndpointError),
    /// `keys.p256dh` is not an uncompressed point on the curve P-256.
    #[error("the key of the subscription is not a point on P-256")]
    P256dh,
    /// `keys.auth` does not have 16 bytes.
    #[error("the secret of the subscription does not have 16 bytes")]
    Auth,
}

/// As `PushSubscription.toJSON()` has it. `expirationTime` is not read: the
/// push service says when a subscription is over.
#[derive(Serialize, Deserialize)]
struct Form {
    endpoint: String,
    keys: FormKeys,
}

#[derive(Serialize, Deserialize)]
struct FormKeys {
    p256dh: String,
    auth: String,
}

impl Subscription {
    /// Reads what `JSON.stringify(subscription)` gives in the browser, and what
    /// [`to_json`](Self::to_json) gave.
    ///
    /// # Errors
    /// [`SubscriptionError`] says which part is wrong.
    pub fn parse(json: &str, allowed: &Allowed) -> Result<Self, SubscriptionError> {
        if json.len() > LONGEST {
            return Err(SubscriptionError::Form);
        }
        let form: Form = serde_json::from_str(json).map_err(|_| SubscriptionError::Form)?;
        let host = allowed.endpoint(&form.endpoint)?.host;
        let keys = Keys::read(&form.keys.p256dh, &form.keys.auth)?;
        Ok(Self {
            endpoint: form.endpoint,
            host,
            keys,
        })
    }

    /// Where messages are sent: the id of the subscription, and a capability.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The push service's host: all that a log may tell.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What to store; [`parse`](Self::parse) reads it back.
    pub fn to_json(&self) -> String {
        let form = Form {
            endpoint: self.endpoint.clone(),
            keys: FormKeys {
                p256dh: BASE64URL_NOPAD.encode(&self.keys.public.to_sec1_bytes()),
                auth: BASE64URL_NOPAD.encode(&self.keys.auth),
            },
        };
        serde_json::to_string(&form).expect("three texts are JSON")
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

impl Keys {
    pub(super) fn read(p256dh: &str, auth: &str) -> Result<Self, SubscriptionError> {
        let point = decode(p256dh).ok_or(SubscriptionError::P256dh)?;
        // `from_sec1_bytes` would take a compressed point, too; the key
        // schedule is written over the uncompressed one.
        if point.len() != 65 {
            return Err(SubscriptionError::P256dh);
        }
        Ok(Self {
            public: PublicKey::from_sec1_bytes(&point).map_err(|_| SubscriptionError::P256dh)?,
            auth: decode(auth)
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or(SubscriptionError::Auth)?,
        })
    }
}

/// base64url; browsers leave the padding out, some libraries put it in.
fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64URL_NOPAD
        .decode(text.trim_end_matches('=').as_bytes())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const P256DH: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const ENDPOINT: &str = "https://fcm.googleapis.com/fcm/send/dQw4:APA91b-x_y";

    fn parse(endpoint: &str, p256dh: &str, auth: &str) -> Result<Subscription, SubscriptionError> {
        let json = format!(
            r#"{{"endpoint":"{endpoint}","expirationTime":null,"keys":{{"p256dh":"{p256dh}","auth":"{auth}"}}}}"#
        );
        Subscription::parse(&json, &Allowed::of_browsers())
    }

    #[test]
    fn what_a_browser_gives_is_read_and_comes_back() {
        let read = parse(ENDPOINT, P256DH, AUTH).unwrap();
        assert_eq!(read.endpoint(), ENDPOINT);
        assert_eq!(read.host(), "fcm.googleapis.com");
        let again = Subscription::parse(&read.to_json(), &Allowed::of_browsers()).unwrap();
        assert_eq!(again, read);
        let padded = parse(ENDPOINT, &format!("{P256DH}="), &format!("{AUTH}=="));
        assert_eq!(padded.unwrap(), read);
    }

    #[test]
    fn each_part_that_is_wrong_is_named() {
        // The same point, compressed; one that is not on the curve; infinity.
        let point = BASE64URL_NOPAD.decode(P256DH.as_bytes()).unwrap();
        let compressed = [&[2], &point[1..33]].concat();
        let mut off = point.clone();
        off[64] ^= 1;
        let mut hybrid = point.clone();
        hybrid[0] = 6;
        for wrong in [&compressed, &off, &hybrid, &vec![0], &vec![0; 65], &vec![]] {
            let wrong = BASE64URL_NOPAD.encode(wrong);
            assert_eq!(
                parse(ENDPOINT, &wrong, AUTH),
                Err(SubscriptionError::P256dh),
                "{wrong}"
            );
        }
        let standard = P256DH.replace('_', "/").replace('-', "+");
        assert_eq!(
            parse(ENDPOINT, &standard, AUTH),
            Err(SubscriptionError::P256dh)
        );
        for auth in ["", "BTBZMqHH6r4Tts7J_aSI", "BTBZMqHH6r4Tts7J_aSIggAA", "ä"] {
            assert_eq!(
                parse(ENDPOINT, P256DH, auth),
                Err(SubscriptionError::Auth),
                "{auth}"
            );
        }
        assert_eq!(
            parse("https://push.evil.example/x", P256DH, AUTH),
            Err(SubscriptionError::Endpoint(EndpointError::UnknownService))
        );
        for json in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"endpoint":"x"}"#,
            "{\"endpoint\":1}",
        ] {
            assert_eq!(
                Subscription::parse(json, &Allowed::of_browsers()),
                Err(SubscriptionError::Form),
                "{json}"
            );
        }
        let long = format!(
            "{}{}",
            " ".repeat(LONGEST),
            parse(ENDPOINT, P256DH, AUTH).unwrap().to_json()
        );
        assert_eq!(
            Subscription::parse(&long, &Allowed::of_browsers()),
            Err(SubscriptionError::Form)
        );
    }

    #[test]
    fn the_endpoint_is_not_printed() {
        let printed = format!("{:?}", parse(ENDPOINT, P256DH, AUTH).unwrap());
        assert!(printed.contains("fcm.googleapis.com"), "{printed}");
        assert!(
            !printed.contains("APA91b") && !printed.contains("send"),
            "{printed}"
        );
    }
}
