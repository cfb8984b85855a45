//! A call between somebody and the service desk: the case under which a caller is
//! checked, so that what was found out belongs to this talk and to no other one.
//!
//! It begins with the first thing that an agent does for a caller and ends when the
//! agent says so, at the latest after [`LASTS`] seconds.
//!
//! In the other direction a person finds out whether it is the desk who calls them:
//! their phone shows a code, the caller has to type it at the desk, and the phone says
//! who did. That proves the desk to the person, and nothing to the desk: a code that
//! one reads to a stranger may be read on to somebody else.

use crate::{
    Timestamp,
    ids::{CallId, FactorId, PersonId},
};

/// Seconds after which a call is over that nobody ended.
pub const LASTS: i64 = 3600;
/// Seconds for which a phone's code for the desk works.
pub const CODE_LIFE: i64 = 300;
/// Its digits.
pub const CODE_DIGITS: usize = 6;
/// Wrong ones until it works no more.
pub const CODE_TRIES: i64 = 5;

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// Its number, counted with the cases.
    pub number: i64,
    /// Who is on the telephone.
    pub person: PersonId,
    /// Who of the desk.
    pub agent: PersonId,
    /// Since when.
    pub opened_at: Timestamp,
    /// When the agent ended it.
    pub closed_at: Option<Timestamp>,
}

impl Call {
    /// What people call it: "CL-20412".
    pub fn name(&self) -> String {
        format!("CL-{}", self.number)
    }

    /// Whether it goes on.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.closed_at.is_none() && now < self.opened_at.plus_seconds(LASTS)
    }
}

/// A code that a phone shows for whoever calls from the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskCode {
    /// Its id.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// On which phone.
    pub phone: FactorId,
    /// The digits.
    pub digits: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Wrong ones so far.
    pub wrong: i64,
    /// Who of the desk typed it, and in which call.
    pub typed: Option<(PersonId, CallId)>,
}

impl DeskCode {
    /// Until when it is shown.
    pub fn expires_at(&self) -> Timestamp {
        self.created_at.plus_seconds(CODE_LIFE)
    }

    /// Whether the desk may still type it.
    pub fn waits(&self, now: Timestamp) -> bool {
        self.typed.is_none() && now < self.expires_at() && self.wrong < CODE_TRIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_ends_by_the_agent_or_by_itself() {
        let opened_at = Timestamp::from_millis(0);
        let call = Call {
            id: CallId::new("c"),
            number: 20_412,
            person: PersonId::new("p"),
            agent: PersonId::new("a"),
            opened_at,
            closed_at: None,
        };
        assert_eq!(call.name(), "CL-20412");
        assert!(call.is_open(opened_at.plus_seconds(LASTS - 1)));
        assert!(!call.is_open(opened_at.plus_seconds(LASTS)));
        let closed_at = Some(opened_at.plus_seconds(1));
        let ended = Call { closed_at, ..call };
        assert!(!ended.is_open(opened_at.plus_seconds(1)));
    }
}
