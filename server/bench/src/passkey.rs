//! A passkey whose key the driver has: it registers and answers as an authenticator
//! and its browser do (WebAuthn Level 3, 6.1, 6.5 and 7.2).

use crate::Failed;
use data_encoding::BASE64URL_NOPAD;
use domain::ids::PersonId;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{RegisterPublicKeyCredential, Url, Uuid},
};

/// The relying party that a portal on this machine is.
const RP_ID: &str = "localhost";
/// Where it registers; of this nothing is kept.
const ORIGIN: &str = "http://localhost";
/// User present and verified.
const VERIFIED: u8 = 0x05;
/// A new credential comes with it.
const ATTESTED: u8 = 0x40;

/// A passkey.
#[derive(Clone, Debug)]
pub struct Passkey {
    secret: SigningKey,
    id: [u8; 16],
    handle: Uuid,
}

/// The library of the portal, set up as there.
///
/// # Errors
/// None that is known.
pub fn library() -> Result<Webauthn, Failed> {
    Ok(WebauthnBuilder::new(RP_ID, &Url::parse(ORIGIN)?)?.build()?)
}

impl Passkey {
    /// One of somebody's, with this key and this name.
    ///
    /// # Errors
    /// The key is none of P-256, or the person's id no UUID.
    pub fn new(secret: [u8; 32], id: [u8; 16], person: &PersonId) -> Result<Self, Failed> {
        Ok(Self {
            secret: SigningKey::from_slice(&secret)?,
            id,
            handle: Uuid::parse_str(person.as_str())?,
        })
    }

    /// The id of the credential, as text.
    pub fn id(&self) -> String {
        BASE64URL_NOPAD.encode(&self.id)
    }

    /// Registers it; gives what a portal keeps of it.
    ///
    /// # Errors
    /// The library does not take it.
    pub fn register(&self, library: &Webauthn) -> Result<Vec<u8>, Failed> {
        let name = self.id();
        let (options, state) =
            library.start_passkey_registration(self.handle, &name, &name, None)?;
        let options = serde_json::to_value(&options)?;
        let challenge = options["publicKey"]["challenge"].as_str();
        let challenge = challenge.ok_or("options without a challenge")?;
        let client = client_data("webauthn.create", challenge, ORIGIN);
        let sent = self.sent(json!({
            "clientDataJSON": BASE64URL_NOPAD.encode(client.as_bytes()),
            "attestationObject": BASE64URL_NOPAD.encode(&self.attestation()),
        }));
        let sent: RegisterPublicKeyCredential = serde_json::from_value(sent)?;
        let passkey = library.finish_passkey_registration(&sent, &state)?;
        Ok(serde_json::to_vec(&passkey)?)
    }

    /// Its answer to a challenge, its first one, as a page of `origin` sends it.
    pub fn answer(&self, challenge: &str, origin: &str) -> String {
        let client = client_data("webauthn.get", challenge, origin);
        let data = authenticator_data(VERIFIED, 1);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature: Signature = self.secret.sign(&signed);
        self.sent(json!({
            "clientDataJSON": BASE64URL_NOPAD.encode(client.as_bytes()),
            "authenticatorData": BASE64URL_NOPAD.encode(&data),
            "signature": BASE64URL_NOPAD.encode(signature.to_der().as_bytes()),
            "userHandle": BASE64URL_NOPAD.encode(self.handle.as_bytes()),
        }))
        .to_string()
    }

    fn sent(&self, response: Value) -> Value {
        let id = self.id();
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "extensions": {},
            "response": response,
        })
    }

    /// CBOR: `{"fmt": "none", "attStmt": {}, "authData": …}`.
    fn attestation(&self) -> Vec<u8> {
        let mut data = authenticator_data(VERIFIED | ATTESTED, 0);
        // The model, which it does not tell, and the credential's length.
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        let point = self.secret.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        // COSE_Key: EC2, ES256, P-256 (RFC 9053, 7.1).
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32]);
        data.extend(x);
        data.extend([0x22, 0x58, 32]);
        data.extend(y);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        // Shorter than 256 bytes, as its parts are.
        object.push(data.len() as u8);
        object.extend(data);
        object
    }
}

fn client_data(kind: &str, challenge: &str, origin: &str) -> String {
    let data = json!({
        "type": kind,
        "challenge": challenge,
        "origin": origin,
        "crossOrigin": false,
    });
    data.to_string()
}

fn authenticator_data(flags: u8, counter: u32) -> Vec<u8> {
    let mut data = Sha256::digest(RP_ID.as_bytes()).to_vec();
    data.push(flags);
    data.extend(counter.to_be_bytes());
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use webauthn_rs::prelude::{Passkey as Kept, PublicKeyCredential};

    #[test]
    fn the_library_takes_its_answer_and_counts() {
        let person = PersonId::new("01890000-0000-7000-8000-000000000007");
        let key = Passkey::new([7; 32], [9; 16], &person).unwrap();
        let library = library().unwrap();
        let mut kept: Kept = serde_json::from_slice(&key.register(&library).unwrap()).unwrap();
        assert_eq!(BASE64URL_NOPAD.encode(kept.cred_id()), key.id());
        let (options, state) = library.start_discoverable_authentication().unwrap();
        let options = serde_json::to_value(&options).unwrap();
        let challenge = options["publicKey"]["challenge"].as_str().unwrap();
        let answer = key.answer(challenge, ORIGIN);
        let sent: PublicKeyCredential = serde_json::from_str(&answer).unwrap();
        let done = library
            .finish_discoverable_authentication_v2(&sent, state, &kept)
            .unwrap();
        assert_eq!(kept.update_credential(&done), Some(true));
        assert!(Passkey::new([0; 32], [9; 16], &person).is_err());
    }
}
