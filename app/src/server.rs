//! Where a server function meets the use cases: who calls is read once, and
//! the reply becomes headers, cookies and a redirect in one place.

use crate::error::AppError;
use axum::http::{HeaderName, HeaderValue, StatusCode, header, request::Parts};
use domain::{
    Lang,
    ids::RealmSlug,
    paths,
    screen::{Account, Answer, News, Screen},
};
use flows::{
    Cookie, Failure, Reply, Request, Services,
    reply::{BROWSER, browser_cookie},
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// The peer's address, put into the request by the outermost layer.
#[derive(Clone, Debug)]
pub struct Peer(pub String);

/// The account that a posted form names, put into the request by the layer that reads it.
#[derive(Clone, Debug)]
pub struct About(pub Account);

/// Names a failure for the one layer that maps it; never leaves the server.
pub const FAILURE: HeaderName = HeaderName::from_static("x-rekey-failure");

/// Says that the page asks for a code, for the layer that sets the headers; never
/// leaves the server.
pub const ASKS_CODE: HeaderName = HeaderName::from_static("x-rekey-asks-code");

/// Bytes of the longest address that a caller is sent on to.
const LONGEST: usize = 2048;

/// The cookie that keeps the chosen language.
pub const LANG: &str = "lang";

/// Who calls, as the request says.
pub fn request_of(parts: &Parts) -> Request {
    let text = |name: HeaderName| {
        parts
            .headers
            .get_all(name)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let cookies = text(header::COOKIE);
    let chosen = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == LANG)
        .and_then(|(_, value)| Lang::parse(value));
    let agent = text(header::USER_AGENT);
    Request {
        chosen,
        accepted: Lang::accept(&text(header::ACCEPT_LANGUAGE)),
        address: parts
            .extensions
            .get::<Peer>()
            .map(|p| p.0.clone())
            .unwrap_or_default(),
        agent: agent
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect(),
        cookies,
        about: parts.extensions.get::<About>().map(|a| a.0.clone()),
        quiet: false,
    }
}

/// A call under way.
pub struct Exchange {
    /// The world.
    pub services: Arc<Services>,
    /// The caller.
    pub request: Request,
    response: ResponseOptions,
    /// A call of a server function by its address, not a page being rendered.
    api: bool,
    /// A form that a browser posted without the script.
    plain: bool,
}

/// Reads everything from the context at once: it is gone after an await.
///
/// # Errors
/// [`AppError::Unavailable`] outside of a request.
pub fn exchange() -> Result<Exchange, AppError> {
    let gone = || AppError::Unavailable {
        reference: String::new(),
        retry: 5,
    };
    let services = use_context::<Arc<Services>>().ok_or_else(gone)?;
    let parts = use_context::<Parts>().ok_or_else(gone)?;
    let response = use_context::<ResponseOptions>().ok_or_else(gone)?;
    let html = parts
        .headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.contains("text/html"));
    let api = parts.uri.path().starts_with("/api/");
    Ok(Exchange {
        services,
        request: request_of(&parts),
        response,
        api,
        plain: html && api,
    })
}

impl Exchange {
    /// Turns a reply into the answer of a server function.
    ///
    /// # Errors
    /// The failure, named for the layer that maps it.
    pub async fn finish(self, result: Result<Reply, Failure>) -> Result<Answer, AppError> {
        let reply = match result {
            // A proof is too old: the caller is asked for a fresh one, comes back
            // to their overview, and is told to choose again what they wanted.
            Err(Failure::Confirm(slug)) => {
                let realm = self
                    .services
                    .realm(slug.as_str())
                    .map_err(|f| self.fail(f))?;
                flows::prove::begin_confirm(
                    &self.services,
                    &self.request,
                    &realm,
                    flows::pages::with_news(&paths::overview(&slug), &News::Confirmed),
                )
                .await
            }
            // A page that was left open while somebody else came: said in words, on the way
            // to the sign-in.
            Err(Failure::OtherAccount(slug)) => Ok(other_account(&slug)),
            other => other,
        };
        let mut reply = reply.map_err(|failure| self.fail(failure))?;
        self.vouch(&mut reply.answer);
        let is_known =
            self.request.browser().is_some() || reply.cookies.iter().any(|c| c.name == BROWSER);
        if self.plain && !is_known {
            // What is kept for the next page is kept for this browser.
            let token = self.services.random.token();
            reply.cookies.push(browser_cookie(token));
        }
        self.set_cookies(&reply.cookies);
        if self.plain {
            let to = match &reply.answer {
                Answer::Show(view) => {
                    let fresh = reply.cookies.iter().find(|c| c.name == BROWSER);
                    let browser = fresh
                        .map(|c| c.value.reveal())
                        .or_else(|| self.request.browser());
                    if let Some(browser) = browser {
                        flows::ceremony::keep_flash(&self.services, browser, view)
                            .await
                            .map_err(|failure| self.fail(failure))?;
                    }
                    view.frame.path.clone()
                }
                Answer::Go { path, .. } => path.clone(),
            };
            self.see_other(&to);
        }
        Ok(reply.answer)
    }

