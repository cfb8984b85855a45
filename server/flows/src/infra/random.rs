//! Where chance comes from: one generator for tokens, codes, salts and ids, so
//! that a test can seed it.

use data_encoding::BASE64URL_NOPAD;
use domain::{Timestamp, secret::Secret};
use rand::rngs::SysRng;
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};
use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};
use zeroize::{Zeroize, Zeroizing};

/// Crockford's base32: no I, L, O, U. Read back by `domain::text::recovery`.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A cryptographically secure generator (ChaCha20), shared by all threads.
pub struct Random(Mutex<State>);

struct State {
    rng: ChaCha20Rng,
    /// Time and counter of the last id (RFC 9562, 6.2, method 1).
    millis: u64,
    counter: u16,
}

impl State {
    fn fill(&mut self, out: &mut [u8]) {
        self.rng.fill_bytes(out);
        // A new key after every draw: whoever reads the memory later cannot
        // compute what was drawn before.
        let mut seed = Zeroizing::new([0; 32]);
        self.rng.fill_bytes(&mut *seed);
        self.rng = ChaCha20Rng::from_seed(*seed);
    }
}

impl Random {
    /// A generator seeded by the operating system.
    ///
    /// # Panics
    /// When the system has no randomness: nothing may start then.
    pub fn from_os() -> Self {
        Self::of(
            ChaCha20Rng::try_from_rng(&mut SysRng).expect("the operating system gives randomness"),
        )
    }

    /// A generator that repeats itself, for tests and recorded demos only.
    pub fn seeded(seed: u64) -> Self {
        Self::of(ChaCha20Rng::seed_from_u64(seed))
    }

