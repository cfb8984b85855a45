//! Keys of phones: ECDSA over P-256 with SHA-256, as Web Cryptography makes them
//! (a point of 65 bytes, a signature of 64).

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};

/// The length of an uncompressed point (SEC 1, 2.3.3).
const POINT: usize = 65;

/// The public half of a phone's key.
#[derive(Debug)]
pub struct Key(VerifyingKey);

impl Key {
    /// Reads a key as it is kept; `None` for what is no point of the curve.
    pub fn of(point: &[u8]) -> Option<Self> {
        (point.len() == POINT)
            .then(|| VerifyingKey::from_sec1_bytes(point).ok())
            .flatten()
            .map(Self)
    }

    /// Whether its secret half signed a text; `signature` in base64url.
    pub fn signed(&self, text: &str, signature: &str) -> bool {
        BASE64URL_NOPAD
            .decode(signature.as_bytes())
            .ok()
            .and_then(|raw| Signature::from_slice(&raw).ok())
            .is_some_and(|signature| self.0.verify(text.as_bytes(), &signature).is_ok())
    }
}

/// Reads a key as a browser sends it, in base64url: the bytes to keep, and the key.
pub fn key_of(sent: &str) -> Option<(Vec<u8>, Key)> {
    let point = BASE64URL_NOPAD.decode(sent.as_bytes()).ok()?;
    let key = Key::of(&point)?;
    Some((point, key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::{SigningKey, signature::Signer};

    fn pair(seed: u8) -> (SigningKey, String) {
        let secret = SigningKey::from_slice(&[seed; 32]).expect("a key");
        let point = secret.verifying_key().to_sec1_point(false);
        (secret, BASE64URL_NOPAD.encode(point.as_bytes()))
    }

    fn sign(secret: &SigningKey, text: &str) -> String {
        let signature: Signature = secret.sign(text.as_bytes());
        BASE64URL_NOPAD.encode(&signature.to_bytes())
    }

    #[test]
    fn only_its_own_signature_of_this_text_fits() {
        let (secret, sent) = pair(7);
        let (_, key) = key_of(&sent).expect("a key");
        let signature = sign(&secret, "text");
        assert!(key.signed("text", &signature));
        assert!(!key.signed("texts", &signature));
        assert!(!key.signed("text", &sign(&pair(8).0, "text")));
        for bad in ["", "AAAA", "=", &signature[1..], &format!("{signature}AA")] {
            assert!(!key.signed("text", bad), "{bad}");
        }
    }

    #[test]
    fn what_is_no_point_is_no_key() {
        let (secret, sent) = pair(7);
        let short = secret.verifying_key().to_sec1_point(true);
        let short = BASE64URL_NOPAD.encode(short.as_bytes());
        let zeros = BASE64URL_NOPAD.encode(&[0; POINT]);
        let mut off = BASE64URL_NOPAD.decode(sent.as_bytes()).expect("base64url");
        off[64] ^= 1;
        let off = BASE64URL_NOPAD.encode(&off);
        for bad in ["", "x", &short, &zeros, &off, &sent[4..]] {
            assert!(key_of(bad).is_none(), "{bad}");
        }
    }
}
