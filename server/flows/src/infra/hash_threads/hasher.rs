//! Computing one hash after the other, on the thread that calls.

use super::{HashCost, Job};
use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version, password_hash::phc::PasswordHash,
};
use data_encoding::BASE64_NOPAD;
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{
    borrow::Cow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::Receiver,
    },
};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// What came of checking a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The secret is the one that was hashed.
    pub matches: bool,
    /// It matches, and the hash is cheaper than today's: hash it anew.
    pub outdated: bool,
}

/// A hash as it was stored.
struct Stored {
    params: Params,
    salt: Vec<u8>,
    tag: Vec<u8>,
    /// Whether it is a real one, and what it cost.
    real: Option<HashCost>,
}

impl Stored {
    /// Reads what [`super::HashThreads::hash`] wrote; anything else is refused.
    fn read(phc: &str) -> Option<Self> {
        let hash = PasswordHash::new(phc).ok()?;
        if hash.algorithm != ARGON2ID_IDENT || hash.version != Some(Version::V0x13.into()) {
            return None;
        }
        let (salt, tag) = (hash.salt?.to_vec(), hash.hash?.as_bytes().to_vec());
        let cost = HashCost {
            memory_kib: hash.params.get_decimal("m")?,
            passes: hash.params.get_decimal("t")?,
            lanes: hash.params.get_decimal("p")?,
            tag_bytes: tag.len(),
        };
        Some(Self {
            params: cost.params().ok()?,
            salt,
            tag,
            real: Some(cost),
        })
    }

    fn dummy(cost: &HashCost) -> Option<Self> {
        Some(Self {
            params: cost.params().ok()?,
            salt: vec![0; 16],
            tag: vec![0; cost.tag_bytes],
            real: None,
        })
    }
}

/// One thread's hashing, with the memory that it uses again and again.
pub(super) struct Hasher {
    cost: HashCost,
    pepper: Arc<Zeroizing<[u8; 32]>>,
    /// See [`super::HashThreads::computed`].
    computed: Arc<AtomicU64>,
    memory: Vec<Block>,
}

impl Hasher {
    /// A hasher without memory yet; [`Self::run`] takes it.
    pub(super) const fn new(
        cost: HashCost,
        pepper: Arc<Zeroizing<[u8; 32]>>,
        computed: Arc<AtomicU64>,
    ) -> Self {
        Self {
            cost,
            pepper,
            computed,
            memory: Vec::new(),
        }
    }

    /// Answers jobs until nobody can ask any more.
    pub(super) fn run(&mut self, queue: &Mutex<Receiver<Job>>) {
        if let Ok(params) = self.cost.params() {
            self.make_room(params.block_count());
        }
        loop {
            let next = {
                let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
                queue.recv()
            };
            let Ok(job) = next else { return };
            if catch_unwind(AssertUnwindSafe(|| self.serve(job))).is_err() {
                tracing::error!("a hash panicked; its thread goes on");
            }
        }
    }

    /// Answers one job. What cannot be computed gets no answer, and whoever
    /// waits for it reads [`super::Busy`].
    fn serve(&mut self, job: Job) {
        match job {
            // Whoever asked has gone: do not work for nobody.
            Job::Hash { reply, .. } if reply.is_closed() => {}
            Job::Verify { reply, .. } if reply.is_closed() => {}
            Job::Hash {
                secret,
                salt,
                reply,
            } => {
                if let Some(phc) = self.hash(&secret, salt) {
                    let _ = reply.send(phc);
                }
            }
            Job::Verify { secret, phc, reply } => {
                if let Some(verdict) = self.verify(&secret, phc.as_deref()) {
                    let _ = reply.send(verdict);
                }
            }
            #[cfg(test)]
            Job::Run { work, reply } => {
                work();
                let _ = reply.send(());
            }
        }
    }

    fn hash(&mut self, secret: &Secret, salt: [u8; 16]) -> Option<String> {
        let params = self.cost.params().ok()?;
        let mut tag = vec![0; self.cost.tag_bytes];
        self.compute(params, secret, &salt, &mut tag)?;
        let HashCost {
            memory_kib,
            passes,
            lanes,
            ..
        } = self.cost;
        let (salt, tag) = (BASE64_NOPAD.encode(&salt), BASE64_NOPAD.encode(&tag));
        Some(format!(
            "$argon2id$v=19$m={memory_kib},t={passes},p={lanes}${salt}${tag}"
        ))
    }

