//! Twilio's API of 2010-04-01: `Messages.json` and `Calls.json`, and what it posts to a
//! `StatusCallback`.

use super::{Delivery, Parcel, Post, ReceiptError, http::Draft};
use data_encoding::BASE64;
use domain::{
    Lang,
    delivery::{Receipt, Told, Why},
    secret::Secret,
};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Who we are to the gateway.
pub struct Twilio {
    /// The account's id.
    pub account: String,
    /// Its token.
    pub token: Secret,
    /// The number, or the name, that messages come from.
    pub from: String,
    /// Our address for receipts, to which the id of the message is added; `None` where
    /// the gateway could not reach it.
    pub receipts: Option<String>,
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
        if let Some(receipts) = &self.receipts {
            // Our name for it stands in the address: a receipt may be faster than the
            // answer that tells us theirs.
            body.append_pair("StatusCallback", &format!("{receipts}/{}", delivery.id));
        }
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

impl Twilio {
    /// "Validating signatures from Twilio": HMAC-SHA1 over the address and the fields in
    /// the order of their names, in base64.
    pub(super) fn receipt(&self, post: &Post<'_>) -> Result<Option<Receipt>, ReceiptError> {
        let given = post.header("x-twilio-signature");
        let given = given.and_then(|text| BASE64.decode(text.as_bytes()).ok());
        let given = given.ok_or(ReceiptError::Forged)?;
        let mut fields: Vec<(String, String)> = url::form_urlencoded::parse(post.body)
            .into_owned()
            .collect();
        fields.sort();
        #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
        let mut mac = Hmac::<Sha1>::new_from_slice(self.token.reveal().as_bytes()).expect("a key");
        mac.update(post.url.as_bytes());
        for (name, value) in &fields {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        mac.verify_slice(&given).map_err(|_| ReceiptError::Forged)?;
        let field = |name: &str| {
            let found = fields.iter().find(|(n, _)| n == name);
            found.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let (sid, told) = match (field("MessageSid"), field("CallSid")) {
            ("", "") => return Err(ReceiptError::Unreadable),
            ("", call) => (call, of_call(field("CallStatus"))),
            (message, _) => (
                message,
                of_message(field("MessageStatus"), field("ErrorCode")),
            ),
        };
        let sid: String = sid.chars().take(64).collect();
        Ok(told.map(|told| match post.message {
            "" => Receipt {
                id: sid,
                carrier: String::new(),
                told,
            },
            ours => Receipt {
                id: ours.to_owned(),
                carrier: sid,
                told,
            },
        }))
    }
}

/// "Message Status Values".
fn of_message(status: &str, error: &str) -> Option<Told> {
    Some(match status {
        "accepted" | "scheduled" | "queued" | "sending" | "sent" => Told::Accepted,
        "delivered" | "read" => Told::Delivered,
        "undelivered" | "failed" | "canceled" => Told::Failed(match error {
            // "Error and Warning Dictionary".
            "30003" => Why::Unreachable,
            "30004" | "30007" | "30034" | "30044" | "21610" => Why::Blocked,
            "30005" | "30006" | "21211" | "21614" => Why::NoSuchNumber,
            _ => Why::Unknown,
        }),
        _ => return None,
    })
}

/// "Call Status Values".
fn of_call(status: &str) -> Option<Told> {
    Some(match status {
        "queued" | "initiated" | "ringing" | "in-progress" => Told::Accepted,
        "completed" => Told::Delivered,
        "busy" | "no-answer" => Told::Failed(Why::NoAnswer),
        "failed" => Told::Failed(Why::NoSuchNumber),
        "canceled" => Told::Failed(Why::Unknown),
        _ => return None,
    })
}

/// Words for a voice of their language, after a moment in which the ear is reached. Digits
/// are said a second apart: they are written down meanwhile.
fn twiml(lang: Lang, words: &str) -> String {
    let lang = match lang {
        Lang::En => "en-GB",
        Lang::De => "de-DE",
    };
    let words = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let said = |words: &str| format!("<Pause length=\"1\"/><Say language=\"{lang}\">{words}</Say>");
    let parts: String = apart(&words).into_iter().map(said).collect();
    format!("<Response>{parts}</Response>")
}

/// Words in parts that end where one digit is followed by another.
fn apart(words: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, comma) in words.match_indices(", ") {
        let (before, after) = (&words[..at], &words[at + comma.len()..]);
        if before.ends_with(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| c.is_ascii_digit())
        {
            parts.push(&words[from..at]);
            from = at + comma.len();
        }
    }
    parts.push(&words[from..]);
    parts
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

    #[test]
    fn digits_are_a_second_apart() {
        let parts = apart("Your code is 1, 2, 3. Once more, 1, 2, 3.");
        assert_eq!(parts, ["Your code is 1", "2", "3. Once more, 1", "2", "3."]);
    }
}
