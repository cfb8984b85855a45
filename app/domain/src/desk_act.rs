//! What the desk does for a person, and who has to agree: whatever it does to a
//! protected account (staff, the agent's own manager, the agent) takes a second
//! of the desk, and one of the two leads it (`security.md`, 5); but for what protects
//! it at once, which is making an emergency password void.

use crate::{ids::PersonId, records::Person};
use serde::{Deserialize, Serialize};

/// One thing that the desk does for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskAct {
    /// Clears the counts of wrong tries.
    Unlock,
    /// Ends every session.
    EndSessions,
    /// Lifts the freeze that "this was not me" set.
    LiftFreeze,
    /// Sends the partner's contact a code for the first address.
    SendAddressCode,
    /// Switches a factor off.
    Suspend,
    /// Switches it on again.
    Resume,
    /// Removes it, of a caller who was verified.
    Remove,
    /// Mails a verified caller who has lost their factors a link to enroll anew.
    EnrollAnew,
    /// Switches a verified caller from codes by SMS to calls, or back.
    SwitchLine,
    /// Sends a message again.
    Resend,
    /// Gives a verified caller an emergency password ([`crate::emergency`]). What a
    /// second one agrees to is that the first one may.
    IssueEmergency,
    /// Makes it void.
    VoidEmergency,
}

impl DeskAct {
    /// Every act.
    pub const ALL: [Self; 12] = [
        Self::Unlock,
        Self::EndSessions,
        Self::LiftFreeze,
        Self::SendAddressCode,
        Self::Suspend,
        Self::Resume,
        Self::Remove,
        Self::EnrollAnew,
        Self::SwitchLine,
        Self::Resend,
        Self::IssueEmergency,
        Self::VoidEmergency,
    ];

    /// The name in tables and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Unlock => "unlocked",
            Self::EndSessions => "sessions_ended",
            Self::LiftFreeze => "freeze_lifted",
            Self::SendAddressCode => "address_code_sent",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Remove => "remove",
            Self::EnrollAnew => "enroll_anew",
            Self::SwitchLine => "switch_line",
            Self::Resend => "resend",
            Self::IssueEmergency => "issue_emergency",
            Self::VoidEmergency => "void_emergency",
        }
    }

    /// It takes a caller who was verified by who asks for it.
    pub const fn takes_evidence(self) -> bool {
        matches!(
            self,
            Self::Remove | Self::EnrollAnew | Self::SwitchLine | Self::IssueEmergency
        )
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.slug() == text)
    }
}

/// Whether an account is protected from an agent alone: staff's, their own, their
/// own manager's. `is_staff` says that whoever it belongs to holds a role.
pub fn is_protected(who: &PersonId, is_staff: bool, agent: &Person) -> bool {
    is_staff || *who == agent.id || agent.manager.as_ref() == Some(who)
}

/// Somebody of the desk, as it matters for a protected account.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// Who.
    pub id: &'a PersonId,
    /// Leads the desk of the realm.
    pub leads: bool,
    /// The account is this one's own manager's.
    pub reports: bool,
    /// The account is that of somebody who reports to this one.
    pub manages: bool,
}

/// Whether `second` may agree to what `first` wants to do to `target`. The target's
/// manager never does: their word may be the proof that the wish rests on
/// ([`crate::caller`]), and who vouched is no second pair of eyes.
pub fn agrees(first: Hand<'_>, second: Hand<'_>, target: &PersonId) -> bool {
    let sees_anew = second.id != first.id && !second.manages;
    let is_free = second.id != target && !second.reports;
    sees_anew && is_free && (first.leads || second.leads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Timestamp, ids::RealmSlug};
    use proptest::prelude::*;

    #[test]
    fn names_read_back() {
        for act in DeskAct::ALL {
            assert_eq!(DeskAct::parse(act.slug()), Some(act));
        }
    }

    #[test]
    fn staff_oneself_and_the_own_manager_are_protected() {
        let id = PersonId::new;
        let agent = Person {
            id: id("a"),
            realm: RealmSlug::parse("workforce").expect("a slug"),
            login: String::new(),
            name: String::new(),
            lang: Lang::En,
            email: String::new(),
            disabled_at: None,
            frozen_at: None,
            created_at: Timestamp::default(),
            partner: None,
            manager: Some(id("m")),
            number: String::new(),
            number_since: Timestamp::default(),
            epoch: 0,
        };
        assert!(is_protected(&id("a"), false, &agent));
        assert!(is_protected(&id("m"), false, &agent));
        assert!(!is_protected(&id("p"), false, &agent));
        assert!(is_protected(&id("p"), true, &agent));
        let manager = None;
        assert!(!is_protected(&id("m"), false, &Person { manager, ..agent }));
    }

    #[test]
    fn who_may_have_vouched_is_no_second_agent() {
        let [asks, agent, caller] = ["a", "b", "c"].map(PersonId::new);
        let hand = |id| Hand {
            id,
            leads: true,
            reports: false,
            manages: false,
        };
        let (first, second) = (hand(&asks), hand(&agent));
        assert!(agrees(first, second, &caller));
        let manager = Hand {
            manages: true,
            ..second
        };
        assert!(!agrees(first, manager, &caller));
        // As the one who asks they are no second pair of eyes for themselves.
        assert!(agrees(manager, first, &caller));
    }

    proptest! {
        /// Nobody agrees to their own wish, nor about themselves, their manager or
        /// somebody of theirs; everybody else does, where one of the two leads.
        #[test]
        fn two_different_people_and_one_leads(
            a in 0u8..3, b in 0u8..3, t in 0u8..3,
            flags in proptest::array::uniform6(any::<bool>()),
        ) {
            let id = |n: u8| PersonId::new(format!("p{n}"));
            let (a, b, t) = (id(a), id(b), id(t));
            let [leads, reports, manages, leads_too, reports_too, manages_too] = flags;
            let first = Hand { id: &a, leads, reports, manages };
            let second = Hand {
                id: &b,
                leads: leads_too,
                reports: reports_too,
                manages: manages_too,
            };
            let is_bound = a == b || b == t || reports_too || manages_too;
            prop_assert_eq!(agrees(first, second, &t), !is_bound && (leads || leads_too));
        }
    }
}
