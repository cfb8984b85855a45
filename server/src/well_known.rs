//! `/.well-known/…`: what browsers, password managers and people who found a fault look
//! for at every site (RFC 8615).

use crate::{pages::failed, start::Failed};
use app::server::request_of;
use axum::{
    Json, Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get},
};
use domain::Timestamp;
use flows::{
    Services,
    well_known::{Wanted, page},
};
use serde_json::json;
use std::sync::Arc;

/// Days for which what `security.txt` says is said to hold (RFC 9116, 2.5.5: less than
/// a year).
const HOLDS_DAYS: i64 = 90;
/// Where a passkey is added, for who is signed in.
const NEW_PASSKEY: &str = "/passkeys/new";
/// Where one's passkeys are.
const PASSKEYS: &str = "/passkeys";

/// Whom to tell of a fault: an address for mails or a page, as RFC 9116 wants it.
#[derive(Clone, Debug)]
pub struct SecurityContact(String);

impl SecurityContact {
    /// Reads it.
    ///
    /// # Errors
    /// What is neither a `mailto:` nor an `https:` address, in one line.
    pub fn parse(text: &str) -> Result<Self, Failed> {
        let is_one = text.starts_with("mailto:") || text.starts_with("https://");
        let is_plain = text.chars().all(|c| c.is_ascii_graphic());
        if is_one && is_plain && text.len() <= 256 {
            return Ok(Self(text.to_owned()));
        }
        Err(format!("{text}: a security contact begins with mailto: or https://").into())
    }

    /// The file (RFC 9116).
    fn file(&self, origin: &str, now: Timestamp) -> String {
        let until = now.plus_seconds(HOLDS_DAYS * 24 * 3600).seconds();
        let until = jiff::Timestamp::from_second(until).unwrap_or(jiff::Timestamp::MAX);
        let contact = &self.0;
        format!(
            "Contact: {contact}\nExpires: {until}\nPreferred-Languages: en, de\n\
             Canonical: {origin}/.well-known/security.txt\n"
        )
    }
}

/// The routes. Without a contact there is no `security.txt`: one that leads nowhere is
/// worse than none.
pub fn router(services: Arc<Services>, contact: Option<SecurityContact>) -> Router {
    Router::new()
        .route("/.well-known/change-password", leads(Wanted::NewPassword))
        .route(NEW_PASSKEY, leads(Wanted::NewPasskey))
        .route(PASSKEYS, leads(Wanted::Passkeys))
        .route("/.well-known/passkey-endpoints", get(endpoints))
        .route(
            "/.well-known/security.txt",
            get(move |State(services): State<Arc<Services>>| {
                std::future::ready(security_txt(&services, contact.as_ref()))
            }),
        )
        .with_state(services)
}

fn leads(wanted: Wanted) -> MethodRouter<Arc<Services>> {
    get(move |services, request| lead(services, request, wanted))
}

async fn lead(State(services): State<Arc<Services>>, request: Request, wanted: Wanted) -> Response {
    let (parts, _) = request.into_parts();
    match page(&services, &request_of(&parts), wanted).await {
        Ok(path) => Redirect::to(&path).into_response(),
        Err(failure) => failed(failure),
    }
}

async fn endpoints(State(services): State<Arc<Services>>) -> Response {
    Json(json!({
        "enroll": services.url(NEW_PASSKEY),
        "manage": services.url(PASSKEYS),
    }))
    .into_response()
}

fn security_txt(services: &Services, contact: Option<&SecurityContact>) -> Response {
    let Some(contact) = contact else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let file = contact.file(&services.public_url, services.now());
    (kind, file).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_can_be_reached() {
        for good in ["mailto:security@example.com", "https://example.com/report"] {
            assert!(SecurityContact::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "security@example.com",
            "http://example.com",
            "mailto:a\nExpires: never",
            "",
        ] {
            assert!(SecurityContact::parse(bad).is_err(), "{bad}");
        }
    }
}
