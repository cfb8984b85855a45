/// What a notice, a state or a due date means. Colour never says it alone: each
/// tone brings an icon, and the words stand beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Done, ready, delivered.
    Ok,
    /// Good to know; in the realm's own colour.
    #[default]
    Info,
    /// Needs a look soon.
    Warn,
    /// Failed, locked, ended.
    Stop,
    /// Nothing has happened yet.
    Idle,
}

impl Tone {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Ok => " ok",
            Self::Info => "",
            Self::Warn => " warn",
            Self::Stop => " stop",
            Self::Idle => " idle",
        }
    }

    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Stop => "stop",
            Self::Idle => "dash",
        }
    }
}
