//! What is swept, and when a row can no longer matter.

/// A table whose old rows go.
///
/// | table | a row goes |
/// |---|---|
/// | `session` | 30 days after it ended or expired, once no application holds anything by it |
/// | `attempt` | 2 days after its last try and its lock; shut ones stay |
/// | `challenge` | 2 days after its code expired |
/// | `link` | 90 days after it expired, so that "used" and "expired" can be said; invitations stay |
/// | `outbox` | 90 days after the message was sent or given up |
/// | `browser` | 400 days after it first signed somebody in: it is a new one then |
///
/// The audit trail is never swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Swept {
    /// Sessions, with what they proved.
    Sessions,
    /// Counters of tries.
    Attempts,
    /// Codes that were sent.
    Challenges,
    /// Mailed links.
    Links,
    /// Messages.
    Messages,
    /// Browsers that signed somebody in.
    Browsers,
}

impl Swept {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Sessions,
        Self::Attempts,
        Self::Challenges,
        Self::Links,
        Self::Messages,
        Self::Browsers,
    ];

    /// The table, as figures name it.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Sessions => "session",
            Self::Attempts => "attempt",
            Self::Challenges => "challenge",
            Self::Links => "link",
            Self::Messages => "outbox",
            Self::Browsers => "browser",
        }
    }

    /// Days after which a row goes.
    pub const fn days(self) -> i64 {
        match self {
            Self::Sessions => 30,
            Self::Attempts | Self::Challenges => 2,
            Self::Links | Self::Messages => 90,
            Self::Browsers => 400,
        }
    }
}
