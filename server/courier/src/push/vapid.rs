//! Who sends: Voluntary Application Server Identification (RFC 8292).

use data_encoding::BASE64URL_NOPAD;
use domain::Timestamp;
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
};
use serde::Serialize;
use std::fmt;
use url::Url;

/// How long a token is good for, in seconds; RFC 8292 allows 24 hours.
const LIFE: i64 = 12 * 3600;
/// Tokens of one hour are the same, so that a push service that remembers the
/// ones that it has verified (RFC 8292, 2) finds ours again.
const STEP: i64 = 3600;

/// The key pair that this server is known by to push services. A subscription
/// is bound to the public key that it was made with: with another one, push
/// services refuse messages (401 or 403).
pub struct VapidKey {
    key: SigningKey,
    public: String,
    subject: String,
}

/// Why there is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VapidError {
    /// Zero, or not below the order of the curve; of all values one in 2³².
    #[error("these 32 bytes are no private key of P-256")]
    Secret,
    /// Not a contact. Apple refuses tokens without one.
    #[error("{0:?} is no contact for push services: mailto:name@host or https://host")]
    Subject(String),
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    sub: &'a str,
}

impl VapidKey {
    /// The key of 32 secret bytes (the scalar, big-endian), the same on all
    /// nodes and for good. `subject` is where a push service reaches whoever
    /// runs this server: `mailto:` or `https:` (RFC 8292, 2.1).
    ///
    /// # Errors
    /// [`VapidError`] for whoever configures the server.
    pub fn from_secret(secret: &[u8; 32], subject: &str) -> Result<Self, VapidError> {
        if !is_contact(subject) {
            return Err(VapidError::Subject(subject.to_owned()));
        }
        let secret = SecretKey::from_slice(secret).map_err(|_| VapidError::Secret)?;
        Ok(Self {
            public: BASE64URL_NOPAD.encode(&secret.public_key().to_sec1_bytes()),
            key: secret.into(),
            subject: subject.to_owned(),
        })
    }

    /// What `pushManager.subscribe` takes as `applicationServerKey`: the
    /// uncompressed point in base64url.
    pub fn public_key(&self) -> &str {
        &self.public
    }

    /// The value of `Authorization` for one push service (RFC 8292, 3).
    pub(super) fn authorization(&self, origin: &str, now: Timestamp) -> String {
        let claims = Claims {
            aud: origin,
            exp: now.seconds().div_euclid(STEP) * STEP + LIFE,
            sub: &self.subject,
        };
        let claims = serde_json::to_vec(&claims).expect("two texts and a number are JSON");
        let head = BASE64URL_NOPAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{head}.{}", BASE64URL_NOPAD.encode(&claims));
        // The nonce comes from key and message (RFC 6979): no chance needed,
        // and none that could leak the key by repeating itself.
        let signature: Signature = self.key.sign(signed.as_bytes());
        let signature = BASE64URL_NOPAD.encode(&signature.to_bytes());
        format!("vapid t={signed}.{signature}, k={}", self.public)
    }
}

impl fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VapidKey")
            .field("public", &self.public)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

fn is_contact(subject: &str) -> bool {
    let plain = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_graphic() && !b"<>\"\\".contains(&b))
    };
    if let Some(address) = subject.strip_prefix("mailto:") {
        return plain(address)
            && address
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    }
    plain(subject)
        && Url::parse(subject).is_ok_and(|url| {
            url.scheme() == "https" && url.domain().is_some_and(|host| host.contains('.'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn key() -> VapidKey {
        VapidKey::from_secret(&[7; 32], "mailto:id@rekey.example").unwrap()
    }

    fn claims(authorization: &str) -> Value {
        let token = authorization.strip_prefix("vapid t=").unwrap();
        let claims = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn a_token_lives_at_most_twelve_hours() {
        for ms in [0, 1, 3_599_999, 3_600_000, 1_800_000_123_456] {
            let now = Timestamp::from_millis(ms);
            let exp = claims(&key().authorization("https://a.example", now))["exp"]
                .as_i64()
                .unwrap();
            let left = exp - now.seconds();
            assert!((LIFE - STEP..=LIFE).contains(&left), "{left}");
        }
    }

    #[test]
    fn the_tokens_of_one_hour_are_the_same() {
        let at = |seconds| {
            let now = Timestamp::default().plus_seconds(seconds);
            key().authorization("https://a.example", now)
        };
        assert_eq!(at(7200), at(10_799));
        assert_ne!(at(7200), at(10_800));
    }

    #[test]
    fn bytes_that_are_no_key_and_contacts_that_are_none() {
        for secret in [[0; 32], [0xff; 32]] {
            let found = VapidKey::from_secret(&secret, "mailto:id@rekey.example");
            assert_eq!(found.unwrap_err(), VapidError::Secret);
        }
        for subject in [
            "",
            "id@rekey.example",
            "mailto:",
            "mailto:@rekey.example",
            "mailto:id@localhost",
            "mailto: id@rekey.example",
            "mailto:<id@rekey.example>",
            "http://rekey.example",
            "https://localhost:8080",
            "https://127.0.0.1",
        ] {
            let found = VapidKey::from_secret(&[7; 32], subject);
            assert_eq!(found.unwrap_err(), VapidError::Subject(subject.to_owned()));
        }
        assert!(VapidKey::from_secret(&[7; 32], "https://id.rekey.example").is_ok());
    }

    #[test]
    fn the_secret_is_not_printed() {
        let printed = format!("{:?}", key());
        assert!(printed.contains(key().public_key()));
        assert!(!printed.contains("key:"), "{printed}");
    }
}
