//! What makes a policy impossible or weaker than it looks.

use super::file::{AgreedText, Fault, File, kind};
use super::{Bind, CallerRules, LoginKind};
use crate::{FactorKind, caller::CallerProof, cases::CaseKind, region::Region};
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

/// Reads the chains and refuses those that cannot or must not work.
pub(super) fn chains(file: &File, faults: &mut Faults<'_>) -> Vec<Vec<FactorKind>> {
    let mut out: Vec<Vec<FactorKind>> = Vec::new();
    let mut spans = Vec::new();
    if file.sign_in.chains.is_empty() {
        faults.at(
            &file.realm.span(),
            "sign_in.chains is empty: nobody could ever sign in",
        );
    }
    for chain in &file.sign_in.chains {
        let span = chain.span();
        let mut kinds = Vec::new();
        for name in chain.as_ref() {
            match kind(name.as_ref()) {
                Some(k) => kinds.push(k),
                None => faults.at(
                    &name.span(),
                    format!("there is no factor \"{}\"", name.as_ref()),
                ),
            }
        }
        let Some(first) = kinds.first() else {
            faults.at(&span, "a chain needs at least one factor");
            continue;
        };
        if *first == FactorKind::Recovery {
            faults.at(
                &span,
                "recovery codes cannot come first: they belong to a person that is not known yet",
            );
        }
        if *first == FactorKind::Pin {
            faults.at(&span, "a PIN comes only after a strong factor");
        }
        if kinds.contains(&FactorKind::Emergency) {
            faults.at(
                &span,
                "an emergency password signs nobody in: it belongs under reset_pin.chains",
            );
        }
        if kinds.len() == 1 && *first != FactorKind::Passkey && *first != FactorKind::Password {
            faults.at(
                &span,
                format!("\"{}\" alone is no way to sign in", first.slug()),
            );
        }
        for (n, k) in kinds.iter().enumerate() {
            if kinds[..n]
                .iter()
                .any(|earlier| earlier.channel() == k.channel())
            {
                faults.at(
                    &span,
                    format!(
                        "\"{}\" comes over a channel that this chain has used already",
                        k.slug()
                    ),
                );
            }
        }
        if out.contains(&kinds) {
            faults.at(&span, "this chain stands here twice");
        }
        out.push(kinds);
        spans.push(span);
    }
    let asks_for_the_name =
        |chain: &Vec<FactorKind>| chain.first() == Some(&FactorKind::Smartphone);
    for (chain, span) in out.iter().zip(&spans) {
        if chain.first() == Some(&FactorKind::Totp) && !out.iter().any(asks_for_the_name) {
            faults.at(
                span,
                "a code comes first only beside a chain that begins with \"smartphone\": there the name is asked for",
            );
        }
        if out
            .iter()
            .any(|longer| longer.len() > chain.len() && longer.starts_with(chain))
        {
            faults.at(
                span,
                format!(
                    "the chain \"{}\" makes a longer one that begins like it pointless",
                    chain
                        .iter()
                        .map(|k| k.slug())
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            );
        }
    }
    out
}

/// Reads the offers: what may be enrolled must be part of a chain.
pub(super) fn offers(
    file: &File,
    chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> Vec<FactorKind> {
    let mut out = Vec::new();
    for name in &file.sign_in.offers {
        match kind(name.as_ref()) {
            None => faults.at(
                &name.span(),
                format!("there is no factor \"{}\"", name.as_ref()),
            ),
            Some(k) if !chains.iter().any(|c| c.contains(&k)) => {
                faults.at(
                    &name.span(),
                    format!("\"{}\" is offered, but no chain uses it", k.slug()),
                );
            }
            Some(k) => out.push(k),
        }
    }
    out
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

/// Reads the headings of the overview; a factor stands under one of them.
pub(super) fn groups(
    file: &File,
    chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> Vec<Vec<FactorKind>> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for group in &file.groups {
        let mut kinds = Vec::new();
        for name in group.factors.as_ref() {
            let span = name.span();
            match kind(name.as_ref()) {
                None => faults.at(&span, format!("there is no factor \"{}\"", name.as_ref())),
                Some(k) if seen.contains(&k) => {
                    faults.at(&span, format!("\"{}\" stands in a group already", k.slug()));
                }
                Some(k) if !chains.iter().any(|chain| chain.contains(&k)) => {
                    faults.at(&span, format!("no chain uses \"{}\"", k.slug()));
                }
                Some(k) => {
                    seen.push(k);
                    kinds.push(k);
                }
            }
        }
        if group.factors.as_ref().is_empty() {
            faults.at(&group.factors.span(), "a group without factors");
        }
        out.push(kinds);
    }
    out
}

/// Reads the chains by which a forgotten PIN is set anew. The first factor says who
/// it is without telling whether they exist; the emergency password is never alone.
pub(super) fn reset_pin(
    file: &File,
    chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> Vec<Vec<FactorKind>> {
    let Some(rules) = &file.reset_pin else {
        return Vec::new();
    };
    if !chains.iter().any(|chain| chain.contains(&FactorKind::Pin)) {
        faults.at(
            &rules.chains.span(),
            "nobody has a PIN here: no chain asks for one",
        );
    }
    if !(5..=60).contains(rules.emergency_minutes.as_ref()) {
        faults.at(
            &rules.emergency_minutes.span(),
            "an emergency password works for 5 to 60 minutes",
        );
    }
    if rules.chains.as_ref().is_empty() {
        faults.at(&rules.chains.span(), "reset_pin.chains is empty");
    }
    let mut out = Vec::new();
    for chain in rules.chains.as_ref() {
        let span = chain.span();
        let mut kinds = Vec::new();
        for name in chain.as_ref() {
            match kind(name.as_ref()) {
                Some(k) => kinds.push(k),
                None => faults.at(
                    &name.span(),
                    format!("there is no factor \"{}\"", name.as_ref()),
                ),
            }
        }
        let says_who = [FactorKind::Smartphone, FactorKind::Passkey];
        if !says_who
            .iter()
            .any(|first| kinds == [*first, FactorKind::Emergency])
        {
            faults.at(
                &span,
                "a PIN is reset by a phone or a passkey, which tell nobody whether a name exists, and then by what the desk gave: [\"smartphone\", \"emergency\"], [\"passkey\", \"emergency\"]",
            );
        }
        let starts = |chain: &Vec<FactorKind>| chain.first() == kinds.first();
        if !chains.iter().any(starts) {
            faults.at(&span, "no chain of sign_in begins like this one");
        }
        if out.contains(&kinds) {
            faults.at(&span, "this chain stands here twice");
        }
        out.push(kinds);
    }
    out
}

/// Reads the proofs that verify a caller. A protected account is not easier to take.
pub(super) fn caller(file: &File, faults: &mut Faults<'_>) -> CallerRules {
    let mut read = |names: &Spanned<Vec<Spanned<String>>>| {
        let mut out = Vec::new();
        for name in names.as_ref() {
            match CallerProof::parse(name.as_ref()) {
                None => faults.at(
                    &name.span(),
                    format!(
                        "there is no proof \"{}\"; it is one of {}",
                        name.as_ref(),
                        CallerProof::ALL.map(CallerProof::slug).join(", ")
                    ),
                ),
                Some(proof) if out.contains(&proof) => {
                    faults.at(&name.span(), "this proof stands here twice");
                }
                Some(proof) => out.push(proof),
            }
        }
        out
    };
    let accepts = read(&file.caller.accepts);
    let protected_accepts = read(&file.caller.protected_accepts);
    if protected_accepts.iter().any(|p| !accepts.contains(p)) {
        faults.at(
            &file.caller.protected_accepts.span(),
            "what verifies a protected caller verifies everybody: name it under caller.accepts too",
        );
    }
    CallerRules {
        accepts,
        protected_accepts,
    }
}

/// The path under which a realm accepts that one mailbox is the whole account.
pub const MAILBOX_IS_ALL: &str = "reset-by-mail+mail-code";

/// A reset is never weaker than what it replaces, unless the realm's owner
/// says so by name: a reset by mail beside a code by mail puts the whole
/// account into one mailbox.
pub(super) fn resets(file: &File, chains: &[Vec<FactorKind>], faults: &mut Faults<'_>) {
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
pub const FIRST_ADDRESS: &str = "first-address-by-password";

/// Whoever signs in first names the address: a realm that lets the password
/// alone do that says so (C18).
pub(super) fn first_address(file: &File, offers: &[FactorKind], faults: &mut Faults<'_>) {
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
pub const FIRST_SIGN_IN: &str = "first-sign-in-by-password";

/// Sign-ins without a second factor are few, end, and are named as a risk.
pub(super) fn grace(file: &File, offers: &[FactorKind], faults: &mut Faults<'_>) {
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

/// A remembered browser skips a code that somebody would have to type, and not
/// for ever.
pub(super) fn remember(file: &File, chains: &[Vec<FactorKind>], faults: &mut Faults<'_>) {
    let Some(remember) = &file.remember else {
        return;
    };
    let span = remember.days.span();
    if !(1..=90).contains(remember.days.as_ref()) {
        faults.at(&span, "a browser is remembered for 1 to 90 days");
    }
    let skips =
        |chain: &Vec<FactorKind>| chain.first() == Some(&FactorKind::Password) && chain.len() > 1;
    if !chains.iter().any(skips) {
        faults.at(
            &span,
            "no chain asks for a second factor after the password, so there is nothing to skip",
        );
    }
}

/// The names of the days, from Monday on, as a policy writes them.
pub(super) const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads the working days; a week without one would promise nothing.
pub(super) fn calendar(file: &File, faults: &mut Faults<'_>) -> [bool; 7] {
    let mut working = [false; 7];
    let days = &file.calendar.working_days;
    for name in days.as_ref() {
        match WEEK.iter().position(|day| day == name.as_ref()) {
            Some(n) => working[n] = true,
            None => faults.at(&name.span(), format!("a day is one of {}", WEEK.join(", "))),
        }
    }
    if days.as_ref().is_empty() {
        faults.at(&days.span(), "a desk that never works answers nobody");
    }
    for day in file.calendar.holidays.as_ref() {
        if !is_date(day.as_ref()) {
            faults.at(&day.span(), "a day is written YYYY-MM-DD");
        }
    }
    working
}

/// Minutes of a day: the least wait where a mailbox alone speaks for somebody
/// (`security.md`, 5: all factors lost).
const DAY_MINUTES: i64 = 1440;

/// Reads the cases, and refuses those that re-open an account too quickly.
pub(super) fn cases(file: &File, offers: &[FactorKind], faults: &mut Faults<'_>) -> Vec<CaseKind> {
    let Some(cases) = &file.cases else {
        return Vec::new();
    };
    let mut kinds = Vec::new();
    for name in cases.kinds.as_ref() {
        match CaseKind::parse(name.as_ref()) {
            None => faults.at(
                &name.span(),
                format!("there is no case \"{}\"", name.as_ref()),
            ),
            Some(CaseKind::LostPhone) if !offers.contains(&FactorKind::Totp) => faults.at(
                &name.span(),
                "a lost phone is replaced by an authenticator app, and none is offered here",
            ),
            Some(CaseKind::WrongAddress) if file.capture.is_none() => faults.at(
                &name.span(),
                "a wrong address is asked for anew at sign-in, and there is no [capture] here",
            ),
            Some(kind) if kinds.contains(&kind) => {
                faults.at(&name.span(), "this case stands here twice");
            }
            Some(kind) => kinds.push(kind),
        }
    }
    if cases.kinds.as_ref().is_empty() {
        faults.at(&cases.kinds.span(), "cases.kinds is empty");
    }
    let mut within = |value: &toml::Spanned<i64>, least: i64, most: i64, what: &str| {
        if !(least..=most).contains(value.as_ref()) {
            faults.at(&value.span(), format!("{what}: {least} to {most}"));
        }
    };
    within(&cases.answer_hours, 1, 240, "hours until an answer");
    within(
        &cases.window_hours,
        1,
        168,
        "hours for which the way in is open",
    );
    within(&cases.probation_hours, 24, 720, "hours on probation");
    let wait = &cases.cool_down_minutes;
    within(&wait.live_factor, 0, 10_080, "minutes to wait");
    within(&wait.recovery_code, 0, 10_080, "minutes to wait");
    within(&wait.manager, 60, 10_080, "minutes to wait");
    if *wait.mailbox.as_ref() < DAY_MINUTES {
        faults.at(
            &wait.mailbox.span(),
            "who has nothing but a mailbox waits for at least 1440 minutes: a day in which the owner can say no",
        );
    }
    if wait.recovery_code.as_ref() > wait.mailbox.as_ref()
        || wait.manager.as_ref() > wait.mailbox.as_ref()
        || wait.live_factor.as_ref() > wait.mailbox.as_ref()
    {
        faults.at(
            &wait.mailbox.span(),
            "a mailbox alone is the weakest proof and has the longest wait",
        );
    }
    agreed(&cases.privacy, faults);
    kinds
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

fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let number = |part: &str, digits: usize, most: u32| {
        part.len() == digits && part.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
    };
    matches!(*parts.as_slice(), [y, m, d] if number(y, 4, 9999) && number(m, 2, 12) && number(d, 2, 31))
}
