//! Deciding what one's people ask: signed in at one's own realm, by a button, never by
//! opening a mail (`security.md`, XI02). Who decides is read at that moment from the
//! record (XI01).

use super::{advance, decider, stands_in, until};
use crate::{
    Fact, Failure, Reply, Request, Services,
    account::LockedAccount,
    ceremony::Ctx,
    infra::numbers,
    pages::{self, Query},
    prove,
    request::is_fresh,
    when::Times,
};
use domain::{
    Refusal, Timestamp,
    approval::{Approval, Event, Stage, decides},
    audit::{self, Action},
    ids::{ApprovalId, RealmSlug},
    number::Line,
    paths,
    policy::Realm,
    records::{Person, Session},
    refusal::Code,
    screen::{
        ApprovalPage, ApprovalRow, ApprovalStage, Approvals, DeputyFace, News, OnRecord, Screen,
        View,
    },
};
use std::sync::Arc;
use store::Conn;

/// Requests on a page of the list.
const PAGE: usize = 25;

/// Leads to the list of the realm where this browser is signed in and decides; where it
/// decides nowhere, to one where it is signed in; where it is nowhere, to the first realm
/// that asks managers.
///
/// # Errors
/// [`Failure::NotFound`] where no realm does.
pub async fn anywhere(services: &Services, request: &Request) -> Result<Reply, Failure> {
    let asks = services.realms.iter().filter(|r| r.approvals.is_some());
    let (mut signed_in, mut first) = (None, None);
    for realm in asks {
        let page = paths::approvals(&realm.slug);
        if let Some(session) = services.session(request, realm).await? {
            let mut conn = services.store.read().await?;
            let me = &session.person.id;
            if conn.approves_anybody(me, services.now()).await? {
                return Ok(Reply::go(page));
            }
            signed_in.get_or_insert_with(|| page.clone());
        }
        first.get_or_insert(page);
    }
    let to = signed_in.or(first);
    to.map(Reply::go).ok_or(Failure::NotFound)
}

/// The list.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn list(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.signed_in(request, &realm).await?;
    let mut view = show_list(services, request, &realm, &session, query).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

pub(super) async fn show_list(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    query: &Query,
) -> Result<View, Failure> {
    let me = &session.person.id;
    let now = services.now();
    let done = query.whose == "done";
    let before = query.after.parse::<i64>().ok();
    let path = paths::approvals(&realm.slug);
    let frame = pages::frame(services, request, Some(realm), Some(session), path);
    let times = Times::of(services, request, realm, frame.lang);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut conn = services.store.read().await?;
    let mut found = conn.approvals_for(me, !done, before, limit, now).await?;
    let next = (found.len() > PAGE).then(|| {
        found.truncate(PAGE);
        found
            .last()
            .map(|a| a.number.to_string())
            .unwrap_or_default()
    });
    let mut rows = Vec::new();
    for approval in &found {
        let who = conn.person(&approval.person).await?;
        rows.push(row(&times, approval, who.as_ref(), now));
    }
    let deputy = match stands_in(conn.deputy(me).await?, now) {
        Some(deputy) => conn.person(&deputy.person).await?.map(|p| DeputyFace {
            name: p.called().to_owned(),
            until: times.moment(deputy.until),
        }),
        None => None,
    };
    let screen = Approvals {
        done,
        rows,
        next,
        later: before.is_some(),
        deputy,
        typed: String::new(),
        days: String::new(),
    };
    Ok(pages::view(frame, Screen::Approvals(screen)))
}

fn row(times: &Times, approval: &Approval, who: Option<&Person>, now: Timestamp) -> ApprovalRow {
    ApprovalRow {
        id: approval.id.as_str().to_owned(),
        name: approval.name(),
        kind: approval.wish.kind,
        person: who.map(|p| p.called().to_owned()).unwrap_or_default(),
        since: times.moment(approval.asked_at),
        until: until(times, approval, now),
        stage: ApprovalStage::of(approval, false, now),
    }
}

