//! The cases of the service desk.

use super::{
    bulk::Bulk,
    rows::{AGENTS, HOUR, PEOPLE, Span, id, mixed, name, realm},
};
use crate::Failed;
use domain::cases::{CaseKind, Form, Stage};

/// Cases.
const CASES: u64 = 1_000_000;
/// Those that wait; the others are over.
pub const WAITING: u64 = 300_000;
/// The number of the first one, as `flows::cases` counts.
const FIRST_NUMBER: u64 = 20_001;

/// Six of ten people are of a realm with cases.
const fn who(case: u64) -> u64 {
    let nth = case % (PEOPLE / 10 * 6);
    nth / 6 * 10 + 4 + nth % 6
}

/// Fills them in.
///
/// # Errors
/// The database could not.
pub async fn cases(bulk: &mut Bulk, span: Span) -> Result<(), Failed> {
    let into = "desk_case (id, number, realm, kind, person, form, protected, opened_at, due_at, stage, waits, agent, closed_at)";
    let row = |case| {
        let person = who(case);
        let (realm, opened) = (realm(person), span.at(case, CASES));
        let due = opened + (1 + mixed(case) % 48) * HOUR;
        let kind = if realm == "cloud" {
            CaseKind::LostPhone
        } else {
            CaseKind::WrongAddress
        };
        let name = name(person);
        let (given, family) = name.split_once(' ').unwrap_or((&name, ""));
        let form = Form {
            given: given.to_owned(),
            family: family.to_owned(),
            phone: format!("+49170{person:07}"),
            email: format!("{person}@elsewhere.example"),
            story: "It fell into the lake.".to_owned(),
            ..Form::default()
        };
        let stage = stage(case, span);
        let agent = stage
            .agent()
            .map_or("NULL".to_owned(), |a| format!("'{a}'"));
        let closed = if stage.is_over() {
            due.to_string()
        } else {
            "NULL".to_owned()
        };
        let text = |value: serde_json::Result<String>| value.unwrap_or_default();
        format!(
            "'{}',{},'{realm}','{}','{}','{}',0,{opened},{due},'{}',{},{agent},{closed}",
            id(opened, 3, case),
            FIRST_NUMBER + case,
            kind.slug(),
            span.person(person),
            text(serde_json::to_string(&form)),
            text(serde_json::to_string(&stage)),
            u8::from(stage.waits()),
        )
    };
    bulk.insert(into, (0..CASES).map(row)).await?;
    let last = format!("'case',{}", FIRST_NUMBER + CASES - 1);
    bulk.insert("counter (name, value)", [last]).await
}

/// The last ones wait; of six hundred of those one is ours, and of seven one is a
/// colleague's.
fn stage(case: u64, span: Span) -> Stage {
    if case < CASES - WAITING {
        return match case % 4 {
            0 => Stage::Declined {
                reason: "Nobody answered at the number on record.".to_owned(),
            },
            1 => Stage::Withdrawn,
            _ => Stage::Used,
        };
    }
    let agent = match (case % 600, case % 7) {
        (0, _) => span.agent(0),
        (_, 0) => span.agent(1 + case % (AGENTS - 1)),
        _ => return Stage::Open,
    };
    Stage::Claimed { agent }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use std::collections::HashSet;

    #[test]
    fn nobody_has_two_cases_that_wait() {
        let waiting: HashSet<_> = (CASES - WAITING..CASES).map(who).collect();
        assert_eq!(waiting.len() as u64, WAITING);
        assert!(waiting.iter().all(|row| realm(*row) != "customers"));
    }

    #[test]
    fn one_in_six_hundred_that_wait_is_ours() {
        let span = Span::until(Timestamp::from_millis(1_800_000_000_000));
        let ours = |case: &u64| stage(*case, span).agent() == Some(&span.agent(0));
        assert_eq!((CASES - WAITING..CASES).filter(ours).count(), 500);
        assert!(stage(0, span).is_over() && stage(CASES - 1, span).waits());
    }
}
