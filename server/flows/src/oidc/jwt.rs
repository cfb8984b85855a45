//! Signed tokens in their compact form (RFC 7515, RFC 7519).
//!
//! Only tokens that we signed are ever read, and only under a key that says itself what
//! it signs with: the header of a token chooses nothing. So this is some sixty lines on
//! the cryptography that the program has anyway, as for Web Push, instead of a library
//! whose work is to cope with everybody else's tokens.

use super::keys::Signer;
use data_encoding::BASE64URL_NOPAD;
use domain::oidc::{Alg, SigningKey};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What a token is, in its header: one never stands in for another (RFC 8725, 3.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typ {
    /// An ID token.
    Id,
    /// An access token (RFC 9068).
    Access,
    /// A logout token (OpenID Connect Back-Channel Logout 1.0, 2.4).
    Logout,
}

impl Typ {
    const fn name(self) -> &'static str {
        match self {
            Self::Id => "JWT",
            Self::Access => "at+jwt",
            Self::Logout => "logout+jwt",
        }
    }
}

/// Signs claims.
pub(super) fn sign(signer: &Signer, typ: Typ, claims: &Value) -> String {
    let head = json!({ "typ": typ.name(), "alg": signer.alg().name(), "kid": signer.id() });
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(&head), part(claims));
    let signature = BASE64URL_NOPAD.encode(&signer.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// The claims of a token that one of these keys signed. How old it is, for whom and who
/// speaks is for the caller to judge.
pub(super) fn read(keys: &[SigningKey], typ: Typ, token: &str) -> Option<Value> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (head, claims) = signed.split_once('.')?;
    let json = |part: &str| -> Option<Value> {
        serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).ok()?).ok()
    };
    let head = json(head)?;
    let key = keys.iter().find(|k| head["kid"] == k.id.as_str())?;
    if head["alg"] != key.alg.name() || head["typ"] != typ.name() {
        return None;
    }
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
    let public: Value = serde_json::from_str(&key.public).ok()?;
    let part = |name: &str| {
        BASE64URL_NOPAD
            .decode(public[name].as_str()?.as_bytes())
            .ok()
    };
    let holds = match key.alg {
        Alg::Es256 => {
            let point = [vec![4], part("x")?, part("y")?].concat();
            let key = VerifyingKey::from_sec1_bytes(&point).ok()?;
            let signature = Signature::from_slice(&signature).ok()?;
            key.verify(signed.as_bytes(), &signature).is_ok()
        }
        Alg::Rs256 => {
            let key = RsaPublicKeyComponents {
                n: part("n")?,
                e: part("e")?,
            };
            key.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature)
                .is_ok()
        }
    };
    holds.then(|| json(claims)).flatten()
}

/// `at_hash`: the left half of the token's hash (OpenID Connect Core 1.0, 3.1.3.6).
pub(super) fn half_hash(token: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(token.as_bytes())[..16])
}
