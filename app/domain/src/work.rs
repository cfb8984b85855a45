//! A piece of work that a browser does before a form is taken (hashcash): a
//! person does not notice it, a thousand posts do. No third party is asked, and
//! nobody has to see or hear anything.

use sha2::{Digest, Sha256};

/// Zero bits that the hash must begin with: about a hundred thousand hashes, a
/// second at most on a slow phone.
pub const BITS: u32 = 17;

/// Whether an answer solves a challenge.
pub fn solves(challenge: &str, answer: u64) -> bool {
    let mut hash = Sha256::new();
    hash.update(challenge.as_bytes());
    hash.update(answer.to_be_bytes());
    let digest = hash.finalize();
    let head = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    head.leading_zeros() >= BITS
}

/// Tries `tries` answers from `from` on; the first that solves it.
pub fn search(challenge: &str, from: u64, tries: u64) -> Option<u64> {
    (from..from.saturating_add(tries)).find(|answer| solves(challenge, *answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_good_for_its_challenge_alone() {
        let answer = search("one page", 0, 1 << 24).unwrap();
        assert!(solves("one page", answer));
        assert!(!solves("another page", answer));
        assert_eq!(search("one page", answer, 1), Some(answer));
        assert_eq!(search("one page", 0, answer), None);
    }
}
