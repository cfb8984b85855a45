//! A forgotten password, and the first one after an invitation.
//!
//! ```text
//! Ask ──Asked──▶ Sent ──code proved──▶ NewPassword ──Set──▶ Finished
//!                                          ▲
//!          link confirmed by its button ───┘
//! ```
//!
//! `Sent` is the same for names that do not exist: nobody is in it, and no
//! code ever proves anything. The link is spent where the password is set, not
//! before, so a mail scanner that opens it does no harm.

#[cfg(test)]
mod tests;

use crate::{
    Timestamp,
    audit::{self, Action},
    ids::PersonId,
    link::Purpose,
    message::Notice,
    policy::Realm,
    refusal::{Code, Field, Refusal},
    step::{Effect, Machine, Step},
};
use serde::{Deserialize, Serialize};

/// Wrong short codes until only the link works.
pub const MOST_TRIES: u8 = 5;

/// Where a reset stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Reset {
    /// Which account?
    #[default]
    Ask,
    /// A mail is on its way, or would be.
    Sent {
        /// What was typed.
        login: String,
        /// The link that was mailed; `None` where nobody is behind the name.
        link: Option<String>,
        /// Wrong short codes so far.
        tries: u8,
        /// How often it was asked for.
        sends: u8,
        /// When it was last asked for.
        sent_at: Timestamp,
    },
    /// The person proved to hold the mail.
    NewPassword {
        /// Who.
        person: PersonId,
        /// The account's epoch then.
        epoch: i64,
        /// Which link is spent when the password is set.
        link: String,
        /// First password or a new one.
        purpose: Purpose,
    },
    /// It is set.
    Finished,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A mail was asked for.
    Asked {
        /// For this name.
        login: String,
        /// The link that goes out, if somebody is behind it.
        link: Option<String>,
    },
    /// The short code was wrong.
    CodeFailed(Code),
    /// The short code, or the button behind the link, proved the mailbox.
    Proved {
        /// Who.
        person: PersonId,
        /// The account's epoch now.
        epoch: i64,
        /// By which link.
        link: String,
        /// What the link is good for.
        purpose: Purpose,
    },
    /// The new password was refused.
    Weak(Refusal),
    /// The new password is good; the caller holds its hash.
    Set,
}

impl Machine for Reset {
    type Event = Event;

    fn apply(self, event: Event, _: &Realm, now: Timestamp) -> Step<Self> {
        match (self, event) {
            (state, Event::Asked { login, link }) => {
                let sends = match &state {
                    Self::Sent {
                        login: before,
                        sends,
                        ..
                    } if *before == login => sends.saturating_add(1),
                    _ => 1,
                };
                Step::to(Self::Sent {
                    login,
                    link,
                    tries: 0,
                    sends,
                    sent_at: now,
                })
            }
            (
                Self::Sent {
                    login,
                    link,
                    tries,
                    sends,
                    sent_at,
                },
                Event::CodeFailed(code),
            ) => {
                let tries = tries.saturating_add(1);
                let code = if tries >= MOST_TRIES {
                    Code::NewCodeNeeded
                } else {
                    code
                };
                Step::refuse(
                    Self::Sent {
                        login,
                        link,
                        tries,
                        sends,
                        sent_at,
                    },
                    Refusal::at(Field::Code, code),
                )
            }
            (
                Self::Sent {
                    link: Some(sent),
                    tries,
                    ..
                },
                Event::Proved {
                    person,
                    epoch,
                    link,
                    purpose,
                },
            ) if sent == link && tries < MOST_TRIES => Step::to(Self::NewPassword {
                person,
                epoch,
                link,
                purpose,
            }),
            // Behind a link there may be any ceremony of this browser, or none.
            (
                Self::Ask | Self::Finished | Self::NewPassword { .. },
                Event::Proved {
                    person,
                    epoch,
                    link,
                    purpose,
                },
            ) => Step::to(Self::NewPassword {
                person,
                epoch,
                link,
                purpose,
            }),
            (state @ Self::NewPassword { .. }, Event::Weak(refusal)) => {
                Step::refuse(state, refusal)
            }
            (
                Self::NewPassword {
                    person, purpose, ..
                },
                Event::Set,
            ) => {
                let action = match purpose {
                    Purpose::Invitation => Action::InvitationAccepted,
                    _ => Action::PasswordSet,
                };
                Step::to(Self::Finished)
                    .with(Effect::SetPassword(person.clone()))
                    .with(Effect::EndSessions(person.clone()))
                    .with(Effect::Record(audit::Event::done(action, person.clone())))
                    .with(Effect::Notify(person, Notice::PasswordSet))
            }
            (state, _) => Step::refuse(state, Refusal::page(Code::StartAgain)),
        }
    }
}
