//! Hashing of passwords and PINs on threads of its own: Argon2 on the async
//! threads stops every page, and without a bound each try costs 19 MiB
//! (`performance.md`, 4.1).

use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version, password_hash::phc::PasswordHash,
};
use data_encoding::BASE64_NOPAD;
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{
    borrow::Cow,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// No stored hash may ask for more than this, whatever stands in the database.
const LARGEST: HashCost = HashCost {
    memory_kib: 256 * 1024,
    passes: 16,
    lanes: 16,
    tag_bytes: 64,
};
/// A shorter tag can be met by chance.
const SHORTEST_TAG: usize = 16;
/// How much lower than the pages' threads the hash threads stand.
const NICENESS: i32 = 10;

/// What one hash costs (Argon2id, RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
    /// Length of the tag in bytes, 16 to 64.
    pub tag_bytes: usize,
}

impl Default for HashCost {
    /// The least that OWASP's password storage sheet asks for.
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            passes: 2,
            lanes: 1,
            tag_bytes: 32,
        }
    }
}

impl HashCost {
    const fn below(&self, other: &Self) -> bool {
        self.memory_kib < other.memory_kib
            || self.passes < other.passes
            || self.lanes < other.lanes
            || self.tag_bytes < other.tag_bytes
    }

    fn params(&self) -> Result<Params, argon2::Error> {
        if LARGEST.below(self) {
            return Err(argon2::Error::MemoryTooMuch);
        }
        if self.tag_bytes < SHORTEST_TAG {
            return Err(argon2::Error::OutputTooShort);
        }
        Params::new(
            self.memory_kib,
            self.passes,
            self.lanes,
            Some(self.tag_bytes),
        )
    }
}

/// How the hash threads are set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashSettings {
    /// What a new hash costs; older, cheaper hashes still verify.
    pub cost: HashCost,
    /// Number of threads; each holds the memory of one hash.
    pub threads: usize,
    /// Number of hashes that may wait.
    pub queue: usize,
}

impl Default for HashSettings {
    /// One thread on up to two cores, else all cores but one; 64 may wait.
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self {
            cost: HashCost::default(),
            threads: cores.saturating_sub(1).max(1),
            queue: 64,
        }
    }
}

/// Too many hashes are waiting, or no thread is there to compute them. Answer
/// 503 and `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked")]
pub struct Busy;

/// Why the threads did not start.
#[derive(Debug, thiserror::Error)]
pub enum HashStartError {
    /// The cost is outside of what Argon2, or this server, allows.
    #[error("cost of hashing: {0}")]
    Cost(argon2::Error),
    /// The system gives no thread.
    #[error("thread for hashing: {0}")]
    Thread(#[from] std::io::Error),
}

/// What came of checking a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The secret is the one that was hashed.
    pub matches: bool,
    /// It matches, and the hash is cheaper than today's: hash it anew.
    pub outdated: bool,
}

enum Job {
    Hash {
        secret: Secret,
        salt: [u8; 16],
        reply: oneshot::Sender<String>,
    },
    Verify {
        secret: Secret,
        phc: Option<String>,
        reply: oneshot::Sender<Verdict>,
    },
    #[cfg(test)]
    Run {
        work: Box<dyn FnOnce() + Send>,
        reply: oneshot::Sender<()>,
    },
}

/// The threads and the queue before them. Dropping it ends the threads once
/// the queue is empty.
pub struct HashThreads {
    queue: SyncSender<Job>,
    living: Arc<AtomicUsize>,
    threads: usize,
}

