//! Hashing of passwords and PINs on threads of its own: Argon2 on the async
//! threads stops every page, and without a bound each try costs 19 MiB
//! (`performance.md`, 4.1).

mod cost;
mod hasher;

#[cfg(test)]
mod tests;

pub use cost::{HashCost, HashSettings};
pub use hasher::Verdict;
pub(super) use hasher::nfc;

use domain::secret::Secret;
use hasher::Hasher;
use std::{
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use zeroize::Zeroizing;

/// How much lower than the pages' threads the hash threads stand.
const NICENESS: i32 = 10;

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

/// What a thread is asked to do, and whom it answers.
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

/// A place in the queue; see [`HashThreads::reserve`].
#[derive(Debug)]
pub struct Place(#[expect(dead_code, reason = "held, never read")] OwnedSemaphorePermit);

/// The threads and the queue before them. Dropping it ends the threads once
/// the queue is empty.
pub struct HashThreads {
    queue: SyncSender<Job>,
    places: Arc<Semaphore>,
    living: Arc<AtomicUsize>,
    computed: Arc<AtomicU64>,
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
        let places = Arc::new(Semaphore::new(settings.queue + threads));
        let receiver = Arc::new(Mutex::new(receiver));
        let living = Arc::new(AtomicUsize::new(0));
        let computed = Arc::new(AtomicU64::new(0));
        let pepper = Arc::new(Zeroizing::new(pepper));
        for number in 0..threads {
            let receiver = Arc::clone(&receiver);
            let (pepper, computed) = (Arc::clone(&pepper), Arc::clone(&computed));
            let mut hasher = Hasher::new(settings.cost, pepper, computed);
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
            places,
            living,
            computed,
            threads,
        })
    }

    /// A place in the queue, taken before anything else is done for a sign-in: in a
    /// rush, whoever cannot be served hears it before the database is asked. It
    /// is given back when it is dropped.
    ///
    /// # Errors
    /// [`Busy`], at once when there is none.
    pub fn reserve(&self) -> Result<Place, Busy> {
        match Arc::clone(&self.places).try_acquire_owned() {
            Ok(permit) => Ok(Place(permit)),
            Err(_) => Err(Busy),
        }
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

    /// Returns the work done since the start: the number of 1-KiB blocks that Argon2 filled,
    /// counted once per pass. Tests compare it, because a clock depends on the machine.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
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
