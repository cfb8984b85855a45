//! An application signs its person out here as well (OpenID Connect RP-Initiated
//! Logout 1.0).

use super::{issuer, jwt, provider, with_query};
use crate::{Cookie, Failure, Request, Services, ceremony::Ctx, sign_in};
use domain::{
    Lang,
    ids::{PersonId, SessionId},
    policy::Realm,
    screen,
};
use serde_json::Value;

/// What the browser does next.
#[derive(Clone, Debug)]
pub enum Ending {
    /// Goes to an address of the application.
    Away(String, Vec<Cookie>),
    /// Goes elsewhere within the portal.
    Within(String, Vec<Cookie>),
    /// Is asked whether the person wants that.
    Ask {
        /// The reader's language.
        lang: Lang,
        /// The application that says so, where one is known.
        application: Option<String>,
        /// What comes back with the answer, and is checked anew.
        fields: Vec<(&'static str, String)>,
    },
}

/// Who an ID token of ours speaks of.
pub(super) struct Hint {
    pub person: PersonId,
    pub session: SessionId,
    pub client: String,
}

/// Reads an ID token that comes back as a hint. It may be as old as it likes: it says who
/// is meant and proves nothing.
pub(super) async fn hinted(
    ctx: Ctx<'_>,
    token: &str,
    client: Option<&str>,
) -> Result<Option<Hint>, Failure> {
    let mut conn = ctx.services.store.read().await?;
    let keys = conn.oidc_keys(&ctx.realm.slug).await?;
    drop(conn);
    let Some(claims) = jwt::read(&keys, jwt::Typ::Id, token) else {
        return Ok(None);
    };
    let text = |name: &str| claims[name].as_str().unwrap_or_default().to_owned();
    let is_ours = claims["iss"] == Value::String(issuer(ctx.services, &ctx.realm.slug));
    let aud = text("aud");
    if !is_ours || client.is_some_and(|client| client != aud) {
        return Ok(None);
    }
    Ok(Some(Hint {
        person: PersonId::new(text("sub")),
        session: SessionId::new(text("sid")),
        client: aud,
    }))
}

fn get<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = parameters.iter().find(|(n, _)| n == name);
    found
        .map(|(_, value)| value.as_str())
        .filter(|v| !v.is_empty())
}

/// Where an application may send people who signed out: an address that it registered,
/// to the letter; otherwise nowhere.
fn target(realm: &Realm, client: Option<&str>, parameters: &[(String, String)]) -> Option<String> {
    let app = realm.application(client?)?;
    let uri = get(parameters, "post_logout_redirect_uri")?;
    if !app.post_logout_redirect_uris.iter().any(|own| own == uri) {
        return None;
    }
    Some(match get(parameters, "state") {
        Some(state) if state.len() <= 2048 => with_query(uri, &[("state", state)]),
        _ => uri.to_owned(),
    })
}

/// An application asks for the end of a session. Who holds an ID token of just this
/// session is believed; otherwise the person is asked, because anybody can link here.
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, or the database could not.
pub async fn end(
    services: &Services,
    request: &Request,
    slug: &str,
    parameters: &[(String, String)],
) -> Result<Ending, Failure> {
    let realm = provider(services, slug).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let named = get(parameters, "client_id");
    let hint = match get(parameters, "id_token_hint") {
        Some(token) if token.len() <= 8192 => hinted(ctx, token, named).await?,
        _ => None,
    };
    let client = named.or(hint.as_ref().map(|h| h.client.as_str()));
    let target = target(&realm, client, parameters);
    let Some(session) = services.session(request, &realm).await? else {
        // Nothing to end. Without a token of ours nobody is sent on, either: this
        // address would lead away whoever follows it.
        return Ok(match (hint, target) {
            (Some(_), Some(to)) => Ending::Away(to, Vec::new()),
            _ => Ending::Within(domain::paths::sign_in(&realm.slug), Vec::new()),
        });
    };
    let is_meant = hint
        .as_ref()
        .is_some_and(|h| h.person == session.person.id && h.session == session.id);
    if is_meant {
        return signed_out(ctx, target).await;
    }
    let lang = request.lang(Some(&realm));
    let app = client.and_then(|id| realm.application(id));
    let kept = ["client_id", "post_logout_redirect_uri", "state"];
    let mut fields: Vec<_> = kept
        .into_iter()
        .filter_map(|name| Some((name, get(parameters, name)?.to_owned())))
        .collect();
    if named.is_none()
        && let Some(app) = app
    {
        fields.push(("client_id", app.id.clone()));
    }
    Ok(Ending::Ask {
        lang,
        application: app.map(|a| a.name.get(lang).to_owned()),
        fields,
    })
}

/// The person said yes.
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, or the database could not.
pub async fn end_confirmed(
    services: &Services,
    request: &Request,
    slug: &str,
    parameters: &[(String, String)],
) -> Result<Ending, Failure> {
    let realm = provider(services, slug).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let target = target(&realm, get(parameters, "client_id"), parameters);
    signed_out(ctx, target).await
}

async fn signed_out(ctx: Ctx<'_>, target: Option<String>) -> Result<Ending, Failure> {
    let slug = ctx.realm.slug.to_string();
    let reply = sign_in::sign_out(ctx.services, ctx.request, slug).await?;
    Ok(match (target, reply.answer) {
        (Some(to), _) => Ending::Away(to, reply.cookies),
        (None, screen::Answer::Go { path, .. }) => {
            Ending::Within(crate::pages::vouch(ctx.services, path), reply.cookies)
        }
        (None, screen::Answer::Show(_)) => {
            Ending::Within(domain::paths::sign_in(&ctx.realm.slug), reply.cookies)
        }
    })
}
