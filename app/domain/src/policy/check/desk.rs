//! What the service desk promises and decides: its calendar and its cases.

use super::{Faults, agreed};
use crate::{FactorKind, cases::CaseKind, policy::file::File, time::is_date};

/// The names of the days, from Monday on, as a policy writes them.
pub(in crate::policy) const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads the working days; a week without one would promise nothing.
pub(in crate::policy) fn calendar(file: &File, faults: &mut Faults<'_>) -> [bool; 7] {
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
pub(in crate::policy) fn cases(
    file: &File,
    offers: &[FactorKind],
    faults: &mut Faults<'_>,
) -> Vec<CaseKind> {
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
