//! What makes a policy impossible or weaker than it looks.

mod applications;
mod approvals;
mod desk;
mod lines;
mod reset_pin;
mod risks;
mod sign_in;

pub(super) use applications::applications;
pub(super) use approvals::approvals;
pub(super) use desk::{WEEK, calendar, cases};
pub(super) use lines::lines;
pub(super) use reset_pin::{caller, reset_pin};
pub(super) use risks::{first_address, grace, resets};
pub(super) use sign_in::{chains, groups, offers, remember};

use super::LoginKind;
use super::file::{AgreedText, Fault, File, kind};
use crate::{FactorKind, region::Region};
use std::ops::Range;
use toml::Spanned;

/// Faults as they are found, with their lines.
pub(super) struct Faults<'a> {
    text: &'a str,
    found: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            found: Vec::new(),
        }
    }
    pub fn at(&mut self, span: &Range<usize>, reason: impl Into<String>) {
        let line = self
            .text
            .get(..span.start)
            .map_or(1, |t| t.matches('\n').count() + 1);
        self.found.push(Fault {
            line,
            reason: reason.into(),
        });
    }
    pub fn into_vec(self) -> Vec<Fault> {
        self.found
    }
}

/// Reads the regions; a realm that is in none could not be found.
pub(super) fn regions(file: &File, faults: &mut Faults<'_>) -> Vec<Region> {
    let mut out = Vec::new();
    for name in file.regions.as_ref() {
        match Region::parse(name.as_ref()) {
            Some(region) if out.contains(&region) => {
                faults.at(&name.span(), "this region stands here twice");
            }
            Some(region) => out.push(region),
            None => faults.at(
                &name.span(),
                format!(
                    "there is no region \"{}\"; it is one of {}",
                    name.as_ref(),
                    Region::ALL.map(Region::slug).join(", ")
                ),
            ),
        }
    }
    if file.regions.as_ref().is_empty() {
        faults.at(
            &file.regions.span(),
            "regions is empty: nobody would find this realm on the start page",
        );
    }
    out
}

/// Reads the name of a factor.
fn factor(name: &Spanned<String>, faults: &mut Faults<'_>) -> Option<FactorKind> {
    let found = kind(name.as_ref());
    if found.is_none() {
        faults.at(
            &name.span(),
            format!("there is no factor \"{}\"", name.as_ref()),
        );
    }
    found
}

/// Numbers outside of what the standards allow.
pub(super) fn numbers(file: &File, chains: &[Vec<FactorKind>], faults: &mut Faults<'_>) {
    let alone = chains
        .iter()
        .any(|c| c.as_slice() == [FactorKind::Password]);
    let least = *file.password.min_length.as_ref();
    let floor = if alone { 15 } else { 8 };
    if least < floor {
        faults.at(
            &file.password.min_length.span(),
            format!("passwords need at least {floor} characters here (NIST SP 800-63B-4, 3.1.1.2)"),
        );
    }
    if *file.password.max_length.as_ref() < 64 || *file.password.max_length.as_ref() > 256 {
        faults.at(
            &file.password.max_length.span(),
            "between 64 and 256 characters must be accepted",
        );
    }
    if least > *file.password.max_length.as_ref() {
        faults.at(
            &file.password.min_length.span(),
            "the least number of characters is more than the most",
        );
    }
    if *file.pin.min_length.as_ref() > *file.pin.max_length.as_ref() {
        faults.at(
            &file.pin.min_length.span(),
            "the least number of digits is more than the most",
        );
    }
    if *file.pin.min_length.as_ref() < 6 {
        faults.at(&file.pin.min_length.span(), "a PIN has at least six digits");
    }
    if !(6..=8).contains(file.mail_code.digits.as_ref()) {
        faults.at(
            &file.mail_code.digits.span(),
            "codes have six to eight digits",
        );
    }
    if !(1..=15).contains(file.mail_code.minutes.as_ref()) {
        faults.at(
            &file.mail_code.minutes.span(),
            "codes work for one to fifteen minutes",
        );
    }
    let s = &file.sessions;
    if !(1..=60).contains(s.idle_minutes.as_ref()) {
        faults.at(
            &s.idle_minutes.span(),
            "a session idles for at most 60 minutes (NIST SP 800-63B-4, 2.2.3)",
        );
    }
    if !(1..=1440).contains(s.overall_minutes.as_ref()) {
        faults.at(
            &s.overall_minutes.span(),
            "a session lasts for at most 24 hours (NIST SP 800-63B-4, 2.2.3)",
        );
    }
    if !(1..=5).contains(s.fresh_minutes.as_ref()) {
        faults.at(
            &s.fresh_minutes.span(),
            "a proof counts as fresh for at most five minutes",
        );
    }
    if let Some(reset) = &file.reset
        && !(5..=60).contains(reset.link_minutes.as_ref())
    {
        faults.at(
            &reset.link_minutes.span(),
            "a reset link works for 5 to 60 minutes",
        );
    }
    if let Some(invitation) = &file.invitation
        && !(1..=336).contains(invitation.hours.as_ref())
    {
        faults.at(
            &invitation.hours.span(),
            "an invitation works for one hour to 14 days",
        );
    }
}

/// A text that people agree to has a version and an address.
fn agreed(text: &AgreedText, faults: &mut Faults<'_>) {
    if text.version.as_ref().trim().is_empty() {
        faults.at(&text.version.span(), "a consent names a version");
    }
    if !text.url.as_ref().starts_with("https://") {
        faults.at(&text.url.span(), "a link begins with https://");
    }
}

/// People register with an address that proves itself, and with a password.
pub(super) fn registration(file: &File, faults: &mut Faults<'_>) {
    let Some(registration) = &file.registration else {
        return;
    };
    let hours = &registration.hours;
    if !(1..=72).contains(hours.as_ref()) {
        faults.at(
            &hours.span(),
            "the mail of a registration works for 1 to 72 hours",
        );
    }
    if file.login != LoginKind::Email {
        faults.at(
            &hours.span(),
            "people register where they sign in with their address: login = \"email\"",
        );
    }
    agreed(&registration.terms, faults);
}
