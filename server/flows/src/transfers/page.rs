//! The list, the page of one, and stopping it.

use super::{
    count,
    file::{open, report},
    found,
    work::summary,
};
use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::Ctx,
    pages::{self, Query},
    paging::{self, After},
    people,
    when::Times,
};
use domain::{
    admin_place::AdminPlace,
    audit::{Action, Event},
    ids::{RealmSlug, TransferId},
    paths,
    records::Session,
    screen::{AdminTransfer, AdminTransfers, News, ReportLine, Screen, TransferRow},
    transfer::{Transfer, TransferKind, TransferState},
};

/// Rows of a report that the page shows; the file has all of them.
const SHOWN: usize = 200;

/// One page of the transfers of a realm, of the kinds that the caller may start.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn list(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services
        .admitted(request, &realm, AdminPlace::Transfers)
        .await?;
    let path = paths::admin_transfers(slug);
    let frame = pages::frame(services, request, None, Some(&session), path);
    let lang = frame.lang;
    let times = Times::of(services, request, &realm, lang);
    let kinds = TransferKind::allowed(&session.grants, slug);
    let after = After::new(&query.after);
    let found = services
        .store
        .read()
        .await?
        .transfers_page(slug, &kinds, after.one(), paging::LIMIT)
        .await?;
    let page = after.page(found, |(t, _)| t.id.as_str().to_owned());
    let rows = page.rows.into_iter();
    let screen = AdminTransfers {
        realm: people::card(&realm, lang, &session.grants),
        rows: rows
            .map(|(t, starter)| row(services, &times, &session, &t, starter))
            .collect(),
        next: page.next,
        later: page.later,
    };
    Ok(Reply::show(pages::view(
        frame,
        Screen::AdminTransfers(screen),
    )))
}

fn row(
    services: &Services,
    times: &Times,
    session: &Session,
    transfer: &Transfer,
    starter: String,
) -> TransferRow {
    let now = services.now();
    // A report of nothing is no report.
    let holds = !transfer.kind.is_import() || transfer.skipped > 0;
    let ended_well = transfer.kind.is_import() || transfer.state == TransferState::Done;
    let until = transfer.file_until().filter(|_| holds && ended_well);
    TransferRow {
        id: transfer.id.as_str().to_owned(),
        kind: transfer.kind,
        format: transfer.format.slug().to_uppercase(),
        state: transfer.state,
        done: count(transfer.done),
        total: transfer.total.map(|n| count(n.max(transfer.done))),
        skipped: count(transfer.skipped),
        starter,
        mine: transfer.starter == session.person.id,
        created: times.moment(transfer.created_at),
        until: times.maybe(until),
        downloads: holds
            && transfer.has_file(now)
            && transfer.opens_to(&session.person.id, &session.grants),
        cancels: !transfer.state.is_over(),
    }
}

/// One transfer.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::NotFound`] for one of another realm.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &TransferId,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let (session, transfer) = found(services, request, &realm, id).await?;
    let path = paths::admin_transfer(slug, id.as_str());
    let frame = pages::frame(services, request, None, Some(&session), path);
    let lang = frame.lang;
    let times = Times::of(services, request, &realm, lang);
    let starter = services
        .store
        .read()
        .await?
        .person(&transfer.starter)
        .await?;
    let starter = starter.map_or_else(String::new, |p| match p.name.as_str() {
        "" => p.login,
        _ => p.name,
    });
    let row = row(services, &times, &session, &transfer, starter);
    let report = if transfer.kind.is_import() && row.downloads {
        shown(services, &transfer).await?
    } else {
        Vec::new()
    };
    let listed = u32::try_from(report.len()).unwrap_or(u32::MAX);
    let screen = AdminTransfer {
        realm: people::card(&realm, lang, &session.grants),
        fault: transfer.fault,
        finished: times.maybe(transfer.finished_at),
        unshown: match listed {
            0 => 0,
            n => row.skipped.saturating_sub(n),
        },
        report,
        row,
    };
    let mut view = pages::view(frame, Screen::AdminTransfer(Box::new(screen)));
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// The first rows of a report.
async fn shown(services: &Services, transfer: &Transfer) -> Result<Vec<ReportLine>, Failure> {
    let mut conn = services.store.read().await?;
    let (mut lines, mut after) = (Vec::new(), None);
    while lines.len() < SHOWN {
        let Some((from, sealed)) = conn.transfer_part(&transfer.id, after).await? else {
            break;
        };
        lines.extend(report(&open(services, transfer, from, &sealed)?)?);
        after = Some(from);
    }
    lines.truncate(SHOWN);
    Ok(lines)
}

/// Stops a transfer: what was done stays. For whoever holds the right to the act;
/// where it is over already, nothing happens.
///
/// # Errors
/// See [`page`].
pub async fn cancel(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let id = TransferId::new(id);
    let (session, transfer) = found(services, request, &realm, &id).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let by = &session.person.id;
    let mut fact = Fact::begin(ctx).await?;
    let (state, keep) = (TransferState::Cancelled, transfer.kind.is_import());
    let now = services.now();
    let ended = fact.tx().transfer_finish(&id, state, None, keep, now);
    let to = paths::admin_transfer(&realm.slug, id.as_str());
    if !ended.await? {
        return Ok(Reply::go(to));
    }
    let about = summary(&mut fact, &transfer).await?;
    let event = Event::done(Action::TransferCancelled, by.clone()).because(about);
    audit::record(&mut fact, Some(by), &event).await?;
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(&to, &News::TransferCancelled)))
}
