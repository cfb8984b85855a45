//! What a hash costs, and how many are computed at once.

use argon2::Params;
use std::thread;

/// No stored hash may ask for more than this, whatever stands in the database.
const LARGEST: HashCost = HashCost {
    memory_kib: 256 * 1024,
    passes: 16,
    lanes: 16,
    tag_bytes: 64,
};
/// A shorter tag can be met by chance.
const SHORTEST_TAG: usize = 16;

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
    /// Whether any part of it is less than the other's.
    pub(super) const fn below(&self, other: &Self) -> bool {
        self.memory_kib < other.memory_kib
            || self.passes < other.passes
            || self.lanes < other.lanes
            || self.tag_bytes < other.tag_bytes
    }

    /// The same for Argon2.
    ///
    /// # Errors
    /// It is outside of what Argon2, or this server, allows.
    pub(super) fn params(&self) -> Result<Params, argon2::Error> {
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
