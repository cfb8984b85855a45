//! An authenticator whose key the demo tells: it answers as a browser would, and
//! each part of its answer can be bent before it is signed (WebAuthn Level 3,
//! 6.3.3 and 7.2).

use data_encoding::{BASE64, BASE64URL_NOPAD};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
    pkcs8::DecodePrivateKey,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A passkey.
pub struct Key {
    secret: SigningKey,
    id: Vec<u8>,
    handle: Vec<u8>,
}

/// What an answer claims.
#[derive(Clone, Debug)]
pub struct Claim {
    /// `type` of the client data.
    pub kind: &'static str,
    /// The challenge, base64url.
    pub challenge: String,
    /// Where the page stood.
    pub origin: &'static str,
    /// For which relying party the authenticator signed.
    pub rp_id: &'static str,
    /// Present (1) and verified (4).
    pub flags: u8,
    /// How often it has signed.
    pub counter: u32,
    /// Which credential.
    pub id: Vec<u8>,
    /// Whose.
    pub handle: Option<Vec<u8>>,
}

impl Key {
    /// The first passkey of a person of the demo.
    pub fn of(person: &Value) -> Self {
        let passkey = &person["passkeys"][0];
        let bytes = |name: &str| {
            let text = passkey[name].as_str().expect("a text");
            BASE64.decode(text.as_bytes()).expect("base64")
        };
        let secret = SecretKey::from_pkcs8_der(&bytes("privateKey")).expect("a key");
        Self {
            secret: SigningKey::from(secret),
            id: bytes("credentialId"),
            handle: bytes("userHandle"),
        }
    }

    /// What an honest answer to these options claims.
    pub fn claim(&self, options: &Value) -> Claim {
        let challenge = options["challenge"].as_str().expect("a challenge");
        Claim {
            kind: "webauthn.get",
            challenge: challenge.to_owned(),
            origin: "http://localhost:8080",
            rp_id: "localhost",
            flags: 0x05,
            counter: 0,
            id: self.id.clone(),
            handle: Some(self.handle.clone()),
        }
    }

    /// The answer with a claim, signed with this key.
    pub fn answer(&self, claim: &Claim) -> String {
        let client = json!({
            "type": claim.kind,
            "challenge": claim.challenge,
            "origin": claim.origin,
            "crossOrigin": false,
        })
        .to_string();
        let mut data = Sha256::digest(claim.rp_id.as_bytes()).to_vec();
        data.push(claim.flags);
        data.extend(claim.counter.to_be_bytes());
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature: Signature = self.secret.sign(&signed);
        let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        json!({
            "id": text(&claim.id),
            "rawId": text(&claim.id),
            "type": "public-key",
            "extensions": {},
            "response": {
                "authenticatorData": text(&data),
                "clientDataJSON": text(client.as_bytes()),
                "signature": text(signature.to_der().as_bytes()),
                "userHandle": claim.handle.as_deref().map(text),
            },
        })
        .to_string()
    }
}
