//! Cases: what a person of the service desk must decide. A lost phone and a
//! wrong address re-open an account, so nothing here happens without a case that
//! somebody else decided (`security.md`, 5; cloud guide, dealers guide).
//!
//! ```text
//!        Claim              Approve                      Use, in the window
//! Open ────────▶ Claimed ──────────────────▶ Approved ───────────────────▶ Used
//!   ▲   Release    │ │  protected   Approve ▲  │                             │
//!   └──────────────┘ │  ───▶ Seconded ──────┘  │ Lapse, behind the window    │
//!                    │        │                ▼                             │
//!                    │        │              Lapsed                          │
//!                    ▼        ▼                                              ▼
//!                  Declined  Declined                                     Undone
//!
//! Veto leads from every case that is not over to Vetoed, Withdraw to Withdrawn.
//! ```
//!
//! A case is kept in a row of its own, not per browser, so it is no
//! [`crate::step::Machine`]; its signature is the same: the state comes back
//! with what is to be written down and told.

mod form;
#[cfg(test)]
mod tests;

#[cfg(feature = "server")]
pub use form::compare;
pub use form::{Consent, Form, Mark};

use crate::{
    Timestamp,
    audit::{self, Action},
    ids::{CaseId, PersonId, RealmSlug},
    policy::{CaseRules, CoolDown},
    refusal::{Code, Field, Refusal},
};
use serde::{Deserialize, Serialize};

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// The device with the second factor is gone (cloud guide).
    LostPhone,
    /// Codes go to a mailbox that the person does not have ("OTP e-mail reset",
    /// dealers guide).
    WrongAddress,
}

impl CaseKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::LostPhone, Self::WrongAddress];

    /// The name in tables, policies and addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::LostPhone => "lost_phone",
            Self::WrongAddress => "wrong_address",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.slug() == text)
    }

    /// The letters before its number: "LP-20318" is easier to say than to
    /// mistake.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::LostPhone => "LP",
            Self::WrongAddress => "ER",
        }
    }
}

/// What a person proved beside the password when they asked. It prices the wait
/// after an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A code of another device of theirs.
    LiveFactor,
    /// A recovery code.
    RecoveryCode,
    /// The manager on record spoke with the person and says so, signed in.
    Manager,
}

impl Proof {
    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::LiveFactor => "live_factor",
            Self::RecoveryCode => "recovery_code",
            Self::Manager => "manager",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::LiveFactor, Self::RecoveryCode, Self::Manager]
            .into_iter()
            .find(|p| p.slug() == text)
    }
}

/// Seconds that an approval waits: the price of the best proof at hand; a
/// mailbox alone is the dearest.
pub fn wait_after_approval(prices: &CoolDown, proof: Option<Proof>) -> i64 {
    60 * match proof {
        Some(Proof::LiveFactor) => prices.live_factor,
        Some(Proof::RecoveryCode) => prices.recovery_code,
        Some(Proof::Manager) => prices.manager,
        None => prices.mailbox,
    }
}

/// Where a case stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has taken it.
    Open,
    /// Somebody looks into it.
    Claimed {
        /// Who.
        agent: PersonId,
    },
    /// The person is protected: one approval stands, a second one is needed.
    Seconded {
        /// Who gave the first.
        first: PersonId,
        /// They lead the desk.
        lead: bool,
    },
    /// It was approved; the way in opens and closes.
    Approved {
        /// When it opens.
        opens_at: Timestamp,
        /// When it closes.
        closes_at: Timestamp,
    },
    /// The answer was no.
    Declined {
        /// Why, as the person is told.
        reason: String,
    },
    /// The owner of the account said "this was not me".
    Vetoed,
    /// The person who asked took it back.
    Withdrawn,
    /// The window closed unused.
    Lapsed,
    /// The new factor works.
    Used,
    /// The owner of the account took it back afterwards.
    Undone,
}

