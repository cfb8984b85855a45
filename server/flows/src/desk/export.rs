//! The queue as CSV, with the filters of the page.

use super::queue::{filter, key};
use crate::{
    Fact, Failure, Request, Services, audit, ceremony::Ctx, infra::people_csv, pages::Query,
};
use domain::{
    audit::{Action, Event},
    paths,
};

/// Rows that are read at once.
const AT_ONCE: i64 = 1000;

/// Everything that the filters let through; cells that a spreadsheet would run are
/// neutralised, and the export is written down.
///
/// # Errors
/// See [`Services::desk`].
pub async fn export(
    services: &Services,
    request: &Request,
    query: &Query,
) -> Result<String, Failure> {
    let desk = services.desk(request).await?;
    let filter = filter(&desk, query, services.now());
    let mut rows = Vec::new();
    let mut after: Option<(i64, String)> = None;
    loop {
        let mut conn = services.store.read().await?;
        let page = conn.cases_page(&filter, after.as_ref(), AT_ONCE).await?;
        drop(conn);
        let Some(last) = page.last() else { break };
        after = Some(key(last));
        for listed in &page {
            let case = &listed.case;
            let iso = |at: domain::Timestamp| {
                jiff::Timestamp::from_millisecond(at.millis())
                    .unwrap_or_default()
                    .to_string()
            };
            rows.push(vec![
                case.name(),
                case.kind.slug().to_owned(),
                case.realm.as_str().to_owned(),
                listed.person.clone(),
                iso(case.opened_at),
                iso(case.due_at),
                listed.agent.clone(),
                case.stage.slug().to_owned(),
            ]);
        }
    }
    // Written down at the staff's own realm: the export may span several.
    let staff = services.realm(paths::STAFF_REALM)?;
    let ctx = Ctx {
        services,
        request,
        realm: &staff,
    };
    let event =
        Event::done(Action::Exported, desk.id().clone()).because(format!("{} cases", rows.len()));
    let mut fact = Fact::begin(ctx).await?;
    audit::record(&mut fact, Some(desk.id()), &event).await?;
    fact.commit().await?;
    Ok(people_csv::export(
        &[
            "case", "kind", "realm", "person", "asked", "due", "with", "state",
        ],
        rows,
    ))
}
