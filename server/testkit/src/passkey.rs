//! An authenticator whose key the tests know: it answers as a browser would, and
//! each part of its answer can be bent before it is signed (WebAuthn Level 3,
//! 6.3.3, 7.1 and 7.2).

use data_encoding::{BASE64, BASE64URL_NOPAD};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
    elliptic_curve::sec1::ToSec1Point,
    pkcs8::DecodePrivateKey,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A passkey.
pub struct Key {
    secret: SecretKey,
    id: Vec<u8>,
    /// Whose it is.
    pub handle: Vec<u8>,
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
    /// It stood in a frame of another origin.
    pub crossed: bool,
    /// The page around that frame.
    pub top: Option<&'static str>,
    /// For which relying party the authenticator signed.
    pub rp_id: &'static str,
    /// Present (1), verified (4), with a new credential (64).
    pub flags: u8,
    /// How often it has signed.
    pub counter: u32,
    /// Which credential, as text and as bytes.
    pub id: String,
    pub raw_id: Vec<u8>,
    /// Whose.
    pub handle: Option<Vec<u8>>,
    /// Bytes behind the authenticator data, signed with it.
    pub trailing: &'static [u8],
}

impl Claim {
    fn client_data(&self) -> String {
        let mut client = json!({
            "type": self.kind,
            "challenge": self.challenge,
            "origin": self.origin,
            "crossOrigin": self.crossed,
        });
        if let Some(top) = self.top {
            client["topOrigin"] = json!(top);
        }
        client.to_string()
    }

    fn authenticator_data(&self) -> Vec<u8> {
        let mut data = Sha256::digest(self.rp_id.as_bytes()).to_vec();
        data.push(self.flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn sent(&self, mut response: Value) -> String {
        response["clientDataJSON"] = json!(text(self.client_data().as_bytes()));
        json!({
            "id": self.id,
            "rawId": text(&self.raw_id),
            "type": "public-key",
            "extensions": {},
            "response": response,
        })
        .to_string()
    }
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

impl Key {
    /// The first passkey of a person of the demo.
    pub fn of(person: &Value) -> Self {
        let passkey = &person["passkeys"][0];
        let bytes = |name: &str| {
            let text = passkey[name].as_str().expect("a text");
            BASE64.decode(text.as_bytes()).expect("base64")
        };
        Self {
            secret: SecretKey::from_pkcs8_der(&bytes("privateKey")).expect("a key"),
            id: bytes("credentialId"),
            handle: bytes("userHandle"),
        }
    }

    /// A passkey that nobody has registered yet.
    pub fn new(number: u8) -> Self {
        Self {
            secret: SecretKey::from_slice(&[number; 32]).expect("a key"),
            id: vec![number; 16],
            handle: Vec::new(),
        }
    }

    /// What an honest answer to these options claims.
    pub fn claim(&self, options: &Value) -> Claim {
        let challenge = options["challenge"].as_str().expect("a challenge");
        Claim {
            kind: "webauthn.get",
            challenge: challenge.to_owned(),
            origin: "http://localhost:8080",
            crossed: false,
            top: None,
            rp_id: "localhost",
            flags: 0x05,
            counter: 0,
            id: text(&self.id),
            raw_id: self.id.clone(),
            handle: Some(self.handle.clone()),
            trailing: &[],
        }
    }

    /// The same where options ask for a new passkey.
    pub fn creation(&self, options: &Value) -> Claim {
        Claim {
            kind: "webauthn.create",
            flags: 0x45,
            ..self.claim(options)
        }
    }

    /// The answer with a claim, signed with this key.
    pub fn answer(&self, claim: &Claim) -> String {
        let mut data = claim.authenticator_data();
        data.extend(claim.trailing);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(claim.client_data().as_bytes()));
        let signature: Signature = SigningKey::from(&self.secret).sign(&signed);
        claim.sent(json!({
            "authenticatorData": text(&data),
            "signature": text(signature.to_der().as_bytes()),
            "userHandle": claim.handle.as_deref().map(text),
        }))
    }

    /// The answer that brings this key, with no attestation.
    pub fn registration(&self, claim: &Claim) -> String {
        let point = self.secret.public_key().to_sec1_point(false);
        let point = point.as_bytes();
        let mut data = claim.authenticator_data();
        data.extend([0; 16]);
        data.extend([0, u8::try_from(self.id.len()).expect("a short id")]);
        data.extend(&self.id);
        // COSE_Key: EC2, ES256, P-256 (RFC 9053, 7.1).
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 32]);
        data.extend(&point[33..65]);
        data.extend(claim.trailing);
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attestation.push(u8::try_from(data.len()).expect("short data"));
        attestation.extend(data);
        claim.sent(json!({ "attestationObject": text(&attestation) }))
    }
}
