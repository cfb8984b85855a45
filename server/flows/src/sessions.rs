//! Where one is signed in, and what may know of it; end one or all others, take one back.

use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::Ctx,
    devices,
    infra::browser_name,
    oidc::with_applications,
    pages::{self, Query},
    when::Times,
};
use domain::{
    audit::{Action, Event},
    ids::{PersonId, RealmSlug, SessionId},
    oidc::Scope,
    paths,
    screen::{ConsentFace, DeviceFace, News, Screen, SessionFace, Sessions, View},
};
use std::sync::Arc;

/// The page.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.signed_in(request, &realm).await?;
    let now = services.now();
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let own = devices::of(ctx, &session.person.id).await?;
    let mut conn = services.store.read().await?;
    let all = conn.sessions_of(&session.person.id, now).await?;
    let remembered = conn.devices_of(&session.person.id, now).await?;
    let agreed = conn.oidc_consents(&session.person.id).await?;
    drop(conn);
    let frame = pages::frame(
        services,
        request,
        Some(&realm),
        Some(&session),
        paths::sessions(slug),
    );
    let times = Times::of(services, request, &realm, frame.lang);
    let idle = realm.sessions.idle_minutes * 60;
    let sessions = all
        .iter()
        .filter(|s| now < s.seen_at.plus_seconds(idle))
        .map(|s| SessionFace {
            id: s.id.as_str().to_owned(),
            browser: browser_name::describe(&s.agent),
            address: s.address.clone(),
            opened: times.moment(s.opened_at),
            seen: times.moment(s.seen_at),
            here: s.id == session.id,
        })
        .collect();
    let devices = remembered
        .iter()
        .map(|d| DeviceFace {
            id: d.id.clone(),
            browser: browser_name::describe(&d.agent),
            address: d.address.clone(),
            used: times.moment(d.used_at),
            until: times.moment(d.expires_at),
            here: own.as_ref().is_some_and(|own| own.id == d.id),
        })
        .collect();
    let with = with_applications(services, Arc::clone(&realm)).await?;
    let consents = agreed
        .into_iter()
        .map(|(id, scope, at)| ConsentFace {
            // One that is gone has no name any more, and may come back.
            name: match with.application(&id) {
                Some(app) => app.name.get(frame.lang).to_owned(),
                None => id.clone(),
            },
            id,
            scopes: Scope::split(&scope),
            since: times.moment(at),
        })
        .collect();
    let screen = Screen::Sessions(Sessions {
        sessions,
        devices,
        consents,
    });
    Ok(Reply::show(View {
        frame,
        screen,
        refusals: Vec::new(),
        news: pages::news(services, query),
    }))
}

/// Ends one session of one's own.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::NotFound`] for what is not one's own.
pub async fn end(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.signed_in(request, &realm).await?;
    let id = SessionId::new(id);
    if id == session.id {
        return crate::sign_in::sign_out(services, request, realm.slug.as_str().to_owned()).await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let who = &session.person.id;
    let mut fact = Fact::begin(ctx).await?;
    if !fact.tx().session_end(&id, who, services.now()).await? {
        return Err(Failure::NotFound);
    }
    record(&mut fact, who).await?;
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(
        &paths::sessions(&realm.slug),
        &News::SessionEnded,
    )))
}

/// Ends all sessions but this one.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn end_others(
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
    let who = &session.person.id;
    let mut fact = Fact::begin(ctx).await?;
    fact.tx()
        .sessions_end(who, Some(&session.id), services.now())
        .await?;
    record(&mut fact, who).await?;
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(
        &paths::sessions(&realm.slug),
        &News::OtherSessionsEnded,
    )))
}

/// Forgets a remembered browser of one's own: the next sign-in there asks for the
/// second factor again.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::NotFound`] for what is not one's own.
pub async fn forget(
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
    let who = &session.person.id;
    let mut fact = Fact::begin(ctx).await?;
    if !fact.tx().device_forget(&id, who).await? {
        return Err(Failure::NotFound);
    }
    let event = Event::done(Action::DeviceForgotten, who.clone());
    audit::record(&mut fact, Some(who), &event).await?;
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(
        &paths::sessions(&realm.slug),
        &News::DeviceForgotten,
    )))
}

/// Takes back that an application may know who one is, and what it has by that.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::NotFound`] for what was never agreed to.
pub async fn withdraw(
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
    let who = &session.person.id;
    let mut fact = Fact::begin(ctx).await?;
    let now = services.now();
    if !fact.tx().oidc_consent_withdraw(who, &id, now).await? {
        return Err(Failure::NotFound);
    }
    let event = Event::done(Action::ApplicationForbidden, who.clone()).because(id);
    audit::record(&mut fact, Some(who), &event).await?;
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(
        &paths::sessions(&realm.slug),
        &News::ConsentWithdrawn,
    )))
}

async fn record(fact: &mut Fact<'_>, who: &PersonId) -> Result<(), Failure> {
    let event = Event::done(Action::SessionsEnded, who.clone());
    audit::record(fact, Some(who), &event).await
}
