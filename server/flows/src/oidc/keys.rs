//! The keys that sign: of each realm its own, one per algorithm, made when the first
//! token needs it, replaced when it has signed for long enough. The private half lies sealed in the database, so that every node
//! signs with the same one.

use crate::{
    Failure, Services, audit,
    infra::{Random, Vault},
};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    Timestamp,
    audit::{Action, Event},
    oidc::{Alg, KEY_LEAD_SECONDS, RETIRED_SECONDS, SigningKey, with_registered},
    policy::Realm,
};
use p256::ecdsa::{Signature, signature::Signer as _};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use ring::{
    rand::SystemRandom,
    rsa::{KeyPair, PublicKeyComponents},
    signature::RSA_PKCS1_SHA256,
};
use rsa::{RsaPrivateKey, pkcs8::EncodePrivateKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Store;
use zeroize::Zeroizing;

/// Bits of an RSA key (RFC 7518, 3.3: at least that).
const RSA_BITS: usize = 2048;

/// A key, ready to sign.
pub(super) struct Signer {
    id: String,
    half: Half,
}

enum Half {
    Es256(Box<p256::ecdsa::SigningKey>),
    Rs256(Box<KeyPair>),
}

impl Signer {
    pub fn id(&self) -> &str {
        &self.id
    }

    pub const fn alg(&self) -> Alg {
        match &self.half {
            Half::Es256(_) => Alg::Es256,
            Half::Rs256(_) => Alg::Rs256,
        }
    }

    pub fn sign(&self, text: &[u8]) -> Vec<u8> {
        match &self.half {
            // The nonce comes from key and message (RFC 6979).
            Half::Es256(key) => {
                let signature: Signature = key.sign(text);
                signature.to_bytes().to_vec()
            }
            Half::Rs256(key) => {
                let mut out = vec![0; key.public().modulus_len()];
                // PKCS #1 v1.5 uses no chance; the signature asks for a source.
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut out)
                    .expect("the room is as long as the modulus");
                out
            }
        }
    }
}

fn context(id: &str) -> String {
    format!("oidc/key/{id}")
}

/// The key that signs for a realm, made where there is none.
pub(super) async fn signer(
    services: &Services,
    realm: &Realm,
    alg: Alg,
) -> Result<Signer, Failure> {
    let key = match active(services, realm, alg).await? {
        Some(key) => key,
        None => {
            let (vault, random) = (&services.vault, &services.random);
            let made = make(vault, random, realm, alg, services.now()).await?;
            let mut tx = services.store.begin().await?;
            // Another node may have been faster: then it is that one.
            tx.oidc_key_insert(&made).await?;
            tx.commit().await?;
            let found = active(services, realm, alg).await?;
            found.ok_or_else(|| Failure::unavailable(&"a signing key was made and is not there"))?
        }
    };
    open(services, &key)
}

async fn active(
    services: &Services,
    realm: &Realm,
    alg: Alg,
) -> Result<Option<SigningKey>, Failure> {
    let keys = services.store.read().await?.oidc_keys(&realm.slug).await?;
    let now = services.now();
    let mut keys: Vec<_> = keys.into_iter().filter(|k| k.alg == alg).collect();
    let signs = keys.iter().position(|k| k.signs(now));
    // Another node's clock may be a little ahead: its first key signs.
    let newest = || keys.iter().position(|k| k.retired_at.is_none());
    Ok(signs.or_else(newest).map(|n| keys.swap_remove(n)))
}

fn open(services: &Services, key: &SigningKey) -> Result<Signer, Failure> {
    let plain = Zeroizing::new(services.vault.open(&context(&key.id), &key.sealed)?);
    let half = match key.alg {
        Alg::Es256 => p256::ecdsa::SigningKey::from_slice(&plain)
            .ok()
            .map(|key| Half::Es256(Box::new(key))),
        Alg::Rs256 => KeyPair::from_pkcs8(&plain)
            .ok()
            .map(|key| Half::Rs256(Box::new(key))),
    };
    let half = half.ok_or_else(|| Failure::unavailable(&"a signing key does not read back"))?;
    Ok(Signer {
        id: key.id.clone(),
        half,
    })
}