    fn verify(&mut self, secret: &Secret, phc: Option<&str>) -> Option<Verdict> {
        let stored = phc.and_then(|phc| {
            let stored = Stored::read(phc);
            if stored.is_none() {
                tracing::error!("a stored hash cannot be read");
            }
            stored
        });
        let stored = match stored {
            Some(stored) => stored,
            None => Stored::dummy(&self.cost)?,
        };
        let mut tag = vec![0; stored.tag.len()];
        self.compute(stored.params, secret, &stored.salt, &mut tag)?;
        let same = bool::from(tag.ct_eq(&stored.tag));
        let matches = same && stored.real.is_some();
        let outdated = matches && stored.real.is_some_and(|cost| cost.below(&self.cost));
        Some(Verdict { matches, outdated })
    }

    fn compute(
        &mut self,
        params: Params,
        secret: &Secret,
        salt: &[u8],
        tag: &mut [u8],
    ) -> Option<()> {
        let keyed = self.keyed(secret)?;
        let (blocks, passes) = (params.block_count(), params.t_cost());
        if !self.make_room(blocks) {
            tracing::error!("no memory for a hash");
            return None;
        }
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let done =
            argon2.hash_password_into_with_memory(&*keyed, salt, tag, &mut self.memory[..blocks]);
        if done.is_ok() {
            let filled = u64::try_from(blocks).unwrap_or(u64::MAX);
            let filled = filled.saturating_mul(passes.into());
            self.computed.fetch_add(filled, Ordering::Relaxed);
        }
        // A stored hash may be dearer than today's; its memory is not kept.
        let usual = self.cost.params().map_or(0, |p| p.block_count());
        if blocks > usual {
            self.memory.truncate(usual);
            self.memory.shrink_to_fit();
        }
        done.inspect_err(|error| tracing::error!(%error, "a hash failed"))
            .ok()
    }

    /// NFC, then HMAC-SHA-256 with the pepper (NIST SP 800-63B-4, 3.1.1.2).
    fn keyed(&self, secret: &Secret) -> Option<Zeroizing<[u8; 32]>> {
        let text = nfc(secret);
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&**self.pepper).ok()?;
        mac.update(text.reveal().as_bytes());
        Some(Zeroizing::new(mac.finalize().into_bytes().into()))
    }

    fn make_room(&mut self, blocks: usize) -> bool {
        let more = blocks.saturating_sub(self.memory.len());
        if self.memory.try_reserve_exact(more).is_err() {
            return false;
        }
        self.memory.resize(self.memory.len() + more, Block::new());
        true
    }
}

/// The secret in normalisation form C, so that "ü" is one secret on every
/// keyboard.
pub(in crate::infra) fn nfc(secret: &Secret) -> Cow<'_, Secret> {
    let text = secret.reveal();
    if text.is_ascii() {
        return Cow::Borrowed(secret);
    }
    // Room for the longest result (UAX 15: three times), so that no outgrown
    // copy stays behind in memory.
    let mut out = String::with_capacity(text.len() * 3);
    out.extend(text.nfc());
    Cow::Owned(Secret::new(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name that nobody has costs the same hash (XA01): to the last word of its memory,
    /// where Argon2 leaves what it computed. Nobody's salt is zeros.
    #[test]
    fn for_nobody_the_same_is_computed_as_for_somebody() {
        let cost = HashCost {
            memory_kib: 64,
            passes: 2,
            lanes: 1,
            tag_bytes: 32,
        };
        let pepper = Arc::new(Zeroizing::new([7; 32]));
        let hasher = || Hasher::new(cost, Arc::clone(&pepper), Arc::default());
        let computed = |phc: Option<&str>| {
            let mut hasher = hasher();
            let verdict = hasher.verify(&Secret::new("wrong"), phc).expect("computes");
            assert!(!verdict.matches);
            let words = hasher.memory.iter().flat_map(|block| block.as_ref());
            words.copied().collect::<Vec<u64>>()
        };
        let phc = hasher().hash(&Secret::new("right"), [0; 16]);
        let somebody = computed(phc.as_deref());
        assert!(somebody.iter().all(|word| *word != 0));
        assert!(somebody == computed(None));
        let salted = hasher().hash(&Secret::new("right"), [1; 16]);
        assert!(somebody != computed(salted.as_deref()));
    }
}