impl HashThreads {
    /// Starts the threads. `pepper` is the key of the HMAC that every secret
    /// goes through first (NIST SP 800-63B-4, 3.1.1.2), kept outside of the
    /// database.
    ///
    /// # Errors
    /// [`HashStartError`].
    pub fn start(settings: HashSettings, pepper: [u8; 32]) -> Result<Self, HashStartError> {
        settings.cost.params().map_err(HashStartError::Cost)?;
        let threads = settings.threads.max(1);
        let (sender, receiver) = sync_channel(settings.queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let living = Arc::new(AtomicUsize::new(0));
        let pepper = Arc::new(Zeroizing::new(pepper));
        for number in 0..threads {
            let receiver = Arc::clone(&receiver);
            let mut hasher = Hasher {
                cost: settings.cost,
                pepper: Arc::clone(&pepper),
                memory: Vec::new(),
            };
            let here = Alive::new(&living);
            thread::Builder::new()
                .name(format!("hash-{number}"))
                .spawn(move || {
                    let _here = here;
                    step_back();
                    hasher.run(&receiver);
                })?;
        }
        Ok(Self {
            queue: sender,
            living,
            threads,
        })
    }

    /// Hashes a secret to a PHC string. `salt` must be fresh.
    ///
    /// # Errors
    /// [`Busy`], at once when the queue is full.
    pub async fn hash(&self, secret: &Secret, salt: [u8; 16]) -> Result<String, Busy> {
        let (reply, answer) = oneshot::channel();
        self.enqueue(Job::Hash {
            secret: secret.clone(),
            salt,
            reply,
        })?;
        answer.await.map_err(|_| Busy)
    }

    /// Checks a secret against a PHC string. `None` stands for a person or a
    /// factor that does not exist: the same work is done and nothing matches.
    ///
    /// # Errors
    /// [`Busy`], at once when the queue is full.
    pub async fn verify(&self, secret: &Secret, phc: Option<&str>) -> Result<Verdict, Busy> {
        let (reply, answer) = oneshot::channel();
        self.enqueue(Job::Verify {
            secret: secret.clone(),
            phc: phc.map(str::to_owned),
            reply,
        })?;
        answer.await.map_err(|_| Busy)
    }

    /// Whether every thread is still there, for the readiness check.
    pub fn healthy(&self) -> bool {
        self.living.load(Ordering::Relaxed) == self.threads
    }

    fn enqueue(&self, job: Job) -> Result<(), Busy> {
        self.queue.try_send(job).map_err(|refused| {
            if matches!(refused, TrySendError::Disconnected(_)) {
                tracing::error!("no hash thread is left");
            }
            Busy
        })
    }
}

impl fmt::Debug for HashThreads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HashThreads")
            .field("threads", &self.threads)
            .field("living", &self.living)
            .finish_non_exhaustive()
    }
}

/// Counts a thread for as long as it lives.
struct Alive(Arc<AtomicUsize>);

impl Alive {
    fn new(living: &Arc<AtomicUsize>) -> Self {
        living.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(living))
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
        if thread::panicking() {
            tracing::error!("a hash thread died");
        }
    }
}

/// Lowers the calling thread's priority, so that pages stay quick.
fn step_back() {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: setpriority(2) takes three numbers and touches no memory of
        // ours. On Linux, unlike POSIX, 0 is the calling thread alone.
        let done = unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, NICENESS) };
        if done != 0 {
            tracing::warn!("the hash threads run at the priority of the pages");
        }
    }
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
    /// Reads what [`HashThreads::hash`] wrote; anything else is refused.
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

struct Hasher {
    cost: HashCost,
    pepper: Arc<Zeroizing<[u8; 32]>>,
    memory: Vec<Block>,
}

impl Hasher {
    fn run(&mut self, queue: &Mutex<Receiver<Job>>) {
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
    /// waits for it reads [`Busy`].
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
        let blocks = params.block_count();
        if !self.make_room(blocks) {
            tracing::error!("no memory for a hash");
            return None;
        }
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let done =
            argon2.hash_password_into_with_memory(&*keyed, salt, tag, &mut self.memory[..blocks]);
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
pub(super) fn nfc(secret: &Secret) -> Cow<'_, Secret> {
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
    use std::{sync::mpsc, time::Duration};

    const SMALL: HashCost = HashCost {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
        tag_bytes: 32,
    };
    const PEPPER: [u8; 32] = [7; 32];

    fn threads(cost: HashCost, threads: usize, queue: usize) -> HashThreads {
        HashThreads::start(
            HashSettings {
                cost,
                threads,
                queue,
            },
            PEPPER,
        )
        .unwrap()
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text)
    }

