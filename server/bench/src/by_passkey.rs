//! Signing in with a passkey alone, each answer checked.

use crate::{
    Failed,
    driver::{Connection, Jar},
    passkey::Passkey,
    people::REALM,
    sign_in,
};
use axum::http::StatusCode;
use flows::reply::BROWSER;
use serde_json::Value;

const OPTIONS: &str = "/api/sign-in/passkey-options";
const ANSWER: &str = "/api/sign-in/passkey";

/// A browser that was given a challenge.
#[derive(Debug)]
pub struct Challenged {
    key: Passkey,
    cookies: Jar,
    challenge: String,
}

/// A browser whose passkey has signed.
#[derive(Debug)]
pub struct Signed {
    cookies: Jar,
    credential: String,
}

impl Challenged {
    /// Lets the passkey sign, for a page of this origin.
    pub fn sign(self, origin: &str) -> Signed {
        Signed {
            credential: self.key.answer(&self.challenge, origin),
            cookies: self.cookies,
        }
    }
}

/// Asks for a challenge, from a browser that nobody knows.
///
/// # Errors
/// The answer is wrong.
pub async fn ask(connection: &mut Connection, key: Passkey) -> Result<Challenged, Failed> {
    let fields = [("realm", REALM)];
    let answered = connection.post(OPTIONS, &Jar::default(), &fields).await?;
    let mut cookies = Jar::default();
    cookies.keep(&answered.headers);
    let fits = answered.status == StatusCode::OK && cookies.get(BROWSER).is_some();
    match challenge(&answered.body) {
        Some(challenge) if fits => Ok(Challenged {
            key,
            cookies,
            challenge,
        }),
        _ => Err(answered.unexpected(OPTIONS)),
    }
}

/// Answers it.
///
/// # Errors
/// It does not let in.
pub async fn answer(connection: &mut Connection, signed: Signed) -> Result<(), Failed> {
    let fields = [("realm", REALM), ("credential", &signed.credential)];
    let answered = connection.post(ANSWER, &signed.cookies, &fields).await?;
    sign_in::opens_session(&answered, ANSWER)
}

/// The options are a text of JSON, as the browser's own parser takes it.
fn challenge(body: &[u8]) -> Option<String> {
    let text: String = serde_json::from_slice(body).ok()?;
    let options: Value = serde_json::from_str(&text).ok()?;
    Some(options["challenge"].as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::challenge;

    #[test]
    fn the_challenge_stands_in_a_text_of_json() {
        let body = br#""{\"challenge\":\"abc\",\"rpId\":\"localhost\"}""#;
        assert_eq!(challenge(body).as_deref(), Some("abc"));
        assert_eq!(challenge(br#"{"challenge":"abc"}"#), None);
    }
}