struct Found {
    session: Session,
    own: Arc<Realm>,
    realm: Arc<Realm>,
    who: Person,
    approval: Approval,
    /// For whom the caller stands in.
    stands_in: Option<Person>,
}

/// The request of somebody whose manager the caller is, or stands in for; for everybody
/// else it is not there.
async fn find(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &ApprovalId,
) -> Result<Found, Failure> {
    let own = services.realm(slug.as_str())?;
    let session = services.signed_in(request, &own).await?;
    let mut conn = services.store.read().await?;
    let approval = conn.approval(id).await?.ok_or(Failure::NotFound)?;
    let who = conn.person(&approval.person).await?;
    let who = who.ok_or(Failure::NotFound)?;
    let stands_in = may(&mut conn, &session.person, &who, services.now()).await?;
    drop(conn);
    let Some(stands_in) = stands_in else {
        // Whoever reached for it is written down, and hears that it is not there.
        return match services.denied(request, &session).await {
            Ok(_) | Err(Failure::Forbidden) => Err(Failure::NotFound),
            Err(other) => Err(other),
        };
    };
    Ok(Found {
        realm: services.realm(approval.realm.as_str())?,
        session,
        own,
        who,
        approval,
        stands_in,
    })
}

/// Whether the caller decides for somebody now, as the record says now: for whom they
/// stand in where they are not the manager themselves.
async fn may(
    conn: &mut Conn,
    caller: &Person,
    who: &Person,
    now: Timestamp,
) -> Result<Option<Option<Person>>, Failure> {
    let Some(manager) = &who.manager else {
        return Ok(None);
    };
    let deputy = conn.deputy(manager).await?;
    if !decides(&caller.id, &who.id, Some(manager), deputy.as_ref(), now) {
        return Ok(None);
    }
    if *manager == caller.id {
        return Ok(Some(None));
    }
    // Nobody stands in for who is not there, or whose account somebody else may hold.
    let manager = conn.person(manager).await?;
    let manager = manager.filter(|m| m.is_enabled() && m.frozen_at.is_none());
    Ok(manager.map(Some))
}

async fn show(services: &Services, request: &Request, found: &Found) -> Result<View, Failure> {
    let Found {
        session,
        own,
        realm,
        who,
        approval,
        stands_in,
    } = found;
    let path = paths::approval(&own.slug, approval.id.as_str());
    let frame = pages::frame(services, request, Some(own), Some(session), path);
    let times = Times::of(services, request, realm, frame.lang);
    let now = services.now();
    let wish = &approval.wish;
    let by = decider(&mut services.store.read().await?, who, approval, now).await?;
    let line = numbers::read(&wish.address, realm.numbers.home());
    let screen = ApprovalPage {
        id: approval.id.as_str().to_owned(),
        row: row(&times, approval, Some(who), now),
        version: approval.version,
        stands_in: stands_in
            .as_ref()
            .map(|p| p.called().to_owned())
            .unwrap_or_default(),
        login: who.login.clone(),
        number: numbers::international(&wish.address),
        line: line.map_or(Line::Service, |n| n.line),
        on_record: if who.number.is_empty() {
            OnRecord::None
        } else if who.number == wish.address {
            OnRecord::Same
        } else {
            OnRecord::Other
        },
        reason: wish.reason.clone(),
        application: wish.application.clone(),
        ticket: wish.ticket.clone(),
        waits: approval.is_live(now) && approval.stage == Stage::Waiting,
        by: if approval.stage == Stage::Waiting {
            String::new()
        } else {
            by
        },
        declined: match &approval.stage {
            Stage::Declined { reason, .. } => reason.clone(),
            _ => String::new(),
        },
        typed: String::new(),
    };
    Ok(pages::view(frame, Screen::Approval(Box::new(screen))))
}

