//! What the flows need from the world: time, chance, hashing, keys, and the
//! rules that lean on large lists. Each is handed in, so that a test can say
//! what it is.

pub mod board;
pub mod browser_name;
pub mod clock;
pub mod csv_lines;
pub mod hash_threads;
pub mod metrics;
pub mod numbers;
pub mod password_rules;
pub mod people_csv;
pub mod push;
pub mod qr;
pub mod random;
pub mod vault;

pub use board::Board;
pub use clock::{Clock, SetClock, ShiftedClock, SystemClock};
pub use hash_threads::{Busy, HashCost, HashSettings, HashThreads, Verdict};
pub use metrics::Metrics;
pub use push::Push;
pub use random::Random;
pub use vault::{FileKeys, Vault, VaultError, VaultSource};
