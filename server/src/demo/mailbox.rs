//! The demo's mailbox: what the world would have received.

use courier::Envelope;
use domain::{
    message::{Message, Way},
    secret::Secret,
};
use flows::Services;
use serde::{Deserialize, Serialize};

/// A message as the demo shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    /// Its id.
    pub id: String,
    /// When, in milliseconds UTC.
    pub time: i64,
    /// `mail`, `push`, `sms` or `voice`.
    pub channel: String,
    /// To whom.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The code in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The link in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Puts a letter into the mailbox instead of the world.
///
/// # Errors
/// The database could not.
pub async fn deliver(
    services: &Services,
    envelope: &Envelope,
    message: &Message,
    way: Way,
) -> store::Result<()> {
    let reveal = |s: Option<&Secret>| s.map(|s| s.reveal().to_owned());
    let mail = Mail {
        id: envelope.id.clone(),
        time: services.now().millis(),
        channel: way.slug().to_owned(),
        to: envelope.to.clone(),
        subject: subject(envelope, way),
        text: envelope.letter.text.clone(),
        html: envelope.letter.html.clone(),
        code: reveal(courier::code_of(message)),
        link: reveal(courier::link_of(message)),
    };
    let entry = serde_json::to_string(&mail).unwrap_or_default();
    let mut tx = services.store.begin().await?;
    tx.demo_mail_insert(&mail.id, &entry, services.now())
        .await?;
    tx.commit().await
}

/// What stands above a message: a text or a call has no subject of its own.
fn subject(envelope: &Envelope, way: Way) -> String {
    match way {
        Way::Mail | Way::Push => envelope.letter.subject.clone(),
        Way::Sms => "SMS".to_owned(),
        Way::Voice => "Voice call".to_owned(),
    }
}

/// The last messages, newest first.
///
/// # Errors
/// The database could not.
pub async fn list(services: &Services) -> store::Result<Vec<Mail>> {
    let entries = services.store.read().await?.demo_mail(200).await?;
    Ok(entries
        .iter()
        .filter_map(|e| serde_json::from_str(e).ok())
        .collect())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The mailbox as a plain page; a development tool, so English and unstyled
/// but for the product's own sheet.
pub fn page(mails: &[Mail]) -> String {
    let rows: String = mails
        .iter()
        .map(|m| {
            let at = jiff::Timestamp::from_millisecond(m.time).unwrap_or_default();
            let at = at.strftime("%Y-%m-%d %H:%M:%S UTC");
            let link = m.link.as_deref().map(|l| format!("<p><a href=\"{0}\">{0}</a></p>", escape(l))).unwrap_or_default();
            format!(
                "<article><h2><a href=\"/demo/outbox/{}\">{}</a></h2><p>{} to {} at <time>{at}</time></p><pre>{}</pre>{link}</article>",
                escape(&m.id), escape(&m.subject), escape(&m.channel), escape(&m.to), escape(&m.text)
            )
        })
        .collect();
    let empty = if mails.is_empty() {
        "<p>Nothing was sent yet.</p>"
    } else {
        ""
    };
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Demo mailbox</title></head><body><main><h1>Demo mailbox</h1><p>Everything that the portal would have sent, newest first. <a href=\"/demo/outbox\">Load again</a></p>{empty}{rows}</main></body></html>"
    )
}

/// A letter as its reader sees it. It brings inline styles of its own, so it
/// has a policy of its own: it can do nothing at all.
pub fn letter(mail: &Mail) -> impl axum::response::IntoResponse + use<> {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    (
        [("content-security-policy", policy)],
        axum::response::Html(mail.html.clone()),
    )
}
