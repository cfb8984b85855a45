//! The cases of the service desk and the days on which it works, in words.

use super::{Listing, Row};
use domain::Lang;
use words::{desk, read_policy as say};

pub(super) fn rows(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let name = say::cases_kinds(lang);
    let Some(cases) = &list.realm.cases else {
        return vec![list.row("cases", name, say::cases_none(lang))];
    };
    let kinds: Vec<_> = (cases.kinds.iter())
        .map(|kind| desk::case_kind(lang, *kind))
        .collect();
    let (wait, privacy) = (&cases.cool_down, &cases.privacy);
    let row = |key: &str, name: &str, value: String| list.row(&format!("cases.{key}"), name, value);
    vec![
        row("kinds", name, kinds.join(", ")),
        row(
            "answer_hours",
            say::answer(lang),
            say::for_hours(lang, cases.answer_hours),
        ),
        row(
            "cool_down_minutes.live_factor",
            say::wait_live(lang),
            say::wait(lang, wait.live_factor),
        ),
        row(
            "cool_down_minutes.recovery_code",
            say::wait_recovery(lang),
            say::wait(lang, wait.recovery_code),
        ),
        row(
            "cool_down_minutes.manager",
            say::wait_manager(lang),
            say::wait(lang, wait.manager),
        ),
        row(
            "cool_down_minutes.mailbox",
            say::wait_mailbox(lang),
            say::wait(lang, wait.mailbox),
        ),
        row(
            "window_hours",
            say::window(lang),
            say::for_hours(lang, cases.window_hours),
        ),
        row(
            "probation_hours",
            say::probation(lang),
            say::for_hours(lang, cases.probation_hours),
        ),
        row(
            "privacy.version",
            say::privacy_version(lang),
            privacy.version.clone(),
        ),
        row("privacy.url", say::privacy_url(lang), privacy.url.clone()),
    ]
}

pub(super) fn calendar(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let calendar = &list.realm.calendar;
    let holidays = match calendar.holidays.as_slice() {
        [] => say::none(lang).to_owned(),
        days => days.join(", "),
    };
    vec![
        list.row(
            "calendar.working_days",
            say::working_days(lang),
            say::days(lang, calendar.working),
        ),
        list.row("calendar.holidays", say::holidays(lang), holidays),
    ]
}
