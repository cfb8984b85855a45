//! The notice board of the desk: open pages look again when it rings. It says
//! that something moved and never what, so that nobody hears of a case that is
//! not theirs; what they may see, the page itself asks.

use tokio::sync::watch;

/// Rings for everybody who listens on this node.
#[derive(Clone, Debug)]
pub struct Board(watch::Sender<u64>);

impl Default for Board {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Board {
    /// Something moved.
    pub fn ring(&self) {
        self.0.send_modify(|n| *n = n.wrapping_add(1));
    }

    /// Hears every ring from now on; several that come close together are one.
    pub fn listen(&self) -> watch::Receiver<u64> {
        let mut receiver = self.0.subscribe();
        receiver.mark_unchanged();
        receiver
    }
}
