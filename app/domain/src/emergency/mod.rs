//! The emergency password (workforce guide, I.4 and I.10): what the service desk gives
//! to a caller whom it verified, so that together with their phone or passkey they
//! may set a new PIN. It opens nothing alone and nothing else.
//!
//! ```text
//!           issued                 proved, once
//!    ─────────────────▶ Live ──────────────────▶ Used
//!                        │ another one, "Void", "This was not me",
//!                        │ too many wrong tries, too old
//!                        ▼
//!                       Void
//! ```
//!
//! Where policy delivers it blind, nobody reads anything out that opens anything: the
//! person's browser shows a short request code, the agent approves that request, and
//! the row goes from requested to live by the agent's hand.

#[cfg(test)]
mod tests;

use crate::{
    FactorKind, Timestamp,
    caller::Checked,
    ids::PersonId,
    policy::Realm,
    records::{Factor, Person},
    refusal::Code,
};
use serde::{Deserialize, Serialize};

/// Characters of an emergency password: 60 bits (`security.md`, 2.1).
pub const LENGTH: usize = 12;
/// Characters of a request code. It opens nothing: it names the browser that asks.
pub const REQUEST_LENGTH: usize = 6;
/// Wrong tries until it is void (`security.md`, XG02).
pub const MOST_WRONG: i64 = 5;
/// Issued by one agent within an hour (`security.md`, XG11).
pub const MOST_BY_AGENT: i64 = 10;
/// Issued to one person within a week without a second agent (`security.md`, XG11).
pub const MOST_TO_PERSON: i64 = 2;
/// Issued in one realm within an hour.
pub const MOST_IN_REALM: i64 = 100;
/// Seconds over which agents and realms are counted.
pub const HOUR: i64 = 3600;
/// Seconds over which persons are counted.
pub const WEEK: i64 = 7 * 24 * 3600;

/// How it comes to its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// The agent reads it out.
    Spoken,
    /// It lands in the browser that asked, and nobody sees it.
    Blind,
}

/// One that was issued, or asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emergency {
    /// Its id.
    pub id: String,
    /// For whom.
    pub person: PersonId,
    /// Its slow hash (ASVS 5.0, 6.5.2); empty where it is delivered blind.
    pub hash: String,
    /// The code of the request; empty where it is spoken.
    pub request: String,
    /// Who issued it; `None` while it is only asked for.
    pub issued_by: Option<PersonId>,
    /// When it was issued, or asked for.
    pub at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// Wrong tries so far.
    pub wrong: i64,
}

impl Emergency {
    /// Whether it may open something now.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.issued_by.is_some() && now < self.expires_at && self.wrong < MOST_WRONG
    }
}

/// How many were issued lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Issued {
    /// By the agent, within [`HOUR`].
    pub by_agent: i64,
    /// To the person, within [`WEEK`].
    pub to_person: i64,
    /// In the realm, within [`HOUR`].
    pub in_realm: i64,
    /// When the agent issued the last one.
    pub last_at: Option<Timestamp>,
}

impl Issued {
    /// One more would reach a limit: the leads of the desk hear of it.
    pub const fn is_last(self) -> bool {
        self.by_agent + 1 >= MOST_BY_AGENT || self.in_realm + 1 >= MOST_IN_REALM
    }
}

/// What an agent asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Who asks.
    pub agent: &'a PersonId,
    /// For whom.
    pub who: &'a Person,
    /// What they hold.
    pub factors: &'a [Factor],
    /// What came of checking them as a caller.
    pub checked: Checked<'a>,
    /// They are protected from one agent alone.
    pub is_protected: bool,
    /// A second agent agreed.
    pub is_agreed: bool,
    /// What was issued lately.
    pub issued: Issued,
}

/// What is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It is issued, resting on this evidence.
    Issue(String),
    /// A second agent has to agree first.
    Second,
    /// It is not.
    Refuse(Code),
}

/// Whether somebody could use one now: beside it, a whole way of the realm's policy is
/// in their hands, and there is a PIN to be set.
pub fn could_use(realm: &Realm, who: &Person, factors: &[Factor]) -> bool {
    let has_pin = factors.iter().any(|f| f.kind == FactorKind::Pin);
    let holds = |kind: FactorKind| {
        let mut mine = factors.iter();
        kind == FactorKind::Emergency || mine.any(|f| f.kind == kind && f.disabled_at.is_none())
    };
    let chains = realm.reset_pin.iter().flat_map(|rules| &rules.chains);
    let mut ways = chains.filter(|chain| chain.contains(&FactorKind::Emergency));
    has_pin && who.is_enabled() && ways.any(|chain| chain.iter().copied().all(holds))
}

/// Judges a wish. Every emergency password that exists went through here.
pub fn judge(realm: &Realm, wish: Wish<'_>, now: Timestamp) -> Ruling {
    let Wish {
        agent,
        who,
        factors,
        issued,
        ..
    } = wish;
    if who.frozen_at.is_some() {
        return Ruling::Refuse(Code::Frozen);
    }
    if *agent == who.id || !could_use(realm, who, factors) {
        return Ruling::Refuse(Code::CannotUse);
    }
    let Some(rests) = wish.checked.rests_on(agent, factors, now) else {
        return Ruling::Refuse(Code::NotVerified);
    };
    if issued.by_agent >= MOST_BY_AGENT || issued.in_realm >= MOST_IN_REALM {
        return Ruling::Refuse(Code::TooManyIssued);
    }
    let takes_two = wish.is_protected || issued.to_person >= MOST_TO_PERSON;
    if takes_two && !wish.is_agreed {
        return Ruling::Second;
    }
    Ruling::Issue(rests.id.clone())
}
