//! A phone of the demo, which gives its key away: it becomes the phone as the browser
//! does that opens its link, and answers as its page does.

use crate::{
    Failed,
    driver::{Connection, Jar, Target},
};
use axum::http::Uri;
use data_encoding::BASE64URL_NOPAD;
use domain::{
    paths,
    phone::{Decision, answer_text},
    screen::{Answer, PhonePage, Screen},
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde::Deserialize;

const PEOPLE: &str = "/demo/people.json";
const PAGE: &str = "/api/page";
const ANSWER: &str = "/api/phone/answer";
/// The cookie that a phone is known by.
const DEVICE: &str = "__Host-phone";
/// What the page says next, once an answer counts.
const ANSWERED: &str = "phone_answered";

/// What is read of the people of the demo.
#[derive(Deserialize)]
struct Demo {
    people: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    login: String,
    phone: Option<Held>,
}

#[derive(Deserialize)]
struct Held {
    key: Jwk,
    link: String,
}

/// A JSON Web Key (RFC 7517), its secret half.
#[derive(Deserialize)]
struct Jwk {
    d: String,
}

/// A phone.
#[derive(Debug)]
pub struct Phone {
    connection: Connection,
    cookies: Jar,
    secret: SigningKey,
}

/// "Accept", signed and not yet sent.
#[derive(Debug)]
pub struct Accept {
    id: String,
    digits: String,
    signature: String,
}

impl Phone {
    /// The phone of somebody of the demo.
    ///
    /// # Errors
    /// They have none, or the answer is wrong.
    pub async fn of(target: &Target, login: &str) -> Result<Self, Failed> {
        let mut connection = Connection::open(target).await?;
        let answered = connection.get(PEOPLE, &[]).await?;
        let held = held(&answered.body, login).ok_or_else(|| answered.unexpected(PEOPLE))?;
        let link: Uri = held.link.parse()?;
        let answered = connection.post(link.path(), &Jar::default(), &[]).await?;
        let mut cookies = Jar::default();
        cookies.keep(&answered.headers);
        if cookies.get(DEVICE).is_none() {
            return Err(answered.unexpected(link.path()));
        }
        let secret = BASE64URL_NOPAD.decode(held.key.d.as_bytes())?;
        Ok(Self {
            connection,
            cookies,
            secret: SigningKey::from_slice(&secret)?,
        })
    }

    /// Looks what it is asked and signs that it accepts, with the digits of the screen
    /// that asks.
    ///
    /// # Errors
    /// It is asked nothing.
    pub async fn accept(&mut self, digits: &str) -> Result<Accept, Failed> {
        let fields = [("path", paths::PHONE)];
        let answered = self.connection.post(PAGE, &self.cookies, &fields).await?;
        let page = match answered.read() {
            Some(Answer::Show(view)) => match view.screen {
                Screen::Phone(page) => Some(page),
                _ => None,
            },
            _ => None,
        };
        let accept = page.and_then(|page| self.sign(&page, digits));
        accept.ok_or_else(|| answered.unexpected(PAGE))
    }

    fn sign(&self, page: &PhonePage, digits: &str) -> Option<Accept> {
        let asked = page.asks.last()?;
        let text = answer_text(
            &page.origin,
            &asked.id,
            &asked.challenge,
            asked.purpose,
            digits,
            Decision::Accept,
        );
        let signature: Signature = self.secret.sign(text.as_bytes());
        Some(Accept {
            id: asked.id.clone(),
            digits: digits.to_owned(),
            signature: BASE64URL_NOPAD.encode(&signature.to_bytes()),
        })
    }

    /// Sends it.
    ///
    /// # Errors
    /// It does not count.
    pub async fn send(&mut self, accept: &Accept) -> Result<(), Failed> {
        let fields = [
            ("id", accept.id.as_str()),
            ("decision", Decision::Accept.slug()),
            ("digits", &accept.digits),
            ("signature", &accept.signature),
        ];
        let answered = self.connection.post(ANSWER, &self.cookies, &fields).await?;
        match answered.read() {
            Some(Answer::Go { path, .. }) if path.contains(ANSWERED) => Ok(()),
            _ => Err(answered.unexpected(ANSWER)),
        }
    }
}

fn held(people: &[u8], login: &str) -> Option<Held> {
    let demo: Demo = serde_json::from_slice(people).ok()?;
    let found = demo.people.into_iter().find(|one| one.login == login);
    found?.phone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_says_who_holds_which_phone() {
        let people = br#"{"now": 1, "people": [
            {"login": "Q1", "realm": "workforce"},
            {"login": "Q2", "phone": {"factor": "f", "key": {"kty": "EC", "d": "AA"}, "link": "http://localhost:1/demo/phone/f"}}
        ]}"#;
        let phone = held(people, "Q2").unwrap();
        assert_eq!(phone.key.d, "AA");
        assert_eq!(phone.link.parse::<Uri>().unwrap().path(), "/demo/phone/f");
        assert!(held(people, "Q1").is_none());
        assert!(held(b"nonsense", "Q2").is_none());
    }
}