    /// The same for a call that answers a text.
    ///
    /// # Errors
    /// The failure, named for the layer that maps it.
    pub fn finish_text(
        self,
        result: Result<(String, Vec<Cookie>), Failure>,
    ) -> Result<String, AppError> {
        let (text, cookies) = result.map_err(|failure| self.fail(failure))?;
        self.set_cookies(&cookies);
        Ok(text)
    }

    /// A page: where it leads elsewhere, the browser is sent there before
    /// anything is rendered.
    ///
    /// # Errors
    /// The failure, named for the layer that maps it.
    pub async fn finish_page(
        self,
        path: &str,
        result: Result<Reply, Failure>,
    ) -> Result<Answer, AppError> {
        let mut reply = match result {
            Ok(reply) => reply,
            // Said in the reader's language, and the same for what is not there
            // and what is not theirs; the status tells programs apart.
            Err(failure @ (Failure::NotFound | Failure::Forbidden)) if !self.api => {
                self.fail(failure);
                let path = path.split('?').next().unwrap_or_default().to_owned();
                let frame = flows::pages::frame(&self.services, &self.request, None, None, path);
                Reply::show(flows::pages::view(frame, Screen::NotFound))
            }
            Err(failure) => {
                if let Failure::SignIn(realm) = &failure
                    && let Some(cookie) = flows::way_back::note(realm, path)
                {
                    self.set_cookies(&[cookie]);
                }
                return Err(self.fail(failure));
            }
        };
        self.vouch(&mut reply.answer);
        self.set_cookies(&reply.cookies);
        match &reply.answer {
            Answer::Go { path: to, .. } if to != path => {
                self.response
                    .insert_header(FAILURE, value(&format!("go {to}")));
            }
            Answer::Show(view) if matches!(view.screen, Screen::Code(_)) => {
                self.response
                    .insert_header(ASKS_CODE, HeaderValue::from_static("1"));
            }
            Answer::Show(_) | Answer::Go { .. } => {}
        }
        Ok(reply.answer)
    }

    /// News in an address are the portal's own, and say so.
    fn vouch(&self, answer: &mut Answer) {
        if let Answer::Go { path, .. } = answer {
            *path = flows::pages::vouch(&self.services, std::mem::take(path));
        }
    }

    fn see_other(&self, to: &str) {
        // A token in it may be whatever the caller posted; no address of ours is so long.
        let to = if to.len() <= LONGEST {
            to
        } else {
            paths::START
        };
        self.response.insert_header(header::LOCATION, value(to));
        self.response.set_status(StatusCode::SEE_OTHER);
    }

    fn set_cookies(&self, cookies: &[Cookie]) {
        for cookie in cookies {
            let keep = cookie
                .keep
                .map(|s| format!("; Max-Age={s}"))
                .unwrap_or_default();
            let text = format!(
                "{}={}; Path=/; Secure; HttpOnly; SameSite=Lax{keep}",
                cookie.name,
                cookie.value.reveal()
            );
            self.response
                .append_header(header::SET_COOKIE, value(&text));
        }
    }

    fn fail(&self, failure: Failure) -> AppError {
        let (name, error) = match failure {
            Failure::SignIn(slug) | Failure::Confirm(slug) | Failure::OtherAccount(slug) => {
                let path = paths::sign_in(&slug);
                (format!("sign-in {path}"), AppError::SignIn { path })
            }
            Failure::Forbidden => ("403".to_owned(), AppError::Forbidden),
            Failure::NotFound => ("404".to_owned(), AppError::NotFound),
            Failure::BadRequest(_) => ("400".to_owned(), AppError::BadRequest),
            Failure::Busy(retry) => (
                format!("503 {retry}"),
                AppError::Unavailable {
                    reference: String::new(),
                    retry,
                },
            ),
            Failure::Unavailable { reference } => (
                format!("503 30 {reference}"),
                AppError::Unavailable {
                    reference,
                    retry: 30,
                },
            ),
        };
        self.response.insert_header(FAILURE, value(&name));
        error
    }
}

/// To the sign-in page, with the word that nothing was done.
fn other_account(slug: &RealmSlug) -> Reply {
    let to = flows::pages::with_news(&paths::sign_in(slug), &News::OtherAccount);
    Reply::anew(to)
}

/// A header value; what cannot be one was never ours, and goes.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Calls a use case with the services and the caller before its arguments.
macro_rules! call {
    ($($part:ident)::+ ($($arg:expr),* $(,)?)) => {{
        let exchange = $crate::server::exchange()?;
        let result = $($part)::+(&exchange.services, &exchange.request, $($arg),*).await;
        exchange.finish(result).await
    }};
}

/// [`call!`] for a use case that answers a text.
macro_rules! ask {
    ($($part:ident)::+ ($($arg:expr),* $(,)?)) => {{
        let exchange = $crate::server::exchange()?;
        let result = $($part)::+(&exchange.services, &exchange.request, $($arg),*).await;
        exchange.finish_text(result)
    }};
}

pub(crate) use {ask, call};
