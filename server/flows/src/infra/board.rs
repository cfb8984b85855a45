//! The notice board: open pages look again when it rings. It says that something moved
//! and never what, so that nobody hears of what is not theirs; what they may see, the
//! page itself asks.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

/// What the desk's queue and the page of a person listen to.
pub const DESK: &str = "desk";

/// What pages listen to that wait for nobody, as those do whose name nobody has: it
/// rings with everything and never alone.
pub const NOBODY: &str = "nobody";

/// After so many topics those that nobody listens to are dropped.
const SWEEP: usize = 256;

/// Rings for everybody who listens to a topic on this node.
#[derive(Clone, Debug, Default)]
pub struct Board(Arc<Mutex<Topics>>);

#[derive(Debug, Default)]
struct Topics {
    rings: HashMap<String, watch::Sender<u64>>,
    /// How many there were after the last sweep.
    swept: usize,
}

impl Board {
    fn topics(&self) -> MutexGuard<'_, Topics> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something moved.
    pub fn ring(&self, topic: &str) {
        if let Some(bell) = self.topics().rings.get(topic) {
            bell.send_modify(|n| *n = n.wrapping_add(1));
        }
    }

    /// Everything may have moved: what was told was missed, or the clock jumped.
    pub fn ring_all(&self) {
        for bell in self.topics().rings.values() {
            bell.send_modify(|n| *n = n.wrapping_add(1));
        }
    }

    /// Hears every ring of a topic from now on; several that come close together are
    /// one.
    pub fn listen(&self, topic: &str) -> watch::Receiver<u64> {
        let mut topics = self.topics();
        if topics.rings.len() >= topics.swept + SWEEP {
            topics.rings.retain(|_, bell| bell.receiver_count() > 0);
            topics.swept = topics.rings.len();
        }
        let bell = topics.rings.entry(topic.to_owned());
        let mut receiver = bell.or_insert_with(|| watch::Sender::new(0)).subscribe();
        receiver.mark_unchanged();
        receiver
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_to_a_topic_hears_it_and_no_other() {
        let board = Board::default();
        let (mut a, mut b) = (board.listen("a"), board.listen("b"));
        board.ring("a");
        assert!(a.has_changed().unwrap() && !b.has_changed().unwrap());
        a.mark_unchanged();
        board.ring_all();
        assert!(a.has_changed().unwrap() && b.has_changed().unwrap());
        b.mark_unchanged();
        board.ring("nobody listens");
        assert!(!b.has_changed().unwrap());
    }

    #[test]
    fn topics_that_nobody_listens_to_are_dropped() {
        let board = Board::default();
        let kept = board.listen("kept");
        for n in 0..10 * SWEEP {
            drop(board.listen(&format!("{n}")));
        }
        assert!(board.topics().rings.len() <= 2 * SWEEP);
        board.ring("kept");
        assert!(kept.has_changed().unwrap());
    }
}
