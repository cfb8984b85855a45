//! Keys that live outside of the database: they seal secrets at rest and give
//! the keys for pepper, look-up and the audit chain.
//!
//! A vault holds one or more keys. The **last** seals what is new; all open
//! what they sealed. The **first** is the root of pepper, look-up and audit
//! keys, because hashes cannot be made anew by rotating: it stays for as long
//! as the database does.

use super::random::Random;
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::{BASE64, HEXLOWER};
use domain::secret::Secret;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::{TryRng, rngs::SysRng};
use sha2::Sha256;
use std::{
    fmt,
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The first byte of every blob.
const VERSION: u8 = 1;
const NONCE: usize = 24;
const LONGEST_ID: usize = 32;
/// Bytes of a key file that are read at most.
const LARGEST_FILE: u64 = 64 * 1024;

type Key32 = Zeroizing<[u8; 32]>;

/// Where the keys are.
#[derive(Clone, Debug)]
pub enum VaultSource {
    /// In a text, as an environment variable or a secret store gives it: the
    /// lines of [`FileKeys`], or the same with commas between them.
    Value(Secret),
    /// In a file.
    File(FileKeys),
}

/// A key file: lines `id:base64key` (32 bytes), the last one active; empty
/// lines and lines that start with `#` do not count. Made with a fresh key and
/// mode 0600 when it is missing.
#[derive(Clone, Debug)]
pub struct FileKeys {
    /// The file.
    pub path: PathBuf,
}

/// Why a vault does not open, or a blob does not.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file cannot be read or made.
    #[error("key file {}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others can read the file.
    #[error("key file {} can be read by others (mode {mode:03o}): run `chmod 600` on it, and take its keys for known if it was so for long", .path.display())]
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A line that is no key.
    #[error("line {line} of the keys: {reason}")]
    BadKey {
        /// Counted from 1.
        line: usize,
        /// What is wrong, without the key.
        reason: &'static str,
    },
    /// There is no key.
    #[error("the keys are empty: at least one line `id:base64key` is needed")]
    NoKeys,
    /// The blob names a key that is not here.
    #[error("sealed with the key `{0}`, which is not in the key file")]
    UnknownKey(String),
    /// The blob is no blob, was changed, or belongs elsewhere.
    #[error("sealed data was changed, or belongs elsewhere")]
    Tampered,
}

/// The keys of one installation.
pub struct Vault {
    /// Id and sealing key, the active one last.
    sealing: Vec<(String, Key32)>,
    pepper: Key32,
    lookup: Key32,
    audit: Key32,
    push: Key32,
}

impl Vault {
    /// Reads the keys.
    ///
    /// # Errors
    /// All of [`VaultError`] but [`VaultError::UnknownKey`] and
    /// [`VaultError::Tampered`].
    pub fn load(source: VaultSource) -> Result<Self, VaultError> {
        match source {
            VaultSource::Value(text) => Self::read(&text),
            VaultSource::File(file) => Self::read(&file.text()?),
        }
    }