    const fn of(rng: ChaCha20Rng) -> Self {
        Self(Mutex::new(State {
            rng,
            millis: 0,
            counter: 0,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        self.state().fill(&mut out);
        out
    }

    /// A token for links and cookies: 256 bit as 43 characters of base64url.
    pub fn token(&self) -> Secret {
        let raw = Zeroizing::new(self.bytes::<32>());
        Secret::new(BASE64URL_NOPAD.encode(&*raw))
    }

    /// A code of `n` digits, each of them equally likely (ASVS 6.5.3).
    pub fn digits(&self, n: usize) -> Secret {
        let mut out = String::with_capacity(n);
        let mut raw = Zeroizing::new([0; 32]);
        while out.len() < n {
            self.state().fill(&mut *raw);
            // 250 is the last multiple of ten in a byte; above it, 0 to 5
            // would come up more often.
            let fair = raw
                .iter()
                .filter(|b| **b < 250)
                .map(|b| char::from(b'0' + b % 10));
            out.extend(fair.take(n - out.len()));
        }
        Secret::new(out)
    }

    /// So many characters of Crockford's base32, five bits each.
    pub fn crockford(&self, length: usize) -> Secret {
        let mut out = String::with_capacity(length);
        for _ in 0..length {
            let [byte] = self.bytes::<1>();
            out.push(char::from(CROCKFORD[usize::from(byte & 31)]));
        }
        Secret::new(out)
    }

    /// A recovery code: 80 bit as `XXXX-XXXX-XXXX-XXXX` (NIST SP 800-63B-4,
    /// 4.2.1.1 asks for 64).
    pub fn recovery_code(&self) -> Secret {
        let mut bits = self
            .bytes::<10>()
            .iter()
            .fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let mut out = String::with_capacity(19);
        for place in 0..16 {
            if place > 0 && place % 4 == 0 {
                out.push('-');
            }
            let five = (bits >> (75 - 5 * place)) & 31;
            out.push(char::from(CROCKFORD[five as usize]));
        }
        bits.zeroize();
        Secret::new(out)
    }

    /// An id: a UUIDv7 text (RFC 9562, 5.7). Ids of one process sort in the
    /// order in which they were made, even when the clock is set back.
    pub fn id(&self, now: Timestamp) -> String {
        const LATEST: u64 = (1 << 48) - 1;
        let mut raw = [0; 10];
        let mut state = self.state();
        state.fill(&mut raw);
        // Eleven of twelve bits, so that there is room to count.
        let start = u16::from_be_bytes([raw[0], raw[1]]) & 0x7ff;
        let millis = u64::try_from(now.millis()).unwrap_or(0).min(LATEST);
        if millis > state.millis {
            (state.millis, state.counter) = (millis, start);
        } else if state.counter < 0xfff {
            state.counter += 1;
        } else {
            (state.millis, state.counter) = ((state.millis + 1).min(LATEST), start);
        }
        let (millis, counter) = (state.millis, state.counter);
        drop(state);
        let tail = raw[2..]
            .iter()
            .fold(0_u64, |tail, byte| tail << 8 | u64::from(*byte));
        format!(
            "{:08x}-{:04x}-7{counter:03x}-{:04x}-{:012x}",
            millis >> 16,
            millis & 0xffff,
            0x8000 | (tail >> 48 & 0x3fff),
            tail & 0xffff_ffff_ffff,
        )
    }

    /// A key for one-time passwords: 160 bit (RFC 4226, 4, R6).
    pub fn totp_seed(&self) -> Vec<u8> {
        let raw = Zeroizing::new(self.bytes::<20>());
        raw.to_vec()
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Pearson's chi-square against equal shares.
    fn chi_square(counts: &[u32]) -> f64 {
        let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
        counts
            .iter()
            .map(|c| (f64::from(*c) - expected).powi(2) / expected)
            .sum()
    }

    #[test]
    fn digits_are_uniform_at_every_place() {
        let random = Random::seeded(16);
        let mut places = [[0_u32; 10]; 6];
        for _ in 0..10_000 {
            for (place, digit) in random.digits(6).reveal().bytes().enumerate() {
                places[place][usize::from(digit - b'0')] += 1;
            }
        }
        for counts in places {
            // 9 degrees of freedom: one fair run in 100 000 lies above 39.3.
            // A plain `byte % 10` gives about 57 here.
            assert!(chi_square(&counts) < 39.3, "{counts:?}");
        }
    }

    #[test]
    fn seeds_and_codes_are_uniform_and_differ() {
        let random = Random::from_os();
        let mut bytes = [0_u32; 256];
        let mut seen = HashSet::new();
        for _ in 0..10_000 {
            let seed = random.totp_seed();
            assert_eq!(seed.len(), 20);
            seed.iter().for_each(|b| bytes[usize::from(*b)] += 1);
            assert!(seen.insert(seed));
        }
        // 255 degrees of freedom: one fair run in a million lies above 376.
        assert!(chi_square(&bytes) < 376.0);
        let mut letters = [0_u32; 32];
        for _ in 0..10_000 {
            let code = random.recovery_code();
            for letter in code.reveal().bytes().filter(|b| *b != b'-') {
                letters[CROCKFORD.iter().position(|c| *c == letter).unwrap()] += 1;
            }
        }
        // 31 degrees of freedom, one in a million.
        assert!(chi_square(&letters) < 87.0, "{letters:?}");
    }

    #[test]
    fn shapes() {
        let random = Random::seeded(1);
        assert_eq!(random.token().reveal().len(), 43);
        assert_eq!(random.digits(0).reveal(), "");
        assert_eq!(random.digits(100).reveal().len(), 100);
        let code = random.recovery_code();
        assert_eq!(
            code.reveal().split('-').map(str::len).collect::<Vec<_>>(),
            [4, 4, 4, 4]
        );
        assert_eq!(
            domain::text::recovery(code.reveal()).unwrap(),
            code.reveal().replace('-', "")
        );
        assert_eq!(format!("{random:?}"), "Random(…)");
    }

    #[test]
    fn a_seed_repeats_and_another_does_not() {
        let draw = |seed| Random::seeded(seed).token();
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert_ne!(Random::from_os().token(), Random::from_os().token());
    }

    #[test]
    fn ids_sort_by_age() {
        let random = Random::seeded(3);
        let now = Timestamp::from_millis(0x0192_3456_789a);
        let mut ids: Vec<_> = (0..10_000).map(|_| random.id(now)).collect();
        ids.push(random.id(now.plus_seconds(-60)));
        ids.push(random.id(now.plus_seconds(60)));
        assert!(ids.is_sorted());
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        assert!(ids[0].starts_with("01923456-789a-7"), "{}", ids[0]);
        for id in &ids {
            assert_eq!(id.len(), 36);
            assert!(
                matches!(id.as_bytes()[19], b'8' | b'9' | b'a' | b'b'),
                "{id}"
            );
        }
        for odd in [i64::MIN, -1, 0, i64::MAX] {
            assert_eq!(Random::seeded(3).id(Timestamp::from_millis(odd)).len(), 36);
        }
    }
}
