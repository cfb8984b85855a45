//! Paths that are weaker than what they replace: each is named as a risk, or refused.

use super::Faults;
use crate::{
    FactorKind,
    policy::{Bind, file::File},
    time::is_date,
};

/// The path under which a realm accepts that one mailbox is the whole account.
const MAILBOX_IS_ALL: &str = "reset-by-mail+mail-code";

/// A reset is never weaker than what it replaces, unless the realm's owner
/// says so by name: a reset by mail beside a code by mail puts the whole
/// account into one mailbox.
pub(in crate::policy) fn resets(file: &File, chains: &[Vec<FactorKind>], faults: &mut Faults<'_>) {
    let one_mailbox = file.reset.is_some() && chains.iter().any(|c| c.contains(&FactorKind::Email));
    let accepted = file
        .accepted_risks
        .iter()
        .find(|r| r.path.as_ref() == MAILBOX_IS_ALL);
    match (one_mailbox, accepted, &file.reset) {
        (true, None, Some(reset)) => faults.at(
            &reset.link_minutes.span(),
            format!("a reset by mail and a code by mail make one mailbox the whole account; name it under accepted_risks as \"{MAILBOX_IS_ALL}\" with a reason, or drop one"),
        ),
        (false, Some(risk), _) => faults.at(&risk.path.span(), "this risk does not exist in this policy"),
        _ => {}
    }
    for risk in &file.accepted_risks {
        if ![MAILBOX_IS_ALL, FIRST_ADDRESS, FIRST_SIGN_IN].contains(&risk.path.as_ref().as_str()) {
            faults.at(
                &risk.path.span(),
                format!("there is no risk \"{}\"", risk.path.as_ref()),
            );
        }
    }
}

/// The path under which a realm accepts that the password alone binds the first
/// address that codes go to.
const FIRST_ADDRESS: &str = "first-address-by-password";

/// Whoever signs in first names the address: a realm that lets the password
/// alone do that says so (C18).
pub(in crate::policy) fn first_address(
    file: &File,
    offers: &[FactorKind],
    faults: &mut Faults<'_>,
) {
    let accepted = file
        .accepted_risks
        .iter()
        .find(|r| r.path.as_ref() == FIRST_ADDRESS);
    let Some(capture) = &file.capture else {
        if let Some(risk) = accepted {
            faults.at(&risk.path.span(), "this risk does not exist in this policy");
        }
        return;
    };
    if offers != [FactorKind::Email] {
        faults.at(
            &capture.bind.span(),
            "an address is asked for where codes by mail are the one thing offered: sign_in.offers = [\"email\"]",
        );
    }
    match (capture.bind.as_ref(), accepted) {
        (Bind::Password, None) => faults.at(
            &capture.bind.span(),
            format!("the password alone would bind the first address; name it under accepted_risks as \"{FIRST_ADDRESS}\" with a reason, or let the desk do it"),
        ),
        (Bind::InvitationCode | Bind::Desk, Some(risk)) => {
            faults.at(&risk.path.span(), "this risk does not exist in this policy");
        }
        _ => {}
    }
}

/// The path under which a realm accepts that a password alone opens the first
/// sign-ins.
const FIRST_SIGN_IN: &str = "first-sign-in-by-password";

/// Sign-ins without a second factor are few, end, and are named as a risk.
pub(in crate::policy) fn grace(file: &File, offers: &[FactorKind], faults: &mut Faults<'_>) {
    let accepted = file
        .accepted_risks
        .iter()
        .find(|r| r.path.as_ref() == FIRST_SIGN_IN);
    let Some(grace) = &file.grace else {
        if let Some(risk) = accepted {
            faults.at(&risk.path.span(), "this risk does not exist in this policy");
        }
        return;
    };
    let span = grace.first_sign_ins.span();
    if !(0..=3).contains(grace.first_sign_ins.as_ref()) {
        faults.at(&span, "at most three sign-ins need no second factor");
    }
    if offers.is_empty() {
        faults.at(&span, "nothing is offered that could be set up meanwhile");
    }
    if accepted.is_none() {
        faults.at(
            &span,
            format!("a password alone would open the first sign-ins; name it under accepted_risks as \"{FIRST_SIGN_IN}\" with a reason, or drop them"),
        );
    }
    if let Some(before) = &grace.before
        && !is_date(before.as_ref())
    {
        faults.at(&before.span(), "a day is written YYYY-MM-DD");
    }
}
