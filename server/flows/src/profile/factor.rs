//! The tab "Second factor": where codes go, how, and what is to change.

use crate::{
    Fact, Failure, Reply, Request, Services,
    approval::{face, live_of, topic},
    audit,
    ceremony::{self, Ctx, Run},
    desk,
    infra::numbers,
    pages::{self, Query},
    when::Times,
};
use domain::{
    approval::{Approval, Stage},
    audit::{Action, Event},
    desk_act::DeskAct,
    enrollment::Enroll,
    ids::{PersonId, RealmSlug},
    paths,
    records::{Factor, PendingAct},
    screen::{
        ApprovalStage, LineChoice, LineState, News, PendingChange, PendingNumber, PendingSwitch,
        ProfileFactor, Screen,
    },
};

/// The page.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] where no codes go over the telephone network.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.signed_in(request, &realm).await?;
    if realm.lines().is_empty() {
        return Err(Failure::NotFound);
    }
    let who = &session.person;
    let path = paths::profile_factor(slug);
    let frame = pages::frame(services, request, Some(&realm), Some(&session), path);
    let times = Times::of(services, request, &realm, frame.lang);
    let now = services.now();
    let mut conn = services.store.read().await?;
    let factors = conn.factors(&who.id).await?;
    let current = factors
        .iter()
        .find(|f| f.kind.is_line() && f.disabled_at.is_none());
    let live = live_of(&mut conn, &who.id, now).await?;
    let mut pending = Vec::new();
    if let Some(live) = &live {
        let request = face(&mut conn, &times, who, live, false, now).await?;
        pending.push(PendingChange {
            sets_up: request.stage == ApprovalStage::Approved,
            request,
        });
    }
    let newest = conn.approvals_of(&who.id, 10).await?;
    let waiting = conn.desk_acts_of(&who.id, now).await?;
    drop(conn);
    let switch = current.and_then(|factor| switch(&times, factor, live.as_ref(), &waiting));
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let proving = proving(ctx, &times, &who.id).await?;
    let in_use = current.map(|f| f.kind);
    let methods = realm.lines().into_iter().map(|kind| LineChoice {
        kind,
        state: LineState::of(kind, in_use, live.as_ref(), realm.approves(kind)),
    });
    let screen = ProfileFactor {
        current: in_use,
        number: current.map_or_else(String::new, |f| numbers::international(&f.address)),
        since: current.map_or_else(String::new, |f| times.moment(f.created_at)),
        review: newest
            .iter()
            .find_map(|a| match a.stage {
                Stage::Used { review_at, .. } if Some(a.wish.kind) == in_use => {
                    Some(times.moment(review_at))
                }
                _ => None,
            })
            .unwrap_or_default(),
        methods: methods.collect(),
        pending,
        switch,
        proving,
    };
    let mut view = pages::view(frame, Screen::ProfileFactor(screen));
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// What one of the desk wants to switch, and a second one has to agree to.
fn switch(
    times: &Times,
    factor: &Factor,
    live: Option<&Approval>,
    waiting: &[PendingAct],
) -> Option<PendingSwitch> {
    let is_it =
        |act: &&PendingAct| act.act == DeskAct::SwitchLine && act.subject == factor.id.as_str();
    let act = waiting.iter().find(is_it)?;
    let kind = factor.kind.other_line()?;
    let approved =
        live.filter(|a| a.wish.kind == kind && matches!(a.stage, Stage::Approved { .. }));
    let number = approved.map_or(factor.address.as_str(), |a| a.wish.address.as_str());
    Some(PendingSwitch {
        id: act.id.clone(),
        kind,
        number: numbers::international(number),
        since: times.moment(act.asked_at),
        until: times.moment(act.asked_at.plus_seconds(desk::WISH_WAITS)),
    })
}

/// The setting up of a number that this browser began for somebody, once a code went there.
async fn named(ctx: Ctx<'_>, who: &PersonId) -> Result<Option<Run<Enroll>>, Failure> {
    let run = ceremony::load::<Enroll>(ctx).await?;
    Ok(run.filter(|run| {
        let is_theirs = matches!(
            &run.machine,
            Enroll::Work { person, kind, .. } if person == who && kind.is_line()
        );
        is_theirs && run.extras.challenge.is_some()
    }))
}

/// A number that waits for its code, as long as that lives.
async fn proving(
    ctx: Ctx<'_>,
    times: &Times,
    who: &PersonId,
) -> Result<Option<PendingNumber>, Failure> {
    let run = named(ctx, who).await?;
    let Some(challenge) = run.and_then(|run| run.extras.challenge) else {
        return Ok(None);
    };
    let sent = ctx
        .services
        .store
        .read()
        .await?
        .challenge(&challenge)
        .await?;
    let sent = sent.filter(|sent| ctx.services.now() < sent.expires_at);
    Ok(sent.map(|sent| PendingNumber {
        kind: sent.kind,
        number: numbers::international(&sent.address),
        since: times.moment(sent.created_at),
        until: times.moment(sent.expires_at),
    }))
}

/// Drops a number that waits for its code. What is over by now stays as it is: the page
/// shows it.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn cancel_number(
    services: &Services,
    request: &Request,
    realm: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.signed_in(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let is_there = named(ctx, &session.person.id).await?.is_some();
    if is_there {
        ceremony::drop_row::<Enroll>(ctx).await?;
    }
    Ok(back(&realm.slug, is_there.then_some(News::ChangeCancelled)))
}

/// Drops a switch that waits for a second one of the desk, in the place of that one. What is
/// over by now, or somebody else's, stays as it is.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn cancel_switch(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.signed_in(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (who, now) = (&session.person.id, services.now());
    let mut fact = Fact::begin(ctx).await?;
    let act = fact.tx().desk_act(&id, now).await?;
    let is_theirs = |a: &PendingAct| a.person == *who && a.act == DeskAct::SwitchLine;
    if !act.as_ref().is_some_and(is_theirs)
        || !fact.tx().desk_act_decide(&id, who, false, now).await?
    {
        return Ok(back(&realm.slug, None));
    }
    let event = Event::done(Action::ActDropped, who.clone()).because(DeskAct::SwitchLine.slug());
    audit::record(&mut fact, Some(who), &event).await?;
    fact.tells(&topic(who));
    fact.commit().await?;
    Ok(back(&realm.slug, Some(News::SwitchDropped)))
}

/// To the tab again.
fn back(realm: &RealmSlug, news: Option<News>) -> Reply {
    let page = paths::profile_factor(realm);
    Reply::go(match news {
        Some(news) => pages::with_news(&page, &news),
        None => page,
    })
}
