//! From a message to the words of a mail.

use crate::clean;
use crate::colour::Palette;
use askama::Template;
use domain::cases::Told;
use domain::message::{Asked, Message, Notice};
use domain::secret::Secret;
use domain::{Lang, Timestamp};
use std::fmt;
use words::mail::{self, Fact};

/// A mail, ready to be sent. `Debug` shows nothing: there is a code in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// The whole mail without markup.
    pub text: String,
    /// The whole mail as one page without anything to load.
    pub html: String,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(…)")
    }
}

/// Who reads it, and on whose behalf it is written.
#[derive(Clone, Debug)]
pub struct Reader {
    /// In which language.
    pub lang: Lang,
    /// The name for the greeting.
    pub name: Option<String>,
    /// The realm, as the page calls it.
    pub realm_name: String,
    /// The realm's colour, `#rrggbb`.
    pub brand: String,
    /// The time zone, by its IANA name.
    pub zone: String,
    /// The realm's service desk.
    pub contact: Contact,
    /// Now: what validity is counted from.
    pub now: Timestamp,
}

/// How to reach the service desk.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// The number.
    pub phone: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// The mailbox.
    pub email: Option<String>,
}

/// The code in a message, as the server compares it (without spaces).
pub const fn code_of(message: &Message) -> Option<&Secret> {
    match message {
        Message::ResetPassword { code, .. }
        | Message::Register { code, .. }
        | Message::SignInCode { code, .. }
        | Message::AddressCode { code, .. }
        | Message::CallBack { code, .. }
        | Message::ConfirmAddress { code, .. } => Some(code),
        Message::Invitation { .. }
        | Message::ResetWithoutAccount
        | Message::Notice { .. }
        | Message::Case { .. }
        | Message::Replace { .. }
        | Message::ConfirmCase { .. }
        | Message::Vouch { .. }
        | Message::Approve { .. }
        | Message::LineLeft { .. }
        | Message::PhoneAsked { .. }
        | Message::Alert { .. }
        | Message::EnrollLink { .. } => None,
    }
}

/// The link in a message, if its mail shows one: a notice that leaves nothing
/// to stop, or without an address, has none.
pub fn link_of(message: &Message) -> Option<&Secret> {
    match message {
        Message::Invitation { link, .. }
        | Message::ResetPassword { link, .. }
        | Message::Register { link, .. }
        | Message::Replace { link, .. }
        | Message::Case { follow: link, .. }
        | Message::ConfirmCase { link, .. }
        | Message::Vouch { link, .. }
        | Message::Approve { link, .. }
        | Message::Alert { link, .. }
        | Message::EnrollLink { link, .. } => Some(link),
        Message::Notice { what, not_me, .. } => {
            (mail::can_be_stopped(what) && !not_me.is_empty()).then_some(not_me)
        }
        Message::AddressCode { .. }
        | Message::PhoneAsked { .. }
        | Message::CallBack { .. }
        | Message::LineLeft { .. }
        | Message::ResetWithoutAccount
        | Message::SignInCode { .. }
        | Message::ConfirmAddress { .. } => None,
    }
}

