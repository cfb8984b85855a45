//! Approvals: codes over the telephone network are a weaker factor, so whoever wants them
//! asks their manager on record first (agents guide, 1; NIST SP 800-63B-4, 3.2.9). What
//! is approved is one number for one kind of code: another wish is another decision.
//!
//! ```text
//!            Approve                    Use, in time
//! Waiting ─────────────▶ Approved ────────────────────▶ Used
//!  ▲ │ │                  │  │  ▲ Release
//!  │ │ │      Edit        │  └──┘ (the desk lets somebody switch)
//!  └─┼─┼──────────────────┘
//!    │ └▶ Declined
//!    ▼
//!  Lapsed, when nobody answered or nobody used it in time
//!
//! Withdraw leads from both to Withdrawn, Veto ("this was not me") to Vetoed.
//! ```
//!
//! Kept in a row of its own, like a case ([`crate::cases`]): the state comes back with what
//! is to be written down and told.

mod line;
#[cfg(test)]
mod tests;

pub use line::{Goes, Switch};

use crate::{
    FactorKind, Timestamp,
    audit::{self, Action},
    ids::{ApprovalId, PersonId, RealmSlug},
    policy::ApprovalRules,
    records::Person,
    refusal::{Code, Field, Refusal},
    text,
};
use serde::{Deserialize, Serialize};

/// The longest reason, in characters.
pub const MOST_REASON: usize = 500;
/// The longest name of an application or a ticket, in characters.
pub const MOST_WORD: usize = 80;
/// Days for which somebody may stand in for a manager, at most.
pub const MOST_DEPUTY_DAYS: i64 = 60;

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Codes by SMS, or by call.
    pub kind: FactorKind,
    /// Where they go (E.164).
    pub address: String,
    /// Why.
    pub reason: String,
    /// For which application, in the person's words; empty for all.
    pub application: String,
    /// Its number in another system; empty for none.
    pub ticket: String,
}

impl Wish {
    /// Reads what was typed beside the number.
    ///
    /// # Errors
    /// What is missing or too long, at its field.
    pub fn read(
        kind: FactorKind,
        address: String,
        reason: &str,
        application: &str,
        ticket: &str,
    ) -> Result<Self, Refusal> {
        let reason = text::sentence(reason, MOST_REASON);
        let reason = reason.map_err(|code| Refusal::at(Field::Reason, code))?;
        let word = |typed: &str, field| match text::sentence(typed, MOST_WORD) {
            Err(Code::Missing) => Ok(String::new()),
            other => other.map_err(|code| Refusal::at(field, code)),
        };
        Ok(Self {
            kind,
            address,
            reason,
            application: word(application, Field::Application)?,
            ticket: word(ticket, Field::Ticket)?,
        })
    }
}

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The manager has not answered.
    Waiting,
    /// The manager agreed: it may be set up.
    Approved {
        /// Who agreed.
        by: PersonId,
        /// Until when it may be set up.
        until: Timestamp,
        /// The desk checked who calls and lets them switch from another kind of code.
        released: bool,
    },
    /// The manager declined.
    Declined {
        /// Who.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// Taken back by who asked.
    Withdrawn,
    /// Nobody answered, or nobody used it, in time.
    Lapsed,
    /// Stopped by "this was not me".
    Vetoed,
    /// The codes are set up.
    Used {
        /// Who agreed.
        by: PersonId,
        /// When somebody should ask whether they are still needed.
        review_at: Timestamp,
    },
}

impl Stage {
    /// The name in tables and pages.
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved { .. } => "approved",
            Self::Declined { .. } => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
            Self::Vetoed => "vetoed",
            Self::Used { .. } => "used",
        }
    }

    /// Nothing comes of it any more.
    pub const fn is_over(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Approved { .. })
    }
}

