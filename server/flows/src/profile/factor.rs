//! The tab "Second factor": where codes go, how, and what is to change.

use crate::{
    Failure, Reply, Request, Services,
    approval::{face, live_of},
    desk,
    infra::numbers,
    pages::{self, Query},
    when::Times,
};
use domain::{
    approval::{Approval, Stage},
    desk_act::DeskAct,
    ids::RealmSlug,
    paths,
    records::{Factor, PendingAct},
    screen::{
        ApprovalStage, LineChoice, LineState, PendingChange, PendingSwitch, ProfileFactor, Screen,
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
        kind,
        number: numbers::international(number),
        since: times.moment(act.asked_at),
        until: times.moment(act.asked_at.plus_seconds(desk::WISH_WAITS)),
    })
}