impl Stage {
    /// The name in tables and filters.
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Claimed { .. } => "claimed",
            Self::Seconded { .. } => "seconded",
            Self::Approved { .. } => "approved",
            Self::Declined { .. } => "declined",
            Self::Vetoed => "vetoed",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
            Self::Used => "used",
            Self::Undone => "undone",
        }
    }

    /// Nothing but an undo can happen any more, and the person may ask again.
    pub const fn is_over(&self) -> bool {
        !matches!(
            self,
            Self::Open | Self::Claimed { .. } | Self::Seconded { .. } | Self::Approved { .. }
        )
    }

    /// It waits for the desk.
    pub const fn waits(&self) -> bool {
        matches!(
            self,
            Self::Open | Self::Claimed { .. } | Self::Seconded { .. }
        )
    }

    /// Who works on it.
    pub const fn agent(&self) -> Option<&PersonId> {
        match self {
            Self::Claimed { agent } => Some(agent),
            _ => None,
        }
    }
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Its number, counted over all realms.
    pub number: i64,
    /// Whose desk decides it.
    pub realm: RealmSlug,
    /// What it is about.
    pub kind: CaseKind,
    /// Who asked; also whose account it is, for nobody asks for another.
    pub person: PersonId,
    /// What the form says.
    pub form: Form,
    /// What was proven beside the password.
    pub proof: Option<Proof>,
    /// The account belongs to staff: two people decide, one of them a lead.
    pub protected: bool,
    /// When it was asked.
    pub opened_at: Timestamp,
    /// Until when an answer is promised.
    pub due_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// Counts changes of the row: of two who decide at once, one does.
    pub version: i64,
}

/// What can happen to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody of the desk takes it, also from a colleague.
    Claim(Agent),
    /// They give it back.
    Release(Agent),
    /// They say yes.
    Approve(Agent),
    /// They say no, and why.
    Decline(Agent, String),
    /// The person's manager confirms that it is them.
    Confirm(PersonId),
    /// The owner of the account says "this was not me".
    Veto,
    /// The person who asked takes it back.
    Withdraw,
    /// The new factor proved itself.
    Use,
    /// The window is over.
    Lapse,
    /// The owner of the account takes it back.
    Undo,
}

/// Who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Who.
    pub id: PersonId,
    /// Leads the desk of the case's realm.
    pub lead: bool,
}

/// What is told to the person, on every address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// It was asked; an answer comes until then.
    Opened {
        /// Until when.
        due_at: Timestamp,
    },
    /// It was approved.
    Approved {
        /// When the way in opens.
        opens_at: Timestamp,
    },
    /// It was declined.
    Declined {
        /// Why.
        reason: String,
    },
    /// It was stopped by "this was not me".
    Vetoed,
    /// It was taken back by who asked.
    Withdrawn,
}

/// The answer: the case as it is now, and what is to be done with it in the same
/// transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The case to save.
    pub case: Case,
    /// What is written down.
    pub record: Option<audit::Event>,
    /// What the person is told.
    pub tell: Option<Told>,
    /// What the caller may try again; then nothing was changed.
    pub refusal: Option<Refusal>,
}

/// The longest reason, in characters.
pub const MOST_REASON: usize = 500;

impl Case {
    /// What people call it.
    pub fn name(&self) -> String {
        format!("{}-{}", self.kind.letters(), self.number)
    }