/// A request and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Id.
    pub id: ApprovalId,
    /// Counted with cases and calls.
    pub number: i64,
    /// In which realm.
    pub realm: RealmSlug,
    /// Who asks.
    pub person: PersonId,
    /// For what.
    pub wish: Wish,
    /// Where it stands.
    pub stage: Stage,
    /// Grows with every change: a decision on an older one is none (`security.md`, XH05).
    pub version: i64,
    /// When it was asked, or last changed by who asked.
    pub asked_at: Timestamp,
    /// Until when the manager may answer.
    pub due_at: Timestamp,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Another wish instead: what was approved is approved no more.
    Edit(Wish),
    /// The manager, or who stands in, agrees.
    Approve {
        /// Who.
        by: PersonId,
        /// The version that they saw.
        seen: i64,
    },
    /// The manager, or who stands in, declines.
    Decline {
        /// Who.
        by: PersonId,
        /// The version that they saw.
        seen: i64,
        /// Why, as typed.
        reason: String,
    },
    /// The desk lets the person switch to it.
    Release,
    /// Taken back.
    Withdraw,
    /// Set up.
    Use,
    /// The time is over.
    Lapse,
    /// "This was not me."
    Veto,
}

/// What the person is told, on every address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// It was asked, or changed; the manager answers until then.
    Asked {
        /// Until when.
        due_at: Timestamp,
    },
    /// The manager agreed.
    Approved {
        /// Until when it may be set up.
        until: Timestamp,
    },
    /// The manager declined.
    Declined {
        /// Why.
        reason: String,
    },
    /// Nobody answered, or nobody used it, in time.
    Lapsed,
}

/// The answer: the request as it is now, and what is to be done with it in the same
/// transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// To be saved.
    pub approval: Approval,
    /// What is written down.
    pub record: Option<audit::Event>,
    /// What the person is told.
    pub tell: Option<Told>,
    /// What the caller may try again; then nothing was changed.
    pub refusal: Option<Refusal>,
}

impl Approval {
    /// What people call it: "AP-20417".
    pub fn name(&self) -> String {
        format!("AP-{}", self.number)
    }