    fn read(text: &Secret) -> Result<Self, VaultError> {
        let mut roots: Vec<(String, Key32)> = Vec::new();
        for (index, line) in text.reveal().split(['\n', ',']).enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (id, key) = read_key(line).map_err(|reason| VaultError::BadKey {
                line: index + 1,
                reason,
            })?;
            if roots.iter().any(|(other, _)| *other == id) {
                return Err(VaultError::BadKey {
                    line: index + 1,
                    reason: "this id stands there twice",
                });
            }
            roots.push((id, key));
        }
        let (_, first) = roots.first().ok_or(VaultError::NoKeys)?;
        let [pepper, lookup, audit, push] =
            ["pepper", "lookup", "audit", "push"].map(|purpose| derive(first, purpose));
        let sealing = roots
            .iter()
            .map(|(id, root)| (id.clone(), derive(root, "seal")))
            .collect();
        Ok(Self {
            sealing,
            pepper,
            lookup,
            audit,
            push,
        })
    }

    /// Seals a secret with the active key: XChaCha20-Poly1305 with a random
    /// nonce. `context` says where the secret belongs, such as
    /// `factor/<id>/secret`; it opens nowhere else.
    ///
    /// The blob: version, length of the key's id, id, nonce, ciphertext.
    pub fn seal(&self, context: &str, plain: &[u8], random: &Random) -> Vec<u8> {
        let (id, key) = self.sealing.last().expect("a vault has a key: see `read`");
        let mut blob = Vec::with_capacity(2 + id.len() + NONCE + plain.len() + 16);
        blob.extend([VERSION, id.len() as u8]);
        blob.extend(id.as_bytes());
        let aad = aad(&blob, context);
        let nonce = random.bytes::<NONCE>();
        let payload = Payload {
            msg: plain,
            aad: &aad,
        };
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a secret is shorter than 256 GiB");
        blob.extend(nonce);
        blob.extend(sealed);
        blob
    }

    /// Opens what was sealed in the same context.
    ///
    /// # Errors
    /// [`VaultError::UnknownKey`], [`VaultError::Tampered`].
    pub fn open(&self, context: &str, blob: &[u8]) -> Result<Vec<u8>, VaultError> {
        let [VERSION, length, ..] = *blob else {
            return Err(VaultError::Tampered);
        };
        let (header, rest) = blob
            .split_at_checked(2 + usize::from(length))
            .ok_or(VaultError::Tampered)?;
        let (nonce, sealed) = rest
            .split_first_chunk::<NONCE>()
            .ok_or(VaultError::Tampered)?;
        let id = str::from_utf8(&header[2..])
            .ok()
            .filter(|id| fits_id(id))
            .ok_or(VaultError::Tampered)?;
        let (_, key) = self
            .sealing
            .iter()
            .find(|(own, _)| own == id)
            .ok_or_else(|| VaultError::UnknownKey(id.to_owned()))?;
        let payload = Payload {
            msg: sealed,
            aad: &aad(header, context),
        };
        cipher(key)
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| VaultError::Tampered)
    }

    /// The key for passwords and PINs, for `HashThreads`.
    pub fn pepper(&self) -> [u8; 32] {
        *self.pepper
    }

    /// The key of the audit trail's chain.
    pub fn audit_key(&self) -> [u8; 32] {
        *self.audit
    }

    /// The key that push services know this portal by: the same on every node and
    /// for good, because subscriptions are bound to it.
    pub fn push_key(&self) -> [u8; 32] {
        *self.push
    }

    /// A keyed fingerprint (HMAC-SHA-256, 64 characters of hex), under which a
    /// token or a code is stored and looked up. `purpose` keeps the kinds
    /// apart. Short codes are safe in it only for as long as the key is.
    pub fn mac(&self, purpose: &str, data: &[u8]) -> String {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&*self.lookup)
            .expect("HMAC takes keys of any length");
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(data);
        HEXLOWER.encode(&mac.finalize().into_bytes())
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<_> = self.sealing.iter().map(|(id, _)| id).collect();
        f.debug_struct("Vault")
            .field("keys", &ids)
            .finish_non_exhaustive()
    }
}

fn cipher(key: &Key32) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(**key))
}

/// The header says its own length, so no other header and context give the
/// same bytes.
fn aad(header: &[u8], context: &str) -> Vec<u8> {
    [header, context.as_bytes()].concat()
}

/// A key for one purpose (HKDF-SHA-256, RFC 5869).
fn derive(root: &Key32, purpose: &str) -> Key32 {
    let mut out = Key32::default();
    Hkdf::<Sha256>::new(Some(b"rekey vault 1"), &**root)
        .expand(purpose.as_bytes(), &mut *out)
        .expect("32 bytes are within HKDF's bound");
    out
}