/// A key named by its thumbprint (RFC 7638).
async fn make(
    vault: &Vault,
    random: &Random,
    realm: &Realm,
    alg: Alg,
    now: Timestamp,
) -> Result<SigningKey, Failure> {
    let broken = |why: &dyn std::fmt::Display| Failure::unavailable(why);
    let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let (plain, canonical) = match alg {
        Alg::Es256 => {
            // One draw in 2³² is no key.
            let mut draws = (0..3).map(|_| Zeroizing::new(random.bytes::<32>()));
            let raw = draws.find(|raw| p256::SecretKey::from_slice(&**raw).is_ok());
            let raw = raw.ok_or_else(|| broken(&"chance gave no key of P-256"))?;
            let key = p256::SecretKey::from_slice(&*raw).map_err(|e| broken(&e))?;
            let point = key.public_key().to_sec1_bytes();
            let (x, y) = (text(&point[1..33]), text(&point[33..]));
            let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
            (Zeroizing::new(raw.to_vec()), canonical)
        }
        Alg::Rs256 => {
            let seed = Zeroizing::new(random.bytes::<32>());
            let made = tokio::task::spawn_blocking(move || {
                let mut chance = ChaCha20Rng::from_seed(*seed);
                let key = RsaPrivateKey::new(&mut chance, RSA_BITS).ok()?;
                let der = key.to_pkcs8_der().ok()?;
                Some(Zeroizing::new(der.as_bytes().to_vec()))
            });
            let der = made.await.map_err(|e| broken(&e))?;
            let der = der.ok_or_else(|| broken(&"no RSA key could be made"))?;
            let key = KeyPair::from_pkcs8(&der).map_err(|e| broken(&e))?;
            let public: PublicKeyComponents<Vec<u8>> = key.public().into();
            let (n, e) = (text(&public.n), text(&public.e));
            (der, format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#))
        }
    };
    let id = text(&Sha256::digest(canonical.as_bytes()));
    let mut public: Value = serde_json::from_str(&canonical).map_err(|e| broken(&e))?;
    public["kid"] = json!(id);
    public["alg"] = json!(alg.name());
    public["use"] = json!("sig");
    Ok(SigningKey {
        sealed: vault.seal(&context(&id), &plain, random),
        id,
        realm: realm.slug.clone(),
        alg,
        public: public.to_string(),
        created_at: now,
        signs_from: now,
        retired_at: None,
    })
}

/// The public halves (RFC 7517): of each algorithm the key that signs now, the one that
/// comes after it, and those that signed before it for a while.
///
/// # Errors
/// [`Failure::NotFound`], or the database or the vault could not.
pub async fn jwks(services: &Services, slug: &str) -> Result<Value, Failure> {
    let realm = super::provider(services, slug).await?;
    for alg in Alg::ALL {
        signer(services, &realm, alg).await?;
    }
    let keys = services.store.read().await?.oidc_keys(&realm.slug).await?;
    let now = services.now();
    let shown = keys.iter().filter(|k| k.is_published(now));
    let shown: Vec<Value> = shown
        .filter_map(|k| serde_json::from_str(&k.public).ok())
        .collect();
    Ok(json!({ "keys": shown }))
}

/// Puts new keys after those that sign, for every algorithm, and gives their ids. They
/// are published at once and sign an hour later; those before them stay published until
/// nothing that they signed works. Where a key has `leaked`, none of this is waited for:
/// the new ones sign at once, and the old ones are published no more. The trail tells of
/// it. Works beside running nodes: each asks the database for the key with every token.
///
/// # Errors
/// The database or the vault could not.
pub async fn rotate(
    store: &Store,
    vault: &Vault,
    random: &Random,
    realm: &Realm,
    leaked: bool,
    now: Timestamp,
) -> Result<Vec<String>, Failure> {
    let registered = store.read().await?.applications_of(&realm.slug).await?;
    if with_registered(realm, &registered).applications.is_empty() {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for alg in Alg::ALL {
        let mut made = make(vault, random, realm, alg, now).await?;
        let mut tx = store.begin().await?;
        let end = if leaked {
            now.plus_seconds(-RETIRED_SECONDS)
        } else {
            now.plus_seconds(KEY_LEAD_SECONDS)
        };
        // The first key of all has nothing to wait for.
        if tx.oidc_key_retire(&realm.slug, alg, end).await? && !leaked {
            made.signs_from = end;
        }
        if tx.oidc_key_insert(&made).await? {
            let entry = audit::of_command_line(random, &realm.slug, &replaced(&made), now);
            tx.audit_insert(&entry).await?;
            tx.commit().await?;
            out.push(made.id);
        }
    }
    Ok(out)
}

/// Puts new keys after those of a realm that have signed for so many days; gives their
/// ids. Of several nodes one does it: the statement that ends the old one says which.
///
/// # Errors
/// The database or the vault could not.
pub async fn rotate_due(
    services: &Services,
    realm: &Realm,
    days: i64,
) -> Result<Vec<String>, Failure> {
    let now = services.now();
    let (slug, oldest) = (&realm.slug, now.plus_seconds(-days * 86_400));
    let keys = services.store.read().await?.oidc_keys(slug).await?;
    let is_due = |k: &&SigningKey| k.retired_at.is_none() && k.signs_from <= oldest;
    let mut out = Vec::new();
    for old in keys.iter().filter(is_due) {
        let mut made = make(&services.vault, &services.random, realm, old.alg, now).await?;
        made.signs_from = now.plus_seconds(KEY_LEAD_SECONDS);
        let mut tx = services.store.begin().await?;
        if tx
            .oidc_key_retire_due(slug, old.alg, oldest, made.signs_from)
            .await?
            && tx.oidc_key_insert(&made).await?
        {
            let entry = audit::of_worker(&services.random, slug, &replaced(&made), now);
            tx.audit_insert(&entry).await?;
            tx.commit().await?;
            out.push(made.id);
        }
    }
    Ok(out)
}

fn replaced(made: &SigningKey) -> Event {
    Event::to_realm(Action::KeyRotated).because(format!("{} {}", made.alg.name(), made.id))
}
