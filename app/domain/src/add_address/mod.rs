//! A further address for notices: it counts only once its mailbox proved itself.
//!
//! ```text
//! Ask ──Sent──▶ Waiting ──Proved, or used up elsewhere──▶ Finished
//!                 │ ▲
//!      five wrong ▼ │ Sent
//!               Locked
//! ```
//!
//! `Sent` begins anew from everywhere: a new code voids the old one, and its
//! tries with it. The machine knows which code went to which address, so that
//! no other code proves it; what the code says is known to the caller alone,
//! who counted the try before it was evaluated.

#[cfg(test)]
mod tests;

use crate::{
    Timestamp,
    audit::{self, Action},
    ids::PersonId,
    message::Notice,
    policy::Realm,
    records::Person,
    refusal::{Code, Field, Refusal},
    step::{Effect, Machine, Step},
    text::{Email, mask_email},
    throttle::MOST_CODE_TRIES,
};
use serde::{Deserialize, Serialize};

/// How many further addresses a person may keep; at least two addresses in all
/// must be possible (`security.md`, 2.5).
pub const MOST_ADDRESSES: usize = 5;

/// Where a further address stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum AddAddress {
    /// Which address?
    #[default]
    Ask,
    /// A code is on its way there.
    Waiting {
        /// Whose address it will be.
        person: PersonId,
        /// The address.
        email: String,
        /// Which code went out; `None` when none could be sent, and then
        /// nothing proves the address.
        code: Option<String>,
        /// Wrong tries so far.
        tries: u8,
    },
    /// The code was tried too often: only a new one helps.
    Locked {
        /// Whose address it would be.
        person: PersonId,
        /// The address.
        email: String,
    },
    /// The address is proven, or its code was used up elsewhere.
    Finished,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A code went to an address.
    Sent {
        /// For whom.
        person: PersonId,
        /// Where to.
        email: String,
        /// Which one, by an id that no other code ever had; `None` when none
        /// could be sent.
        code: Option<String>,
    },
    /// What was typed proved nothing. Only [`Code::WrongCode`] uses a try up;
    /// [`Code::UsedCode`] says that somebody was faster with the right one.
    Failed(Code),
    /// A code proved the mailbox that it was sent to.
    Proved {
        /// Which one.
        code: String,
    },
}

impl AddAddress {
    /// Whose address waits for its code, and which; `None` where none does.
    pub fn waiting(&self) -> Option<(&PersonId, &str)> {
        match self {
            Self::Waiting { person, email, .. } | Self::Locked { person, email } => {
                Some((person, email))
            }
            Self::Ask | Self::Finished => None,
        }
    }
}

impl Machine for AddAddress {
    type Event = Event;

    fn apply(self, event: Event, _: &Realm, _: Timestamp) -> Step<Self> {
        match (self, event) {
            (
                _,
                Event::Sent {
                    person,
                    email,
                    code,
                },
            ) => Step::to(Self::Waiting {
                person,
                email,
                code,
                tries: 0,
            }),
            (Self::Waiting { .. } | Self::Locked { .. }, Event::Failed(Code::UsedCode)) => {
                Step::refuse(Self::Finished, Refusal::at(Field::Code, Code::UsedCode))
            }
            (
                Self::Waiting {
                    person,
                    email,
                    code,
                    tries,
                },
                Event::Failed(why),
            ) => {
                let record = audit::Event::refused(Action::AddressAdded, Some(person.clone()));
                let tries = tries.saturating_add(u8::from(why == Code::WrongCode));
                let state = if tries >= MOST_CODE_TRIES {
                    Self::Locked { person, email }
                } else {
                    Self::Waiting {
                        person,
                        email,
                        code,
                        tries,
                    }
                };
                Step::refuse(state, Refusal::at(Field::Code, why)).with(Effect::Record(record))
            }
            (
                Self::Waiting {
                    person,
                    email,
                    code: Some(sent),
                    ..
                },
                Event::Proved { code },
            ) if sent == code => {
                let record = audit::Event::done(Action::AddressAdded, person.clone());
                let notice = Notice::AddressAdded {
                    address: mask_email(&email),
                };
                Step::to(Self::Finished)
                    .with(Effect::AddAddress {
                        person: person.clone(),
                        email,
                    })
                    .with(Effect::Notify(person, notice))
                    .with(Effect::Record(record))
            }
            (state @ Self::Locked { .. }, Event::Failed(why)) => {
                Step::refuse(state, Refusal::at(Field::Code, why))
            }
            (state @ Self::Locked { .. }, Event::Proved { .. }) => {
                Step::refuse(state, Refusal::at(Field::Code, Code::NewCodeNeeded))
            }
            (state, _) => Step::refuse(state, Refusal::page(Code::StartAgain)),
        }
    }
}

/// Whether a person may add what they typed, before a code goes there; gives the
/// address. `known` are their further addresses: id, address.
///
/// # Errors
/// [`Code::NotAnAddress`] and those of every text, [`Code::Frozen`],
/// [`Code::TooMany`], [`Code::AddressKnown`].
pub fn judge(typed: &str, who: &Person, known: &[(String, String)]) -> Result<Email, Code> {
    let email = Email::parse(typed)?;
    if who.frozen_at.is_some() {
        return Err(Code::Frozen);
    }
    if known.len() >= MOST_ADDRESSES {
        return Err(Code::TooMany {
            most: MOST_ADDRESSES as u32,
        });
    }
    let is_known =
        email.as_str() == who.email || known.iter().any(|(_, other)| other == email.as_str());
    if is_known {
        return Err(Code::AddressKnown);
    }
    Ok(email)
}