fn fits_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn read_key(line: &str) -> Result<(String, Key32), &'static str> {
    let (id, key) = line
        .split_once(':')
        .ok_or("not of the form `id:base64key`")?;
    let (id, key) = (id.trim(), key.trim());
    if !fits_id(id) {
        return Err("the id has 1 to 32 of the characters A-Z a-z 0-9 - _ .");
    }
    let raw = Zeroizing::new(
        BASE64
            .decode(key.as_bytes())
            .map_err(|_| "the key is not base64")?,
    );
    let key = <[u8; 32]>::try_from(raw.as_slice()).map_err(|_| "the key does not have 32 bytes")?;
    Ok((id.to_owned(), Zeroizing::new(key)))
}

impl FileKeys {
    fn text(&self) -> Result<Secret, VaultError> {
        let fault = |source| VaultError::Io {
            path: self.path.clone(),
            source,
        };
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return make(&self.path).map_err(fault);
            }
            other => other.map_err(fault)?,
        };
        // Asked of the open file: its name may mean another by now.
        let about = file.metadata().map_err(fault)?;
        if !about.is_file() {
            return Err(fault(io::Error::other("not a file")));
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = about.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                return Err(VaultError::TooOpen {
                    path: self.path.clone(),
                    mode,
                });
            }
        }
        let mut text = Zeroizing::new(String::with_capacity(
            usize::try_from(about.len().min(LARGEST_FILE)).unwrap_or(0) + 1,
        ));
        if about.len() > LARGEST_FILE {
            return Err(fault(io::Error::other("too large for a key file")));
        }
        file.take(LARGEST_FILE)
            .read_to_string(&mut text)
            .map_err(fault)?;
        Ok(Secret::new(std::mem::take(&mut *text)))
    }
}

