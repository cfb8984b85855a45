//! What proxies ask (nginx `auth_request`, Caddy `forward_auth`, Traefik `forwardAuth`),
//! and the way of a browser from an application behind one to the sign-in. A proxy is
//! believed by its address (`--trusted-proxies`); what else says the same is refused.

use super::{
    At, Provider,
    browser::{Way, answered, on_paper},
    parameters, set_cookies,
};
use crate::{
    layers::{limits, peer::FromProxy},
    pages::failed,
};
use app::server::request_of;
use axum::{
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::oidc::{PageFault, proxied::Visit};
use flows::oidc::forward_auth::{self, Checked, Identity};

/// Who is there. All of them stand in every answer that lets somebody through, empty or
/// not, so that nothing that a client sent in their place is left.
const USER: HeaderName = HeaderName::from_static("remote-user");
const ID: HeaderName = HeaderName::from_static("remote-id");
const NAME: HeaderName = HeaderName::from_static("remote-name");
const EMAIL: HeaderName = HeaderName::from_static("remote-email");

/// 200 with who it is, or 401: for nginx, which leads people on itself.
pub async fn check(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match asked(&provider, &parts, &realm).await {
        Ok(Checked::Known(who)) => known(&who),
        Ok(Checked::Unknown { .. }) => StatusCode::UNAUTHORIZED.into_response(),
        Ok(Checked::Foreign) => StatusCode::FORBIDDEN.into_response(),
        Err(response) => response,
    }
}

/// 200 with who it is, or the way to the sign-in: for proxies that hand our answer to the
/// browser. Calls that open no page get 401: they would not find the way.
pub async fn redirect(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match asked(&provider, &parts, &realm).await {
        Ok(Checked::Known(who)) => known(&who),
        Ok(Checked::Unknown { to: None }) => StatusCode::UNAUTHORIZED.into_response(),
        Ok(Checked::Unknown {
            to: Some((to, cookies)),
        }) => {
            let mut response = Redirect::to(&to).into_response();
            set_cookies(&mut response, &cookies);
            response
        }
        Ok(Checked::Foreign) => StatusCode::FORBIDDEN.into_response(),
        Err(response) => response,
    }
}

/// A browser comes to sign in.
pub async fn start(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let asked = parameters(parts.uri.query().unwrap_or_default().as_bytes());
    let answer = forward_auth::enter(&provider.services, &request_of(&parts), &realm, &asked).await;
    answered(&provider, &parts, &realm, Way::Redirect, answer)
}

/// A browser was not known again by its application.
pub async fn stopped(
    State(provider): State<Provider>,
    Path(At { realm }): Path<At>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let asked = parameters(parts.uri.query().unwrap_or_default().as_bytes());
    let url = match forward_auth::stopped(&provider.services, &realm, &asked).await {
        Ok(url) => url,
        Err(failure) => return failed(failure),
    };
    let lang = request_of(&parts).lang(provider.services.realm(&realm).ok().as_deref());
    on_paper(&provider, &parts, &realm, lang, |paper| {
        paper.fault(PageFault::Stopped, Some(&url))
    })
}

async fn asked(provider: &Provider, parts: &Parts, realm: &str) -> Result<Checked, Response> {
    let (services, caller) = (&provider.services, request_of(parts));
    let refused = async |why| {
        let refusals = &provider.refusals;
        if refusals
            .check_key(&limits::network(&caller.address))
            .is_err()
        {
            return limits::too_many_of_a_program();
        }
        if refusals.len() > 100_000 {
            refusals.retain_recent();
        }
        match forward_auth::refused(services, &caller, realm, why).await {
            Ok(()) => StatusCode::FORBIDDEN.into_response(),
            Err(failure) => failed(failure),
        }
    };
    let from_proxy = parts.extensions.get::<FromProxy>();
    if !from_proxy.is_some_and(|from| from.0) {
        return Err(refused("forward-auth asked by no proxy of ours").await);
    }
    let Some(visit) = visit(&parts.headers) else {
        return Err(refused("forward-auth asked for nothing that can be read").await);
    };
    let query = parameters(visit.query().as_bytes());
    match forward_auth::check(services, &caller, realm, &visit, &query).await {
        Ok(Checked::Foreign) => {
            Err(refused("forward-auth asked for a host that is not registered").await)
        }
        Ok(checked) => Ok(checked),
        Err(failure) => Err(failed(failure)),
    }
}

/// What the proxy says that it was asked for: each thing once.
fn visit(headers: &HeaderMap) -> Option<Visit> {
    let one = |name: &str| {
        let mut all = headers.get_all(name).iter();
        let first = all.next()?.to_str().ok()?;
        all.next().is_none().then_some(first)
    };
    let method = one("x-forwarded-method")?;
    // Browsers say what for; who does not say it may be an old one.
    let mode = headers.get("sec-fetch-mode");
    let navigates = mode.is_none_or(|mode| mode == "navigate");
    Some(Visit {
        scheme: one("x-forwarded-proto")?.to_owned(),
        host: one("x-forwarded-host")?.to_owned(),
        uri: one("x-forwarded-uri")?.to_owned(),
        opens_page: matches!(method, "GET" | "HEAD") && navigates,
    })
}

fn known(who: &Identity) -> Response {
    let mut response = StatusCode::OK.into_response();
    for (name, value) in [
        (USER, &who.user),
        (ID, &who.id),
        (NAME, &who.name),
        (EMAIL, &who.email),
    ] {
        // Names are UTF-8, as they are.
        let value = HeaderValue::from_bytes(value.as_bytes());
        let value = value.unwrap_or(HeaderValue::from_static(""));
        response.headers_mut().insert(name, value);
    }
    response
}
