//! Twilio's API of 2010-04-01: `Messages.json` and `Calls.json`.

use super::{Delivery, Parcel, http::Draft};
use data_encoding::BASE64;
use domain::{Lang, secret::Secret};

/// Who we are to the gateway.
pub struct Twilio {
    /// The account's id.
    pub account: String,
    /// Its token.
    pub token: Secret,
    /// The number, or the name, that messages come from.
    pub from: String,
}

impl Twilio {
    pub(super) fn request(&self, base: &str, delivery: &Delivery<'_>) -> Draft {
        let (resource, last) = match delivery.parcel {
            Parcel::Sms(text) => ("Messages", ("Body", text.to_owned())),
            Parcel::Call(words) => ("Calls", ("Twiml", twiml(delivery.lang, words))),
        };
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("To", delivery.to)
            .append_pair("From", &self.from)
            .append_pair(last.0, &last.1);
        let who = format!("{}:{}", self.account, self.token.reveal());
        let path = format!(
            "{}/2010-04-01/Accounts/{}/{resource}.json",
            base.trim_end_matches('/'),
            self.account
        );
        Draft::post(path, body.finish().into_bytes())
            .header("content-type", "application/x-www-form-urlencoded")
            .secret(
                "authorization",
                format!("Basic {}", BASE64.encode(who.as_bytes())),
            )
    }
}

/// Words for a voice of their language, after a moment in which the ear is reached.
fn twiml(lang: Lang, words: &str) -> String {
    let lang = match lang {
        Lang::En => "en-GB",
        Lang::De => "de-DE",
    };
    let words = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<Response><Pause length=\"1\"/><Say language=\"{lang}\">{words}</Say></Response>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_words_and_no_markup() {
        let made = twiml(Lang::De, "A & B <Hangup/>");
        assert_eq!(
            made,
            "<Response><Pause length=\"1\"/><Say language=\"de-DE\">A &amp; B &lt;Hangup/&gt;</Say></Response>"
        );
    }
}
