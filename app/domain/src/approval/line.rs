//! Which codes over the telephone network somebody may have, and where they may go: what
//! the pages promise and what the server takes is the same rule, told in one place.

use super::{Approval, Stage};
use crate::{
    FactorKind, Timestamp,
    refusal::Code,
    screen::{ApprovalStage, LineState},
};

/// Where codes may go that are to be set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes<'a> {
    /// To the number that a manager approved, and to no other.
    Approved(&'a Approval),
    /// To any other number: the one before it hears of that.
    Elsewhere {
        /// Where they go now.
        from: &'a str,
    },
    /// To the number on record.
    OnRecord,
}

impl<'a> Goes<'a> {
    /// Where codes of `kind` may go for somebody who has proven what it takes.
    ///
    /// - In the place of another number of the same kind: elsewhere (agents guide, 1).
    /// - What a manager approves first (`asks`), or what stands in the place of another
    ///   kind: the number that was approved. To another kind the desk alone switches.
    /// - The first one: the number on record, or one that was approved. A password alone
    ///   binds no number that its finder names (`security.md`, Z9).
    ///
    /// `current` is the kind and number that would go; `approved` is live and of `kind`.
    ///
    /// # Errors
    /// [`Code::NotApproved`].
    pub fn of(
        kind: FactorKind,
        current: Option<(FactorKind, &'a str)>,
        approved: Option<&'a Approval>,
        asks: bool,
    ) -> Result<Self, Code> {
        let switches = match current {
            Some((same, from)) if same == kind => return Ok(Self::Elsewhere { from }),
            other => other.is_some(),
        };
        match approved {
            Some(approved) if !switches || approved.is_released() => Ok(Self::Approved(approved)),
            None if !switches && !asks => Ok(Self::OnRecord),
            _ => Err(Code::NotApproved),
        }
    }

    /// Where codes of `kind` may go for somebody whose number is `lost`, whom the desk
    /// verified, and who has proven their password and their mailbox: to the number that
    /// was approved, or, of a kind that no manager approves first, to any other. That the
    /// kind changes with it needs no release, for the desk let them do it.
    ///
    /// # Errors
    /// [`Code::NotApproved`].
    pub fn anew(lost: &'a str, approved: Option<&'a Approval>, asks: bool) -> Result<Self, Code> {
        match approved {
            Some(approved) => Ok(Self::Approved(approved)),
            None if !asks => Ok(Self::Elsewhere { from: lost }),
            None => Err(Code::NotApproved),
        }
    }

    /// Whether a number (E.164) is one of these, for somebody with this number on record.
    ///
    /// # Errors
    /// [`Code::NotOnRecord`], [`Code::NumberKnown`], [`Code::NotApproved`].
    pub fn takes(&self, number: &str, on_record: &str) -> Result<(), Code> {
        match self {
            Self::Approved(approval) if approval.wish.address != number => Err(Code::NotApproved),
            Self::Elsewhere { from } if *from == number => Err(Code::NumberKnown),
            Self::OnRecord if number != on_record => Err(Code::NotOnRecord),
            _ => Ok(()),
        }
    }
}

/// What the desk does to switch somebody to the other kind of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch<'a> {
    /// The other kind goes to the number that proved itself already; this approval is
    /// used up.
    Now(FactorKind, Option<&'a Approval>),
    /// Another number was approved: the person proves it themselves.
    Release(&'a Approval),
}

impl<'a> Switch<'a> {
    /// What switching away from `current` takes, in a realm with these kinds of code;
    /// `asks` tells which of them a manager approves first, `approved` is live.
    ///
    /// # Errors
    /// [`Code::NotOffered`], [`Code::NotApproved`].
    pub fn of(
        (current, address): (FactorKind, &str),
        lines: &[FactorKind],
        approved: Option<&'a Approval>,
        asks: impl Fn(FactorKind) -> bool,
    ) -> Result<Self, Code> {
        let kind = current.other_line().ok_or(Code::NotOffered)?;
        if !lines.contains(&kind) {
            return Err(Code::NotOffered);
        }
        match approved.filter(|approved| approved.wish.kind == kind) {
            Some(approved) if approved.wish.address != address => Ok(Self::Release(approved)),
            None if asks(kind) => Err(Code::NotApproved),
            approved => Ok(Self::Now(kind, approved)),
        }
    }
}

impl LineState {
    /// What codes of `kind` take from somebody whose codes come `in_use` now; `live` is
    /// what they asked, `asks` whether a manager approves the kind first.
    pub fn of(
        kind: FactorKind,
        in_use: Option<FactorKind>,
        live: Option<&Approval>,
        asks: bool,
    ) -> Self {
        if in_use == Some(kind) {
            return Self::Current;
        }
        let live = live.filter(|a| a.wish.kind == kind);
        match live.map(|a| &a.stage) {
            Some(Stage::Approved { released, .. }) if *released || in_use.is_none() => Self::Open,
            Some(Stage::Approved { .. }) => Self::Desk,
            Some(_) => Self::Asked,
            None if asks => Self::Ask,
            None if in_use.is_some() => Self::Desk,
            None => Self::Open,
        }
    }
}

impl ApprovalStage {
    /// Where a request stands, in one word. An approved one of somebody whose codes come
    /// the other way (`switches`) waits for the desk.
    pub fn of(approval: &Approval, switches: bool, now: Timestamp) -> Self {
        if approval.has_lapsed(now) {
            return Self::Lapsed;
        }
        match &approval.stage {
            Stage::Waiting => Self::Waiting,
            Stage::Approved { released, .. } if switches && !released => Self::ForDesk,
            Stage::Approved { .. } => Self::Approved,
            Stage::Declined { .. } => Self::Declined,
            Stage::Withdrawn => Self::Withdrawn,
            Stage::Lapsed => Self::Lapsed,
            Stage::Vetoed => Self::Vetoed,
            Stage::Used { .. } => Self::Used,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::fresh as asked;
    use super::*;
    use crate::ids::PersonId;
    use proptest::prelude::*;

    const NUMBERS: [&str; 3] = ["+491711111111", "+491712222222", "+498912345678"];

    fn kind() -> impl Strategy<Value = FactorKind> {
        prop_oneof![Just(FactorKind::Sms), Just(FactorKind::Voice)]
    }

    fn number() -> impl Strategy<Value = &'static str> {
        prop::sample::select(&NUMBERS[..])
    }

    /// A live request: waiting, approved, or released to be switched to.
    fn live() -> impl Strategy<Value = Approval> {
        (kind(), number(), 0..3).prop_map(|(kind, address, how)| {
            let mut approval = asked();
            approval.wish.kind = kind;
            approval.wish.address = address.to_owned();
            if how > 0 {
                approval.stage = Stage::Approved {
                    by: PersonId::new("boss"),
                    until: approval.due_at,
                    released: how == 2,
                };
            }
            approval
        })
    }

    fn current() -> impl Strategy<Value = Option<(FactorKind, &'static str)>> {
        prop::option::of((kind(), number()))
    }

    /// What counts as approved for a kind.
    fn approved(live: Option<&Approval>, kind: FactorKind) -> Option<&Approval> {
        live.filter(|a| a.wish.kind == kind && matches!(a.stage, Stage::Approved { .. }))
    }

    proptest! {
        #[test]
        fn to_another_kind_nobody_comes_alone(
            kind in kind(), current in current(), live in prop::option::of(live()), asks: bool
        ) {
            let approved = approved(live.as_ref(), kind);
            let goes = Goes::of(kind, current, approved, asks);
            if current.is_some_and(|(old, _)| old != kind) {
                let released = approved.is_some_and(Approval::is_released);
                prop_assert_eq!(goes.is_ok(), released);
            }
            if current.is_none() && asks {
                prop_assert_eq!(goes.is_ok(), approved.is_some());
            }
        }

        #[test]
        fn a_first_number_is_on_record_or_was_approved(
            kind in kind(), live in prop::option::of(live()), asks: bool,
            number in number(), on_record in number()
        ) {
            let approved = approved(live.as_ref(), kind);
            let Ok(goes) = Goes::of(kind, None, approved, asks) else { return Ok(()) };
            if goes.takes(number, on_record).is_ok() {
                let was_approved = approved.is_some_and(|a| a.wish.address == number);
                prop_assert!(number == on_record || was_approved);
            }
        }

        #[test]
        fn what_is_approved_is_one_number(
            kind in kind(), live in live(), number in number(), on_record in number()
        ) {
            if let Some(approved) = approved(Some(&live), kind) {
                let goes = Goes::of(kind, None, Some(approved), true).expect("it is approved");
                let is_it = approved.wish.address == number;
                prop_assert_eq!(goes.takes(number, on_record).is_ok(), is_it);
            }
        }

        #[test]
        fn what_a_manager_approves_is_approved_for_a_lost_number_too(
            kind in kind(), lost in number(), live in prop::option::of(live()), asks: bool,
            number in number(), on_record in number()
        ) {
            let approved = approved(live.as_ref(), kind);
            let goes = Goes::anew(lost, approved, asks);
            prop_assert_eq!(goes.is_err(), asks && approved.is_none());
            if let Ok(goes) = goes && goes.takes(number, on_record).is_ok() {
                match approved {
                    Some(approved) => prop_assert_eq!(approved.wish.address.as_str(), number),
                    None => prop_assert_ne!(number, lost),
                }
            }
        }

        #[test]
        fn no_page_promises_what_the_server_refuses(
            kind in kind(), current in current(), live in prop::option::of(live()), asks: bool
        ) {
            let in_use = current.map(|(kind, _)| kind);
            let state = LineState::of(kind, in_use, live.as_ref(), asks);
            let goes = Goes::of(kind, current, approved(live.as_ref(), kind), asks);
            match state {
                LineState::Current | LineState::Open => prop_assert!(goes.is_ok()),
                LineState::Desk | LineState::Ask => prop_assert!(goes.is_err()),
                LineState::Asked => {}
            }
        }

        #[test]
        fn the_desk_switches_to_a_number_that_proved_itself_or_was_approved(
            current in kind(), address in number(), live in prop::option::of(live()), asks: bool
        ) {
            let lines = [FactorKind::Sms, FactorKind::Voice];
            let live = live.as_ref().filter(|a| a.stage != Stage::Waiting);
            match Switch::of((current, address), &lines, live, |_| asks) {
                Ok(Switch::Now(kind, used)) => {
                    prop_assert_ne!(kind, current);
                    prop_assert!(used.is_none_or(|a| a.wish.address == address));
                    prop_assert!(used.is_some() || !asks);
                }
                Ok(Switch::Release(a)) => {
                    prop_assert_ne!(a.wish.kind, current);
                    prop_assert_ne!(a.wish.address.as_str(), address);
                }
                Err(code) => prop_assert_eq!(code, Code::NotApproved),
            }
            let one = [current];
            let alone = Switch::of((current, address), &one, live, |_| asks);
            prop_assert_eq!(alone, Err(Code::NotOffered));
        }
    }
}