    /// Whether its time ran out, whatever the row says: judged at use (`security.md`,
    /// XH10).
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        match self.stage {
            Stage::Waiting => self.due_at <= now,
            Stage::Approved { until, .. } => until <= now,
            _ => false,
        }
    }

    /// Something can still come of it.
    pub fn is_live(&self, now: Timestamp) -> bool {
        !self.stage.is_over() && !self.has_lapsed(now)
    }

    /// Whether codes of this kind may be set up with it, now, at this number.
    pub fn allows(&self, kind: FactorKind, address: &str, now: Timestamp) -> bool {
        self.is_live(now)
            && matches!(self.stage, Stage::Approved { .. })
            && (self.wish.kind, self.wish.address.as_str()) == (kind, address)
    }

    /// Whether the desk lets its person switch to it from another kind of code.
    pub const fn is_released(&self) -> bool {
        matches!(self.stage, Stage::Approved { released: true, .. })
    }

    fn stay(self, refusal: Refusal) -> Step {
        Step {
            approval: self,
            record: None,
            tell: None,
            refusal: Some(refusal),
        }
    }

    fn to(mut self, stage: Stage, action: Action, tell: Option<Told>) -> Step {
        self.stage = stage;
        let event = audit::Event::done(action, self.person.clone())
            .with(self.wish.kind)
            .because(self.name());
        Step {
            approval: self,
            record: Some(event),
            tell,
            refusal: None,
        }
    }

    /// A request that was just made: written down and told like every later step.
    pub fn begin(self) -> Step {
        let due_at = self.due_at;
        self.to(
            Stage::Waiting,
            Action::ApprovalAsked,
            Some(Told::Asked { due_at }),
        )
    }

    /// Takes one event.
    pub fn apply(self, event: Event, rules: &ApprovalRules, now: Timestamp) -> Step {
        let over = Refusal::page(Code::ApprovalOver);
        if matches!(event, Event::Lapse) {
            return if self.has_lapsed(now) {
                self.to(Stage::Lapsed, Action::ApprovalLapsed, Some(Told::Lapsed))
            } else {
                self.stay(over)
            };
        }
        if !self.is_live(now) {
            return self.stay(over);
        }
        match event {
            Event::Edit(wish) => self.edit(wish, rules, now),
            Event::Approve { by, .. } | Event::Decline { by, .. } if by == self.person => {
                self.stay(Refusal::page(Code::OwnCase))
            }
            Event::Approve { seen, .. } | Event::Decline { seen, .. } if seen != self.version => {
                self.stay(Refusal::page(Code::ChangedMeanwhile))
            }
            Event::Approve { .. } | Event::Decline { .. } if self.stage != Stage::Waiting => {
                self.stay(over)
            }
            Event::Approve { by, .. } => {
                let until = now.plus_seconds(rules.use_days * DAY);
                let stage = Stage::Approved {
                    by,
                    until,
                    released: false,
                };
                let told = Told::Approved { until };
                self.to(stage, Action::ApprovalGiven, Some(told))
            }
            Event::Decline { by, reason, .. } => match text::sentence(&reason, MOST_REASON) {
                Ok(reason) => {
                    let told = Told::Declined {
                        reason: reason.clone(),
                    };
                    let stage = Stage::Declined { by, reason };
                    self.to(stage, Action::ApprovalDeclined, Some(told))
                }
                Err(code) => self.stay(Refusal::at(Field::Reason, code)),
            },
            Event::Withdraw => self.to(Stage::Withdrawn, Action::ApprovalWithdrawn, None),
            Event::Veto => self.to(Stage::Vetoed, Action::ApprovalVetoed, None),
            Event::Release => match self.stage.clone() {
                Stage::Approved { by, until, .. } => {
                    let released = true;
                    let stage = Stage::Approved {
                        by,
                        until,
                        released,
                    };
                    self.to(stage, Action::ApprovalReleased, None)
                }
                _ => self.stay(Refusal::page(Code::NotApproved)),
            },
            Event::Use => match self.stage.clone() {
                Stage::Approved { by, .. } => {
                    let review_at = now.plus_seconds(rules.review_days * DAY);
                    let stage = Stage::Used { by, review_at };
                    self.to(stage, Action::ApprovalUsed, None)
                }
                _ => self.stay(Refusal::page(Code::NotApproved)),
            },
            Event::Lapse => self.stay(over),
        }
    }

    /// Another wish: the manager is asked anew, whatever was said to the one before.
    fn edit(mut self, wish: Wish, rules: &ApprovalRules, now: Timestamp) -> Step {
        self.wish = wish;
        self.asked_at = now;
        self.due_at = now.plus_seconds(rules.answer_days * DAY);
        let told = Told::Asked {
            due_at: self.due_at,
        };
        self.to(Stage::Waiting, Action::ApprovalEdited, Some(told))
    }
}

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// Who stands in for a manager, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deputy {
    /// Who.
    pub person: PersonId,
    /// Until when.
    pub until: Timestamp,
}

/// Whether `caller` decides what `person` asks: their manager on record, or who stands in
/// for that manager now. Nobody decides for themselves, by whatever way (`security.md`,
/// XI01).
pub fn decides(
    caller: &PersonId,
    person: &PersonId,
    manager: Option<&PersonId>,
    deputy: Option<&Deputy>,
    now: Timestamp,
) -> bool {
    let stands_in = |d: &Deputy| d.person == *caller && now < d.until;
    caller != person
        && manager.is_some_and(|manager| manager == caller || deputy.is_some_and(stands_in))
}

/// Whether an administrator may enter somebody as the manager of a person: both of one
/// realm, and the manager may sign in. Nobody decides for themselves, no two people decide
/// for each other, and nobody puts themselves there: what a manager says of somebody counts
/// as a second pair of eyes.
///
/// # Errors
/// What is wrong with them.
pub fn takes_manager(person: &Person, manager: &Person, by: &PersonId) -> Result<(), Code> {
    if manager.realm != person.realm || !manager.is_enabled() {
        return Err(Code::NoSuchManager);
    }
    let each_other = manager.manager.as_ref() == Some(&person.id);
    if manager.id == person.id || manager.id == *by || each_other {
        return Err(Code::NotTheirManager);
    }
    Ok(())
}
