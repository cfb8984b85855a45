//! The tab "Second factor": where codes go, how, and what is to change.

use crate::{
    Failure, Reply, Request, Services,
    approval::{face, live_of},
    infra::numbers,
    pages::{self, Query},
    when::Times,
};
use domain::{
    approval::Stage,
    ids::RealmSlug,
    paths,
    screen::{ApprovalStage, LineChoice, LineState, PendingChange, ProfileFactor, Screen},
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
    drop(conn);
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
    };
    let mut view = pages::view(frame, Screen::ProfileFactor(screen));
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}