    #[tokio::test]
    async fn round_trip() {
        let hashes = threads(SMALL, 2, 8);
        let phc = hashes
            .hash(&secret("correct horse"), [1; 16])
            .await
            .unwrap();
        assert!(
            phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$AQEBAQEBAQEBAQEBAQEBAQ$"),
            "{phc}"
        );
        assert_eq!(
            hashes.verify(&secret("correct horse"), Some(&phc)).await,
            Ok(Verdict {
                matches: true,
                outdated: false
            })
        );
        assert_eq!(
            hashes.verify(&secret("correct Horse"), Some(&phc)).await,
            Ok(Verdict {
                matches: false,
                outdated: false
            })
        );
        assert_ne!(
            hashes
                .hash(&secret("correct horse"), [2; 16])
                .await
                .unwrap(),
            phc
        );
        assert!(hashes.healthy());
    }

    /// The chain NFC, HMAC, Argon2id, computed once more from its parts.
    #[tokio::test]
    async fn the_pepper_comes_before_argon2id() {
        let phc = threads(SMALL, 1, 1)
            .hash(&secret("Mu\u{308}ller"), [3; 16])
            .await
            .unwrap();
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&PEPPER).unwrap();
        mac.update("M\u{fc}ller".as_bytes());
        let mut tag = [0; 32];
        let params = Params::new(64, 1, 1, Some(32)).unwrap();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(&mac.finalize().into_bytes(), &[3; 16], &mut tag)
            .unwrap();
        assert!(phc.ends_with(&BASE64_NOPAD.encode(&tag)));
        let other = HashThreads::start(
            HashSettings {
                cost: SMALL,
                threads: 1,
                queue: 1,
            },
            [8; 32],
        )
        .unwrap();
        assert!(
            !other
                .verify(&secret("M\u{fc}ller"), Some(&phc))
                .await
                .unwrap()
                .matches
        );
    }

    #[tokio::test]
    async fn composed_and_decomposed_are_one_secret() {
        let hashes = threads(SMALL, 1, 8);
        let phc = hashes
            .hash(&secret("Stra\u{df}e \u{fc}ber \u{1f98a}"), [1; 16])
            .await
            .unwrap();
        assert!(
            hashes
                .verify(&secret("Stra\u{df}e u\u{308}ber \u{1f98a}"), Some(&phc))
                .await
                .unwrap()
                .matches
        );
    }

    #[tokio::test]
    async fn nobody_and_nonsense_never_match() {
        let hashes = threads(SMALL, 1, 8);
        let nothing = Ok(Verdict {
            matches: false,
            outdated: false,
        });
        assert_eq!(hashes.verify(&secret("x"), None).await, nothing);
        let good = hashes.hash(&secret("x"), [1; 16]).await.unwrap();
        for bad in [
            String::new(),
            "plain".to_owned(),
            "$argon2id$v=19$m=64,t=1,p=1".to_owned(),
            good.replace("argon2id", "argon2i"),
            good.replace("v=19", "v=16"),
            good.replace("$v=19", ""),
            good.replace("m=64", "m=4000000000"),
            good.replace("m=64", "m=1"),
            good.replace("t=1", "t=0"),
            good.replace("t=1", "t=4000000000"),
            good.replace("p=1", "p=16777215"),
            good[..good.len() - 30].to_owned(),
            good[..good.rfind('$').unwrap()].to_owned(),
            format!("{good}$"),
        ] {
            assert_eq!(
                hashes.verify(&secret("x"), Some(&bad)).await,
                nothing,
                "{bad}"
            );
        }
        assert!(hashes.healthy());
    }

    #[tokio::test]
    async fn the_dummy_costs_what_a_hash_costs() {
        let cost = HashCost {
            memory_kib: 8192,
            passes: 2,
            ..SMALL
        };
        let hashes = threads(cost, 1, 8);
        let phc = hashes.hash(&secret("x"), [1; 16]).await.unwrap();
        let (mut real, mut dummy) = (Duration::MAX, Duration::MAX);
        for _ in 0..10 {
            let start = std::time::Instant::now();
            hashes.verify(&secret("y"), Some(&phc)).await.unwrap();
            real = real.min(start.elapsed());
            let start = std::time::Instant::now();
            hashes.verify(&secret("y"), None).await.unwrap();
            dummy = dummy.min(start.elapsed());
        }
        assert!(dummy * 2 > real && real * 2 > dummy, "{real:?} {dummy:?}");
    }

    #[tokio::test]
    async fn a_raised_cost_makes_old_hashes_outdated() {
        let old = threads(SMALL, 1, 8)
            .hash(&secret("x"), [1; 16])
            .await
            .unwrap();
        for raised in [
            HashCost {
                memory_kib: 128,
                ..SMALL
            },
            HashCost { passes: 2, ..SMALL },
            HashCost { lanes: 2, ..SMALL },
            HashCost {
                tag_bytes: 64,
                ..SMALL
            },
        ] {
            let hashes = threads(raised, 1, 8);
            assert_eq!(
                hashes.verify(&secret("x"), Some(&old)).await,
                Ok(Verdict {
                    matches: true,
                    outdated: true
                })
            );
            assert_eq!(
                hashes.verify(&secret("y"), Some(&old)).await,
                Ok(Verdict {
                    matches: false,
                    outdated: false
                })
            );
            let new = hashes.hash(&secret("x"), [1; 16]).await.unwrap();
            assert_eq!(
                hashes.verify(&secret("x"), Some(&new)).await,
                Ok(Verdict {
                    matches: true,
                    outdated: false
                })
            );
            // Lowered again: the dearer hash verifies and stays.
            let verdict = threads(SMALL, 1, 8).verify(&secret("x"), Some(&new)).await;
            assert_eq!(
                verdict,
                Ok(Verdict {
                    matches: true,
                    outdated: false
                })
            );
        }
    }

    #[tokio::test]
    async fn a_full_queue_answers_at_once() {
        let hashes = threads(SMALL, 1, 1);
        let (started, running) = mpsc::channel();
        let (release, wait) = mpsc::channel::<()>();
        let (reply, held) = oneshot::channel();
        let work = Box::new(move || {
            started.send(()).unwrap();
            let _ = wait.recv();
        });
        hashes.enqueue(Job::Run { work, reply }).unwrap();
        running.recv().unwrap();
        let (reply, waiting) = oneshot::channel();
        hashes
            .enqueue(Job::Run {
                work: Box::new(|| {}),
                reply,
            })
            .unwrap();
        assert_eq!(hashes.hash(&secret("x"), [1; 16]).await, Err(Busy));
        assert_eq!(hashes.verify(&secret("x"), None).await, Err(Busy));
        drop(release);
        held.await.unwrap();
        waiting.await.unwrap();
        assert!(hashes.hash(&secret("x"), [1; 16]).await.is_ok());
    }

    #[tokio::test]
    async fn a_panic_answers_busy_and_the_thread_goes_on() {
        let hashes = threads(SMALL, 1, 4);
        let (reply, answer) = oneshot::channel();
        hashes
            .enqueue(Job::Run {
                work: Box::new(|| std::panic::panic_any(())),
                reply,
            })
            .unwrap();
        assert!(answer.await.is_err());
        assert!(hashes.hash(&secret("x"), [1; 16]).await.is_ok());
        assert!(hashes.healthy());
    }

    #[tokio::test]
    async fn a_dead_thread_is_noticed() {
        let mut hashes = threads(SMALL, 1, 4);
        let (queue, receiver) = sync_channel(4);
        hashes.queue = queue;
        drop(receiver);
        assert_eq!(hashes.hash(&secret("x"), [1; 16]).await, Err(Busy));
        for _ in 0..500 {
            if !hashes.healthy() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the thread was not missed");
    }

    #[test]
    fn settings_are_checked() {
        for cost in [
            HashCost {
                memory_kib: 4,
                ..SMALL
            },
            HashCost {
                memory_kib: u32::MAX,
                ..SMALL
            },
            HashCost { passes: 0, ..SMALL },
            HashCost { lanes: 0, ..SMALL },
            HashCost {
                tag_bytes: 8,
                ..SMALL
            },
            HashCost {
                tag_bytes: 65,
                ..SMALL
            },
        ] {
            let settings = HashSettings {
                cost,
                threads: 1,
                queue: 1,
            };
            assert!(
                matches!(
                    HashThreads::start(settings, PEPPER),
                    Err(HashStartError::Cost(_))
                ),
                "{cost:?}"
            );
        }
        assert!(HashSettings::default().threads >= 1);
        assert!(HashCost::default().params().is_ok());
    }
}
