//! What browsers call on their way between an application and the sign-in.

use super::{At, Provider, form, page::Paper, parameters, set_cookies};
use crate::{pages::failed, plain_page::theme};
use app::server::request_of;
use axum::{
    extract::{Path, Request, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::Lang;
use flows::{
    Failure,
    oidc::{self, Answer, Ending, Outcome},
};

/// How an answer may leave: after a form of ours was posted on the way here, a redirect
/// to another origin would be stopped by `form-action`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Redirect,
    Page,
}

/// The authorization endpoint.
pub async fn authorize(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let asked = parameters(parts.uri.query().unwrap_or_default().as_bytes());
    let caller = request_of(&parts);
    let answer = oidc::authorize(&provider.services, &caller, &realm, &asked).await;
    answered(&provider, &parts, &realm, Way::Redirect, answer)
}

/// The same by a post (OpenID Connect Core 1.0, 3.1.2.1). It comes from elsewhere, so no
/// session comes with it: asked again by GET, it does.
pub async fn again_as_get(Path(At { realm }): Path<At>, request: Request) -> Response {
    let (parts, fields) = match posted(request).await {
        Ok(posted) => posted,
        Err(refused) => return refused,
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields);
    let what = parts.uri.path().rsplit('/').next().unwrap_or_default();
    let realm = domain::ids::RealmSlug::parse(&realm);
    let Some(realm) = realm else {
        return StatusCode::NOT_FOUND.into_response();
    };
    Redirect::to(&format!("/{realm}/oidc/{what}?{}", query.finish())).into_response()
}

/// A request that waited goes on.
pub async fn resume(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let answer = oidc::resume(&provider.services, &request_of(&parts), &realm).await;
    answered(&provider, &parts, &realm, Way::Page, answer)
}

/// The person said who goes on.
pub async fn choose(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, fields) = match posted(request).await {
        Ok(posted) => posted,
        Err(refused) => return refused,
    };
    let (id, goes_on) = (field(&fields, "id"), field(&fields, "answer") == "go_on");
    let caller = request_of(&parts);
    let answer = oidc::choose(&provider.services, &caller, &realm, id, goes_on).await;
    answered(&provider, &parts, &realm, Way::Page, answer)
}

/// The person said whether an application may hear of them.
pub async fn consent(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, fields) = match posted(request).await {
        Ok(posted) => posted,
        Err(refused) => return refused,
    };
    let (id, agrees) = (field(&fields, "id"), field(&fields, "answer") == "allow");
    let caller = request_of(&parts);
    let answer = oidc::consent(&provider.services, &caller, &realm, id, agrees).await;
    answered(&provider, &parts, &realm, Way::Page, answer)
}

/// The end-session endpoint.
pub async fn logout(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let asked = parameters(parts.uri.query().unwrap_or_default().as_bytes());
    let ending = oidc::end(&provider.services, &request_of(&parts), &realm, &asked).await;
    ended(&provider, &parts, &realm, Way::Redirect, ending)
}

/// The person wants to sign out.
pub async fn end(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, fields) = match posted(request).await {
        Ok(posted) => posted,
        Err(refused) => return refused,
    };
    let caller = request_of(&parts);
    let ending = oidc::end_confirmed(&provider.services, &caller, &realm, &fields).await;
    ended(&provider, &parts, &realm, Way::Page, ending)
}

/// A posted form, and what came around it.
async fn posted(request: Request) -> Result<(Parts, Vec<(String, String)>), Response> {
    let (parts, body) = request.into_parts();
    let fields = form(parts.headers.get(header::CONTENT_TYPE), body).await;
    match fields {
        Some(fields) => Ok((parts, fields)),
        None => Err(StatusCode::BAD_REQUEST.into_response()),
    }
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    let found = fields.iter().find(|(n, _)| n == name);
    found.map(|(_, value)| value.as_str()).unwrap_or_default()
}

pub(super) fn on_paper(
    provider: &Provider,
    parts: &Parts,
    realm: &str,
    lang: Lang,
    draw: impl FnOnce(&Paper<'_>) -> Response,
) -> Response {
    let Ok(realm) = provider.services.realm(realm) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    draw(&Paper {
        css: &provider.site.assets.css,
        realm: &realm.slug,
        name: realm.name.get(lang),
        lang,
        theme: theme(parts),
    })
}

pub(super) fn answered(
    provider: &Provider,
    parts: &Parts,
    realm: &str,
    way: Way,
    answer: Result<Answer, Failure>,
) -> Response {
    let answer = match answer {
        Ok(answer) => answer,
        Err(failure) => return failed(failure),
    };
    let paper = |draw: &dyn Fn(&Paper<'_>) -> Response| {
        on_paper(provider, parts, realm, answer.lang, |p| draw(p))
    };
    let mut response = match &answer.outcome {
        Outcome::Away(to) if way == Way::Redirect => Redirect::to(to).into_response(),
        Outcome::Away(to) => paper(&|p| p.moving_on(to, false)),
        Outcome::Within(path) => Redirect::to(path).into_response(),
        Outcome::Fault(fault) => paper(&|p| p.fault(*fault, None)),
        Outcome::Choose(question) => paper(&|p| p.choose(question)),
        Outcome::Consent(question) => paper(&|p| p.consent(question)),
    };
    set_cookies(&mut response, &answer.cookies);
    response
}

fn ended(
    provider: &Provider,
    parts: &Parts,
    realm: &str,
    way: Way,
    ending: Result<Ending, Failure>,
) -> Response {
    let lang = request_of(parts).lang(provider.services.realm(realm).ok().as_deref());
    match ending {
        Err(failure) => failed(failure),
        Ok(Ending::Away(to, cookies)) => {
            let mut response = match way {
                Way::Redirect => Redirect::to(&to).into_response(),
                Way::Page => on_paper(provider, parts, realm, lang, |p| p.moving_on(&to, true)),
            };
            set_cookies(&mut response, &cookies);
            response
        }
        Ok(Ending::Within(path, cookies)) => {
            let mut response = Redirect::to(&path).into_response();
            set_cookies(&mut response, &cookies);
            response
        }
        Ok(Ending::Ask {
            lang,
            application,
            fields,
        }) => on_paper(provider, parts, realm, lang, |p| {
            p.end(application.as_deref(), &fields)
        }),
    }
}