/// Makes a key file with a fresh key, straight from the system: a seeded
/// generator must never get here.
fn make(path: &Path) -> io::Result<Secret> {
    let mut raw = Zeroizing::new([0; 36]);
    SysRng.try_fill_bytes(&mut *raw).map_err(io::Error::other)?;
    let (id, key) = raw.split_at(4);
    // A random id: when a lost file is made anew, old blobs name a key that is
    // not there, instead of looking tampered with.
    let text = Secret::new(format!("k{}:{}\n", HEXLOWER.encode(id), BASE64.encode(key)));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    if let Err(error) = file
        .write_all(text.reveal().as_bytes())
        .and_then(|()| file.sync_all())
    {
        let _ = std::fs::remove_file(path);
        return Err(error);
    }
    // Without this the file's name may be lost with the power, after secrets
    // were sealed with its key.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        File::open(folder)?.sync_all()?;
    }
    tracing::warn!(path = %path.display(), "made a new key file: keep a copy apart from the database");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const NEW: &str = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    fn vault(text: &str) -> Vault {
        Vault::load(VaultSource::Value(Secret::new(text))).unwrap()
    }

    fn folder() -> PathBuf {
        let path = std::env::temp_dir().join(format!(
            "rekey-vault-{}",
            HEXLOWER.encode(&Random::from_os().bytes::<8>())
        ));
        std::fs::create_dir(&path).unwrap();
        path
    }

    fn file(path: PathBuf) -> VaultSource {
        VaultSource::File(FileKeys { path })
    }

    #[test]
    fn round_trip() {
        let (vault, random) = (vault(OLD), Random::seeded(1));
        let plain = b"a seed of twenty bytes";
        let blob = vault.seal("factor/1/secret", plain, &random);
        assert_eq!(blob.len(), 2 + 2 + 24 + plain.len() + 16);
        assert_eq!(vault.open("factor/1/secret", &blob).unwrap(), plain);
        assert_ne!(vault.seal("factor/1/secret", plain, &random), blob);
        assert_eq!(vault.open("", &vault.seal("", b"", &random)).unwrap(), b"");
        assert_eq!(format!("{vault:?}"), r#"Vault { keys: ["k1"], .. }"#);
    }

    #[test]
    fn a_swapped_context_is_refused() {
        let vault = vault(OLD);
        let blob = vault.seal("factor/1/secret", b"x", &Random::seeded(1));
        for context in ["factor/2/secret", "factor/1/secre", "factor/1/secret ", ""] {
            assert!(matches!(
                vault.open(context, &blob),
                Err(VaultError::Tampered)
            ));
        }
    }

    #[test]
    fn every_changed_bit_and_every_cut_is_refused() {
        let vault = vault(&format!("{OLD}\n{NEW}"));
        let blob = vault.seal("c", b"secret", &Random::seeded(1));
        for bit in 0..blob.len() * 8 {
            let mut bad = blob.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(vault.open("c", &bad).is_err(), "bit {bit}");
        }
        for end in 0..blob.len() {
            assert!(vault.open("c", &blob[..end]).is_err(), "{end} bytes");
        }
        assert!(vault.open("c", &[blob, vec![0]].concat()).is_err());
    }

    #[test]
    fn a_rotated_vault_still_reads_the_old() {
        let random = Random::seeded(1);
        let (before, after) = (vault(OLD), vault(&format!("# rotated\n{OLD}\r\n\n{NEW}\n")));
        let blob = before.seal("c", b"old", &random);
        assert_eq!(after.open("c", &blob).unwrap(), b"old");
        let blob = after.seal("c", b"new", &random);
        assert_eq!(after.open("c", &blob).unwrap(), b"new");
        assert!(matches!(before.open("c", &blob), Err(VaultError::UnknownKey(id)) if id == "k2"));
        assert_eq!(before.pepper(), after.pepper());
        assert_eq!(before.audit_key(), after.audit_key());
        assert_eq!(before.mac("link", b"token"), after.mac("link", b"token"));
        assert_eq!(
            vault(&format!("{OLD},{NEW}")).open("c", &blob).unwrap(),
            b"new"
        );
    }

    #[test]
    fn keys_and_purposes_are_apart() {
        let vault = vault(OLD);
        assert_ne!(vault.pepper(), vault.audit_key());
        assert_ne!(vault.mac("link", b"x"), vault.mac("code", b"x"));
        assert_ne!(vault.mac("ab", b"c"), vault.mac("a", b"bc"));
        assert_eq!(vault.mac("link", b"x").len(), 64);
        assert_ne!(vault.pepper(), self::vault(NEW).pepper());
    }

    #[test]
    fn bad_keys_are_named_by_line() {
        for (text, line) in [
            ("k1", 1),
            ("\n# note\nk1:AAAA", 3),
            ("k 1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 1),
            (":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 1),
            ("k1:!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 1),
        ] {
            let error = Vault::load(VaultSource::Value(Secret::new(text))).unwrap_err();
            assert!(
                matches!(error, VaultError::BadKey { line: at, .. } if at == line),
                "{error}"
            );
        }
        let twice = VaultSource::Value(Secret::new(format!("{OLD}\n{OLD}")));
        assert!(matches!(
            Vault::load(twice),
            Err(VaultError::BadKey { line: 2, .. })
        ));
        assert!(matches!(
            Vault::load(VaultSource::Value(Secret::new(" \n"))),
            Err(VaultError::NoKeys)
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_missing_file_is_made_and_an_open_one_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let path = folder.join("keys");
        let made = Vault::load(file(path.clone())).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let blob = made.seal("c", b"x", &Random::seeded(1));
        assert_eq!(
            Vault::load(file(path.clone()))
                .unwrap()
                .open("c", &blob)
                .unwrap(),
            b"x"
        );
        for mode in [0o604, 0o640, 0o660, 0o644] {
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            let error = Vault::load(file(path.clone())).unwrap_err();
            assert!(matches!(error, VaultError::TooOpen { mode: seen, .. } if seen == mode));
            assert!(error.to_string().contains("chmod 600"));
        }
        std::fs::remove_file(&path).unwrap();
        let other = Vault::load(file(path)).unwrap();
        assert!(matches!(
            other.open("c", &blob),
            Err(VaultError::UnknownKey(_))
        ));
        assert!(matches!(
            Vault::load(file(folder.clone())),
            Err(VaultError::Io { .. })
        ));
        assert!(matches!(
            Vault::load(file(folder.join("none/keys"))),
            Err(VaultError::Io { .. })
        ));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
