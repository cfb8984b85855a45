//! A passkey whose private key the demo knows. It registers through the real
//! ceremony (WebAuthn Level 3, 7.1), so what is stored is what a browser would
//! have brought.

use data_encoding::BASE64URL_NOPAD as B64;
use domain::ids::PersonId;
use p256::{SecretKey, elliptic_curve::sec1::ToSec1Point, pkcs8::EncodePrivateKey};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use webauthn_rs::{
    Webauthn,
    prelude::{RegisterPublicKeyCredential, Uuid},
};

/// A demo passkey, in the form in which CDP's `WebAuthn.addCredential` takes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DemoPasskey {
    /// Base64.
    pub credential_id: String,
    /// PKCS#8, base64.
    pub private_key: String,
    /// Base64.
    pub user_handle: String,
    /// The relying party.
    pub rp_id: String,
    /// Where the counter stands.
    pub sign_count: u32,
}

/// What registering brought: the demo's key, the credential id as the store
/// keeps it, the record.
pub struct Registered {
    /// The key.
    pub passkey: DemoPasskey,
    /// Credential id, base64url.
    pub credential: String,
    /// The record for the factor.
    pub record: Vec<u8>,
}

fn cbor_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    match bytes.len() {
        n if n < 256 => out.extend([0x58, n as u8]),
        n => out.extend([0x59, (n >> 8) as u8, n as u8]),
    }
    out.extend_from_slice(bytes);
}

/// Registers a key for a person.
///
/// # Errors
/// In words: something in here does not fit the library any more.
pub fn register(
    webauthn: &Webauthn,
    origin: &str,
    rp_id: &str,
    person: &PersonId,
    name: &str,
    key: [u8; 32],
    credential_id: [u8; 16],
) -> Result<Registered, String> {
    let handle = Uuid::parse_str(person.as_str()).map_err(|e| e.to_string())?;
    let (options, state) = webauthn
        .start_passkey_registration(handle, name, name, None)
        .map_err(|e| e.to_string())?;
    let options = serde_json::to_value(&options).map_err(|e| e.to_string())?;
    let challenge = options["publicKey"]["challenge"]
        .as_str()
        .ok_or("no challenge")?
        .to_owned();
    let secret = SecretKey::from_slice(&key).map_err(|e| e.to_string())?;
    let point = secret.public_key().to_sec1_point(false);
    let bytes = point.as_bytes();
    let (x, y) = (&bytes[1..33], &bytes[33..65]);
    // COSE_Key: EC2, ES256, P-256 (RFC 9053, 7.1).
    let mut cose = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21];
    cbor_bytes(&mut cose, x);
    cose.push(0x22);
    cbor_bytes(&mut cose, y);
    // Authenticator data: user present and verified, credential attached.
    let mut data = Sha256::digest(rp_id.as_bytes()).to_vec();
    data.push(0x45);
    data.extend([0; 4]);
    data.extend([0; 16]);
    data.extend([0, 16]);
    data.extend(credential_id);
    data.extend(cose);
    let mut attestation = vec![0xa3, 0x63];
    attestation.extend(b"fmt");
    attestation.push(0x64);
    attestation.extend(b"none");
    attestation.push(0x67);
    attestation.extend(b"attStmt");
    attestation.push(0xa0);
    attestation.push(0x68);
    attestation.extend(b"authData");
    cbor_bytes(&mut attestation, &data);
    let client = json!({ "type": "webauthn.create", "challenge": challenge, "origin": origin, "crossOrigin": false });
    let id = B64.encode(&credential_id);
    let answer = json!({
        "id": id, "rawId": id, "type": "public-key", "extensions": {},
        "response": {
            "attestationObject": B64.encode(&attestation),
            "clientDataJSON": B64.encode(client.to_string().as_bytes()),
        }
    });
    let answer: RegisterPublicKeyCredential =
        serde_json::from_value(answer).map_err(|e| e.to_string())?;
    let passkey = webauthn
        .finish_passkey_registration(&answer, &state)
        .map_err(|e| e.to_string())?;
    let der = secret.to_pkcs8_der().map_err(|e| e.to_string())?;
    let plain = data_encoding::BASE64;
    Ok(Registered {
        passkey: DemoPasskey {
            credential_id: plain.encode(&credential_id),
            private_key: plain.encode(der.as_bytes()),
            user_handle: plain.encode(handle.as_bytes()),
            rp_id: rp_id.to_owned(),
            sign_count: 0,
        },
        credential: id,
        record: serde_json::to_vec(&passkey).map_err(|e| e.to_string())?,
    })
}