/// The page of one request. Opening it decides nothing.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] for everybody who does not decide it.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &ApprovalId,
    query: &Query,
) -> Result<Reply, Failure> {
    let found = find(services, request, slug, id).await?;
    let mut view = show(services, request, &found).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// Refuses who posts a decision and is not signed in, and writes it down: what opens mails
/// may follow a link, and a press of the button is somebody's (`security.md`, XI02).
async fn stranger(services: &Services, request: &Request, realm: &Realm) -> Result<Reply, Failure> {
    let ctx = Ctx {
        services,
        request,
        realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let why = "a decision of nobody who is signed in";
    let event = audit::Event::refused(Action::Denied, None).because(why);
    crate::audit::record_seldom(&mut fact, why, &event).await?;
    fact.commit().await?;
    Err(Failure::SignIn(realm.slug.clone()))
}

/// Approves or declines what was seen: `version` says what that was.
///
/// # Errors
/// See [`page`]; [`Failure::BadRequest`] for what is no decision.
pub async fn decide(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    version: i64,
    decision: String,
    reason: String,
) -> Result<Reply, Failure> {
    let own = services.realm(&realm)?;
    let id = ApprovalId::new(id);
    if services.session(request, &own).await?.is_none() {
        return stranger(services, request, &own).await;
    }
    let found = find(services, request, &own.slug, &id).await?;
    let rules = found.realm.approvals.as_ref().ok_or(Failure::NotFound)?;
    let by = found.session.person.id.clone();
    let (event, news) = match decision.as_str() {
        "approve" => {
            // A screen that was left open approves nothing.
            if !is_fresh(&found.session, &own, services.now()) {
                let page = paths::approval(&own.slug, id.as_str());
                return prove::begin_confirm(services, request, &own, page).await;
            }
            let event = Event::Approve { by, seen: version };
            (event, News::ApprovalGiven)
        }
        "decline" => {
            let reason = reason.clone();
            let event = Event::Decline {
                by,
                seen: version,
                reason,
            };
            (event, News::ApprovalDeclined)
        }
        _ => return Err(Failure::BadRequest("decision")),
    };
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let own_account = LockedAccount::of_session(&mut fact, &found.session).await?;
    let held_back = own_account.held_back(&found.session.proven, services.now());
    if let Some(code) = held_back.filter(|_| matches!(event, Event::Approve { .. })) {
        drop(fact);
        return refused(services, request, &found, Refusal::page(code), "").await;
    }
    // Asked once more where nothing moves any more: the record may have changed meanwhile.
    let who = LockedAccount::hold(&mut fact, &found.who.id).await?.who;
    if who.frozen_at.is_some() && found.approval.is_live(services.now()) {
        drop(fact);
        return refused(
            services,
            request,
            &found,
            Refusal::page(Code::Frozen),
            &reason,
        )
        .await;
    }
    if may(fact.tx(), &found.session.person, &who, services.now())
        .await?
        .is_none()
    {
        return Err(Failure::NotFound);
    }
    let by = &found.session.person.id;
    match advance(&mut fact, found.approval.clone(), event, rules, Some(by)).await? {
        Ok(_) => {
            fact.commit().await?;
            let to = paths::approval(&own.slug, id.as_str());
            Ok(Reply::go(pages::with_news(&to, &news)))
        }
        Err(refusal) => {
            drop(fact);
            let found = find(services, request, &own.slug, &id).await?;
            refused(services, request, &found, refusal, &reason).await
        }
    }
}

async fn refused(
    services: &Services,
    request: &Request,
    found: &Found,
    refusal: Refusal,
    typed: &str,
) -> Result<Reply, Failure> {
    let mut view = show(services, request, found).await?;
    view.refusals = vec![refusal];
    if let Screen::Approval(screen) = &mut view.screen {
        let visible = typed.chars().filter(|c| !c.is_control());
        screen.typed = visible.take(600).collect();
    }
    Ok(Reply::show(view))
}
