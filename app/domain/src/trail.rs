//! Reading the audit trail: what one looks for, and what one finds.

use crate::audit::{Action, Entry, Outcome};
use serde::{Deserialize, Serialize};

/// What one looks for; everything where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Only this action.
    pub action: Option<Action>,
    /// Only what ended so.
    pub outcome: Option<Outcome>,
    /// Only what one of these did or what was done to them: ids of people, or
    /// words for who is none. An empty list finds nothing.
    pub who: Option<Vec<String>>,
}

/// An entry with the people in it as the register knows them now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The entry.
    pub entry: Entry,
    /// Who acted; `None` where it was no person.
    pub actor: Option<Who>,
    /// To whom.
    pub target: Option<Who>,
}

/// A person of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Login.
    pub login: String,
    /// Name; may be empty.
    pub name: String,
}

/// The words that stand for who acted where it was no person ([`Entry::actor`]).
pub const NOBODIES: [&str; 3] = ["cli", "worker", "nobody"];

/// Reads [`Action::slug`].
pub fn action(slug: &str) -> Option<Action> {
    Action::ALL.iter().copied().find(|a| a.slug() == slug)
}

/// Reads [`Outcome::slug`].
pub fn outcome(slug: &str) -> Option<Outcome> {
    [Outcome::Done, Outcome::Refused]
        .into_iter()
        .find(|o| o.slug() == slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_read_as_they_are_written() {
        for one in Action::ALL {
            assert_eq!(action(one.slug()), Some(*one));
        }
        for one in [Outcome::Done, Outcome::Refused] {
            assert_eq!(outcome(one.slug()), Some(one));
        }
        assert_eq!(action("Sign_in"), None);
        assert_eq!(outcome(""), None);
    }
}
