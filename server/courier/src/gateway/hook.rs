//! A web hook: a body as its owner wrote it, and a signature over it.
//!
//! `X-Rekey-Signature: t=1763718120,v1=…` is HMAC-SHA256 over `t`, a dot, and the body,
//! in hexadecimal: who receives it refuses what is old or altered. What the other side
//! tells of a message later is signed in the same way with the same key, and refused in
//! the same way:
//!
//! ```json
//! { "id": "our id, or the one that was answered", "state": "delivered" }
//! ```
//!
//! `state` is `accepted`, `delivered` or `failed`, the last with a `reason`:
//! `no_such_number`, `unreachable`, `blocked`, `no_answer`.

use super::{Delivery, Parcel, Post, ReceiptError, http::Draft};
use data_encoding::HEXLOWER;
use domain::{
    Timestamp,
    delivery::{Receipt, Told, is_fresh},
    secret::Secret,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The places of a template, and nothing else.
const PLACES: [&str; 5] = ["id", "to", "text", "way", "lang"];

/// A JSON text with places: `{"to": "{{to}}", "text": "{{text}}"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(String);

/// Why a template is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A place that nothing is put into.
    #[error("there is no place {{{{{0}}}}}; it is one of id, to, text, way, lang")]
    Place(String),
    /// Without these nobody hears anything.
    #[error("a template has the places {{{{to}}}} and {{{{text}}}}")]
    Needed,
    /// Not JSON, once it is filled in.
    #[error("a template is JSON whose places stand inside of texts")]
    Json,
}

impl Template {
    /// Reads a template, and fills it in once.
    ///
    /// # Errors
    /// [`TemplateError`].
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut rest = text;
        let mut found = Vec::new();
        while let Some((_, after)) = rest.split_once("{{") {
            let (place, after) = after.split_once("}}").ok_or(TemplateError::Json)?;
            if !PLACES.contains(&place) {
                return Err(TemplateError::Place(place.to_owned()));
            }
            found.push(place);
            rest = after;
        }
        if !found.contains(&"to") || !found.contains(&"text") {
            return Err(TemplateError::Needed);
        }
        let template = Self(text.to_owned());
        let filled = template.fill(&|_| "\"\\\n{{to}}".to_owned());
        match serde_json::from_str::<serde_json::Value>(&filled) {
            Ok(_) => Ok(template),
            Err(_) => Err(TemplateError::Json),
        }
    }

    /// Puts texts into the places, each as a part of a JSON text. What was put in is not
    /// looked into again.
    fn fill(&self, value: &dyn Fn(&str) -> String) -> String {
        let mut out = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((place, after)) = after.split_once("}}") else {
                break;
            };
            out.push_str(before);
            let quoted = serde_json::Value::String(value(place)).to_string();
            out.push_str(
                quoted
                    .trim_start_matches('"')
                    .strip_suffix('"')
                    .unwrap_or(""),
            );
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// What a web hook has to be told.
pub struct Hook {
    /// The body.
    pub template: Template,
    /// What it is signed with.
    pub secret: Secret,
}

impl Hook {
    pub(super) fn request(&self, path: &str, delivery: &Delivery<'_>, now: Timestamp) -> Draft {
        let (way, text) = match delivery.parcel {
            Parcel::Sms(text) => ("sms", text),
            Parcel::Call(words) => ("voice", words),
        };
        let body = self.template.fill(&|place| {
            match place {
                "id" => delivery.id,
                "to" => delivery.to,
                "way" => way,
                "lang" => delivery.lang.code(),
                _ => text,
            }
            .to_owned()
        });
        let signature = sign(&self.secret, now, body.as_bytes());
        Draft::post(path.to_owned(), body.into_bytes())
            .header("content-type", "application/json")
            .header("x-rekey-signature", signature)
    }
}

impl Hook {
    pub(super) fn receipt(
        &self,
        post: &Post<'_>,
        now: Timestamp,
    ) -> Result<Option<Receipt>, ReceiptError> {
        let signature = post.header("x-rekey-signature");
        let (at, given) = signature
            .and_then(taken_apart)
            .ok_or(ReceiptError::Forged)?;
        let at = Timestamp::default().plus_seconds(at);
        mac(&self.secret, at, post.body)
            .verify_slice(&given)
            .map_err(|_| ReceiptError::Forged)?;
        if !is_fresh(at, now) {
            return Err(ReceiptError::Old);
        }
        let body: serde_json::Value =
            serde_json::from_slice(post.body).map_err(|_| ReceiptError::Unreadable)?;
        let text = |name| body.get(name).and_then(|v| v.as_str()).unwrap_or_default();
        let id = text("id");
        if id.is_empty() {
            return Err(ReceiptError::Unreadable);
        }
        let told = Told::parse(text("state"), text("reason"));
        Ok(told.map(|told| Receipt {
            id: id.chars().take(64).collect(),
            carrier: String::new(),
            told,
        }))
    }
}

/// The time of a signature, and the signature.
fn taken_apart(text: &str) -> Option<(i64, Vec<u8>)> {
    let (at, given) = text.strip_prefix("t=")?.split_once(",v1=")?;
    let at: i64 = at.parse().ok()?;
    // Years that no clock shows would overflow on the way to milliseconds.
    let at = (0..=i64::from(u32::MAX)).contains(&at).then_some(at)?;
    Some((at, HEXLOWER.decode(given.as_bytes()).ok()?))
}

fn mac(secret: &Secret, at: Timestamp, body: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).expect("a key");
    mac.update(format!("{}.", at.seconds()).as_bytes());
    mac.update(body);
    mac
}

fn sign(secret: &Secret, now: Timestamp, body: &[u8]) -> String {
    let signature = mac(secret, now, body).finalize().into_bytes();
    format!("t={},v1={}", now.seconds(), HEXLOWER.encode(&signature))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_template_is_checked_whole() {
        let read = |text| Template::parse(text).map(|_| ());
        assert_eq!(read(r#"{"to":"{{to}}","m":"x {{text}}"}"#), Ok(()));
        assert_eq!(
            read(r#"{"to":"{{to}}","m":"{{txt}}"}"#),
            Err(TemplateError::Place("txt".to_owned()))
        );
        assert_eq!(read(r#"{"to":"{{to}}"}"#), Err(TemplateError::Needed));
        for broken in [
            r#"{"to":{{to}},"m":"{{text}}"}"#,
            r#"{"to":"{{to}}","m":"{{text}}""#,
            r#"{"to":"{{to}}","m":"{{text"}"#,
        ] {
            assert_eq!(read(broken), Err(TemplateError::Json), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn what_is_put_in_stays_one_text(text in ".*") {
            let template = Template::parse(r#"{"to":"{{to}}","m":"{{text}}"}"#).unwrap();
            let filled = template.fill(&|place| if place == "to" { "+49".into() } else { text.clone() });
            let read: serde_json::Value = serde_json::from_str(&filled).unwrap();
            prop_assert_eq!(read, serde_json::json!({ "to": "+49", "m": text }));
        }
    }
}
