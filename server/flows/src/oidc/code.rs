//! A code for an application, and its way there.

use super::{issuer, pending::Pending, with_query};
use crate::{Fact, Failure, audit, ceremony::Ctx, request::token_hash};
use domain::{
    audit::{Action, Event},
    oidc::{Application, Asked, CODE_SECONDS, Denial, Grant, NewCode, Scope, Told, amr},
    records::Session,
};

/// Writes down what the application gets, and gives the address with the code for it.
pub(super) async fn issue(
    ctx: Ctx<'_>,
    app: &Application,
    pending: &Pending,
    session: &Session,
    told: &Told,
) -> Result<String, Failure> {
    let services = ctx.services;
    let (now, asked) = (services.now(), &pending.asked);
    let code = services.random.token();
    let who = &session.person;
    let grant = Grant {
        id: services.random.id(now),
        realm: ctx.realm.slug.clone(),
        client: app.id.clone(),
        person: who.id.clone(),
        session: session.id.clone(),
        scope: asked.scope.clone(),
        auth_time: told.at,
        acr: told.acr.clone(),
        amr: amr(&told.kinds).join(" "),
        epoch: who.epoch,
        offline: Scope::split(&asked.scope).contains(&Scope::OfflineAccess),
        created_at: now,
    };
    let kept = NewCode {
        hash: token_hash(code.reveal()),
        grant: grant.id.clone(),
        redirect_uri: asked.redirect_uri.clone(),
        challenge: asked.challenge.clone(),
        nonce: asked.nonce.clone(),
        created_at: now,
        expires_at: now.plus_seconds(CODE_SECONDS),
    };
    let mut fact = Fact::begin(ctx).await?;
    fact.tx().oidc_grant_insert(&grant).await?;
    fact.tx().oidc_code_insert(&kept).await?;
    let event = Event::done(Action::ApplicationOpened, who.id.clone())
        .because(format!("{} {}", app.id, grant.acr));
    audit::record(&mut fact, Some(&who.id), &event).await?;
    fact.commit().await?;
    Ok(answer(ctx, asked, &[("code", code.reveal())]))
}

/// The address that tells an application no.
pub(super) fn deny(ctx: Ctx<'_>, asked: &Asked, denial: Denial) -> String {
    answer(ctx, asked, &[("error", denial.name())])
}

/// The address of an answer: with the state as it came, and with who speaks (RFC 9207).
fn answer(ctx: Ctx<'_>, asked: &Asked, what: &[(&str, &str)]) -> String {
    let iss = issuer(ctx.services, &ctx.realm.slug);
    let mut parameters = what.to_vec();
    if let Some(state) = &asked.state {
        parameters.push(("state", state));
    }
    parameters.push(("iss", &iss));
    with_query(&asked.redirect_uri, &parameters)
}

/// The same for a request that could not be read whole.
pub(super) fn refuse(
    ctx: Ctx<'_>,
    redirect_uri: &str,
    state: Option<&str>,
    denial: Denial,
    why: &str,
) -> String {
    let iss = issuer(ctx.services, &ctx.realm.slug);
    let mut parameters = vec![("error", denial.name()), ("error_description", why)];
    if let Some(state) = state {
        parameters.push(("state", state));
    }
    parameters.push(("iss", &iss));
    with_query(redirect_uri, &parameters)
}