    /// Whether the way in is open.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        matches!(self.stage, Stage::Approved { opens_at, closes_at } if opens_at <= now && now < closes_at)
    }

    /// Whether its window closed unused; judged at use, never by a clock of the
    /// desk.
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        matches!(self.stage, Stage::Approved { closes_at, .. } if closes_at <= now)
    }

    fn stay(self, refusal: Refusal) -> Step {
        Step {
            case: self,
            record: None,
            tell: None,
            refusal: Some(refusal),
        }
    }

    fn to(mut self, stage: Stage, action: Action, tell: Option<Told>) -> Step {
        self.stage = stage;
        let event = audit::Event::done(action, self.person.clone()).because(self.name());
        Step {
            case: self,
            record: Some(event),
            tell,
            refusal: None,
        }
    }

    /// Takes one event.
    pub fn apply(self, event: Event, rules: &CaseRules, now: Timestamp) -> Step {
        if self.has_lapsed(now) && !matches!(event, Event::Lapse) {
            return self.stay(Refusal::page(Code::CaseDecided));
        }
        let own = |agent: &Agent| agent.id == self.person;
        match event {
            Event::Claim(ref agent)
            | Event::Release(ref agent)
            | Event::Approve(ref agent)
            | Event::Decline(ref agent, _)
                if own(agent) =>
            {
                self.stay(Refusal::page(Code::OwnCase))
            }
            Event::Claim(_) | Event::Release(_) | Event::Approve(_) | Event::Decline(..)
                if !self.stage.waits() =>
            {
                self.stay(Refusal::page(Code::CaseDecided))
            }
            Event::Claim(agent) => match self.stage {
                // A first approval is not taken away by looking at the case.
                Stage::Seconded { .. } => self.stay(Refusal::page(Code::CaseSeconded)),
                _ => self.to(
                    Stage::Claimed { agent: agent.id },
                    Action::CaseClaimed,
                    None,
                ),
            },
            Event::Release(agent) => match &self.stage {
                Stage::Claimed { agent: holder } if *holder == agent.id => {
                    self.to(Stage::Open, Action::CaseReleased, None)
                }
                _ => self.stay(Refusal::page(Code::CaseElsewhere)),
            },
            Event::Approve(agent) => self.approve(agent, rules, now),
            Event::Decline(agent, reason) => self.decline(&agent, &reason),
            Event::Confirm(manager) => self.confirm(&manager),
            Event::Veto if !self.stage.is_over() => {
                self.to(Stage::Vetoed, Action::CaseVetoed, Some(Told::Vetoed))
            }
            Event::Withdraw if !self.stage.is_over() => self.to(
                Stage::Withdrawn,
                Action::CaseWithdrawn,
                Some(Told::Withdrawn),
            ),
            Event::Use if self.is_usable(now) => self.to(Stage::Used, Action::CaseUsed, None),
            Event::Lapse if self.has_lapsed(now) => {
                self.to(Stage::Lapsed, Action::CaseLapsed, None)
            }
            Event::Undo if self.stage == Stage::Used => {
                self.to(Stage::Undone, Action::CaseUndone, None)
            }
            Event::Veto | Event::Withdraw | Event::Use | Event::Lapse | Event::Undo => {
                self.stay(Refusal::page(Code::CaseDecided))
            }
        }
    }

    /// Worth something only while the desk has not decided, and where nothing
    /// better was proven.
    fn confirm(mut self, manager: &PersonId) -> Step {
        if *manager == self.person {
            return self.stay(Refusal::page(Code::OwnCase));
        }
        if !self.stage.waits() || self.proof.is_some() {
            return self.stay(Refusal::page(Code::CaseDecided));
        }
        self.proof = Some(Proof::Manager);
        let stage = self.stage.clone();
        self.to(stage, Action::CaseConfirmed, None)
    }

    fn approve(self, agent: Agent, rules: &CaseRules, now: Timestamp) -> Step {
        match &self.stage {
            Stage::Claimed { agent: holder } if *holder != agent.id => {
                return self.stay(Refusal::page(Code::CaseElsewhere));
            }
            Stage::Open => return self.stay(Refusal::page(Code::ClaimFirst)),
            Stage::Seconded { first, .. } if *first == agent.id => {
                return self.stay(Refusal::page(Code::SecondAgent));
            }
            Stage::Seconded { lead: false, .. } if !agent.lead => {
                return self.stay(Refusal::page(Code::LeadNeeded));
            }
            Stage::Claimed { .. } if self.protected => {
                let stage = Stage::Seconded {
                    first: agent.id,
                    lead: agent.lead,
                };
                return self.to(stage, Action::CaseSeconded, None);
            }
            _ => {}
        }
        let wait = wait_after_approval(&rules.cool_down, self.proof);
        let opens_at = now.plus_seconds(wait);
        let stage = Stage::Approved {
            opens_at,
            closes_at: opens_at.plus_seconds(rules.window_hours * 3600),
        };
        self.to(
            stage,
            Action::CaseApproved,
            Some(Told::Approved { opens_at }),
        )
    }

    fn decline(self, agent: &Agent, reason: &str) -> Step {
        match &self.stage {
            Stage::Claimed { agent: holder } if *holder != agent.id => {
                return self.stay(Refusal::page(Code::CaseElsewhere));
            }
            Stage::Open => return self.stay(Refusal::page(Code::ClaimFirst)),
            _ => {}
        }
        let reason = match crate::text::sentence(reason, MOST_REASON) {
            Ok(reason) => reason,
            Err(code) => return self.stay(Refusal::at(Field::Reason, code)),
        };
        let told = Told::Declined {
            reason: reason.clone(),
        };
        self.to(Stage::Declined { reason }, Action::CaseDeclined, Some(told))
    }
}