/// What both templates show, top to bottom. Every text in it is plain.
struct Page {
    lang: &'static str,
    subject: String,
    preheader: String,
    realm: String,
    heading: String,
    greeting: String,
    lead: String,
    link: Option<Link>,
    or_code: Option<&'static str>,
    code: Option<String>,
    validity: Option<String>,
    facts: Vec<(&'static str, String)>,
    question: &'static str,
    answer: &'static str,
    /// The button that belongs to the answer.
    stop: Option<Link>,
    why: String,
    contact: Option<String>,
    automatic: &'static str,
}

struct Link {
    label: &'static str,
    url: String,
    hint: &'static str,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    page: &'a Page,
    light: &'a Palette,
    dark: &'a Palette,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    page: &'a Page,
}

/// Writes the mail for a message.
#[expect(clippy::expect_used, reason = "writing to a string cannot fail")]
pub fn render(message: &Message, reader: &Reader) -> Letter {
    let page = page(message, reader);
    let light = Palette::light(&reader.brand);
    let dark = Palette::dark(&reader.brand);
    let html = Html {
        page: &page,
        light: &light,
        dark: &dark,
    }
    .render()
    .expect("the page of a mail is only text");
    let text = Text { page: &page }
        .render()
        .expect("the text of a mail is only text");
    Letter {
        text: squeeze(&text),
        html,
        subject: page.subject,
    }
}

/// The reader, in the time zone of the browser that waits for the code.
fn beside(message: &Message, reader: &Reader) -> Reader {
    let zone = match message {
        Message::SignInCode { zone, .. } | Message::ConfirmAddress { zone, .. } => zone.trim(),
        _ => "",
    };
    let mut reader = reader.clone();
    if jiff::tz::TimeZone::get(zone).is_ok() {
        zone.clone_into(&mut reader.zone);
    }
    reader
}

fn page(message: &Message, reader: &Reader) -> Page {
    let reader = &beside(message, reader);
    let lang = reader.lang;
    // Texts that staff configured or people typed: one line each.
    let realm = &clean::line(&reader.realm_name);
    let name = reader
        .name
        .as_deref()
        .map(clean::unlinked)
        .filter(|n| !n.is_empty());
    let message = &cleaned(message);

    let until = message.useless_after().map(|end| until(end, reader));
    let link = link_of(message)
        .zip(mail::button(lang, message))
        .map(|(url, label)| Link {
            label,
            url: url.reveal().to_owned(),
            hint: mail::link_hint(lang),
        });
    let is_notice = matches!(message, Message::Notice { .. });
    let is_for_another = matches!(message, Message::AddressCode { .. });
    let (link, stop) = if let Message::Notice {
        undo: Some(undo), ..
    } = message
    {
        let undo = Link {
            label: mail::undo_button(lang),
            url: undo.link.reveal().to_owned(),
            hint: mail::link_hint(lang),
        };
        (Some(undo), link)
    } else if is_notice {
        (None, link)
    } else {
        (link, None)
    };
    let code = code_of(message).map(|code| mail::grouped(code.reveal()));
    let line = |text: &Option<String>| text.as_deref().map(clean::line).filter(|t| !t.is_empty());

    Page {
        lang: lang.code(),
        subject: clean_subject(mail::subject(lang, message, realm)),
        preheader: mail::preheader(lang, message, realm, until.as_deref()),
        heading: mail::heading(lang, message),
        // The contact of a partner is not the person that it is about.
        greeting: mail::greeting(lang, name.as_deref().filter(|_| !is_for_another)),
        lead: mail::lead(lang, message, realm),
        or_code: (link.is_some() && code.is_some()).then(|| mail::or_code(lang)),
        link,
        code,
        validity: until.and_then(|until| mail::validity(lang, message, &until)),
        facts: facts(message, reader),
        question: mail::not_you_title(lang, message),
        answer: mail::not_you(lang, message),
        stop,
        why: mail::why(lang, message, realm),
        contact: mail::contact(
            lang,
            line(&reader.contact.phone).as_deref(),
            line(&reader.contact.hours).as_deref(),
            line(&reader.contact.email).as_deref(),
        ),
        automatic: mail::automatic(lang),
        realm: realm.clone(),
    }
}

/// The message with what people typed in it made harmless.
fn cleaned(message: &Message) -> Message {
    let mut message = message.clone();
    if let Message::Notice { what, .. } = &mut message {
        match what {
            Notice::FactorAdded { name, .. }
            | Notice::FactorRemoved { name, .. }
            | Notice::FactorSuspended { name, .. }
            | Notice::FactorResumed { name, .. }
            | Notice::PasskeyCloned { name } => {
                *name = clean::unlinked(name);
            }
            Notice::AddressAdded { address }
            | Notice::AddressRemoved { address }
            | Notice::CodesMoved { address } => {
                *address = clean::line(address);
            }
            _ => {}
        }
    }
    // The desk's words, but a link in them would be one that we sent.
    if let Message::Case {
        told: Told::Declined { reason },
        ..
    } = &mut message
    {
        *reason = clean::unlinked(reason);
    }
    message
}

/// Our own words, but the realm's name is in some of them.
fn clean_subject(subject: String) -> String {
    subject.replace(|c: char| c.is_control(), " ")
}

fn facts(message: &Message, reader: &Reader) -> Vec<(&'static str, String)> {
    let lang = reader.lang;
    let (asked, at, by) = match message {
        Message::ResetPassword { asked, .. }
        | Message::Register { asked, .. }
        | Message::SignInCode { asked, .. } => (asked, asked.at, Fact::AskedBy),
        Message::Notice { asked, at, .. } => (asked, *at, Fact::DoneBy),
        Message::Case { asked, .. } => (asked, Timestamp::default(), Fact::AskedBy),
        _ => return Vec::new(),
    };
    let Asked {
        browser, address, ..
    } = asked;
    let mut facts = Vec::new();
    let mut add = |fact: Fact, value: String| {
        if !value.is_empty() {
            facts.push((mail::fact(lang, fact), value));
        }
    };
    if let Message::Notice {
        what:
            Notice::FactorAdded { name, .. }
            | Notice::FactorRemoved { name, .. }
            | Notice::FactorSuspended { name, .. }
            | Notice::FactorResumed { name, .. }
            | Notice::PasskeyCloned { name },
        ..
    } = message
    {
        add(Fact::Name, name.clone());
    }
    if let Message::Case { told, .. } = message {
        let when = |at| mail::moment(lang, &clock(at, &zone(reader)).0);
        match told {
            Told::Opened { due_at } => add(Fact::AnswerBy, when(*due_at)),
            Told::Approved { opens_at } => add(Fact::OpensAt, when(*opens_at)),
            Told::Declined { reason } => add(Fact::Reason, reason.clone()),
            Told::Vetoed | Told::Withdrawn => {}
        }
        // What the desk did comes from the desk's browser, which is nobody's
        // business outside.
        if !matches!(told, Told::Opened { .. }) {
            return facts;
        }
    }
    if !matches!(message, Message::Notice { what, .. } if what.is_by_staff()) {
        add(by, clean::unlinked(browser));
        add(Fact::Address, clean::peer(address));
    }
    if at != Timestamp::default() {
        add(Fact::Time, mail::moment(lang, &clock(at, &zone(reader)).0));
    }
    facts
}

fn until(end: Timestamp, reader: &Reader) -> String {
    let zone = zone(reader);
    let (clock_end, day) = clock(end, &zone);
    let (_, today) = clock(reader.now, &zone);
    mail::until(
        reader.lang,
        reader.now.seconds_until(end),
        &clock_end,
        day == today,
    )
}

/// A zone that nobody knows is UTC, and the mail says so.
fn zone(reader: &Reader) -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get(reader.zone.trim()).unwrap_or(jiff::tz::TimeZone::UTC)
}

fn clock(at: Timestamp, zone: &jiff::tz::TimeZone) -> (mail::Clock, jiff::civil::Date) {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default();
    let here = zone.to_datetime(at);
    let clock = mail::Clock {
        year: here.year(),
        month: here.month(),
        day: here.day(),
        hour: here.hour(),
        minute: here.minute(),
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
    };
    (clock, here.date())
}

/// At most one empty line at a time, none at the ends.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            empty = true;
            continue;
        }
        if empty && !out.is_empty() {
            out.push('\n');
        }
        empty = false;
        out.push_str(line);
        out.push('\n');
    }
    out
}
